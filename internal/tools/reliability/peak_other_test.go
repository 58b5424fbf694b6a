//go:build !unix

package reliability

import (
	"errors"
	"os"
)

func peak(*os.ProcessState) int { return 0 }

func pipe(string) error { return errors.ErrUnsupported }
