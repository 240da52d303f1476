#!/usr/bin/env bash
# Builds the jar of the Java binding in a folder and prints the class path of programs that use it, for JDK 22 and later
# too where there is one.
#
#   scripts/java-jars.sh FOLDER
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
# From a copy, because a build leaves files beside its sources.
rm -rf "$1" && cp -r "$project/bindings/java" "$1"
jdk=$("$project/scripts/newer-jdk.sh")
cd "$1"
mvn --batch-mode --quiet -Dstyle.color=never --no-transfer-progress -pl learnerlink package -Dmaven.javadoc.skip \
    -Dmaven.source.skip dependency:copy-dependencies -DincludeScope=runtime ${jdk:+"-Dlearnerlink.jdk=$jdk"} >&2
echo "$PWD/learnerlink/target/*:$PWD/learnerlink/target/dependency/*"
