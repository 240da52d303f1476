#!/bin/sh
# Builds the C and C++ programs of the tests and runs them against a sandbox of their own.
#
#   scripts/c-tests.sh plain|asan|valgrind [debug|release]
#
# plain     as they are
# asan      under the address and undefined-behaviour sanitizers, leaks included
# valgrind  under memcheck, leaks included
set -eu

mode=${1:-plain}
profile=${2:-debug}
project=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$project/target}
library=$target/$profile

cd "$project"
case $profile in
debug) cargo build --quiet -p learnerlink -p learnerlink-sandbox ;;
release) cargo build --quiet --release -p learnerlink -p learnerlink-sandbox ;;
*) echo "c-tests: the profile is debug or release, not $profile" >&2 && exit 2 ;;
esac

flags="-g -O1 -Wall -Wextra -Wpedantic -Werror -pthread"
rounds=300
run=
case $mode in
plain) ;;
asan)
    flags="$flags -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
    export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99
    ;;
valgrind)
    # Some twenty times slower, so threads do less. Rust's own handle of the thread that calls is held by a
    # pointer to its middle, which memcheck counts as "possibly" lost; the leak check of asan knows better.
    rounds=20
    run="valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect
        --errors-for-leak-kinds=definite,indirect --num-callers=30 --fair-sched=yes
        --suppressions=$project/tests/c/valgrind.supp"
    ;;
*) echo "usage: $0 plain|asan|valgrind [debug|release]" >&2 && exit 2 ;;
esac

# Beside a sandbox of its own.
[ -n "${SANDBOX_URL:-}" ] ||
    exec "$project/scripts/with-sandbox.sh" "$library/learnerlink-sandbox" "$project/scripts/c-tests.sh" "$mode" "$profile"
work=$(mktemp -d)
# What a program that fails leaves behind goes with the rest.
export TMPDIR="$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

programs="flow async misuse threads lrs sif enrollment linkage listener batch register"
for program in $programs; do
    # shellcheck disable=SC2086 # the flags are words
    ${CC:-cc} -std=c99 $flags -Iinclude "tests/c/$program.c" -o "$work/$program" \
        "$library/liblearnerlink.so" "-Wl,-rpath,$library"
done
# shellcheck disable=SC2086
${CXX:-c++} -std=c++17 $flags -Iinclude tests/cpp/wrapper.cpp -o "$work/wrapper" \
    "$library/liblearnerlink.so" "-Wl,-rpath,$library"
for program in $programs wrapper; do
    # shellcheck disable=SC2086
    $run "$work/$program" "$SANDBOX_URL" "$rounds"
done
if [ "$mode" = plain ]; then
    for program in fork unload exit; do
        # shellcheck disable=SC2086
        ${CC:-cc} -std=c99 $flags -Iinclude "tests/c/$program.c" -o "$work/$program" \
            "$library/liblearnerlink.so" "-Wl,-rpath,$library" -ldl
    done
    "$work/fork"
    "$work/unload" "$library/liblearnerlink.so"
    "$work/exit" "$SANDBOX_URL"
fi
echo "c-tests: $mode with the $profile library passed"
