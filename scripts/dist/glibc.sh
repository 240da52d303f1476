#!/usr/bin/env bash
# Prints the newest glibc whose names the given files ask for.
set -euo pipefail
objdump -T "$@" | sed -n 's/.*(\{0,1\}GLIBC_\([0-9.]*\)).*/\1/p' | sort -V | tail -n 1
