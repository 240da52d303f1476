#!/usr/bin/env bash
# Builds everything, starts the sandbox, and runs the C demonstration against it.
#
#   scripts/demo.sh [--show-sensitive]      DEMO_BROWSER=1 waits for a person to approve
set -euo pipefail
cd "$(dirname "$0")/.."

target=${CARGO_TARGET_DIR:-target}
cargo build --quiet -p learnerlink -p learnerlink-sandbox
mkdir -p "$target/examples-c"
cc -std=c99 -Wall -Wextra -Wpedantic -O1 -g examples/c/{demo,enrollment,host,http,json,linkage,lrs,sif}.c -Iinclude \
    -L"$target/debug" -llearnerlink -Wl,-rpath,"$(cd "$target/debug" && pwd)" -o "$target/examples-c/demo"

log=$(mktemp)
"$target/debug/learnerlink-sandbox" --port 0 >"$log" 2>&1 &
sandbox=$!
trap 'kill "$sandbox" 2>/dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 100); do
    address=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$log" | head -n 1)
    [[ -n $address ]] && break
    kill -0 "$sandbox" 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.1
done
[[ -n $address ]] || { echo "the sandbox did not start" >&2; exit 1; }

# Each run begins with a new store and a new key.
rm -f demo.db demo.db-wal demo.db-shm
LEARNERLINK_VAULT_KEY=$(head -c 32 /dev/urandom | base64) "$target/examples-c/demo" "$address" "$@"
