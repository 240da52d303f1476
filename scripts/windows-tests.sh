#!/usr/bin/env bash
# Builds the DLLs for Windows, looks into them, and runs C and C++ programs with them under Wine.
#
#   scripts/windows-tests.sh [--profile NAME]      dev when not given; the sandbox is the debug one of this machine
#
# Programs for 64-bit Windows run wherever there is Wine. Those for 32-bit Windows run where WINE32 names a command that
# runs them, or Wine itself does; otherwise their DLL is only looked into, and the last line says so.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$project/target}
profile=dev
[[ ${1:-} != --profile ]] || profile=${2:?--profile needs a name}
sandbox=$target/debug/learnerlink-sandbox
(cd "$project" && ${CARGO:-cargo} build --quiet -p learnerlink -p learnerlink-sandbox)

work=$(mktemp -d)
cleanup() {
    wineserver -k 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
# Wine keeps its idea of a disk in a folder; without a display and silent about what it lacks.
export WINEPREFIX=$work/wine WINEDEBUG=-all DISPLAY=
fail() { echo "windows-tests: $*" >&2 && exit 1; }

# `grep -q` ends as soon as it has found something, so what it reads from is no part of a pipe that has to succeed.
# What is part of Windows 7 and later.
system='advapi32 bcrypt crypt32 kernel32 ktmw32 msvcrt ntdll ole32 oleaut32 secur32 shell32 user32 userenv ws2_32'

inspect() {
    local gnu=$1 dll=$2 bits=$3 name folder headers found
    folder=$(dirname "$dll")
    headers=$("$gnu-objdump" -p "$dll")
    for name in $(sed -n 's/^[[:space:]]*DLL Name: \(.*\)\.dll$/\L\1/p' <<<"$headers" | sort -u); do
        grep -qw "$name" <<<"$system" || fail "$dll needs $name.dll, which is no part of Windows"
    done
    for name in DYNAMIC_BASE NX_COMPAT $([[ $bits == 32 ]] || echo HIGH_ENTROPY_VA); do
        grep -q "$name" <<<"$headers" || fail "$dll is not marked $name"
    done
    found=$(sed -n '/\[Ordinal\/Name Pointer\] Table/,/^$/s/^[[:space:]]*\[ *[0-9]*\][[:space:]]*\(+base\[ *[0-9]*\] *[0-9a-f]* \)\{0,1\}\([^[:space:]]*\).*$/\2/p' <<<"$headers")
    diff <(sort <<<"$found") "$project/include/learnerlink.symbols" || fail "$dll does not export what the header declares"
    sed 's/^/    /' "$project/include/learnerlink.symbols" | diff - <(tail -n +3 "$folder/learnerlink.def") ||
        fail "learnerlink.def does not list what the header declares"
    # Its texts are UTF-16.
    grep -aq ProductVersion <(tr -d '\0' <"$dll") ||
        fail "$dll has no version resource"
    for name in liblearnerlink.dll.a learnerlink.lib; do
        [[ -s $folder/$name ]] || fail "$folder/$name is missing"
    done
    if [[ $bits == 32 ]]; then
        # stdcall: the import library knows the bytes of the parameters, and the function removes them.
        grep -q ' T _learnerlink_generate_qr@20$' < <("$gnu-nm" "$folder/liblearnerlink.dll.a") ||
            fail "the import library does not have stdcall names"
        grep -q 'ret  *\$0x14' < <("$gnu-objdump" -d --no-show-raw-insn "$dll") ||
            fail "no function of $dll removes its parameters"
    fi
}

# Compiles the test programs for one target, in a folder with its DLL.
build() {
    local gnu=$1 dll=$2 folder=$3 name flags
    flags=(-O1 -Wall -Wextra -Werror -I"$project/include")
    mkdir -p "$folder/Zoë 🎓"
    cp "$dll" "$folder/"
    cp "$dll" "$folder/Zoë 🎓/"
    for name in flow async misuse; do
        "$gnu-gcc" -std=gnu99 "${flags[@]}" "$project/tests/c/$name.c" -o "$folder/$name.exe" \
            "$(dirname "$dll")/liblearnerlink.dll.a" -lws2_32
    done
    # The import library for MSVC has to do for other linkers too.
    (cd "$project/examples/c" && "$gnu-gcc" -std=c99 "${flags[@]}" demo.c enrollment.c host.c http.c json.c linkage.c lrs.c sif.c \
        -o "$folder/demo.exe" "$(dirname "$dll")/learnerlink.lib" -lws2_32)
    "$gnu-gcc" -std=gnu99 "${flags[@]}" "$project/tests/c/loaded.c" -o "$folder/loaded.exe" -lws2_32 -lversion -lshell32
    "$gnu-g++-posix" -std=c++17 "${flags[@]}" -static "$project/tests/cpp/wrapper.cpp" -o "$folder/wrapper.exe" \
        "$(dirname "$dll")/liblearnerlink.dll.a" -lws2_32
}

# Compiles the Pascal example for 64-bit Windows. Debian's compiler knows how, but has the runtime library as sources only.
build_pascal() {
    local folder=$1 sources includes unit
    sources=$(compgen -G '/usr/share/fpcsrc/*/rtl' | tail -n 1)
    includes=(-Fi../inc -Fi../x86_64 -Fi../win64 -Fi../win -Fi../win/wininc -Fi../objpas -Fi../objpas/sysutils)
    mkdir -p "$work/units"
    cd "$sources/win64"
    for unit in system ../objpas/objpas ../inc/uuchar ../objpas/sysconst windows ../win/windirs ../win/sysutils sysinit \
        ../inc/fpintres; do
        # `-Us` is for the one unit that the others begin with.
        ppcx64 -n -Twin64 -Sg -v0 -dx86_64 "${includes[@]}" -Fu"$work/units" -FE"$work/units" \
            $([[ $unit != system ]] || echo -Us) "$unit.pp" >"$work/pascal" 2>&1 || { cat "$work/pascal" >&2 && fail "$unit.pp"; }
    done
    cd "$work"
    fpc -n -Twin64 -v0 -Fu"$work/units" -FU"$work/units" -FE"$folder" "$project/examples/pascal/QrFlow.pas" >"$work/pascal" 2>&1 ||
        { cat "$work/pascal" >&2 && fail "QrFlow.pas"; }
}

# Runs them. The first argument is the command that runs Windows programs, in words.
run() {
    local wine=$1 folder=$2 name
    for name in flow async misuse wrapper; do
        # shellcheck disable=SC2086
        timeout 120 $wine "$folder/$name.exe" "$SANDBOX_URL"
    done
    # shellcheck disable=SC2086
    timeout 120 $wine "$folder/loaded.exe" "$SANDBOX_URL" "Z:${folder//\//\\}\\Zoë 🎓\\learnerlink.dll" "Z:${folder//\//\\}\\Zoë 🎓"
    mkdir -p "$folder/day/examples/c"
    cp "$project/examples/c/patients.csv" "$folder/day/examples/c/"
    # shellcheck disable=SC2086
    (cd "$folder/day" && LEARNERLINK_VAULT_KEY=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= timeout 300 $wine ../demo.exe "$SANDBOX_URL") \
        >"$folder/demo.out" 2>&1 || { cat "$folder/demo.out" >&2 && fail "the demonstration failed"; }
    grep -q '^Done' "$folder/demo.out" || { cat "$folder/demo.out" >&2 && fail "the demonstration did not get to its end"; }
    echo "demo: the whole day of a record system"
}
export -f run fail
export project

# Through a file, because nobody sees how a program behind `<(` ends.
"$project/scripts/windows-cross.sh" --x86_64 --i686 --profile "$profile" >"$work/dlls"
mapfile -t dlls <"$work/dlls"
inspect x86_64-w64-mingw32 "${dlls[0]}" 64
inspect i686-w64-mingw32 "${dlls[1]}" 32
build x86_64-w64-mingw32 "${dlls[0]}" "$work/64"
build i686-w64-mingw32 "${dlls[1]}" "$work/32"

(build_pascal "$work/64")

wine wineboot --init >/dev/null 2>&1
"$project/scripts/with-sandbox.sh" "$sandbox" bash -euc 'run wine "$1"' run "$work/64"
"$project/scripts/with-sandbox.sh" "$sandbox" "$project/scripts/qr-flow.sh" wine "$work/64/QrFlow.exe" @ 10099901
echo "QrFlow: the flow from Pascal"
wine32=${WINE32:-}
if [[ -z $wine32 ]]; then
    # With NULL everything fails but the calling, which is all there is to find out.
    "i686-w64-mingw32-gcc" -xc - -o "$work/none.exe" <<<'int main(void) { return 7; }'
    code=0 && wine "$work/none.exe" >/dev/null 2>&1 || code=$?
    ((code != 7)) || wine32=wine
fi
if [[ -n $wine32 ]]; then
    "$project/scripts/with-sandbox.sh" "$sandbox" bash -euc 'run "$1" "$2"' run "$wine32" "$work/32"
    echo "windows-tests: passed, 64-bit and 32-bit programs ran"
else
    echo "windows-tests: passed, 64-bit programs ran; the 32-bit DLL was looked into only, for want of a Wine that runs 32-bit programs"
fi
