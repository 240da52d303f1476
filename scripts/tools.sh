#!/usr/bin/env bash
# Installs what tests and checks need and is missing. Needs root (or sudo) only when something is.
set -euo pipefail

declare -A packages=(
    [cc]=gcc [g++]=g++ [valgrind]=valgrind [zbarimg]=zbar-tools [rsvg-convert]=librsvg2-bin
    [chromedriver]=chromium-driver [chromium]=chromium [nm]=binutils [xsltproc]=xsltproc
    [cmake]=cmake [pkg-config]=pkgconf [fpc]=fp-compiler [llvm-dlltool]=llvm [wine]=wine
    [x86_64-w64-mingw32-gcc]=gcc-mingw-w64-x86-64 [x86_64-w64-mingw32-g++-posix]=g++-mingw-w64-x86-64-posix
    [i686-w64-mingw32-gcc]=gcc-mingw-w64-i686 [i686-w64-mingw32-g++-posix]=g++-mingw-w64-i686-posix
    [sn]=mono-devel [nunit-console]=nunit-console
    [javac]=default-jdk-headless [mvn]=maven
)
missing=()
for command in "${!packages[@]}"; do
    command -v "$command" >/dev/null || missing+=("${packages[$command]}")
done
# Debian packs the part of Python that makes environments by itself.
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
# Debian's compiler, whose sources of the standard library are what Windows builds begin with; the same for
# Pascal; and 64-bit Wine.
[[ -d /usr/lib/rustlib/src/rust/library && -x /usr/bin/cargo ]] || missing+=(rustc-web cargo-web rust-web-src)
compgen -G '/usr/share/fpcsrc/*/rtl/win64' >/dev/null || missing+=(fpc-source)
# A server of PostgreSQL, which the tests start themselves.
command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[[ -x /usr/lib/wine/wine64 ]] || missing+=(wine64)
# What the tests of the C# binding are compiled against; the runner does without.
compgen -G '/usr/lib/cli/nunit.framework-*/nunit.framework.dll' >/dev/null || missing+=(libnunit-framework2.6.3-cil)
if ((${#missing[@]})); then
    command -v apt-get >/dev/null || { echo "please install: ${missing[*]}" >&2; exit 1; }
    root=()
    ((EUID == 0)) || root=(sudo)
    echo "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    "${root[@]}" apt-get update -qq
    "${root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
fi

# The version is pinned because its configuration format changes.
deny=0.20.2
if [[ $(cargo deny --version 2>/dev/null || true) != "cargo-deny $deny" ]]; then
    echo "installing cargo-deny $deny (takes some minutes, once)"
    cargo install --quiet --locked cargo-deny --version "$deny"
fi
