"""The README and the examples do what they say."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import types

import pytest
from conftest import PROJECT

import learnerlink
from learnerlink import _platform

README = (PROJECT / "bindings/python/README.md").read_text("utf-8")
EXAMPLES = PROJECT / "examples/python"


@contextlib.contextmanager
def a_learner_who_agrees(sandbox):
    """Approves every share as soon as there is one."""
    done = threading.Event()

    def agree():
        while not done.wait(0.01):
            for share in sandbox.ask("GET shares")["shares"]:
                if share["state"] == "waiting":
                    sandbox.ask(f"POST shares/{share['correlationId']}/approve", {"uln": "5123456782"})

    thread = threading.Thread(target=agree)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_the_snippets_of_the_readme_run_one_after_the_other(sandbox, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "learnerlink.json").write_text(json.dumps(sandbox.config))
    names = {}
    with a_learner_who_agrees(sandbox):
        for number, snippet in enumerate(re.findall(r"```python\n(.*?)```", README, re.S)):
            code = compile(snippet, f"README snippet {number}", "exec")
            if "fastapi" not in snippet:
                exec(code, names)
    with names["the_plugin"]() as plugin:
        assert plugin.health().outcome == "ok"
    said = capsys.readouterr().out
    assert (tmp_path / "qr.png").read_bytes().startswith(b"\x89PNG")
    assert "Orla Fennimore" in said and "learning events" in said
    assert "ShareState.SHARED" in said and "12345678" in said


def test_the_readme_explains_every_hint_and_every_exception():
    source = (PROJECT / "bindings/python/src/learnerlink/_platform.py").read_text("utf-8")
    hints = {*re.findall(r'return "(\w+)", ', source), "version"}
    table = README.split("## The library does not load")[1].split("## Building")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.M)) == hints
    for name in learnerlink.__all__:
        if name.endswith("Error"):
            assert f"| `{name}`" in README


@pytest.mark.parametrize(
    ("reason", "hint"),
    [
        ("/lib/libc.so.6: version `GLIBC_2.38' not found", "glibc"),
        ("failed to map segment from shared object", "noexec"),
        ("invalid ELF header", "damaged"),
        ("[WinError 1260] blocked by group policy", "policy"),
        ("cannot open shared object file: Permission denied", "permission"),
        ("no such file", "missing"),
    ],
)
def test_what_the_system_says_becomes_a_hint(reason, hint):
    assert _platform.hint_for((("nowhere/liblearnerlink.so", reason),))[0] == hint


def test_the_notebook_example_runs(sandbox, tmp_path):
    with a_learner_who_agrees(sandbox):
        command = [sys.executable, str(EXAMPLES / "qr_flow.py"), sandbox.url]
        done = subprocess.run(command, cwd=tmp_path, env=os.environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "shared - " in done.stdout and "Orla Fennimore" in done.stdout and "LearnerRecord(...)" in done.stdout


def test_the_demonstration_runs_to_its_end(sandbox):
    command = [sys.executable, str(EXAMPLES / "demo.py"), sandbox.url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "shared: " in done.stdout and "learning events" in done.stdout and "BAD_CREDENTIAL" in done.stdout


def test_the_fastapi_example_shows_a_code_and_tells_what_became_of_it(sandbox, tmp_path, monkeypatch):
    config = tmp_path / "learnerlink.json"
    config.write_text(json.dumps(sandbox.config))
    monkeypatch.setenv("LEARNERLINK_CONFIG", str(config))

    class FastAPI:
        """As much of FastAPI as the example uses; what it registers is called directly."""

        def __init__(self, lifespan):
            self.lifespan, self.state = lifespan, types.SimpleNamespace()

        def post(self, _):
            return lambda function: function

        get = exception_handler = post

    class HTTPException(Exception):
        pass

    class JSONResponse(dict):
        def __init__(self, body, status_code):
            super().__init__(body, status_code=status_code)

    web = {"FastAPI": FastAPI, "HTTPException": HTTPException, "Request": object}
    for name, members in (("fastapi", web), ("fastapi.responses", {"JSONResponse": JSONResponse})):
        module = types.ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    spec = importlib.util.spec_from_file_location("fastapi_app", EXAMPLES / "fastapi_app.py")
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)

    async def visit():
        async with example.lifespan(example.app):
            shown = await example.show("10099901")
            assert shown["image"].startswith("data:image/png")
            sandbox.approve(example.shares[shown["key"]])
            said = await example.outcome(shown["key"])
            assert (said["state"], said["record"]["uln"]) == ("shared", "5123456782")
            with pytest.raises(HTTPException):
                await example.outcome(shown["key"])
            with pytest.raises(learnerlink.InputError) as raised:
                await example.show("1")
            failed = await example.failed(None, raised.value)
            assert failed == {"code": "INVALID_INPUT", "retriable": False, "status_code": 502}

    asyncio.run(visit())
