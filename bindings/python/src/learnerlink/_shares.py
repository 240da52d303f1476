"""Sharing a record by QR code, in the words of a host: a share to show and an outcome to act on."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from typing import Optional, Union

from ._models import GenerateQrResponse, LearnerRecord, PollLearnerDataResponse, RequestShareResponse

LONGEST_WAIT_MS = 3_600_000


class ShareState(str, Enum):
    """What became of a share."""

    PENDING = "pending"
    """The learner has not answered yet; keep waiting."""
    SHARED = "shared"
    """The learner agreed; the record is there."""
    DECLINED_OR_EXPIRED = "declinedOrExpired"
    """The learner declined or let the time pass. Show a new code."""
    TIMED_OUT = "timedOut"
    """No answer came before the share's own deadline. Show a new code."""
    CANCELLED = "cancelled"
    """The share was cancelled here."""
    NO_LONGER_AVAILABLE = "noLongerAvailable"
    """The record was shared before and cannot be read again."""
    UNKNOWN = "unknown"
    """A request may have been sent, but there is no handle to poll."""
    FAILED = "failed"
    """The share ended in an error before. Show a new code."""
    OTHER = "other"
    """A word of a newer library that this package does not know; see the outcome's `response`."""

    @classmethod
    def _missing_(cls, value: object) -> ShareState:
        return cls.OTHER


@dataclass(frozen=True, repr=False)
class QrShare:
    """A request to share, to be shown as a QR code. A Jupyter notebook displays it as the code."""

    response: GenerateQrResponse
    """The library's whole answer."""

    @property
    def correlation_id(self) -> str:
        """The handle to wait with. A secret: with the provider's credential it fetches the record."""
        return self.response.correlation_id

    @property
    def url(self) -> str:
        """The address in the code. A secret, never to be opened automatically."""
        return self.response.url

    @property
    def expires_at(self) -> datetime:
        """Until when the learner can act, in UTC; take the code away then."""
        # Whole seconds: fromisoformat of Python 3.9 knows neither `Z` nor nanoseconds.
        seconds = datetime.strptime(self.response.deadline_at[:19], "%Y-%m-%dT%H:%M:%S")
        return seconds.replace(tzinfo=timezone.utc)

    @property
    def image_bytes(self) -> bytes:
        """The image's bytes, in the format that `media_type` says."""
        return base64.b64decode(self.response.image.base64) if self.response.image else b""

    @property
    def media_type(self) -> str:
        """``image/png``, ``image/jpeg`` or ``image/gif``."""
        return self.response.image.media_type if self.response.image else ""

    @property
    def data_uri(self) -> str:
        """The image for the ``src`` of an HTML ``img``."""
        return self.response.image.data_uri if self.response.image else ""

    @property
    def raw_json(self) -> str:
        """The exact text the library gave."""
        return self.response.raw_json

    def _repr_png_(self) -> Optional[bytes]:
        return self.image_bytes if self.media_type == "image/png" else None

    def _repr_jpeg_(self) -> Optional[bytes]:
        return self.image_bytes if self.media_type == "image/jpeg" else None

    def __repr__(self) -> str:
        return f"QrShare(expires_at={self.expires_at.isoformat()}, ...)"


@dataclass(frozen=True, repr=False)
class ShareOutcome:
    """What became of a share."""

    response: PollLearnerDataResponse
    """The library's whole answer."""

    @property
    def state(self) -> ShareState:
        """What became of it; a record comes with `ShareState.SHARED` alone."""
        return ShareState(self.response.outcome)

    @property
    def record(self) -> Optional[LearnerRecord]:
        """The record, when it was shared."""
        return self.response.record

    @property
    def message(self) -> str:
        """A sentence for the user, in English."""
        return self.response.message

    @property
    def raw_json(self) -> str:
        """The exact text the library gave."""
        return self.response.raw_json

    def __repr__(self) -> str:
        return f"ShareOutcome(state={self.state!s})"


Waitable = Union[QrShare, RequestShareResponse, str]
"""A share of pattern A, the answer of `request_share`, or a correlation id that was kept."""


def correlation_id_of(share: Waitable) -> str:
    """The handle to wait with."""
    if isinstance(share, str):
        return share
    if share.correlation_id is None:
        raise ValueError("this share has no correlation id to wait with")
    return share.correlation_id


def wait_ms(timeout: Optional[float]) -> int:
    """How long to wait for the learner. A share's own deadline comes sooner than the longest wait."""
    return LONGEST_WAIT_MS if timeout is None else max(0, min(round(timeout * 1000), LONGEST_WAIT_MS))
