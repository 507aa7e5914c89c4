#!/bin/sh
# Runs `cargo test` with these arguments in a headless Chromium. chromedriver gives each run a
# profile of its own; the flags in webdriver.json keep the browser off the network.
set -eu
cd "$(dirname "$0")/.."
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
export CHROMEDRIVER="${CHROMEDRIVER:-$(command -v chromedriver)}"
export WASM_BINDGEN_TEST_ONLY_WEB=1
export WASM_BINDGEN_TEST_WEBDRIVER_JSON="$PWD/.ci/webdriver.json"
# A machine that compiles at the same time may need long; this bounds a hang, nothing else.
export WASM_BINDGEN_TEST_TIMEOUT=300
exec cargo test "$@"
