#!/usr/bin/env bash
# Packs what a vendor downloads, for each platform: library, import libraries, headers, schemas, examples, sandbox and
# command line, licences, bill of materials, sums.
#
#   scripts/dist.sh [--profile NAME] [--out FOLDER] [PLATFORM]...
#
#   --profile NAME   dev packs what `cargo build` builds, to try the packing; release when not given
#   --out FOLDER     where the archives go; the target folder's `dist` when not given
#   PLATFORM         linux-x86_64, windows-x86_64, windows-i686; all when none is named
#
# It prints the path of each archive. The same sources give the same bytes: no archive knows its time or place.
set -euo pipefail
shopt -s inherit_errexit
project=$(cd "$(dirname "$0")/.." && pwd)
templates=$project/scripts/dist
target=${CARGO_TARGET_DIR:-$project/target}
profile=release
out=$target/dist
platforms=()
while (($#)); do
    case $1 in
    --profile) profile=${2:?--profile needs a name} && shift ;;
    --out) out=${2:?--out needs a folder} && shift ;;
    linux-x86_64 | windows-x86_64 | windows-i686) platforms+=("$1") ;;
    -h | --help) sed -n '2,/^set -euo/{/^set -euo/d;s/^# \{0,1\}//p}' "$0" && exit ;;
    *) echo "dist: $1 is not known; see --help" >&2 && exit 2 ;;
    esac
    shift
