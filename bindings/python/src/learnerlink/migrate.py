"""Runs one operation for every row of a table: a data frame of pandas or polars, or a file.

    from learnerlink import migrate

    with learnerlink.open("learnerlink.json") as plugin:
        matched = migrate.run(plugin, "match_learner", students, request={"user": "migration"}, folder="migration")
        students = matched.frame()

The work is the library's: many calls at once, held back when the service is busy, with a journal on the disk. Whoever
names a `folder` can stop at any moment, even by pulling the plug, and run the same script again: it goes on with the
first row that has no answer, and a migration that is done is only read.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import importlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional, Union

from ._constants import Status
from ._errors import CancelledError, LearnerLinkError, error_of
from ._frames import Library, frame_of
from ._models import BatchStatusResponse, StartBatchResponse

if TYPE_CHECKING:
    from . import Plugin

__all__ = ["Migration", "check", "run"]

Data = Any
"""A data frame of pandas or polars, or the path of a CSV or JSON Lines file."""

Progress = Union[bool, Callable[[BatchStatusResponse], None]]

# How long one look at a batch waits; Ctrl-C is noticed in between as in every call.
_LOOK_MS = 500


class Migration:
    """What a run came to. Printing it shows counts and nothing about a person."""

    def __init__(self, data: Data, status: BatchStatusResponse, output: Path, held: Any) -> None:
        self._data = data
        self._held = held  # A temporary folder lives as long as what is read from it.
        self.status = status
        self.output = output

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many rows came to each outcome."""
        return dict(self.status.to_dict().get("outcomes") or {})

    @property
    def errors(self) -> Mapping[str, int]:
        """How many rows have no answer, by the code of the error."""
        return dict(self.status.to_dict().get("errors") or {})

    def rows(self) -> Iterator[dict[str, Any]]:
        """The results one after the other, in the order of the input: `row` (counted from 1), `outcome` and
        `response`, or `error`. Reads the file as it goes, so that it fits any memory."""
        with self.output.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def frame(self, library: Optional[Library] = None) -> Any:
        """The input with the columns `outcome`, `error_code` and `error_message`, and one for each plain value of
        the responses, by its path (`learners.0.uln` where there is one learner; for longer lists see `explode`).
        A data frame like the one that was given.

        Args:
            library: Which one to make; that of the data, or whichever is installed, when not given.

        Raises:
            ImportError: neither pandas nor polars is installed.
        """
        results = _Columns("outcome", "error_code", "error_message")
        for result in self.rows():
            error = result.get("error") or {}
            values = {
                "outcome": result.get("outcome"),
                "error_code": error.get("code"),
                "error_message": error.get("message"),
            }
            values.update(_plain_values(result.get("response") or {}))
            results.add(values)
        library = library or _library_of(self._data)
        if _library_of(self._data) is None:
            return frame_of(results, library)
        return _beside(self._data, results, library)

    def explode(self, path: str, keep: Sequence[str] = (), library: Optional[Library] = None) -> Any:
        """A row for each entry of a list in the responses, such as `learningEvents` of `fetch_plr`, as a data frame.

        Args:
            path: The list's place in a response; keys are separated by dots.
            keep: Columns of the input to repeat for each entry.
            library: As for `frame`.

        Raises:
            KeyError: the input has no such column.
        """
        columns = _Columns("row", *keep)
        kept = [_column(self._data, name) for name in keep]
        for result in self.rows():
            found: Any = result.get("response") or {}
            for key in path.split("."):
                found = found.get(key) if isinstance(found, dict) else None
            for entry in found or ():
                values = dict(_plain_values(entry) if isinstance(entry, dict) else {path: entry})
                values["row"] = result["row"]
                values.update((name, column[result["row"] - 1]) for name, column in zip(keep, kept))
                columns.add(values)
        return frame_of(columns, library or _library_of(self._data))

    def __repr__(self) -> str:
        status = self.status
        return f"<learnerlink migration {status.outcome}: {dict(self.outcomes)} errors: {dict(self.errors)}>"


