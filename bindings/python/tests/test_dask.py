"""The same migration on a cluster of two worker processes that share one register on PostgreSQL."""

from __future__ import annotations

import json

import dask.dataframe as dd
import distributed
import pandas
import pytest
from conftest import COLUMNS, PROJECT, VAULT_KEY
from postgres import Postgres

import learnerlink
import learnerlink.dask


@pytest.fixture(scope="module")
def postgres():
    with Postgres() as server:
        yield server


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def config(sandbox, postgres, tmp_path):
    path = tmp_path / "learnerlink.json"
    path.write_text(json.dumps({**sandbox.config, "store": postgres.url, "vaultKey": VAULT_KEY}))
    return path


def pid(frame):
    import os

    return frame.assign(pid=os.getpid())


def test_a_rate_without_a_cluster_is_refused(config):
    frame = dd.from_pandas(pandas.DataFrame({"a": ["x"]}), npartitions=1)
    with pytest.raises(ValueError, match="[Cc]lient"):
        learnerlink.dask.map_operation(frame, str(config), "match_learner", rate=5)


def test_two_workers_match_a_cohort_into_one_audit_trail(client, config):
    rows = pandas.read_csv(PROJECT / "examples/python/cohort.csv", dtype=str, keep_default_na=False)
    students = pandas.concat([rows] * 10, ignore_index=True)
    frame = dd.from_pandas(students, npartitions=8)
    matched = learnerlink.dask.map_operation(
        frame, str(config), "match_learner", columns=COLUMNS, request={"ukprn": "10099901", "user": "dask"}, rate=400
    )
    with_workers = matched.map_partitions(pid, meta=matched._meta.assign(pid=0))
    results = with_workers.compute()
    assert results["pid"].nunique() == 2, "both workers took part"
    assert results[rows.columns].to_numpy().tolist() == students.to_numpy().tolist()
    by_student = results.groupby("Student")["outcome"].agg(["count", "nunique"])
    assert by_student.loc["A1"].tolist() == [10, 1]
    assert results.loc[results["Student"] == "A8", "error_code"].tolist() == ["INVALID_ROW"] * 10
    assert json.loads(results.iloc[0]["response"])["learners"][0]["uln"] == "1000000027"
    with learnerlink.open(config) as plugin:
        entries = plugin.query_audit(operation="match_learner", user="dask", limit=1000).entries
        assert len(entries) == 80, "every row stands in the one trail, once"
        assert plugin.verify_audit().outcome == "intact"
