//go:build !unix

package markdown

import "time"

var began = time.Now()

// spent is the time since the tests began, where the processor's is not told.
func spent() time.Duration { return time.Since(began) }
