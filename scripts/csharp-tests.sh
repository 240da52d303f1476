#!/usr/bin/env bash
# Builds and packs the C# package around the debug library, and tests what is in the packages, for each framework.
#
#   scripts/csharp-tests.sh [LIBRARY [SANDBOX]] [-- NUNIT ARGUMENTS]
#
# LIBRARY and SANDBOX are built when not given. `-- -run:LearnerLink.Tests.JsonTests` runs one fixture.
set -euo pipefail
. "$(dirname "$0")/for-bindings.sh"
# What a test that fails leaves behind goes with the rest, and mono keeps its files where nobody else's are.
export TMPDIR=$work/tmp XDG_CONFIG_HOME=$work/config
mkdir "$TMPDIR"
unset LEARNERLINK_LIBRARY_PATH

make --silent -C "$project/bindings/csharp" OUT="$work/out" LIBRARY="$library"

export LEARNERLINK_TEST_PROJECT=$project LEARNERLINK_TEST_SANDBOX=$sandbox LEARNERLINK_TEST_PACKAGES=$work/out/packages
# Both at once, since tests wait for a learner most of their time.
declare -A running
for framework in net462 netstandard2.0; do
    folder=$work/$framework
    mkdir -p "$folder/packages"
    for package in "$work"/out/packages/*.nupkg; do
        python3 -m zipfile -e "$package" "$folder/packages"
    done
    # As an application that has installed them finds them in its folder.
    cp -r "$folder/packages/lib/$framework"/LearnerLink.* "$folder/packages/runtimes" "$work"/out/programs/* "$folder/"
    (cd "$folder" && LEARNERLINK_TEST_FRAMEWORK=$framework exec nunit-console -nologo -noshadow -nodots \
        -domain:None -process:Single "$@" LearnerLink.Tests.dll >output 2>&1) &
    running[$framework]=$!
done
failed=
for framework in "${!running[@]}"; do
    wait "${running[$framework]}" || failed+=" $framework"
    echo "csharp-tests: $framework"
    cat "$work/$framework/output"
done
[[ -z $failed ]] || { echo "csharp-tests: failed for$failed" >&2; exit 1; }
echo "csharp-tests: passed"
