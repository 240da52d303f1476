#!/usr/bin/env bash
# Prints the folder of a JDK of 22 or later: what LEARNERLINK_JDK or JAVA_HOME_25 names, else the newest below
# /usr/lib/jvm; nothing when there is none.
set -euo pipefail
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
[[ -z $newer ]] || echo "$newer"
