"""The library's log as records of Python's `logging`."""

from __future__ import annotations

import atexit
import json
import logging
import os
import threading
from typing import Optional

from . import _native as native

_PULL_MS = 1000
_LEVELS = {
    "error": logging.ERROR,
    "warn": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
    "trace": 5,
}


class _Bridge:
    def __init__(self, logger: logging.Logger) -> None:
        self.logger = logger
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="learnerlink-log", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        while not self.stopping.is_set():
            line = native.log_next(_PULL_MS)
            if line is not None:
                _emit(self.logger, line)


def _emit(logger: logging.Logger, line: str) -> None:
    fields = json.loads(line)
    level = _LEVELS.get(fields.pop("level", ""), logging.INFO)
    message = fields.pop("message", "")
    # `extra` refuses names that a record already has, so what the line holds goes under one name.
    logger.log(level, "%s", message, extra={"learnerlink": fields})


_lock = threading.Lock()
_bridge: Optional[_Bridge] = None


def start_logging(logger: Optional[logging.Logger] = None) -> None:
    """Hands the library's log lines to a logger from now on, ``learnerlink`` when none is given.

    What the library logs is up to ``log.level`` of the configuration; by default its own defects alone.
    A record carries the other members of its line as ``record.learnerlink``. Lines come from a thread
    of their own. Called again, it changes the logger.
    """
    global _bridge
    stop_logging()
    with _lock:
        _bridge = _Bridge(logger or logging.getLogger("learnerlink"))


def stop_logging() -> None:
    """Leaves the library's log alone again. Waits up to two seconds for the line under way."""
    global _bridge
    with _lock:
        bridge, _bridge = _bridge, None
    if bridge:
        bridge.stopping.set()
        bridge.thread.join(2)


def _forget() -> None:
    global _lock, _bridge
    _lock, _bridge = threading.Lock(), None


atexit.register(stop_logging)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
