#!/usr/bin/env bash
# Unpacks archives as a newcomer does, into an empty folder, and builds and runs the examples from them.
#
#   scripts/dist-tests.sh [ARCHIVE]...      without archives it packs what `cargo build` builds and tries that
#
# Programs for 64-bit Windows run under Wine; of those for 32-bit Windows it is seen that they link.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
cleanup() {
    WINEPREFIX=$work/wine wineserver -k 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
export WINEPREFIX=$work/wine WINEDEBUG=-all DISPLAY=
fail() { echo "dist-tests: $*" >&2 && exit 1; }
archives=("$@")
texts=()
if ((${#archives[@]} == 0)); then
    texts=(-I)
    # Through a file, because nobody sees how a program behind `<(` ends.
    "$project/scripts/dist.sh" --profile dev --out "$work/dist" >"$work/archives"
    mapfile -t archives <"$work/archives"
fi

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 'cyclonedx-python-lib[json-validation]'

config='{"sandbox":"@"}'

flow() { # with a sandbox of the archive
    "$project/scripts/with-sandbox.sh" "$1" "$project/scripts/qr-flow.sh" "${@:2}"
}

whole() { # what every archive has
    (cd "$1" && sha256sum --quiet -c SHA256SUMS) || fail "the sums of $1 do not fit"
    for name in README.md LICENSE CHANGELOG.md THIRD-PARTY-LICENSES.txt \
        RUST-STANDARD-LIBRARY-LICENSES.html learnerlink.cdx.json include/learnerlink.hpp \
        include/schemas/error.json examples/pascal/LearnerLink.pas examples/vb6/LearnerLink.bas docs/operations.md; do
        [[ -s $1/$name ]] || fail "$name is missing in $1"
    done
    ! grep -q '@[A-Z]*@' "$1/README.md" || fail "README.md has a mark that was not filled"
    for name in serde_json libsqlite3-sys ring; do
        grep -q "^$name " "$1/THIRD-PARTY-LICENSES.txt" || fail "the licence of $name is missing"
        grep -q "\"pkg:cargo/$name@" "$1/learnerlink.cdx.json" || fail "the bill of materials lacks $name"
    done
    for name in generic/sqlite generic/rust-std; do
        grep -q "\"pkg:$name@" "$1/learnerlink.cdx.json" || fail "the bill of materials lacks $name"
    done
    "$work/venv/bin/python" "$project/scripts/dist/validate.py" "$1/learnerlink.cdx.json"
    # What `cargo build` builds may name them, what is shipped may not.
    ! grep -rlF "${texts[@]}" -e "$project" -e "$HOME/" "$1" || fail "files of the archive name a folder of this machine"
}

linux() {
    local folder=$1 name floor needed
    cd "$folder"
    floor=$(sed -n 's/^Needs glibc \([0-9.]*\) .*/\1/p' README.md)
    for name in lib/liblearnerlink.so bin/learnerlink bin/learnerlink-sandbox; do
        needed=$("$project/scripts/dist/glibc.sh" "$name")
        [[ $(printf '%s\n' "$needed" "$floor" | sort -V | tail -n 1) == "$floor" ]] || fail "$name needs a newer glibc than $floor"
    done
    [[ $(objdump -p lib/liblearnerlink.so | sed -n 's/ *SONAME *//p') == liblearnerlink.so ]] || fail "the soname is wrong"
    export PKG_CONFIG_PATH=$folder/lib/pkgconfig
    mkdir -p "$work/built/cmake"
    # shellcheck disable=SC2046
    cc examples/c/minimal.c $(pkg-config --cflags --libs learnerlink) "-Wl,-rpath,$folder/lib" -o "$work/built/shared"
    # shellcheck disable=SC2046
    cc examples/c/minimal.c $(pkg-config --cflags learnerlink) lib/liblearnerlink.a \
        $(pkg-config --static --libs-only-l learnerlink | sed 's/-llearnerlink//') -o "$work/built/static"
    # shellcheck disable=SC2046
    c++ -std=c++17 -pthread examples/cpp/qr_flow.cpp $(pkg-config --cflags --libs learnerlink) "-Wl,-rpath,$folder/lib" \
        -o "$work/built/cpp"
    fpc -v0 -l- -Fl"$folder/lib" "-k-rpath=$folder/lib" -FE"$work/built" examples/pascal/QrFlow.pas >/dev/null
    cat >"$work/built/CMakeLists.txt" <<'C'
cmake_minimum_required(VERSION 3.13)
project(consumer C)
foreach(other 0.2 1 1.0)
  find_package(learnerlink ${other} QUIET CONFIG)
  if(learnerlink_FOUND)
    message(FATAL_ERROR "a version that is not there was found: ${other}")
  endif()
endforeach()
find_package(learnerlink 0.1 REQUIRED CONFIG)
add_executable(cmake-shared ${EXAMPLE})
target_link_libraries(cmake-shared PRIVATE learnerlink::learnerlink)
add_executable(cmake-static ${EXAMPLE})
target_link_libraries(cmake-static PRIVATE learnerlink::static)
C
    cmake -S "$work/built" -B "$work/built/cmake" -DCMAKE_PREFIX_PATH="$folder" -DEXAMPLE="$folder/examples/c/minimal.c" >/dev/null
    cmake --build "$work/built/cmake" >/dev/null
    for name in shared static cpp cmake/cmake-shared cmake/cmake-static; do
        flow bin/learnerlink-sandbox "$work/built/$name" "$config" 10099901
    done
    flow bin/learnerlink-sandbox "$work/built/QrFlow" @ 10099901
    [[ $(bin/learnerlink --version) == *"$(sed -n 's/^# LearnerLink \([^ ]*\) .*/\1/p' README.md)"* ]] ||
        fail "the command line has another version"
    echo "dist-tests: linux: C, C++, Pascal and CMake programs ran, shared and static"
}

windows() {
    local folder=$1 gnu=$2
    cd "$folder"
    "$gnu-gcc" -Iinclude examples/c/minimal.c lib/liblearnerlink.dll.a -o bin/minimal.exe
    "$gnu-gcc" -Iinclude examples/c/minimal.c lib/learnerlink.lib -o bin/minimal-msvc.exe
    cat >"$work/CMakeLists.txt" <<'C'
cmake_minimum_required(VERSION 3.13)
project(consumer C)
find_package(learnerlink REQUIRED CONFIG)
add_executable(minimal-cmake ${EXAMPLE})
target_link_libraries(minimal-cmake PRIVATE learnerlink::learnerlink)
C
    cmake -S "$work" -B "$work/$gnu" -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER="$gnu-gcc" -DCMAKE_FIND_ROOT_PATH="$folder" \
        -DCMAKE_PREFIX_PATH="$folder" -DEXAMPLE="$folder/examples/c/minimal.c" >/dev/null
    cmake --build "$work/$gnu" >/dev/null
    cp "$work/$gnu/minimal-cmake.exe" bin/
    if [[ $gnu == i686* ]]; then
        echo "dist-tests: windows-i686: C programs link; they were not run"
        return
    fi
    wine wineboot --init >/dev/null 2>&1
    for name in minimal minimal-msvc minimal-cmake; do
        flow "$folder/../run-sandbox" wine "bin/$name.exe" "$config" 10099901
    done
    echo "dist-tests: windows-x86_64: C programs ran with the sandbox of the archive, under Wine"
}

for archive in "${archives[@]}"; do
    empty=$(mktemp -d "$work/empty.XXXXXX")
    archive=$(realpath "$archive")
    (cd "$(dirname "$archive")" && sha256sum --quiet -c "$(basename "$archive").sha256") || fail "the sum of $archive does not fit"
    case $archive in
    *.zip) python3 -m zipfile -e "$archive" "$empty" ;;
    *) tar -C "$empty" -xf "$archive" ;;
    esac
    folder=$(echo "$empty"/*)
    whole "$folder"
    case $archive in
    *linux-x86_64*) (linux "$folder") ;;
    *windows-x86_64*)
        printf '#!/bin/sh\nexec wine "%s/bin/learnerlink-sandbox.exe" "$@"\n' "$folder" >"$empty/run-sandbox"
        chmod +x "$empty/run-sandbox"
        (windows "$folder" x86_64-w64-mingw32)
        ;;
    *windows-i686*) (windows "$folder" i686-w64-mingw32) ;;
    esac
done
echo "dist-tests: passed"
