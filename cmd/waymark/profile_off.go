//go:build !profile

package main

// profile does nothing in the program that is given away; see profile.go.
func profile() func() { return func() {} }
