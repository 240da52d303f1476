#!/usr/bin/env bash
# Builds everything, starts the sandbox, and runs the C# demonstration against it.
#
#   scripts/demo-csharp.sh      DEMO_BROWSER=1 waits for a person to approve
set -euo pipefail
cd "$(dirname "$0")/.."

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
cargo build --quiet -p learnerlink -p learnerlink-sandbox
make --silent -C bindings/csharp OUT="$target/csharp" "$target/csharp/programs/Demo.exe"

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

export LEARNERLINK_LIBRARY_PATH=$target/debug MONO_PATH=$target/csharp/stage/net462
mono "$target/csharp/programs/Demo.exe" "$address"
