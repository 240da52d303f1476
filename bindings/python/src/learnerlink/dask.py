"""Runs one operation for every row of a Dask data frame, on all workers of a cluster.

    import dask.dataframe as dd
    import learnerlink.dask

    students = dd.read_parquet("students/")
    matched = learnerlink.dask.map_operation(
        students, {"store": "postgres://register.example/learnerlink", ...}, "match_learner",
        request={"user": "migration"}, rate=50,
    )
    matched.to_parquet("matched/")

Each worker process opens one plugin and keeps it. With a store on PostgreSQL all of them share one register and one
audit trail.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any, Optional

from . import Plugin, migrate
from ._plugin import Config, config_text

# None of them says what its functions take and give.
distributed: Any = importlib.import_module("distributed")
pandas: Any = importlib.import_module("pandas")

__all__ = ["RESULTS", "map_operation"]

RESULTS = ("outcome", "error_code", "error_message", "response")
"""The columns that are added; `response` is JSON text."""

_plugins: dict[str, Plugin] = {}
_opening = threading.Lock()


def map_operation(
    frame: Any,
    config: Config,
    operation: str,
    *,
    columns: Optional[Mapping[str, str]] = None,
    request: Optional[Mapping[str, Any]] = None,
    concurrency: Optional[int] = None,
    rate: Optional[float] = None,
    shares: Optional[int] = None,
) -> Any:
    """The frame with the answers as further columns, computed when Dask computes it.

    A partition is one batch. One that is computed again, because its worker died, asks again for all of its rows; keep
    partitions to some thousand rows.

    Args:
        frame: A Dask data frame.
        config: The path of a configuration that every worker has, or a mapping. A mapping travels with the tasks: keep
            secrets out of it.
        operation: Its name in the catalogue.
        columns: As for `migrate.run`.
        request: As for `migrate.run`.
        concurrency: How many calls are under way at once in each partition; 16 when not given.
        rate: At most so many calls a second in the whole cluster. Needs a client of `distributed`.
        shares: Into how many parts that is divided: at most so many partitions are worked on at once. As many as the
            cluster has threads when not given.

    Raises:
        ValueError: `rate` is given and there is no client.
    """
    budget = None
    if rate is not None:
        client = distributed.get_client()  # Says what is missing.
        shares = shares or max(1, sum(client.nthreads().values()))
        budget = (distributed.Semaphore(max_leases=shares), rate / shares)
    meta = frame._meta.assign(**{name: pandas.Series(dtype="object") for name in RESULTS})
    return frame.map_partitions(
        _partition,
        config if isinstance(config, str) else config_text(config),
        isinstance(config, str),
        operation,
        dict(columns or {}),
        dict(request or {}),
        concurrency,
        budget,
        meta=meta,
    )


def _partition(
    frame: Any,
    config: str,
    is_path: bool,
    operation: str,
    columns: Mapping[str, str],
    request: Mapping[str, Any],
    concurrency: Optional[int],
    budget: Optional[tuple[Any, float]],
) -> Any:
    if frame.empty:
        return frame.assign(**{name: pandas.Series(dtype="object") for name in RESULTS})
    plugin = _plugin(config_text(config) if is_path else config)
    with _lease(budget) as rate:
        done = migrate.run(
            plugin,
            operation,
            frame,
            columns=columns or None,
            request=request or None,
            concurrency=concurrency,
            rate=rate,
            progress=False,
        )
    results: dict[str, list[Any]] = {name: [] for name in RESULTS}
    for row in done.rows():
        error = row.get("error") or {}
        results["outcome"].append(row.get("outcome"))
        results["error_code"].append(error.get("code"))
        results["error_message"].append(error.get("message"))
        response = row.get("response")
        results["response"].append(None if response is None else json.dumps(response, ensure_ascii=False))
    added = {name: pandas.Series(values, index=frame.index, dtype="object") for name, values in results.items()}
    return frame.assign(**added)


@contextlib.contextmanager
def _lease(budget: Optional[tuple[Any, float]]) -> Iterator[Optional[float]]:
    """A part of the cluster's rate, for as long as it is used."""
    if budget is None:
        yield None
        return
    semaphore, rate = budget
    with semaphore:
        yield rate


def _plugin(config: str) -> Plugin:
    """This process's plugin."""
    with _opening:
        plugin = _plugins.get(config)
        if plugin is None or plugin.closed:
            plugin = _plugins[config] = Plugin(json.loads(config))
        return plugin


@atexit.register
def _close() -> None:
    for plugin in _plugins.values():
        plugin.close()
