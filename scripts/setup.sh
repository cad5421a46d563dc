#!/usr/bin/env bash
# Brings a Debian machine that has Rust to the point where the project builds, runs and tests.
# Each step looks first and is skipped when it is done. Usage: scripts/setup.sh [run|test|bench]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
purpose="${1:-test}"
cd "$ROOT"

# ---- 1. System packages ------------------------------------------------------------------------
missing=()
want() { dpkg -s "$1" 2>/dev/null | grep -q '^Status: install ok installed' || missing+=("$1"); }
have_program() { command -v "$1" >/dev/null; }
have_program cc   || want gcc
have_program make || want make
have_program git  || want git
have_program curl || want curl
want libc6-dev
want ca-certificates
want util-linux
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want postgresql
if ! have_program node; then want nodejs; want npm; fi
have_program npm || want npm
if [ "$purpose" = test ]; then want chromium; want fonts-dejavu-core; fi
if [ "$purpose" = bench ]; then want wrk; fi
use_debian_rust=0
if ! rustup_may_fetch; then
  use_debian_rust=1
  for p in rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web; do want "$p"; done
fi
if [ ${#missing[@]} -gt 0 ]; then
  step "Package lists" as_root apt-get update -q
  # Only the programs are wanted: no cluster of the machine's own is made or started.
  if printf '%s\n' "${missing[@]}" | grep -qx postgresql; then
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/smoothschedule.conf >/dev/null
  fi
  step "System packages: ${missing[*]}" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
if [ $use_debian_rust = 1 ]; then
  # rust-lld is a link to lld-N, which no package of the compiler asks for.
  lld="$(basename "$(readlink /usr/bin/rust-lld || echo lld)")"
  if ! command -v "$lld" >/dev/null; then
    step "Linker for the browser's code: $lld" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$lld"
  fi
fi

# ---- 2. Rust for the server and for the browser -------------------------------------------------
if [ $use_debian_rust = 1 ]; then
  if command -v rustup >/dev/null; then
    rustup toolchain list | grep -q '^debian' || rustup toolchain link debian /usr
    export RUSTUP_TOOLCHAIN=debian
  fi
  rustlib="$(rustc --print sysroot)/lib/rustlib"
  build_browser_std() {
    local work; work="$(mktemp -d)"
    cp -r /usr/src/rustc-*/library "$work/library"
    cd "$work/library"
    rm -f .cargo/config.toml
    env -u CARGO_TARGET_DIR RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=stablestd \
      RUSTFLAGS="-Cembed-bitcode=yes -Zforce-unstable-if-unmarked" \
      cargo build --release --target wasm32-unknown-unknown -p sysroot --features "panic-unwind compiler-builtins-mem"
    as_root mkdir -p "$rustlib/wasm32-unknown-unknown/lib"
    as_root cp target/wasm32-unknown-unknown/release/deps/*.rlib "$rustlib/wasm32-unknown-unknown/lib/"
    rustc --version | as_root tee "$rustlib/wasm32-unknown-unknown/built-for" >/dev/null
    rm -rf "$work"
  }
  if [ "$(cat "$rustlib/wasm32-unknown-unknown/built-for" 2>/dev/null)" != "$(rustc --version)" ]; then
    as_root rm -rf "$rustlib/wasm32-unknown-unknown"
    step "Rust's standard library for the browser" build_browser_std
  fi
else
  if ! rustup toolchain list | grep -q '^1\.96\.0-'; then
    step "Rust 1.96.0" rustup toolchain install 1.96.0 --profile minimal
  fi
  export RUSTUP_TOOLCHAIN=1.96.0
  for part in clippy rustfmt; do
    rustup component list --installed | grep -q "^$part" || step "Rust: $part" rustup component add "$part"
  done
  rustup target list --installed | grep -qx wasm32-unknown-unknown ||
    step "Rust's standard library for the browser" rustup target add wasm32-unknown-unknown
fi

# ---- 3. Build tools, kept outside the checkout ---------------------------------------------------
tool_version() { "$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -1; }

# A build tool that runs for a second need not be optimised: without optimisation and with many
# units cargo-leptos builds in a fraction of the time that its own release profile takes.
install_cargo_leptos() {
  CARGO_TARGET_DIR="$CACHE/tools-target" CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_OPT_LEVEL=0 \
    cargo install cargo-leptos --version "$CARGO_LEPTOS_VERSION" --locked --debug --features no_downloads --root "$TOOLS" --force
}
if [ "$(tool_version "$TOOLS/bin/cargo-leptos")" != "$CARGO_LEPTOS_VERSION" ]; then
  step "cargo-leptos $CARGO_LEPTOS_VERSION" install_cargo_leptos
fi

bindgen="$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)"
[ -n "$bindgen" ] || die "Cargo.lock names no wasm-bindgen: is this a whole checkout?"
# With the lockfile of the tool first; where the registry lacks one crate of it, without.
install_bindgen() {
  export CARGO_TARGET_DIR="$CACHE/tools-target" CARGO_PROFILE_DEV_DEBUG=0
  cargo install wasm-bindgen-cli --version "$bindgen" --debug --locked --root "$TOOLS" --force ||
    cargo install wasm-bindgen-cli --version "$bindgen" --debug --root "$TOOLS" --force
}
if [ "$(tool_version "$TOOLS/bin/wasm-bindgen")" != "$bindgen" ]; then
  step "wasm-bindgen $bindgen" install_bindgen
fi
rm -rf "$CACHE/tools-target"

# Debian's Node may be older than the browser tests ask for; npm carries a newer one.
node_major() { node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/'; }
if [ "$(node_major)" -lt "$NODE_MINIMUM" ]; then
  step "Node $NODE_MINIMUM" npm install --silent --no-fund --no-audit --prefix "$TOOLS/npm-node" "node@$NODE_MINIMUM"
  ln -sf "$TOOLS/npm-node/node_modules/.bin/node" "$TOOLS/bin/node"
fi

if [ ! -x "$TOOLS/bin/wasm-opt" ] || [ "$(cat "$TOOLS/binaryen-version" 2>/dev/null)" != "$BINARYEN_VERSION" ]; then
  step "wasm-opt (binaryen $BINARYEN_VERSION)" npm install --silent --no-fund --no-audit --prefix "$TOOLS/npm" "binaryen@$BINARYEN_VERSION"
  ln -sf "$TOOLS/npm/node_modules/.bin/wasm-opt" "$TOOLS/bin/wasm-opt"
  echo "$BINARYEN_VERSION" > "$TOOLS/binaryen-version"
fi

if [ "$purpose" = test ]; then
  e2e="frontend/end2end"
  if ! cmp -s "$e2e/package-lock.json" "$e2e/node_modules/.installed-for"; then
    step "Browser test tools" npm ci --silent --no-fund --no-audit --prefix "$e2e"
    cp "$e2e/package-lock.json" "$e2e/node_modules/.installed-for"
  fi
fi
