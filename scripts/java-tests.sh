#!/usr/bin/env bash
# Builds the jars of the Java binding around the debug library and tests them: with the JDK that runs Maven, and when
# there is one of 22 or later, with that one as well, through both ways to call the library.
#
#   scripts/java-tests.sh [LIBRARY [SANDBOX]] [-- MAVEN ARGUMENTS]
#
# LIBRARY and SANDBOX are built when not given. LEARNERLINK_JDK or JAVA_HOME_25 names the newer JDK; otherwise the
# newest below /usr/lib/jvm is taken.
set -euo pipefail
. "$(dirname "$0")/for-bindings.sh"

newer=$("$project/scripts/newer-jdk.sh")
arguments=()
if [[ -n $newer ]]; then
    arguments+=("-Dlearnerlink.jdk=$newer")
else
    echo "java-tests: there is no JDK of 22 or later, so the FFM backend is neither built nor tested" >&2
fi

# From a copy, because a build leaves files beside its sources.
cp -r "$project/bindings/java" "$work/source"
case $(uname -m) in aarch64 | arm64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
mkdir -p "$work/natives/$rid"
cp "$library" "$work/natives/$rid/"

cd "$work/source"
export LEARNERLINK_TEST_PROJECT=$project LEARNERLINK_TEST_SANDBOX=$sandbox XDG_CACHE_HOME=$work/cache TMPDIR=$work
unset LEARNERLINK_LIBRARY_PATH
mvn --batch-mode --quiet -Dstyle.color=never --no-transfer-progress verify \
    "-Dlearnerlink.natives=$work/natives" "-Dlearnerlink.rid=$rid" "${arguments[@]}" "$@"
echo "java-tests: passed"
