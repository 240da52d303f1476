#!/usr/bin/env bash
# Builds the shared library for this machine as it is shipped, and prints its path.
#
#   scripts/release.sh [--static]      --static: the static library instead
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
if [[ ${1:-} == --static ]]; then
    kind=staticlib name=liblearnerlink.a
fi
cd "$project"
export CARGO_ENCODED_RUSTFLAGS
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && echo "${flags[*]}")
# A folder of its own: with other flags cargo would build everything anew each time.
target=${CARGO_TARGET_DIR:-$project/target}/ship
CARGO_TARGET_DIR=$target ${CARGO:-cargo} rustc --quiet --release --locked -p learnerlink --lib --crate-type "$kind" >&2
echo "$target/release/$name"
