#!/usr/bin/env bash
# Builds the jars of the Java binding around the debug library and tests them: with the JDK that runs Maven, and when
# there is one of 22 or later, with that one as well, through both ways to call the library.
#
#   scripts/java-tests.sh [LIBRARY [SANDBOX]] [-- MAVEN ARGUMENTS]
#
# LIBRARY and SANDBOX are built when not given. LEARNERLINK_JDK or JAVA_HOME_25 names the newer JDK; otherwise the
# newest below /usr/lib/jvm is taken.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$project/target}
library=$target/debug/liblearnerlink.so
sandbox=$target/debug/learnerlink-sandbox
given=()
while (($#)) && [[ $1 != -- ]]; do given+=("$1"); shift; done
(($# == 0)) || shift
if ((${#given[@]})); then
    library=$(realpath "${given[0]}")
    sandbox=$(realpath "${given[1]:-$(dirname "$library")/learnerlink-sandbox}")
else
    (cd "$project" && ${CARGO:-cargo} build --quiet -p learnerlink -p learnerlink-sandbox)
fi

version_of() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p'; }
newer=${LEARNERLINK_JDK:-${JAVA_HOME_25:-}}
if [[ -z $newer ]]; then
    best=21
    for jdk in /usr/lib/jvm/*/; do
        [[ -x $jdk/bin/javac ]] || continue
        version=$(version_of "${jdk%/}")
        if [[ $version =~ ^[0-9]+$ ]] && ((version > best)); then
            best=$version
            newer=${jdk%/}
        fi
    done
fi
arguments=()
if [[ -n $newer ]]; then
    arguments+=("-Dlearnerlink.jdk=$newer")
else
    echo "java-tests: there is no JDK of 22 or later, so the FFM backend is neither built nor tested" >&2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# From a copy, because a build leaves files beside its sources.
cp -r "$project/bindings/java" "$work/source"
case $(uname -m) in aarch64 | arm64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
mkdir -p "$work/natives/$rid"
cp "$library" "$work/natives/$rid/"
# Nearly half of a debug library is symbols, which only make packing slower.
strip --strip-unneeded "$work/natives/$rid/"* 2>/dev/null || true

cd "$work/source"
export LEARNERLINK_TEST_PROJECT=$project LEARNERLINK_TEST_SANDBOX=$sandbox XDG_CACHE_HOME=$work/cache TMPDIR=$work
unset LEARNERLINK_LIBRARY_PATH
mvn --batch-mode --quiet -Dstyle.color=never --no-transfer-progress verify \
    "-Dlearnerlink.natives=$work/natives" "-Dlearnerlink.rid=$rid" "${arguments[@]}" "$@"
echo "java-tests: passed"
