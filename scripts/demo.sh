#!/usr/bin/env bash
# Builds everything, starts the sandbox, and runs a demonstration against it.
#
#   scripts/demo.sh [c|csharp|java|python] [ARGUMENT]...      c when no language is named
#
# DEMO_BROWSER=1 waits for a person to approve. `--show-sensitive` has the C demonstration show what it otherwise masks.
set -euo pipefail
cd "$(dirname "$0")/.."
language=c
case ${1:-} in c | csharp | java | python) language=$1 && shift ;; esac

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
${CARGO:-cargo} build --quiet -p learnerlink -p learnerlink-sandbox
export LEARNERLINK_LIBRARY_PATH=$target/debug
case $language in
c)
    mkdir -p "$target/examples-c"
    cc -std=c99 -Wall -Wextra -Wpedantic -O1 -g examples/c/{demo,enrollment,host,http,json,linkage,lrs,sif}.c -Iinclude \
        -L"$target/debug" -llearnerlink -Wl,-rpath,"$target/debug" -o "$target/examples-c/demo"
    program=("$target/examples-c/demo")
    # Each run begins with a new store and a new key.
    rm -f demo.db demo.db-wal demo.db-shm
    LEARNERLINK_VAULT_KEY=$(head -c 32 /dev/urandom | base64)
    export LEARNERLINK_VAULT_KEY
    ;;
csharp)
    make --silent -C bindings/csharp OUT="$target/csharp" "$target/csharp/programs/Demo.exe"
    export MONO_PATH=$target/csharp/stage/net462
    program=(mono "$target/csharp/programs/Demo.exe")
    ;;
java)
    jars=$(scripts/java-jars.sh "$target/java")
    program=(java -cp "$jars" examples/java/Demo.java)
    ;;
python)
    export PYTHONPATH=bindings/python/src PYTHONDONTWRITEBYTECODE=1
    program=(python3 examples/python/demo.py)
    ;;
esac
# Only the shell that it runs knows the address.
# shellcheck disable=SC2016
scripts/with-sandbox.sh "$target/debug/learnerlink-sandbox" bash -euc '"${@:2:$1}" "$SANDBOX_URL" "${@:2+$1}"' demo \
    "${#program[@]}" "${program[@]}" "$@"
