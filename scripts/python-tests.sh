#!/usr/bin/env bash
# Builds the Python wheel around the debug library, installs it into a fresh environment, and tests it there.
#
#   scripts/python-tests.sh [LIBRARY [SANDBOX]] [-- PYTEST ARGUMENTS]
#
# LIBRARY and SANDBOX are built when not given. PYTHON chooses the interpreter.
set -euo pipefail
. "$(dirname "$0")/for-bindings.sh"
export PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet auditwheel build 'dask[dataframe]' distributed hatchling \
    matplotlib mypy pandas polars pytest pytest-timeout tqdm

# From a copy, because a build leaves files beside its sources.
cp -r "$project/bindings/python" "$work/source"
cd "$work/source"
LEARNERLINK_LIBRARY=$library "$work/venv/bin/python" -m build --no-isolation --outdir "$work/dist" --wheel >/dev/null
"$work/venv/bin/python" -m build --no-isolation --outdir "$work/dist" --sdist >/dev/null
"$work/venv/bin/pip" install --quiet --no-index --find-links "$work/dist" --only-binary :all: learnerlink

cd "$work"
export LEARNERLINK_TEST_PROJECT=$project LEARNERLINK_TEST_SANDBOX=$sandbox LEARNERLINK_TEST_DIST=$work/dist
python=$project/bindings/python
"$work/venv/bin/python" -m pytest -q --timeout 60 -c "$python/pyproject.toml" --rootdir "$python" "$python/tests" "$@"
if "$work/venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
    "$work/venv/bin/mypy" --strict --cache-dir "$work/mypy" "$python/src" \
        "$project/examples/python/qr_flow.py" "$project/examples/python/demo.py" "$python/tests/test_types.py"
fi
echo "python-tests: passed"
