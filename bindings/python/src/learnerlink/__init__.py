"""Official record services for learners and patients, from Python.

    import learnerlink

    with learnerlink.open("learnerlink.json") as plugin:
        share = plugin.generate_qr_code("10099901")
        outcome = plugin.wait_for_learner_data(share)

`learnerlink.aio` has the same for asyncio. Nothing but the package and its native library is needed.
"""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any, Optional, TypeVar

from . import _models as models
from . import _native as native
from . import aio
from ._constants import VERSION as __version__
from ._constants import Status
from ._errors import (
    AuthenticationError,
    CancelledError,
    InputError,
    InternalError,
    LearnerLinkError,
    LibraryError,
    RemoteError,
    StoreError,
    TimedOutError,
    UsageError,
)
from ._frames import learning_events_frame
from ._logs import start_logging, stop_logging
from ._model import Model, Response
from ._models import LearnerRecord
from ._native import LibraryInfo, configure, library_info
from ._operations import Operations
from ._plugin import Config, Handle, config_text
from ._shares import QrShare, ShareOutcome, ShareState, Waitable, correlation_id_of, wait_ms

__all__ = [
    "AuthenticationError",
    "CancelledError",
    "InputError",
    "InternalError",
    "LearnerLinkError",
    "LearnerRecord",
    "LibraryError",
    "LibraryInfo",
    "Model",
    "Plugin",
    "QrShare",
    "RemoteError",
    "Response",
    "ShareOutcome",
    "ShareState",
    "Status",
    "StoreError",
    "TimedOutError",
    "UsageError",
    "__version__",
    "aio",
    "configure",
    "describe",
    "learning_events_frame",
    "library_info",
    "models",
    "open",
    "shutdown",
    "start_logging",
    "stats",
    "stop_logging",
]

R = TypeVar("R", bound=Response)

# Ctrl-C is noticed between slices: Python runs signal handlers only when no foreign call is under way.
_SLICE_MS = 250


class Plugin(Handle, Operations):
    """An open plugin. Any number of threads may share it. Use it with ``with``, or call `close`.

    Each operation blocks its thread, not the interpreter, until there is an answer. Ctrl-C ends a call
    and stops the work behind it.
    """

    def __init__(self, config: Config) -> None:
        """Opens the plugin; see `open`."""
        super().__init__(native.open_plugin(config_text(config)), native.close)

    def generate_qr_code(
        self,
        ukprn: Optional[str] = None,
        *,
        profile: Optional[str] = None,
        user: Optional[str] = None,
        trace_id: Optional[str] = None,
        timeout_ms: Optional[int] = None,
    ) -> QrShare:
        """Asks for a QR code that a learner can scan to share their record (VERA pattern A).

        Raises:
            AuthenticationError: the provider's credentials are not accepted.
            RemoteError: the service cannot be reached or fails; `retriable` says whether later may be better.
            ValueError: the plugin is closed.
        """
        return QrShare(
            self.generate_qr(ukprn=ukprn, profile=profile, user=user, trace_id=trace_id, timeout_ms=timeout_ms)
        )

    def wait_for_learner_data(
        self,
        share: Waitable,
        *,
        timeout: Optional[float] = None,
        user: Optional[str] = None,
        trace_id: Optional[str] = None,
    ) -> ShareOutcome:
        """Waits until the learner has answered, or for so many seconds; then the state is still `PENDING`.

        Without a timeout it waits until the share itself ends. Ctrl-C ends the wait, not the share.

        Raises:
            RemoteError: the service cannot be reached or fails.
            CancelledError: the plugin was closed on another thread.
            ValueError: the plugin is closed.
        """
        return ShareOutcome(
            self.poll_learner_data(
                correlation_id=correlation_id_of(share), wait_ms=wait_ms(timeout), user=user, trace_id=trace_id
            )
        )

    def __enter__(self) -> Plugin:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def _call(self, operation: str, request: dict[str, Any], answer: type[R]) -> R:
        op = self._start(operation, request)
        try:
            while not native.op_wait(op, _SLICE_MS):
                pass
            return answer.from_json(native.op_result(op))
        finally:
            native.close(op)  # One that still runs, after Ctrl-C, is cancelled by this.


def open(config: Config) -> Plugin:
    """Opens a plugin: its store, its vault and its way to the services.

    Args:
        config: The path of a JSON file, or the configuration as a mapping.

    Raises:
        InputError: the configuration is wrong; `details` has the path of the key.
        StoreError: the store cannot be opened.
        LibraryError: the native library cannot be loaded.
    """
    return Plugin(config)


def describe() -> dict[str, Any]:
    """The catalogue: versions, operations with their schemas and outcomes, and all errors."""
    catalogue: dict[str, Any] = json.loads(native.describe())
    return catalogue


def stats() -> dict[str, Any]:
    """Counters of the process, among them open handles by kind; those of a plugin are `Plugin.stats`."""
    counters: dict[str, Any] = json.loads(native.stats(0))
    return counters


def shutdown(timeout: float = 5.0) -> None:
    """Cancels all work of the library in this process and waits so many seconds for it to end.

    Plugins that are open refuse new work afterwards; new ones may be opened.

    Raises:
        TimedOutError: something did not end in time; `details` names it.
    """
    native.shutdown(round(timeout * 1000))
