"""What the blocking and the asynchronous plugin have in common: a handle that is closed once."""

from __future__ import annotations

import json
import os
import re
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable, Union

from . import _native as native
from ._constants import Status
from ._errors import LearnerLinkError, UsageError

Config = Union[str, "os.PathLike[str]", Mapping[str, Any]]

_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def json_text(value: Mapping[str, Any]) -> str:
    """The JSON text of a mapping, with its letters as they are, so that what is no Unicode is found."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if _ESCAPED_NUL.search(text):
        raise UsageError("a text has a NUL character", status=Status.INVALID_UTF8, code="INVALID_UTF8")
    return text


def config_text(config: Config) -> str:
    """The configuration as JSON: of a mapping, or of the file at a path."""
    if isinstance(config, Mapping):
        return json_text(config)
    return Path(config).read_text(encoding="utf-8")


class Handle:
    """An open plugin's handle. Dropping it without `close` closes it as well."""

    def __init__(self, handle: int, close: Callable[[int], None]) -> None:
        self._number = handle
        self._finalizer = weakref.finalize(self, close, handle)
        _open.add(self)

    @property
    def closed(self) -> bool:
        """Whether the plugin was closed, or belongs to the process this one was forked from."""
        return not self._finalizer.alive

    def close(self) -> None:
        """Ends the plugin and cancels what it does. Never blocks; closing twice is fine."""
        self._finalizer()

    def stats(self) -> dict[str, Any]:
        """Counters: calls by operation and outcome, latency, retries, tokens, open handles.

        Raises:
            ValueError: the plugin is closed.
        """
        counters: dict[str, Any] = json.loads(native.stats(self._live()))
        return counters

    def _live(self) -> int:
        if self.closed:
            raise ValueError("plugin is closed")
        return self._number

    def _start(self, operation: str, request: Mapping[str, Any]) -> int:
        text = json_text({key: value for key, value in request.items() if value is not None})
        try:
            return native.start(self._live(), operation, text)
        except LearnerLinkError:
            self._live()  # It may have been closed on another thread meanwhile, which says more.
            raise

    def __repr__(self) -> str:
        return f"<learnerlink {'closed' if self.closed else 'open'} plugin>"


_open: weakref.WeakSet[Handle] = weakref.WeakSet()


def _forget() -> None:
    # The parent's plugins stay the parent's: the child may neither use nor close them.
    for plugin in list(_open):
        plugin._finalizer.detach()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
