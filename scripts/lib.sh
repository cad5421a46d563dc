# Shared by every script here: where things are, how they speak, and which Rust builds the project.
# Sourced, never run. `. scripts/lib.sh` in a shell gives that shell the same toolchain as `make`.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
CACHE="${SMOOTHSCHEDULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/smoothschedule}"
TOOLS="$CACHE/tools"
CARGO_LEPTOS_VERSION=0.3.11
BINARYEN_VERSION=132.0.0
NODE_MINIMUM=20

mkdir -p "$CACHE" "$TOOLS/bin"
export PATH="$TOOLS/bin:$PATH"

say()  { printf '\033[1m==>\033[0m %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
die()  { printf '\033[1;31merror:\033[0m %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "this step needs root, and there is no sudo: run as root once: $*"; fi
}

# step NAME COMMAND...: runs a command, shows that it lives, keeps its output for when it fails.
step() {
  local name="$1"; shift
  local log="$CACHE/log/${name//[^a-zA-Z0-9]/-}.log" started=$SECONDS
  mkdir -p "$CACHE/log"
  say "$name"
  ( "$@" ) >"$log" 2>&1 &
  local pid=$! shown=0
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    if [ $((SECONDS - started - shown)) -ge 20 ]; then
      shown=$((SECONDS - started))
      note "${shown}s  $(tail -n 1 "$log" | tr -d '\r' | cut -c1-100)"
    fi
  done
  if wait "$pid"; then note "done in $((SECONDS - started))s"
  else tail -n 40 "$log" >&2; die "'$name' failed; its whole output: $log"; fi
}

# Rust with the browser's target. Where rustup may fetch toolchains it is rustup's; where it may not
# (RUSTUP_AUTO_INSTALL=0, or no rustup), Debian's compiler for browser packages with its own sources.
RUST_MINIMUM=1.96
rustup_may_fetch() { command -v rustup >/dev/null && [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ]; }
if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && command -v rustup >/dev/null; then
  if rustup_may_fetch; then
    if rustup toolchain list 2>/dev/null | grep -q '^1\.96\.0-'; then export RUSTUP_TOOLCHAIN=1.96.0; fi
  elif rustup toolchain list 2>/dev/null | grep -q '^debian'; then export RUSTUP_TOOLCHAIN=debian; fi
fi

# Compiled dependencies are shared by all checkouts; the workspace's own crates are built for each.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$CACHE/target}"
export SQLX_OFFLINE="${SQLX_OFFLINE:-true}"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
