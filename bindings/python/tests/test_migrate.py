"""Migrations of frames and files, and the scripts that show them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap

import pandas
import polars
import pytest
from conftest import COLUMNS, PROJECT, VAULT_KEY, until

import learnerlink
from learnerlink import migrate

EXAMPLES = PROJECT / "examples/python"
REQUEST = {"ukprn": "10099901", "user": "migration"}


@pytest.fixture
def stored(sandbox, tmp_path):
    """The path of a configuration with a store that outlives a process."""
    store = {"store": str(tmp_path / "store.db"), "vaultKey": VAULT_KEY}
    path = tmp_path / "learnerlink.json"
    path.write_text(json.dumps({**sandbox.config, **store}))
    return path


def cohort(**options):
    return pandas.read_csv(EXAMPLES / "cohort.csv", dtype=str, keep_default_na=False, **options)


def match(plugin, frame, **options):
    return migrate.run(plugin, "match_learner", frame, columns=COLUMNS, request=REQUEST, progress=False, **options)


def test_a_frame_comes_back_with_its_answers_and_its_own_index(plugin):
    students = cohort(index_col="Student")
    matched = match(plugin, students.reset_index(), id_column="Student")
    frame = matched.frame().set_index("Student")
    assert list(frame.index) == list(students.index)
    assert frame.loc["A1", ["outcome", "learners.0.uln"]].tolist() == ["exactMatch", "1000000027"]
    assert frame.loc["A2", "Forename"] == "Renée" and frame.loc["A2", "outcome"] == "exactMatch"
    assert frame.loc["A7", "outcome"] == "noMatch"
    assert frame.loc["A8", "error_code"] == "INVALID_ROW" and "dateOfBirth" in frame.loc["A8", "error_message"]
    assert sum(matched.outcomes.values()) == 7 and matched.status.refused == 1


def test_polars_gives_polars(plugin):
    frame = match(plugin, polars.from_pandas(cohort())).frame()
    assert isinstance(frame, polars.DataFrame)
    assert frame["outcome"].to_list()[0] == "exactMatch" and frame["outcome"].to_list()[-1] is None
    assert frame["learners.0.uln"].to_list()[0] == "1000000027"


def test_values_of_every_kind_become_what_a_request_wants(plugin):
    frame = pandas.DataFrame(
        {
            "uln": [1000000027, None],
            "givenName": ["Tamsin", None],
            "familyName": ["Quillfeather", "x"],
            "dateOfBirth": pandas.to_datetime(["1998-04-12", None]),
        }
    )
    found = migrate.run(plugin, "fetch_plr", frame, request=REQUEST, progress=False)
    first, second = found.rows()
    assert first["outcome"] == "found"
    assert second["error"]["code"] == "INVALID_ROW"


def test_lists_in_answers_become_a_frame_of_their_own(plugin):
    frame = pandas.DataFrame(
        {"id": ["t", "r"], "uln": ["1000000027", "8203040550"], "givenName": ["Tamsin", "Renée"],
         "familyName": ["Quillfeather", "Ní Dhálaigh"]}
    )
    events = migrate.run(plugin, "fetch_plr", frame, request=REQUEST, progress=False).explode("learningEvents", ["id"])
    assert events.groupby("id").size().to_dict() == {"t": 2, "r": 6}
    assert set(events["row"]) == {1, 2} and "Pass" in set(events["grade"])


def test_a_check_calls_nothing_and_names_the_lines(plugin, sandbox):
    before = len(sandbox.ask("GET requests")["requests"])
    checked = migrate.check(plugin, "match_learner", cohort(), columns=COLUMNS, request=REQUEST)
    assert (checked.outcome, checked.rows, checked.valid) == ("invalid", 8, 7)
    assert [row.line for row in checked.refused_rows] == [9]
    assert len(sandbox.ask("GET requests")["requests"]) == before


def test_a_wrong_column_is_an_error_before_anything_is_asked(plugin, tmp_path):
    with pytest.raises(learnerlink.InputError) as caught:
        migrate.run(plugin, "match_learner", cohort(), columns={"givenName": "Vorname"}, folder=tmp_path, progress=False)
    assert "columns.givenName" in str(caught.value) and not list(tmp_path.glob("*.jsonl*"))
    with pytest.raises(TypeError, match="pandas or polars"):
        migrate.run(plugin, "match_learner", [{"givenName": "x"}])
    with pytest.raises(TypeError, match="tags"):
        match(plugin, cohort().assign(tags=[["a"]] * 8))


def test_a_file_is_read_as_it_is(plugin, tmp_path):
    done = match(plugin, EXAMPLES / "cohort.csv", folder=tmp_path)
    assert [row["row"] for row in done.rows()] == list(range(1, 9))
    assert done.frame("pandas")["outcome"].tolist()[0] == "exactMatch"


def test_what_is_done_is_only_read_the_next_time(stored, sandbox, tmp_path):
    folder = tmp_path / "migration"
    with learnerlink.open(stored) as plugin:
        first = match(plugin, cohort(), folder=folder)
        asked = len(sandbox.ask("GET requests")["requests"])
        again = match(plugin, cohort(), folder=folder)
    assert list(again.rows()) == list(first.rows())
    assert len(sandbox.ask("GET requests")["requests"]) == asked
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0
        assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_a_script_that_was_killed_goes_on_where_it_was(stored, sandbox, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys, pandas, learnerlink
            from learnerlink import migrate
            frame = pandas.concat([pandas.read_csv({str(EXAMPLES / "cohort.csv")!r}, dtype=str)[:7]] * 60)
            with learnerlink.open({str(stored)!r}) as plugin:
                done = migrate.run(plugin, "match_learner", frame, columns={COLUMNS!r}, request={REQUEST!r},
                                   folder={str(tmp_path / "migration")!r}, concurrency=2,
                                   progress=lambda status: print(status.done, flush=True))
                print("rows", [row["row"] for row in done.rows()] == list(range(1, 421)), done.errors)
            """
        )
    )
    sandbox.ask("PATCH settings", {"latencyMs": 5})
    first = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    while (line := first.stdout.readline()) and int(line) == 0:
        pass
    first.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    first.communicate()
    second = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert "rows True {}" in second.stdout, second.stderr


