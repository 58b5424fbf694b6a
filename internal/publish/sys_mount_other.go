//go:build unix && !linux && !darwin

package publish

func isMountPoint(dir, above string) bool { return onOtherDevice(dir, above) }
