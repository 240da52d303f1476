#!/usr/bin/env bash
# Builds the Java binding, starts the sandbox, and runs the Java demonstration against it.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
cd "$project"
target=${CARGO_TARGET_DIR:-$project/target}
${CARGO:-cargo} build --quiet -p learnerlink -p learnerlink-sandbox

work=$(mktemp -d)
sandbox=
trap '[[ -z $sandbox ]] || kill "$sandbox" 2>/dev/null || true; rm -rf "$work"' EXIT
cp -r bindings/java "$work/source"
(cd "$work/source" && mvn --batch-mode --quiet --no-transfer-progress -pl learnerlink package \
    -Dmaven.javadoc.skip -Dmaven.source.skip dependency:copy-dependencies -DoutputDirectory="$work/jars" -DincludeScope=runtime)
cp "$work/source/learnerlink/target"/learnerlink-*.jar "$work/jars/"

"$target/debug/learnerlink-sandbox" --port 0 >"$work/log" 2>&1 &
sandbox=$!
address=
for _ in $(seq 100); do
    address=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$work/log" | head -n 1)
    [[ -z $address ]] || break
    sleep 0.1
done
[[ -n $address ]] || { cat "$work/log" >&2; exit 1; }
LEARNERLINK_LIBRARY_PATH=$target/debug java -cp "$work/jars/*" examples/java/Demo.java "$address"
