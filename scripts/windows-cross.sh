#!/usr/bin/env bash
# Builds the library for Windows on a Debian machine: the DLL, its .def file and its import libraries.
#
#   scripts/windows-cross.sh [--x86_64] [--i686] [--programs] [--profile NAME]
#
#   --x86_64        for 64-bit Windows (what is built when nothing is named)
#   --i686          for 32-bit Windows
#   --programs      the sandbox and the command line instead of the library
#   --profile NAME  the cargo profile; release when not given
#
# It prints the path of each DLL or program; beside a DLL lie
#
#   learnerlink.def        what it exports, for Delphi's `implib` and any other linker
#   liblearnerlink.dll.a   import library for mingw
#   learnerlink.lib        import library for MSVC and other COFF linkers
#
# The DLL runs on Windows 7 and Windows Server 2008 R2 and later and needs only what is part of Windows.
#
# The compiler generates code for every Windows target; what is missing on Debian is the standard library compiled for
# them. Debian packs its sources (rust-web-src), so it is compiled once per compiler version and target (two minutes)
# and kept in a cache. Only that build uses unstable features; the project is built as with any stable compiler.
#
# WINDOWS_CROSS_CACHE is where the standard library is kept; `learnerlink-windows-cross` in the user's cache otherwise.
set -euo pipefail
shopt -s inherit_errexit

project=$(cd "$(dirname "$0")/.." && pwd)
targets=()
profile=release
package=(rustc -p learnerlink --lib --crate-type cdylib)
while (($#)); do
    case $1 in
    --x86_64 | --i686) targets+=("${1#--}") ;;
    --programs) package=(build -p learnerlink-sandbox -p learnerlink-cli) ;;
    --profile) profile=${2:?--profile needs a name} && shift ;;
    -h | --help) sed -n '2,/^set -euo/{/^set -euo/d;s/^# \{0,1\}//p}' "$0" && exit ;;
    *) echo "windows-cross: $1 is not known; see --help" >&2 && exit 2 ;;
    esac
    shift