done
((${#platforms[@]})) || platforms=(linux-x86_64 windows-x86_64 windows-i686)
version=$(sed -n '/^\[workspace.package\]/,/^$/s/^version = "\(.*\)"/\1/p' "$project/Cargo.toml")
cd "$project"
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What a program that links the static library needs beside it, as the compiler says (--print native-static-libs).
private="-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc"

# The value of each given variable, in the place of @NAME@.
fill() {
    local text name
    text=$(cat "$1") && shift
    for name; do text=${text//"@$name@"/"${!name}"}; done
    printf '%s\n' "$text"
}

common() {
    local folder=$1 triple=$2 compiler=${3:-rustc}
    mkdir -p "$folder/include" "$folder/examples" "$folder/docs"
    cp -r include/learnerlink.h include/learnerlink.hpp include/learnerlink.symbols include/catalogue.json include/schemas "$folder/include/"
    cp -r examples/c examples/cpp examples/pascal examples/vb6 "$folder/examples/"
    cp docs/*.md "$folder/docs/"
    cp LICENSE CHANGELOG.md "$folder/"
    python3 "$templates/inventory.py" "$triple" "$folder" "$compiler"
    mkdir -p "$folder/lib/cmake/learnerlink"
    PRIVATE=${private// /;} fill "$templates/learnerlink-config.cmake.in" PRIVATE >"$folder/lib/cmake/learnerlink/learnerlink-config.cmake"
    VERSION=$version fill "$templates/learnerlink-config-version.cmake.in" VERSION >"$folder/lib/cmake/learnerlink/learnerlink-config-version.cmake"
}

# The sandbox and the command line, for which small does not matter.
programs() {
    local folder=$1 suffix=$2 from=$3
    mkdir -p "$folder/bin"
    cp "$from/learnerlink-sandbox$suffix" "$from/learnerlink$suffix" "$folder/bin/"
}

linux() {
    local folder=$1 shared static built floor
    if [[ $profile == dev ]]; then
        cargo build --quiet --locked -p learnerlink -p learnerlink-sandbox -p learnerlink-cli >&2
        shared=$target/debug/liblearnerlink.so static=$target/debug/liblearnerlink.a built=$target/debug
    else
        shared=$("$project/scripts/release.sh")
        static=$("$project/scripts/release.sh" --static)
        built=$("$project/scripts/release.sh" --programs)
    fi
    common "$folder" x86_64-unknown-linux-gnu
    mkdir -p "$folder/lib/pkgconfig"
    strip --strip-unneeded -o "$folder/lib/liblearnerlink.so" "$shared"
    strip --strip-debug -o "$folder/lib/liblearnerlink.a" "$static"
    VERSION=$version PRIVATE=$private fill "$templates/learnerlink.pc.in" VERSION PRIVATE >"$folder/lib/pkgconfig/learnerlink.pc"
    programs "$folder" "" "$built"
    strip "$folder/bin/"*
    floor=$("$templates/glibc.sh" "$folder/lib/liblearnerlink.so" "$folder/bin/"*)
    FILES='| `lib/` | the shared library, the static library, a `pkg-config` file and a CMake package |
| `bin/` | `learnerlink-sandbox` and the command line `learnerlink` |' \
        REQUIREMENTS="Needs glibc $floor or later (\`ldd --version\` tells) and nothing else; the root certificates are the system's." \
        TRY='```console
$ bin/learnerlink-sandbox &
listening on http://127.0.0.1:8099
$ export PKG_CONFIG_PATH=$PWD/lib/pkgconfig
$ cc examples/c/minimal.c $(pkg-config --cflags --libs learnerlink) -Wl,-rpath,$PWD/lib -o minimal
$ ./minimal '"'"'{"sandbox":"http://127.0.0.1:8099"}'"'"' 10099901
```

With CMake: `find_package(learnerlink)` with `-DCMAKE_PREFIX_PATH=` this folder, then link `learnerlink::learnerlink` or
`learnerlink::static`.' \
        VERSION=$version PLATFORM="Linux on x86_64" fill "$templates/README.md.in" VERSION PLATFORM FILES REQUIREMENTS TRY >"$folder/README.md"
}

windows() {
    local folder=$1 arch=$2 dll from built bits=64
    [[ $arch != i686 ]] || bits=32
    dll=$("$project/scripts/windows-cross.sh" "--$arch" --profile "$profile")
    from=$(dirname "$dll")
    common "$folder" "$arch-pc-windows-gnu" /usr/bin/rustc
    mkdir -p "$folder/bin"
    "$arch-w64-mingw32-strip" -o "$folder/bin/learnerlink.dll" "$dll"
    cp "$from/liblearnerlink.dll.a" "$from/learnerlink.lib" "$from/learnerlink.def" "$folder/lib/"
    # A developer's machine is a 64-bit one, also where the program is not.
    built=$("$project/scripts/windows-cross.sh" --x86_64 --programs --profile "${profile/#release/tools}")
    programs "$folder" .exe "$(dirname "${built%%$'\n'*}")"
    x86_64-w64-mingw32-strip "$folder/bin/"*.exe
    FILES='| `bin/` | `learnerlink.dll`; `learnerlink-sandbox.exe` and the command line `learnerlink.exe`, both for 64-bit Windows |
| `lib/` | import libraries for MSVC (`learnerlink.lib`) and mingw (`liblearnerlink.dll.a`), `learnerlink.def`, a CMake package |' \
        REQUIREMENTS="Runs on $bits-bit programs' side of Windows 7, Windows Server 2008 R2 and everything later; needs only DLLs that are part of Windows. The root certificates are those of Windows." \
        TRY='```console
> bin\learnerlink-sandbox.exe
listening on http://127.0.0.1:8099
```

In a second window, with Visual C++ or with mingw:

```console
> cl /Iinclude examples\c\minimal.c lib\learnerlink.lib /Fe:bin\minimal.exe
> gcc -Iinclude examples/c/minimal.c lib/liblearnerlink.dll.a -o bin/minimal.exe
> bin\minimal.exe "{\"sandbox\":\"http://127.0.0.1:8099\"}" 10099901
```' \
        VERSION=$version PLATFORM="$bits-bit Windows" fill "$templates/README.md.in" VERSION PLATFORM FILES REQUIREMENTS TRY >"$folder/README.md"
}

for platform in "${platforms[@]}"; do
    folder=$work/learnerlink-$version-$platform
    case $platform in
    linux-*) linux "$folder" && archive=$out/$(basename "$folder").tar.gz ;;
    windows-*) windows "$folder" "${platform#windows-}" && archive=$out/$(basename "$folder").zip ;;
    esac
    python3 "$templates/pack.py" "$folder" "$archive"
    echo "$archive"
done
