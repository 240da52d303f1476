"""The native library: finding it, loading it, and calling it. The only module that uses ctypes."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from ctypes import POINTER, c_char_p, c_int32, c_uint32, c_uint64
from pathlib import Path
from typing import Any, NamedTuple, Optional, Union

from . import _platform
from ._constants import ABI_MAJOR, ABI_MINOR, OpState, Status
from ._errors import LibraryError, UsageError, error_of

_OUT = POINTER(c_uint64)
_STATE = POINTER(c_int32)

FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "learnerlink_version": (c_char_p, ()),
    "learnerlink_abi_version": (c_uint32, ()),
    "learnerlink_describe": (c_int32, (_OUT, _OUT)),
    "learnerlink_open": (c_int32, (c_char_p, _OUT, _OUT)),
    "learnerlink_close": (c_int32, (c_uint64,)),
    "learnerlink_stats": (c_int32, (c_uint64, _OUT, _OUT)),
    "learnerlink_log_next": (c_int32, (c_uint32, _OUT)),
    "learnerlink_shutdown": (c_int32, (c_uint32, _OUT)),
    "learnerlink_text_copy": (c_int32, (c_uint64, c_char_p, c_uint64, _OUT)),
    "learnerlink_error_json": (c_int32, (c_uint64, _OUT)),
    "learnerlink_start": (c_int32, (c_uint64, c_char_p, c_char_p, _OUT, _OUT)),
    "learnerlink_op_wait": (c_int32, (c_uint64, c_uint32, _STATE, _OUT)),
    "learnerlink_op_cancel": (c_int32, (c_uint64,)),
    "learnerlink_op_result": (c_int32, (c_uint64, _OUT, _OUT)),
    "learnerlink_queue_open": (c_int32, (_OUT, _OUT)),
    "learnerlink_op_enqueue": (c_int32, (c_uint64, c_uint64, c_uint64, _OUT)),
    "learnerlink_queue_next": (c_int32, (c_uint64, c_uint32, _OUT, _STATE)),
}
"""Result and arguments of each function used here. The named operations are started by name instead."""

_BUFFER = 4096


class LibraryInfo(NamedTuple):
    """What is loaded; paste it into reports."""

    path: str
    version: str
    abi: str
    rid: str


class _Library(NamedTuple):
    calls: Any
    info: LibraryInfo


_lock = threading.Lock()
_loaded: Optional[_Library] = None
_configured: Optional[str] = None


class _Local(threading.local):
    def __init__(self) -> None:
        self.buffer = ctypes.create_string_buffer(_BUFFER)


_local = _Local()


def _forget_lock() -> None:
    # Another thread may have held it when the process forked.
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_lock)


def configure(library: Union[str, os.PathLike[str]]) -> None:
    """Says where the native library is, instead of the environment and the package: a file or its folder.

    Call it before anything else; once the library is loaded it is too late.

    Raises:
        UsageError: a library is loaded already.
    """
    global _configured
    with _lock:
        if _loaded:
            raise UsageError(f"{_loaded.info.path} is loaded already", status=0, code="ALREADY_LOADED")
        _configured = os.fspath(library)


def library_info() -> LibraryInfo:
    """Loads the native library if need be and tells which one it is.

    Raises:
        LibraryError: it cannot be loaded.
    """
    return _library().info


def _library() -> _Library:
    global _loaded
    if _loaded is None:
        with _lock:
            if _loaded is None:
                _loaded = _load()
    return _loaded


def _candidates() -> list[str]:
    chosen = _configured or os.environ.get("LEARNERLINK_LIBRARY_PATH")
    name = _platform.file_name()
    if chosen:
        # What was chosen does not fall through: a silent second choice is the harder failure to find.
        path = Path(chosen).absolute()
        return [str(path / name if path.is_dir() else path)]
    shipped = str(Path(__file__).with_name("_lib") / name)
    return [shipped] if sys.platform == "win32" else [shipped, name]


def _load() -> _Library:
    tried: list[tuple[str, str]] = []
    for path in _candidates():
        if os.path.isabs(path) and not os.path.exists(path):
            tried.append((path, "no such file"))
            continue
        try:
            # On 32-bit Windows the library is stdcall.
            calls = getattr(ctypes, "WinDLL", ctypes.CDLL)(path)
            # The version comes first: an older library is better told by it than by a function it lacks.
            _bind(calls, "learnerlink_version", "learnerlink_abi_version")
            info = _checked(calls, path)
            _bind(calls, *FUNCTIONS)
        except (OSError, AttributeError) as error:
            if isinstance(error, LibraryError):
                raise
            tried.append((path, str(error)))
            continue
        return _Library(calls, info)
    hint, sentence = _platform.hint_for(tuple(tried))
    lines = [f"the native library cannot be loaded into this {_platform.rid()} process ({_platform.BITS} bit):"]
    lines += [f"  {path}: {reason}" for path, reason in tried]
    lines.append(f"hint ({hint}): {sentence}")
    raise LibraryError("\n".join(lines), hint=hint, tried=tuple(tried))


def _bind(calls: Any, *names: str) -> None:
    for name in names:
        function = getattr(calls, name)
        function.restype, function.argtypes = FUNCTIONS[name]


def _checked(calls: Any, path: str) -> LibraryInfo:
    number = calls.learnerlink_abi_version()
    major, minor = number >> 16, number & 0xFFFF
    version = calls.learnerlink_version().decode()
    if major != ABI_MAJOR or minor < ABI_MINOR:
        reason = f"version {version} has interface {major}.{minor}, this package needs {ABI_MAJOR}.{ABI_MINOR}"
        sentence = "install package and library of the same version"
        raise LibraryError(f"{path}: {reason}\nhint (version): {sentence}", hint="version", tried=((path, reason),))
    return LibraryInfo(path, version, f"{major}.{minor}", _platform.rid())


def _bytes(text: str, what: str) -> bytes:
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        raise _refused(f"{what} has a surrogate without its other half") from None
    if b"\0" in encoded:
        raise _refused(f"{what} has a NUL character")
    return encoded


def _refused(message: str) -> UsageError:
    return UsageError(message, status=Status.INVALID_UTF8, code="INVALID_UTF8")


def _check(status: int, error: c_uint64) -> None:
    if status != Status.OK:
        raise error_of(status, _error_json(error.value) if error.value else "")


def _error_json(error: int) -> str:
    text = c_uint64()
    try:
        if _library().calls.learnerlink_error_json(error, text) != Status.OK:
            return ""
        return _take(text.value)
    finally:
        close(error)


def _take(text: int) -> str:
    calls = _library().calls
    length = c_uint64()
    try:
        buffer = _local.buffer
        status = calls.learnerlink_text_copy(text, buffer, len(buffer), length)
        if status == Status.BUFFER_TOO_SMALL:
            # Of its own size, so that a thread does not keep a large record's worth of memory.
            buffer = ctypes.create_string_buffer(length.value + 1)
            status = calls.learnerlink_text_copy(text, buffer, len(buffer), length)
        _check(status, c_uint64())
        return ctypes.string_at(buffer, length.value).decode()
    finally:
        close(text)


def open_plugin(config: str) -> int:
    """Opens a plugin by its configuration and returns its handle."""
    plugin, error = c_uint64(), c_uint64()
    _check(_library().calls.learnerlink_open(_bytes(config, "the configuration"), plugin, error), error)
    return plugin.value


def close(handle: int) -> None:
    """Ends a handle of any kind; never blocks."""
    _library().calls.learnerlink_close(handle)


def describe() -> str:
    """The catalogue of operations as JSON."""
    text, error = c_uint64(), c_uint64()
    _check(_library().calls.learnerlink_describe(text, error), error)
    return _take(text.value)


def stats(plugin: int) -> str:
    """Counters as JSON."""
    text, error = c_uint64(), c_uint64()
    _check(_library().calls.learnerlink_stats(plugin, text, error), error)
    return _take(text.value)


def shutdown(timeout_ms: int) -> None:
    """Ends all work in this process."""
    error = c_uint64()
    _check(_library().calls.learnerlink_shutdown(timeout_ms, error), error)


def log_next(timeout_ms: int) -> Optional[str]:
    """The next line of the log; ``None`` when none came in time."""
    text = c_uint64()
    status = _library().calls.learnerlink_log_next(timeout_ms, text)
    return _take(text.value) if status == Status.OK else None


def start(plugin: int, operation: str, request: str) -> int:
    """Starts an operation and returns its handle."""
    op, error = c_uint64(), c_uint64()
    name, body = operation.encode(), _bytes(request, "the request")
    _check(_library().calls.learnerlink_start(plugin, name, body, op, error), error)
    return op.value


def op_wait(op: int, timeout_ms: int) -> bool:
    """Waits for an operation and tells whether it has ended."""
    state, error = c_int32(), c_uint64()
    _check(_library().calls.learnerlink_op_wait(op, timeout_ms, state, error), error)
    return state.value != OpState.RUNNING


def op_cancel(op: int) -> None:
    """Asks an operation to stop."""
    _library().calls.learnerlink_op_cancel(op)


def op_result(op: int) -> str:
    """The response of an operation that has ended, or its error as an exception."""
    text, error = c_uint64(), c_uint64()
    _check(_library().calls.learnerlink_op_result(op, text, error), error)
    return _take(text.value)


def queue_open() -> int:
    """Opens a completion queue."""
    queue, error = c_uint64(), c_uint64()
    _check(_library().calls.learnerlink_queue_open(queue, error), error)
    return queue.value


def op_enqueue(op: int, queue: int, tag: int) -> None:
    """Has the queue hand out the tag once the operation has ended."""
    error = c_uint64()
    _check(_library().calls.learnerlink_op_enqueue(op, queue, tag, error), error)


def queue_next(queue: int, timeout_ms: int) -> tuple[int, int]:
    """The next tag of a queue, with the status of the wait."""
    tag, state = c_uint64(), c_int32()
    status = _library().calls.learnerlink_queue_next(queue, timeout_ms, tag, state)
    return status, tag.value
