#!/usr/bin/env bash
# Builds the Java binding, starts the sandbox, and runs the Java demonstration against it.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$project/target}
cd "$project"
${CARGO:-cargo} build --quiet -p learnerlink -p learnerlink-sandbox

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# From a copy, because a build leaves files beside its sources.
cp -r bindings/java "$work/source"
(cd "$work/source" && mvn --batch-mode --quiet -Dstyle.color=never --no-transfer-progress -pl learnerlink \
    package -Dmaven.javadoc.skip -Dmaven.source.skip dependency:copy-dependencies -DincludeScope=runtime)
classes="$work/source/learnerlink/target/*:$work/source/learnerlink/target/dependency/*"

# The shell of the command knows the address once the sandbox has started.
# shellcheck disable=SC2016
LEARNERLINK_LIBRARY_PATH=$target/debug scripts/with-sandbox.sh "$target/debug/learnerlink-sandbox" \
    bash -euc 'java -cp "$1" examples/java/Demo.java "$SANDBOX_URL"' demo "$classes"
