// Package browsers has no code of its own: its test opens built sites in the browsers besides Chromium.
package browsers