def run(
    plugin: Plugin,
    operation: str,
    data: Data,
    *,
    columns: Optional[Mapping[str, str]] = None,
    request: Optional[Mapping[str, Any]] = None,
    id_column: Optional[str] = None,
    concurrency: Optional[int] = None,
    rate: Optional[float] = None,
    attempts: Optional[int] = None,
    stop_after_errors: Optional[int] = None,
    folder: Union[str, os.PathLike[str], None] = None,
    progress: Progress = True,
) -> Migration:
    """Runs the operation for every row and waits for the end. Ctrl-C stops it.

    Args:
        operation: Its name in the catalogue, such as ``match_learner``.
        data: A data frame, or the path of a CSV or JSON Lines file.
        columns: The column for each key of the request (``{"givenName": "Forename"}``); those of the same name
            are found without.
        request: What is the same for every row, by its keys (``{"ukprn": "10099901"}``).
        id_column: A column that must not have the same value twice.
        concurrency: How many calls are under way at once; 16 when not given.
        rate: At most so many calls a second.
        attempts: How often a row is tried when the service is busy; 5 when not given.
        stop_after_errors: Give up after so many rows without an answer.
        folder: Where data, journal and results are kept. They are people's data: only this user can read them, and
            they stay until you remove them. Without it a temporary folder is used, and nothing can be gone on with.
        progress: A bar (of tqdm, where that is installed), or what is told of it.

    Raises:
        InputError: the operation, a column or a file is wrong; nothing was called.
        LearnerLinkError: the batch was stopped by an error, such as a service that is gone; run it again later.
    """
    shape = {"operation": operation, "columns": dict(columns or {}), "request": dict(request or {})}
    held: Any = None
    if folder is None:
        held = tempfile.TemporaryDirectory(prefix="learnerlink-")
        folder = held.name
    else:
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    place, source, digest = _source(Path(folder), data)
    name = hashlib.sha256(json.dumps([shape, digest], sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
    output = (place / f"{operation}-{name}.jsonl").resolve()
    batch = _unfinished(plugin, output)
    if batch is None:
        batch = plugin.start_batch(
            input=os.fspath(source),
            output=os.fspath(output),
            output_format="jsonl",
            keep=[],
            id_column=id_column,
            concurrency=concurrency,
            rate_per_second=rate,
            attempts=attempts,
            stop_after_errors=stop_after_errors,
            operation=operation,
            columns=columns,
            request=request,
        ).batch_id
    assert batch is not None
    try:
        status = _followed(plugin, batch, progress)
        if status.outcome == "interrupted":
            # Who worked on it was killed, and is known to be gone only now.
            plugin.resume_batch(batch_id=batch)
            status = _followed(plugin, batch, progress)
    except KeyboardInterrupt:
        plugin.cancel_batch(batch_id=batch)
        raise
    if status.outcome not in ("done", "doneWithErrors"):
        raise _stopped(status)
    return Migration(data, status, output, held)


def check(
    plugin: Plugin,
    operation: str,
    data: Data,
    *,
    columns: Optional[Mapping[str, str]] = None,
    request: Optional[Mapping[str, Any]] = None,
    id_column: Optional[str] = None,
) -> StartBatchResponse:
    """Reads every row as `run` would, and calls nothing: `outcome` is ``validated``, or ``invalid`` with the rows
    that would be refused.

    Raises:
        InputError: the operation, a column or the file is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="learnerlink-") as folder:
        _, source, _ = _source(Path(folder), data)
        return plugin.start_batch(
            operation=operation,
            input=os.fspath(source),
            output=os.fspath(Path(folder) / "none.jsonl"),
            columns=columns,
            request=request,
            id_column=id_column,
            dry_run=True,
        )


def _source(folder: Path, data: Data) -> tuple[Path, Path, str]:
    """Where results go, the file to read, and what tells it from other data."""
    if isinstance(data, (str, os.PathLike)):
        source = Path(data).resolve()
        return folder, source, os.fspath(source)
    if _library_of(data) is None:
        raise TypeError(f"data must be a pandas or polars data frame or a path, not {type(data).__name__}")
    digest = hashlib.sha256()
    number, aside = tempfile.mkstemp(prefix="data-", suffix=".csv", dir=folder)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(_Both(file, digest))
            names = list(map(str, data.columns))
            writer.writerow(names)
            writer.writerows([_cell(name, value) for name, value in zip(names, row)] for row in _values(data))
        source = folder / f"data-{digest.hexdigest()[:16]}.csv"
        if source.exists():
            os.remove(aside)  # What goes on has noted the file's time.
        else:
            os.replace(aside, source)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return folder, source, digest.hexdigest()


class _Both:
    """Writes text to a file and into a digest."""

    def __init__(self, file: Any, digest: Any) -> None:
        self._file = file
        self._digest = digest

    def write(self, text: str) -> int:
        self._digest.update(text.encode())
        return int(self._file.write(text))


def _values(data: Data) -> Iterable[Sequence[Any]]:
    if _library_of(data) == "polars":
        rows: Iterable[Sequence[Any]] = data.iter_rows()
    else:
        rows = data.itertuples(index=False, name=None)
    return rows


def _cell(column: str, value: Any) -> str:
    """The text of a value; nothing for one that is missing."""
    if value is None or value != value or type(value).__name__ in ("NaTType", "NAType"):
        return ""
    if hasattr(value, "item"):
        value = value.item()  # of numpy
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        # A column of numbers with gaps becomes one of floats in pandas; a ULN does not have a point.
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.tzinfo is None and value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, (str, int, float, datetime.date)):
        return str(value)
    raise TypeError(f"the column {column!r} has values of the type {type(value).__name__}; make them text or numbers")


def _unfinished(plugin: Plugin, output: Path) -> Optional[str]:
    """The batch that writes, or wrote, this output."""
    for batch in plugin.list_batches(limit=1000).batches:
        if batch.output != os.fspath(output):
            continue
        if batch.state in ("done", "doneWithErrors") and not output.exists():
            continue  # Somebody removed the results, to begin again.
        if batch.state not in ("done", "doneWithErrors", "running"):
            plugin.resume_batch(batch_id=batch.batch_id)
        return batch.batch_id
    return None


def _followed(plugin: Plugin, batch: str, progress: Progress) -> BatchStatusResponse:
    show, end = _shown(progress)
    try:
        while True:
            status = plugin.batch_status(batch_id=batch, wait_ms=_LOOK_MS)
            show(status)
            if status.outcome != "running":
                return status
    finally:
        end()


def _stopped(status: BatchStatusResponse) -> LearnerLinkError:
    error = status.to_dict().get("error")
    if error:
        return error_of(error.get("status", 0), json.dumps(error))
    text = f"the batch is {status.outcome}; the same call, with a folder, goes on where it ended"
    return CancelledError(text, status=Status.CANCELLED, code="CANCELLED")


def _shown(progress: Progress) -> tuple[Callable[[BatchStatusResponse], None], Callable[[], None]]:
    """What is told of each status, and at the end."""
    if callable(progress):
        return progress, lambda: None
    if not progress:
        return lambda status: None, lambda: None
    try:
        bar = importlib.import_module("tqdm.auto").tqdm(unit=" rows")
    except ImportError:
        return _lines(), lambda: None

    def show(status: BatchStatusResponse) -> None:
        bar.total = status.rows_total or bar.total
        bar.n = (status.done or 0) + (status.failed or 0) + (status.refused or 0)
        bar.set_postfix(failed=status.failed or 0, refused=status.refused or 0, refresh=False)
        bar.refresh()

    return show, bar.close


def _lines() -> Callable[[BatchStatusResponse], None]:
    said_at = time.monotonic()

    def show(status: BatchStatusResponse) -> None:
        nonlocal said_at
        if status.outcome == "running" and time.monotonic() - said_at < 5:
            return
        said_at = time.monotonic()
        total = f" of {status.rows_total}" if status.rows_total else ""
        print(f"{status.outcome}: {status.done}{total} done, {status.failed} failed", file=sys.stderr)

    return show


def _plain_values(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Texts, numbers and truth values by their paths. Of lists, only those with one entry: what else there is has no
    column of its own in every row."""
    for key, inner in value.items():
        path = f"{before}{key}"
        if isinstance(inner, list):
            inner = {str(number): entry for number, entry in enumerate(inner)} if len(inner) == 1 else {}
        if isinstance(inner, dict):
            yield from _plain_values(inner, f"{path}.")
        elif path != "outcome":
            yield path, inner


class _Columns(dict[str, list[Any]]):
    """Columns that grow by rows, each of which may have further ones."""

    def __init__(self, *names: str) -> None:
        super().__init__({name: [] for name in names})
        self._rows = 0

    def add(self, values: Mapping[str, Any]) -> None:
        for name in values:
            self.setdefault(name, [None] * self._rows)
        for name, column in self.items():
            column.append(values.get(name))
        self._rows += 1


def _library_of(data: Data) -> Optional[Library]:
    library = type(data).__module__.split(".")[0]
    return library if library in ("pandas", "polars") else None  # type: ignore[return-value]


def _column(data: Data, name: str) -> Sequence[Any]:
    if _library_of(data) is None:
        raise KeyError(f"{name}: only the columns of a data frame can be kept")
    return list(data[name])


def _beside(data: Data, results: Mapping[str, list[Any]], library: Optional[Library]) -> Any:
    """The data with the results as further columns; one of a name that is taken gets `result.` before it."""
    taken = set(map(str, data.columns))
    named = {f"result.{name}" if name in taken else name: column for name, column in results.items()}
    if _library_of(data) == "polars":
        polars = importlib.import_module("polars")
        joined = data.hstack(polars.DataFrame(named, strict=False))
        return joined if library == "polars" else joined.to_pandas()
    pandas = importlib.import_module("pandas")
    joined = pandas.concat([data, pandas.DataFrame(named, index=data.index)], axis="columns")
    return joined if library == "pandas" else importlib.import_module("polars").from_pandas(joined)