done
((${#targets[@]})) || targets=(x86_64)

say() { echo "windows-cross: $*" >&2; }
die() { say "$*" && exit 1; }

# Debian's compiler, because its sources of the standard library are the ones to be had; not what cargo's proxies choose.
export RUSTC=/usr/bin/rustc
cargo=/usr/bin/cargo
for tool in "$RUSTC" "$cargo" llvm-dlltool "${targets[@]/%/-w64-mingw32-gcc}"; do
    command -v "$tool" >/dev/null || die "$tool is missing; \`make tools\` installs it"
done
unset RUSTUP_TOOLCHAIN RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET
version=$("$RUSTC" -vV | sed -n 's/^release: //p')
commit=$("$RUSTC" -vV | sed -n 's/^commit-hash: //p')
sources=$("$RUSTC" --print sysroot)/lib/rustlib/src/rust/library
registry=${CARGO_HOME:-$HOME/.cargo}/registry/src
cache=${WINDOWS_CROSS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/learnerlink-windows-cross}/$version-${commit:0:9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Compiles the standard library for a target unless the cache has it.
standard_library() {
    local triple=$1 gnu=$2 lib
    [[ ! -d $cache/$triple ]] || return 0
    [[ -f $sources/std/Cargo.toml ]] || die "the sources of the standard library are missing; \`make tools\` installs them"
    say "compiling the standard library of Rust $version for $triple (once)"
    # A copy, because the package's files are read-only; and only the static form of the library is of use.
    mkdir -p "$work/library"
    tar -C "$sources" --exclude=./vendor -cf - . | tar -C "$work/library" -xf -
    chmod -R u+w "$work/library"
    sed -i 's/^crate-type = \["dylib", "rlib"\]/crate-type = ["rlib"]/' "$work/library/std/Cargo.toml"
    # The first flag keeps the private dependencies of the standard library out of the project's sight.
    local flags="-Zforce-unstable-if-unmarked"
    flags+=$'\x1f'"--remap-path-prefix=$work/library=/rustc/$commit/library"
    flags+=$'\x1f'"--remap-path-prefix=$registry=/cargo"
    (
        cd "$work/library"
        RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target CARGO_INCREMENTAL=0 CARGO_PROFILE_DIST_DEBUG=0 \
            CARGO_ENCODED_RUSTFLAGS=$flags "$cargo" build --quiet --locked --profile dist --target "$triple" \
            -p sysroot --features panic-unwind,backtrace --config "target.$triple.linker='$gnu-gcc'"
    ) >&2
    lib=$work/sysroot/lib/rustlib/$triple/lib
    mkdir -p "$lib"
    cp "$work/target/$triple/dist/deps/"*.rlib "$lib/"
    # 32-bit code finds its unwind tables through two objects at their start and end.
    if [[ $triple == i686-* ]]; then
        for object in rsbegin rsend; do
            RUSTC_BOOTSTRAP=1 "$RUSTC" --target "$triple" --emit=obj -Cpanic=abort -Copt-level=2 \
                -o "$lib/$object.o" "$work/library/rtstartup/$object.rs" >&2
        done
    fi
    mkdir -p "$cache"
    mv -T "$work/sysroot" "$cache/$triple"
    rm -rf "$work/library" "$work/target"
}

# The functions of the header as the linker of a C program knows them: decorated on 32-bit Windows.
names_in_c() {
    { echo '#include <learnerlink.h>' && echo 'void *all[] = {' && sed 's/$/,/' "$project/include/learnerlink.symbols" && echo '};'; } |
        "$1-gcc" -I"$project/include" -DLEARNERLINK_STATIC -xc -c - -o "$work/names.o"
    "$1-nm" -u "$work/names.o" | sed 's/^ *U //; s/^_\(.*@\)/\1/'
}

import_libraries() {
    local arch=$1 gnu=$2 folder=$3 kill=() machine=i386:x86-64
    # What a C program asks for on 32-bit Windows is _NAME@BYTES; the DLL exports NAME, and `-k` leads to it.
    if [[ $arch == i686 ]]; then kill=(-k) machine=i386; fi
    { printf 'LIBRARY "learnerlink.dll"\nEXPORTS\n' && names_in_c "$gnu" | sed 's/^/    /'; } >"$work/in_c.def"
    { printf 'LIBRARY "learnerlink.dll"\nEXPORTS\n' && sed 's/^/    /' "$project/include/learnerlink.symbols"; } >"$folder/learnerlink.def"
    # In its folder, and so: names and times of this build would be in it else.
    (cd "$folder" && "$gnu-dlltool" "${kill[@]}" --deterministic-libraries --temp-prefix learnerlink \
        -d "$work/in_c.def" -D learnerlink.dll -l liblearnerlink.dll.a)
    # LLVM writes the short form that MSVC's own tools write.
    llvm-dlltool "${kill[@]}" -m "$machine" -d "$work/in_c.def" -D learnerlink.dll -l "$folder/learnerlink.lib"
}

for arch in "${targets[@]}"; do
    triple=$arch-win7-windows-gnu
    gnu=$arch-w64-mingw32
    standard_library "$triple" "$gnu"
    say "building for $triple, profile $profile"
    # Messages of a panic must not name the folders of this machine. With slim errors the crates that read the registry do
    # without a DLL that Windows 7 lacks.
    flags="'--cfg=windows_slim_errors','-Clink-arg=-Wl,--no-insert-timestamp','--sysroot=$cache/$triple','--remap-path-prefix=$registry=/cargo','--remap-path-prefix=$project=/src'"
    (cd "$project" && "$cargo" "${package[@]}" --quiet --locked --profile "$profile" \
        --target "$triple" --config "target.$triple.linker='$gnu-gcc'" --config "target.$triple.ar='$gnu-ar'" \
        --config "target.$triple.rustflags=[$flags]") >&2
    folder=${CARGO_TARGET_DIR:-$project/target}/$triple/${profile/#dev/debug}
    if [[ ${package[0]} == build ]]; then
        printf '%s\n' "$folder/learnerlink-sandbox.exe" "$folder/learnerlink.exe"
        continue
    fi
    import_libraries "$arch" "$gnu" "$folder"
    say "$(stat -c %s "$folder/learnerlink.dll") bytes"
    echo "$folder/learnerlink.dll"
done
