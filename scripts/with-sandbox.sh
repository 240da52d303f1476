#!/usr/bin/env bash
# Runs a command beside a sandbox of its own, whose address it finds in SANDBOX_URL; the sandbox ends with it.
#
#   scripts/with-sandbox.sh SANDBOX COMMAND [ARGUMENT]...
#
# SANDBOX is the program `learnerlink-sandbox`.
set -euo pipefail
log=$(mktemp)
"$1" --port 0 >"$log" 2>&1 &
sandbox=$!
trap 'kill "$sandbox" 2>/dev/null || true; rm -f "$log"' EXIT
trap 'exit 130' INT TERM
shift
for _ in $(seq 200); do
    SANDBOX_URL=$(sed -n 's/^listening on \(http[^ ]*\).*/\1/p' "$log")
    [[ -z $SANDBOX_URL ]] || break
    kill -0 "$sandbox" 2>/dev/null || break
    sleep 0.05
done
[[ -n $SANDBOX_URL ]] || { echo "the sandbox did not start:" && cat "$log" && exit 1; } >&2
export SANDBOX_URL
"$@"
