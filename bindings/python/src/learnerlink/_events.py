"""The thread that waits for operations on behalf of event loops, with the library's completion queue.

Nothing ever calls back from the library: one daemon thread pulls the ends of operations and wakes the
event loops that wait for them. It starts with the first asynchronous call and ends with the last
asynchronous plugin, so that an idle process keeps no thread of ours.
"""

from __future__ import annotations

import asyncio
import atexit
import itertools
import os
import threading
from typing import Optional

from . import _native as native
from ._constants import Status
from ._errors import LearnerLinkError

_PULL_MS = 1000


class _Events:
    def __init__(self) -> None:
        self.queue = native.queue_open()
        self.waiting: dict[int, asyncio.Future[None]] = {}
        self.thread = threading.Thread(target=self._run, name="learnerlink-events", daemon=True)
        self.thread.start()

    def expect(self, op: int, future: asyncio.Future[None]) -> asyncio.Future[None]:
        tag = next(_tags)
        # Kept before the operation is enqueued, since its end may come at once.
        self.waiting[tag] = future
        try:
            native.op_enqueue(op, self.queue, tag)
        except BaseException:
            self.waiting.pop(tag, None)
            raise
        return future

    def _run(self) -> None:
        while True:
            status, tag = native.queue_next(self.queue, _PULL_MS)
            if status == Status.OK:
                _wake(self.waiting.pop(tag))
            elif status != Status.TIMED_OUT:
                break
        # Closed by the last plugin's end, or by a shutdown, after which there may be plugins again.
        with _lock:
            if _current is self:
                _stop()
        # What has not ended now never will.
        while self.waiting:
            _wake(self.waiting.popitem()[1])


# A finalizer may run in the middle of any of these functions, on the same thread.
_lock = threading.RLock()
_current: Optional[_Events] = None
_stopped: Optional[_Events] = None
_users = 0
_tags = itertools.count(1)


def enter() -> None:
    """Counts one more asynchronous plugin."""
    global _users
    with _lock:
        _users += 1


def leave() -> None:
    """Counts one fewer; the last one ends the thread, without waiting for it."""
    global _users
    with _lock:
        _users -= 1
        if _users == 0:
            _stop()


def watch(op: int) -> asyncio.Future[None]:
    """A future of the running loop that is done once the operation has ended, however it did."""
    global _current
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    with _lock:
        if _users == 0:
            # The plugin was closed on another thread since the operation was started.
            future.set_result(None)
            return future
        if _current is not None:
            try:
                return _current.expect(op, future)
            except LearnerLinkError:
                # A shutdown may have closed the queue, and its thread not have seen it yet.
                _stop()
        _current = _Events()
        return _current.expect(op, future)


def _wake(future: asyncio.Future[None]) -> None:
    try:
        future.get_loop().call_soon_threadsafe(_finish, future)
    except RuntimeError:
        pass  # The loop was closed; nobody waits any more.


def _finish(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _stop() -> None:
    global _current, _stopped
    if _current:
        native.close(_current.queue)
        _stopped, _current = _current, None


def _exit() -> None:
    # The interpreter must not end under a thread that is about to come back to it.
    _stop()
    if _stopped:
        _stopped.thread.join(2)


def _forget() -> None:
    # The thread and whoever held the lock are not in the child of a fork.
    global _lock, _current, _stopped, _users
    _lock, _current, _stopped, _users = threading.RLock(), None, None, 0


atexit.register(_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
