#!/bin/sh
# Runs every fuzz target for a short time: scripts/fuzz-smoke.sh [SECONDS-IN-ALL]
# Skips, and says why, where there is no nightly compiler. `cargo +nightly fuzz run NAME` runs one for longer, and
# optimised, which makes it ten times as fast but compiles for many minutes.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-30}
targets="config request qr_data_uri http_answer lrs_answer enrollment_start xsre"

skip() {
    echo "fuzz-smoke: skipped, $1"
    exit 0
}

cargo +nightly --version >/dev/null 2>&1 || skip "there is no nightly compiler (rustup toolchain install nightly)"
command -v c++ >/dev/null 2>&1 || skip "there is no C++ compiler, which libFuzzer needs"

host=$(rustc +nightly -vV | sed -n 's/^host: //p')
folder=${CARGO_TARGET_DIR:-target}/fuzz

# What cargo-fuzz would set, so that it need not be installed. The target is named so that build scripts
# and macros are left as they are.
flags="--cfg fuzzing -Zsanitizer=address -Cpasses=sancov-module"
for option in level=4 inline-8bit-counters pc-table trace-compares; do
    flags="$flags -Cllvm-args=-sanitizer-coverage-$option"
done
RUSTFLAGS="$flags" CARGO_TARGET_DIR="$folder" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
    cargo +nightly build --quiet --release --manifest-path fuzz/Cargo.toml --target "$host" --bins ||
    { echo "fuzz-smoke: the targets do not build"; exit 1; }

count=$(echo "$targets" | wc -w)
each=$((seconds / count))
[ "$each" -gt 0 ] || each=1
failed=
for target in $targets; do
    mkdir -p "fuzz/corpus-found/$target" "fuzz/artifacts/$target"
    log="$folder/$target.log"
    # Inputs found go to the first folder; the seeds are only read.
    if "$folder/$host/release/$target" "fuzz/corpus-found/$target" "fuzz/corpus/$target" \
        -max_total_time="$each" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -detect_leaks=0 \
        -artifact_prefix="fuzz/artifacts/$target/" >"$log" 2>&1; then
        echo "fuzz-smoke: $target, $(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$log") inputs in $each s, nothing found"
    else
        failed="$failed $target"
        echo "fuzz-smoke: $target FAILED; the input is in fuzz/artifacts/$target"
        tail -n 40 "$log"
    fi
done
[ -z "$failed" ]
