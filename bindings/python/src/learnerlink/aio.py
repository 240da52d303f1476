"""The same as `learnerlink`, for asyncio.

Every operation is a coroutine. Cancelling the task that awaits it stops the work in the library, and
closing the plugin cancels every task that still waits for it. Results arrive on the task's own loop;
any number of loops and threads may share a plugin.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from types import TracebackType
from typing import Any, Optional, TypeVar

from . import _events as events
from . import _native as native
from ._constants import Status
from ._errors import CancelledError, LearnerLinkError
from ._model import Response
from ._operations import AsyncOperations
from ._plugin import Config, Handle, config_text
from ._shares import QrShare, ShareOutcome, Waitable, correlation_id_of, wait_ms

__all__ = ["Plugin", "open"]

R = TypeVar("R", bound=Response)


def _close(handle: int) -> None:
    # In this order, so that the queue still hands out what the plugin's end cancels.
    native.close(handle)
    events.leave()


class Plugin(Handle, AsyncOperations):
    """An open plugin for asyncio. Use it with ``async with``, or call `close`."""

    def __init__(self, config: Config) -> None:
        """Opens the plugin, which reads and writes the store; in a coroutine use `open`, which does not block."""
        handle = native.open_plugin(config_text(config))
        events.enter()
        super().__init__(handle, _close)

    async def generate_qr_code(
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
            await self.generate_qr(
                ukprn=ukprn, profile=profile, user=user, trace_id=trace_id, timeout_ms=timeout_ms
            )
        )

    async def wait_for_learner_data(
        self,
        share: Waitable,
        *,
        timeout: Optional[float] = None,
        user: Optional[str] = None,
        trace_id: Optional[str] = None,
    ) -> ShareOutcome:
        """Waits until the learner has answered, or for so many seconds; then the state is still `PENDING`.

        Without a timeout it waits until the share itself ends. Cancelling the task ends the wait, not the share.

        Raises:
            RemoteError: the service cannot be reached or fails.
            asyncio.CancelledError: the plugin was closed, or the task cancelled.
            ValueError: the plugin is closed.
        """
        return ShareOutcome(
            await self.poll_learner_data(
                correlation_id=correlation_id_of(share), wait_ms=wait_ms(timeout), user=user, trace_id=trace_id
            )
        )

    async def __aenter__(self) -> Plugin:
        return self

    async def __aexit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    async def _call(self, operation: str, request: dict[str, Any], answer: type[R]) -> R:
        op = self._start(operation, request)
        try:
            await events.watch(op)
            return answer.from_json(native.op_result(op))
        except asyncio.CancelledError:
            native.op_cancel(op)
            raise
        except LearnerLinkError as error:
            # The plugin was closed while this waited; the library may not be done with ending it.
            if isinstance(error, CancelledError) or error.status == Status.NOT_READY:
                raise asyncio.CancelledError("the plugin was closed") from None
            raise
        finally:
            native.close(op)


class _Opening:
    """What `open` returns: to be awaited, or entered with ``async with``."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._plugin: Optional[Plugin] = None

    def __await__(self) -> Generator[Any, None, Plugin]:
        return asyncio.to_thread(Plugin, self._config).__await__()

    async def __aenter__(self) -> Plugin:
        self._plugin = await self
        return self._plugin

    async def __aexit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        if self._plugin:
            self._plugin.close()


def open(config: Config) -> _Opening:
    """Opens a plugin, off the event loop: ``async with open(…) as plugin`` or ``plugin = await open(…)``.

    Args:
        config: The path of a JSON file, or the configuration as a mapping.

    Raises:
        InputError: the configuration is wrong; `details` has the path of the key.
        StoreError: the store cannot be opened.
        LibraryError: the native library cannot be loaded.
    """
    return _Opening(config)
