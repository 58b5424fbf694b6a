# What developers do, by name. `make test` is the one that must pass.

GO ?= go
CHROMIUM ?= /usr/bin/chromium

.PHONY: build serve test tools bundle bench soak release clean

build:
	$(GO) run ./cmd/waymark build

serve:
	$(GO) run ./cmd/waymark serve

# All tests, with what they need: the libraries of the tools from npm, and a Chromium. Where no Chromium can be installed the tests of
# the browser say that they were left out.
test: tools
	$(GO) vet ./...
	$(GO) test -race ./...
	cd internal/tools && $(GO) vet ./... && $(GO) test ./...

tools:
	cd internal/tools && npm ci --no-audit --no-fund --silent
	@test -x $(CHROMIUM) || (apt-get update -qq && apt-get install -y -qq chromium >/dev/null) || \
		echo "no Chromium at $(CHROMIUM) and none could be installed: the tests of the browser are left out"

# Builds the theme's scripts and style sheet from themes/default/src.
bundle:
	cd internal/tools && $(GO) run ./bundle
