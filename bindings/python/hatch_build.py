"""Puts the native library into the wheel and gives it the tag of the platform the library is for.

LEARNERLINK_LIBRARY   the library to pack; without it the wheel has none, and LEARNERLINK_LIBRARY_PATH names one
LEARNERLINK_PLATFORM  the platform tag, for a library of another machine; otherwise it is found out
"""

import os
import platform
import re
import sysconfig
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def platform_tag(library: Path) -> str:
    """The oldest system that a library built on this kind of machine runs on."""
    chosen = os.environ.get("LEARNERLINK_PLATFORM")
    if chosen:
        return chosen
    if library.suffix != ".so":
        return re.sub(r"[-.]", "_", sysconfig.get_platform())
    contents = library.read_bytes()
    if b"libc.musl-" in contents:
        return f"musllinux_1_2_{platform.machine()}"
    # The versioned symbols that it asks for say how new a C library it needs.
    minors = [int(found) for found in re.findall(rb"\0GLIBC_2\.(\d+)\b", contents)]
    return f"manylinux_2_{max([17, *minors])}_{platform.machine()}"


class CustomBuildHook(BuildHookInterface):
    """Called by hatchling when it builds a wheel."""

    def initialize(self, version, build_data):
        given = os.environ.get("LEARNERLINK_LIBRARY")
        if not given:
            return
        library = Path(given).absolute()
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag(library)}"
        build_data["force_include"][str(library)] = f"learnerlink/_lib/{library.name}"
