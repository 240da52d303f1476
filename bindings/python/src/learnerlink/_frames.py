"""Learning events as a table, for those who have pandas or polars."""

from __future__ import annotations

import importlib
from dataclasses import fields
from typing import Any, Literal, Optional

from ._models import FetchPlrResponse, LearningEvent


def learning_events_frame(response: FetchPlrResponse, library: Optional[Literal["pandas", "polars"]] = None) -> Any:
    """The learning events of a record as a data frame with a column for each attribute, all text.

    Args:
        response: The answer of `fetch_plr`.
        library: Which one to use; pandas, or polars where only that is installed, when not given.

    Raises:
        ImportError: it is not installed.
    """
    names = [field.name for field in fields(LearningEvent)]
    columns = {name: [getattr(event, name) for event in response.learning_events] for name in names}
    if library == "polars":
        polars = importlib.import_module("polars")
        return polars.DataFrame(columns, schema={name: polars.String for name in names})
    try:
        return importlib.import_module("pandas").DataFrame(columns, dtype="object")
    except ImportError:
        if library == "pandas":
            raise
        return learning_events_frame(response, "polars")
