# What developers do, by name. `make test` is the one that must pass.

GO ?= go
# The race detector needs a C compiler; without one the tests run without it.
RACE := $(shell command -v cc >/dev/null 2>&1 && echo -race)
CHROMIUM ?= /usr/bin/chromium

.PHONY: build serve test tools bundle bench soak vuln release clean

build:
	$(GO) run ./cmd/waymark build

serve:
	$(GO) run ./cmd/waymark serve

# All tests, with what they need: the libraries of the tools from npm, a Chromium, and strace. Where one cannot be installed, it is said which tests are left
# out. What is measured of a large search does without the race detector. The attacks on the built program are other ones each time; a test that fails says how they are repeated.
test: tools
	$(GO) vet ./...
	$(GO) test $(RACE) ./...
	$(GO) test ./internal/search
	cd internal/tools && $(GO) vet ./... && $(GO) test -p 1 -timeout 30m ./bench ./bundle ./e2e ./release ./reliability

tools:
	@command -v npm >/dev/null || (apt-get update -qq && apt-get install -y -qq nodejs npm >/dev/null)
	cd internal/tools && npm ci --no-audit --no-fund --silent
	@test -x $(CHROMIUM) || (apt-get update -qq && apt-get install -y -qq chromium >/dev/null) || \
		echo "no Chromium at $(CHROMIUM) and none could be installed: the tests of the browser are left out"
	@test "$$(uname)" != Linux || command -v strace >/dev/null || (apt-get update -qq && apt-get install -y -qq strace >/dev/null) || \
		echo "no strace, and none could be installed: the tests that put errors into system calls are left out"

# Builds the theme's scripts and style sheet from themes/default/src.
bundle:
	cd internal/tools && $(GO) run ./bundle

# Waymark beside Hugo and the floor. BENCH="-n 1000,10000 -code=false" asks for more; see internal/tools/bench.
bench:
	cd internal/tools && $(GO) run ./bench $(BENCH)

# Known faults of the libraries that Waymark is made of. It asks vuln.go.dev.
vuln:
	$(GO) run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./...

# The long runs: other browsers, crashes, a day of edits, attacks in a browser, other systems, a release of all six programs made twice, and each fuzz target for FUZZTIME.
FUZZTIME ?= 1m
soak: tools
	PUBLISH_SOAK=1000 $(GO) test -count 1 -timeout 5h ./internal/publish
	cd internal/tools && WAYMARK_SOAK=1 $(GO) test -p 1 -count 1 -v -timeout 5h ./e2e ./reliability ./release
	@for pkg in $$($(GO) list ./internal/... ); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$pkg || exit 1; \
		done; \
	done

# Programs for six systems in dist/, with checksums and a list of what is in them.
VERSION ?= 0.1.0-dev
release:
	cd internal/tools && $(GO) run ./release -version $(VERSION)
