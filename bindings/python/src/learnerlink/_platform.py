"""Which build of the native library this process needs, and which one a file is."""

from __future__ import annotations

import platform
import struct
import sys
from pathlib import Path
from typing import Optional

_MACHINES = {
    "x86_64": "x64",
    "amd64": "x64",
    "aarch64": "arm64",
    "arm64": "arm64",
    "i386": "x86",
    "i686": "x86",
    "x86": "x86",
}
_ELF = {3: "x86", 62: "x64", 183: "arm64", 40: "arm"}
_PE = {0x14C: "x86", 0x8664: "x64", 0xAA64: "arm64"}
_MACH_O = {0x01000007: "x64", 0x0100000C: "arm64"}

BITS = struct.calcsize("P") * 8


def file_name() -> str:
    """The native library's file name on this system."""
    if sys.platform == "win32":
        return "learnerlink.dll"
    return "liblearnerlink.dylib" if sys.platform == "darwin" else "liblearnerlink.so"


def rid() -> str:
    """The platform of this process, such as ``linux-x64``; not of the machine, which may run 32-bit processes."""
    machine = _MACHINES.get(platform.machine().lower(), platform.machine().lower())
    if BITS == 32 and machine == "x64":
        machine = "x86"
    if sys.platform == "win32":
        return f"win-{machine}"
    if sys.platform == "darwin":
        return f"osx-{machine}"
    return f"linux-musl-{machine}" if is_musl() else f"linux-{machine}"


def is_musl() -> bool:
    """Whether this process runs on musl: by what is mapped, since a machine may have both."""
    try:
        return "ld-musl-" in Path("/proc/self/maps").read_text(errors="replace")
    except OSError:
        return False


def architecture_of(file: Path) -> Optional[str]:
    """The processor a library file is for, by its header; ``None`` for what is no library."""
    try:
        with file.open("rb") as stream:
            head = stream.read(4096)
    except OSError:
        return None
    try:
        if head[:4] == b"\x7fELF":
            return _ELF.get(struct.unpack_from("<H" if head[5] == 1 else ">H", head, 18)[0], "other")
        if head[:2] == b"MZ":
            offset = struct.unpack_from("<I", head, 0x3C)[0]
            return _PE.get(struct.unpack_from("<H", head, offset + 4)[0], "other")
        if head[:4] == b"\xcf\xfa\xed\xfe":
            return _MACH_O.get(struct.unpack_from("<I", head, 4)[0], "other")
        return "universal" if head[:4] == b"\xca\xfe\xba\xbe" else None
    except (struct.error, IndexError):
        return None


def hint_for(tried: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """A word and a sentence on the likely reason why none of the paths could be loaded."""
    own = rid().rsplit("-", 1)[-1]
    for path, reason in tried:
        found = architecture_of(Path(path))
        if found not in (None, own, "universal"):
            return "architecture", f"{path} is for {found}, this process is {own}; install the package for {own}"
        lower = reason.lower()
        if "glibc" in lower or "glibcxx" in lower:
            return "glibc", "the file needs a newer C library than this system has; install the package built for it"
        if "failed to map segment" in lower or "operation not permitted" in lower:
            return "noexec", "the file lies where nothing may be executed (noexec); move it elsewhere"
        if "invalid elf header" in lower or "file too short" in lower or "not a valid win32" in lower:
            return "damaged", f"{path} is no library; install the package again"
        if "policy" in lower or "blocked" in lower or "code signature" in lower:
            return "policy", "a policy of this machine blocks the file; an administrator must allow it"
        if "permission denied" in lower:
            return "permission", f"this user may not read {path}"
    sentence = f"nothing is packed for {rid()} here; set LEARNERLINK_LIBRARY_PATH or call learnerlink.configure()"
    return "missing", sentence