def test_ctrl_c_stops_the_batch(stored, sandbox, tmp_path):
    def interrupt(status):
        raise KeyboardInterrupt

    sandbox.ask("PATCH settings", {"latencyMs": 20})
    with learnerlink.open(stored) as plugin:
        with pytest.raises(KeyboardInterrupt):
            migrate.run(
                plugin, "match_learner", pandas.concat([cohort()[:7]] * 50), columns=COLUMNS, request=REQUEST,
                folder=tmp_path / "m", concurrency=1, progress=interrupt,
            )
        states = until(lambda: [batch.state for batch in plugin.list_batches().batches if batch.state != "running"])
        assert states == ["cancelled"]


def test_a_printed_migration_shows_nobody(plugin):
    matched = match(plugin, cohort())
    assert "exactMatch" in repr(matched) and "Tamsin" not in repr(matched)


def run_example(name, *arguments, cwd):
    environment = {**os.environ, "MPLCONFIGDIR": str(cwd)}
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


def test_the_scripts_match_a_cohort_and_fetch_its_records(stored, tmp_path):
    said = run_example("match_cohort.py", stored, EXAMPLES / "cohort.csv", "matched.csv", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "7 of 8 rows can be asked for" in said.stdout and "line 9" in said.stdout
    matched = pandas.read_csv(tmp_path / "matched.csv", dtype=str)
    assert matched.set_index("Student").loc["A2", "ULN"] == "8203040550"
    said = run_example("plr_extract.py", stored, "matched.csv", "events.parquet", "events.png", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    events = pandas.read_parquet(tmp_path / "events.parquet")
    assert len(events) >= 8 and {"Student", "grade", "qualificationType"} <= set(events.columns)
    assert (tmp_path / "events.png").read_bytes().startswith(b"\x89PNG")


def test_the_script_imports_a_register_or_says_which_line_is_wrong(stored, tmp_path):
    good = "Practice,Practice name,NHS No,Surname,DOB\nA12345,Northgate,999 012 3403,Okonkwo-Bright,12/03/1984\n"
    (tmp_path / "good.csv").write_text(good)
    said = run_example("import_register.py", stored, "good.csv", cwd=tmp_path)
    assert said.returncode == 0 and "imported: 1 rows" in said.stdout, said.stdout + said.stderr
    (tmp_path / "bad.csv").write_text(good + "A12345,Northgate,999 012 3404,Wrongdigit,01/01/1990\n")
    said = run_example("import_register.py", stored, "bad.csv", cwd=tmp_path)
    assert said.returncode == 1 and "line 3" in said.stdout
