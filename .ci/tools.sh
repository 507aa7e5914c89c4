#!/bin/sh
# Installs what a step needs and this machine lacks: `.ci/tools.sh site|lint|wasm-test|web-test`.
# Cargo's tools go to .tools/, the rest to the operating system by its package manager. What is
# there in the right version is used as it is. What cannot be installed ends in one line that
# says what to install.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.tools/bin:$PATH"

say() { echo "tools: $*"; }
stop() { echo "tools: $*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# os_install PACKAGE...: false where nobody here may install packages.
os_install() {
    has apt-get || return 1
    as=
    if [ "$(id -u)" != 0 ]; then
        has sudo && sudo -n true 2>/dev/null || return 1
        as=sudo
    fi
    say "installing $* (apt-get)"
    $as apt-get update -qq &&
        $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# cargo_tool CRATE VERSION BINARY FLAG...: unoptimised, since compiling them costs more than they do.
cargo_tool() {
    crate=$1 version=$2 binary=$3
    shift 3
    "$binary" --version 2>/dev/null | grep -qwF "$version" && return
    if cargo binstall -V >/dev/null 2>&1; then
        say "fetching $crate $version into .tools/ (cargo binstall)"
        cargo binstall --no-confirm --root .tools "$crate@$version" && return
    fi
    say "compiling $crate $version into .tools/; once, a few minutes"
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR=.tools/build \
        cargo install --debug --force --root .tools "$crate@$version" "$@" ||
        stop "could not install $crate $version; put $binary $version on the PATH"
    rm -rf .tools/build
}

rust() {
    has cargo || stop "Rust is missing: install rustup with its stable toolchain"
    has cc || os_install gcc libc6-dev || stop "a C compiler is missing (Debian: apt-get install gcc libc6-dev)"
}

wasm_target() {
    libraries=$(rustc --print target-libdir --target wasm32-unknown-unknown)
    [ -d "$libraries" ] && return
    say "adding the target wasm32-unknown-unknown (rustup)"
    rustup target add wasm32-unknown-unknown || stop "Rust's target wasm32-unknown-unknown is missing"
}

# The tool and the library must be of one version, so Cargo.lock has the word.
wasm_bindgen() {
    version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p;}' Cargo.lock)
    cargo_tool wasm-bindgen-cli "$version" wasm-bindgen
}

wasm_opt() {
    has wasm-opt || os_install binaryen ||
        say "wasm-opt is missing (Debian: apt-get install binaryen); the site builds without it, but larger"
}

component() {
    cargo "$2" --version >/dev/null 2>&1 && return
    say "adding $1 (rustup)"
    rustup component add "$1" || stop "$1 is missing: rustup component add $1"
}

chromium() {
    [ -n "$(.ci/chromium.sh)" ] && has chromedriver && return
    os_install chromium chromium-driver ||
        stop "Chromium and its driver are missing (Debian: apt-get install chromium chromium-driver)"
}

node_recent() { has npm && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; }

node_packages() {
    node_recent || os_install nodejs npm || true
    node_recent || stop "Node.js 18 or newer with npm is missing (Debian: apt-get install nodejs npm)"
    cd tests/web
    cmp -s package-lock.json node_modules/.installed.json && return
    say "installing the packages of tests/web (npm)"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
        stop "npm could not install the packages of tests/web/package-lock.json"
    cp package-lock.json node_modules/.installed.json
}

rust
case ${1:-} in
    site) wasm_target; cargo_tool trunk 0.21.14 trunk --locked --no-default-features --features rustls; wasm_bindgen; wasm_opt ;;
    lint) component rustfmt fmt; component clippy clippy; wasm_target ;;
    wasm-test) wasm_target; wasm_bindgen; chromium ;;
    web-test) chromium; node_packages ;;
    *) stop "usage: .ci/tools.sh site|lint|wasm-test|web-test" ;;
esac
