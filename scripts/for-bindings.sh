# Sourced by the scripts that test a binding, whose arguments are [LIBRARY [SANDBOX]] [-- REST]. It leaves REST as the
# arguments and sets
#
#   project   the folder of the project
#   library   a copy of LIBRARY without symbols; the debug library is built when it is not given
#   sandbox   SANDBOX, else the one beside LIBRARY
#   work      an empty folder but for the copy, which goes away at the end
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
given=()
while (($#)) && [[ $1 != -- ]]; do given+=("$1"); shift; done
(($# == 0)) || shift
if ((${#given[@]})); then
    library=$(realpath "${given[0]}")
    sandbox=$(realpath "${given[1]:-$(dirname "$library")/learnerlink-sandbox}")
else
    (cd "$project" && ${CARGO:-cargo} build --quiet -p learnerlink -p learnerlink-sandbox)
    library=${CARGO_TARGET_DIR:-$project/target}/debug/liblearnerlink.so
    case $(uname) in Darwin) library=${library%.so}.dylib ;; esac
    sandbox=$(realpath "$(dirname "$library")/learnerlink-sandbox")
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nearly half of a debug library is symbols, which only make packing slower.
cp "$library" "$work/"
library=$work/$(basename "$library")
strip --strip-unneeded "$library" 2>/dev/null || true
