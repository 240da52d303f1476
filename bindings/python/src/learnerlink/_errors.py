"""What goes wrong, as exceptions. Pending, declined and not shared are no failures but outcomes."""

from __future__ import annotations

import json
from typing import Any

from ._constants import MEANINGS, RETRIABLE, Status


class LearnerLinkError(Exception):
    """Why a call had no answer. Compare `code`, which is permanent, and not the message.

    Attributes:
        status: The library's permanent number.
        code: Its permanent name, such as ``BAD_CREDENTIAL``.
        message: What happened, to what, and what to do next; never personal.
        retriable: Whether the same call may succeed later without anybody changing anything.
        operation: The operation or function that failed.
        details: The facts behind the message, by code, such as ``retryAfterMs``.
        causes: The chain of causes, outermost first.
        raw_json: The library's error object as it came; empty for an error of the binding itself.
    """

    # Everything has a default so that the exception survives pickling, which passes the message alone.
    def __init__(
        self,
        message: str,
        *,
        status: int = Status.INTERNAL,
        code: str = "INTERNAL",
        operation: str = "",
        raw_json: str = "",
    ) -> None:
        super().__init__(message)
        error: dict[str, Any] = json.loads(raw_json) if raw_json else {}
        self.message = message
        self.status = int(status)
        self.code = code
        self.operation = operation
        self.retriable = bool(error.get("retriable", status in RETRIABLE))
        self.details: dict[str, Any] = error.get("details") or {}
        self.causes: tuple[str, ...] = tuple(error.get("causes") or ())
        self.raw_json = raw_json

    def __str__(self) -> str:
        # Never the details: a traceback goes to more people than they should.
        where = f"{self.operation}, {self.status}" if self.operation else str(self.status)
        return f"{self.code}: {self.message} ({where})"


class UsageError(LearnerLinkError):
    """A mistake of the caller (100 to 199), such as text that is no valid Unicode."""


class InputError(LearnerLinkError, ValueError):
    """Bad input or configuration (200 to 299); `details` names the field or path."""


class StoreError(LearnerLinkError):
    """The store cannot be used (300 to 399)."""


class RemoteError(LearnerLinkError):
    """The network or the service failed (400 to 499)."""


class AuthenticationError(RemoteError):
    """The service does not accept the credentials; an administrator must look at them."""


class InternalError(LearnerLinkError):
    """A defect of the library (900); the log has file and line."""


class TimedOutError(LearnerLinkError, TimeoutError):
    """A wait ran out; the work goes on."""


class CancelledError(LearnerLinkError):
    """A blocking call ended because its plugin was closed meanwhile.

    Asynchronous calls end with `asyncio.CancelledError` instead.
    """


class LibraryError(LearnerLinkError, OSError):
    """The native library cannot be loaded. The message lists every path tried and ends with a hint.

    Attributes:
        hint: A word for the likely reason, as in the README's table.
        tried: Each path tried, with the operating system's reason.
    """

    def __init__(self, message: str, *, hint: str = "", tried: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message, status=0, code="LIBRARY_NOT_LOADED")
        self.hint = hint
        self.tried = tried


_BY_CODE: dict[str, type[LearnerLinkError]] = {
    "TIMED_OUT": TimedOutError,
    "CANCELLED": CancelledError,
    "CLOSED": CancelledError,
    "BAD_CREDENTIAL": AuthenticationError,
    "AUTH_CONFIG": AuthenticationError,
    "AUTH_REJECTED": AuthenticationError,
}
_BY_HUNDRED: dict[int, type[LearnerLinkError]] = {
    1: UsageError,
    2: InputError,
    3: StoreError,
    4: RemoteError,
    9: InternalError,
}


def error_of(status: int, raw_json: str = "") -> LearnerLinkError:
    """The exception for a status and the error object that came with it, if one did."""
    error: dict[str, Any] = json.loads(raw_json) if raw_json else {}
    known = Status(status).name if status in MEANINGS else "UNKNOWN"
    code = error.get("code", known)
    # A newer library may know codes and hundreds that this package does not.
    kind = _BY_CODE.get(code) or _BY_HUNDRED.get(status // 100, LearnerLinkError)
    message = error.get("message") or MEANINGS.get(status, "the library knows more than this package")
    return kind(message, status=status, code=code, operation=error.get("operation", ""), raw_json=raw_json)
