"""Answers as tables, for those who have pandas or polars."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Literal, Optional

from ._models import FetchPlrResponse, LearningEvent


Library = Literal["pandas", "polars"]


def learning_events_frame(response: FetchPlrResponse, library: Optional[Library] = None) -> Any:
    """The learning events of a record as a data frame with a column for each attribute, all text.

    Args:
        response: The answer of `fetch_plr`.
        library: Which one to use; pandas, or polars where only that is installed, when not given.

    Raises:
        ImportError: it is not installed.
    """
    names = [field.name for field in fields(LearningEvent)]
    columns = {name: [getattr(event, name) for event in response.learning_events] for name in names}
    return frame_of(columns, library, text=True)


def frame_of(columns: Mapping[str, list[Any]], library: Optional[Library], *, text: bool = False) -> Any:
    """A data frame of these columns; with `text`, all of them are text whatever they hold."""
    if library == "polars":
        polars = importlib.import_module("polars")
        schema = {name: polars.String for name in columns} if text else None
        return polars.DataFrame(columns, schema=schema, strict=text)
    try:
        return importlib.import_module("pandas").DataFrame(columns, dtype="object" if text else None)
    except ImportError:
        if library == "pandas":
            raise
        return frame_of(columns, "polars", text=text)
