#!/usr/bin/env bash
# Builds the shared library for this machine as it is shipped, and prints its path.
#
#   scripts/release.sh [--static | --programs]
#
#   --static     the static library instead
#   --programs   the sandbox and the command line instead; prints their folder
#
# One kind of library at a time, because what is only in the other one then goes away; and without paths of this
# machine, so that the same sources give the same bytes.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
registry=${CARGO_HOME:-$HOME/.cargo}/registry/src
flags=("--remap-path-prefix=$registry=/cargo" "--remap-path-prefix=$project=/src")
kind=cdylib
name=liblearnerlink.so
[[ $(uname) != Darwin ]] || name=liblearnerlink.dylib
case ${1:-} in
--static) kind=staticlib name=liblearnerlink.a ;;
--programs) kind= ;;
esac
cd "$project"
export CARGO_ENCODED_RUSTFLAGS
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && echo "${flags[*]}")
# A folder of its own: with other flags cargo would build everything anew each time.
target=${CARGO_TARGET_DIR:-$project/target}/ship
export CARGO_TARGET_DIR=$target
if [[ ! $kind ]]; then
    ${CARGO:-cargo} build --quiet --locked --profile tools -p learnerlink-sandbox -p learnerlink-cli >&2
    echo "$target/tools"
    exit
fi
${CARGO:-cargo} rustc --quiet --locked --release -p learnerlink --lib --crate-type "$kind" >&2
echo "$target/release/$name"
