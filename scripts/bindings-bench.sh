#!/usr/bin/env bash
# Builds the packages of the bindings around a library, and measures what each adds to a call. A line of JSON for each
# figure: {"binding":…,"case":…,"unit":…,"value":…}.
#
#   scripts/bindings-bench.sh LIBRARY SANDBOX-ADDRESS
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
library=$(realpath "$1")
address=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
named() { sed -u "s/^{/{\"binding\":\"$1\",/"; }

PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$project/bindings/python/src python3 "$project/bindings/python/bench/calls.py" "$library" "$address" | named Python

make --silent -C "$project/bindings/csharp" OUT="$work/csharp" LIBRARY="$library" programs >&2
(cd "$work/csharp" && cp stage/net462/LearnerLink.dll programs/ && XDG_CONFIG_HOME=$work/config mono programs/Calls.exe "$library" "$address") | named "C# (mono)"

jars=$("$project/scripts/java-jars.sh" "$work/java")
java -Dfile.encoding=UTF-8 -cp "$jars" "$project/bindings/java/bench/Calls.java" "$library" "$address" | named "Java (JNA)"
jdk=$("$project/scripts/newer-jdk.sh")
if [[ -n $jdk ]]; then
    "$jdk/bin/java" --enable-native-access=ALL-UNNAMED -Dlearnerlink.backend=ffm -cp "$jars" \
        "$project/bindings/java/bench/Calls.java" "$library" "$address" | named "Java (FFM)"
fi
