#!/usr/bin/env bash
# Builds the shared library for this machine as it is shipped, and prints its path.
#
#   scripts/release.sh [--static]      --static: the static library instead
#
# One kind of library at a time, because what is only in the other one then goes away; paths of this machine do not
# enter it, so that the same sources give the same bytes; and equal functions are there once, which only LLVM's linker
# can do.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
registry=${CARGO_HOME:-$HOME/.cargo}/registry/src
flags=("--remap-path-prefix=$registry=/cargo" "--remap-path-prefix=$project=/src")
kind=cdylib
name=liblearnerlink.so
[[ $(uname) != Darwin ]] || name=liblearnerlink.dylib
if [[ ${1:-} == --static ]]; then
    kind=staticlib name=liblearnerlink.a
elif ${RUSTC:-rustc} -vV | grep -q '^host: x86_64-unknown-linux-gnu$'; then
    flags+=(-Clink-arg=-fuse-ld=lld -Clink-arg=-Wl,--icf=all -Cllvm-args=--inline-threshold=50)
fi
cd "$project"
export CARGO_ENCODED_RUSTFLAGS
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && echo "${flags[*]}")
# A folder of its own: with other flags cargo would build everything anew each time.
target=${CARGO_TARGET_DIR:-$project/target}/ship
CARGO_TARGET_DIR=$target ${CARGO:-cargo} rustc --quiet --release --locked -p learnerlink --lib --crate-type "$kind" >&2
echo "$target/release/$name"
