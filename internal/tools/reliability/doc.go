// Package reliability has no code of its own: its tests let the built program meet what machines and people do to it.
//
//	crash_test.go       killed at any moment, the site is wholly the old or wholly the new one
//	reader_test.go      who reads the site meanwhile finds every page, whole
//	machine_test.go     full disks, folders that may not be written, files that vanish, cannot be read, or change while they are read
//	fault_linux_test.go the same by errors that are put into single system calls
//	hostile_test.go     content that was written to bring a program of this kind down
//	attack_test.go      content that was written to run a script in the reader's browser, in a Chromium
//	same_test.go        the same bytes whatever the locale, the time zone, the folder, the number of workers or the mask of new files
//	memory_test.go      what is remembered, damaged in every way
//	day_test.go         a day of edits, replayed fast at the preview
//	systems_test.go     the other systems, as far as they can be tested from here
//	promise_test.go     each promise to people names a test that is there
//
// WAYMARK_SOAK=1 makes the runs long. What each test promises to people stands in content/authoring/reliability.md.
package reliability
