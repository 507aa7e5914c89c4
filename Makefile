# `make help` says what there is. What needs more than a line of shell is in .ci/ and app/site.

PORT ?= 8080
PUBLIC_URL ?= /
FUZZ_SECONDS ?= 300
# Most of what a cold start may weigh, compressed with brotli.
BUDGET_KIB ?= 300

TARGET := $(or $(CARGO_TARGET_DIR),target)
CACHE := $(TARGET)/site-cache
# The program before Trunk binds it; its relocations tell the finish step what can be cut off.
PROGRAM := $(TARGET)/wasm32-unknown-unknown/release/plumbline-app.wasm
RELOCATIONS := CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=-Clink-args=--emit-relocs
SITE := cargo run -p plumbline-site --
# The command line is a feature, so that the browser does not carry it; here it is always meant.
NATIVE := --workspace --features plumbline-engine/cli
WASM := -p plumbline-app --target wasm32-unknown-unknown

export PATH := $(CURDIR)/.tools/bin:$(PATH)

# Each step has the whole machine, and its output a place of its own.
.NOTPARALLEL:
.PHONY: help serve build test fmt lint test-native test-wasm test-web bench bench-web fuzz clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 14

serve: build ## build the site as published and serve it on 127.0.0.1 (PORT=8080)
	$(SITE) serve dist --port $(PORT) --cache $(CACHE)

build: ## build and finish the release site in dist/ (PUBLIC_URL=/ if it will not be at the root of its host)
	@.ci/tools.sh site
	@# Trunk reads NO_COLOR as true or false and stops at the usual 1.
	env -u NO_COLOR $(RELOCATIONS) trunk build --release --features split --public-url $(PUBLIC_URL)
	$(SITE) finish dist --program $(PROGRAM) --public-url $(PUBLIC_URL) --budget $(BUDGET_KIB) --cache $(CACHE)

test: lint test-native test-wasm test-web ## everything that must hold before a change lands

fmt: ## format the sources
	cargo fmt --all

lint: ## formatting and clippy, warnings denied
	@.ci/tools.sh lint
	cargo fmt --all --check
	cargo clippy $(NATIVE) --all-targets -- -D warnings
	cargo clippy $(WASM) --all-targets -- -D warnings
	cargo clippy $(WASM) --features split -- -D warnings

test-native: ## unit, property and reference tests
	cargo test $(NATIVE)

test-wasm: ## the app's tests, and the engine's answers against the native ones, in headless Chromium
	@.ci/tools.sh wasm-test
	.ci/wasm-test.sh $(WASM) --lib --tests
	.ci/wasm-test.sh -p plumbline-tests --target wasm32-unknown-unknown --test same_everywhere

test-web: build ## browser journeys against the built site, its size included
	@.ci/tools.sh web-test
	cd tests/web && node --test specs/*.test.mjs

bench: ## the engine's benchmarks
	cargo bench -p plumbline-tests --bench assess --bench training --bench inference

bench-web: build ## from a key or a click to the painted answer, in headless Chromium
	@.ci/tools.sh web-test
	cd tests/web && node edit-to-paint.mjs && node open-reference.mjs
	@.ci/tools.sh wasm-test
	.ci/wasm-test.sh --release -p plumbline-tests --target wasm32-unknown-unknown --bench browser -- --nocapture

fuzz: ## feed the loaders damaged files and links (FUZZ_SECONDS=300)
	cargo run --release -p plumbline-tests --bin fuzz -- $(FUZZ_SECONDS)

clean: ## remove what was built, but not the tools in .tools/
	rm -rf dist tests/web/out tests/web/node_modules
	cargo clean
