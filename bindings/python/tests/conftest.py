"""A sandbox for all tests, a plugin for each, and the check that nothing was left open."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

import pytest

import learnerlink

PROJECT = Path(os.environ["LEARNERLINK_TEST_PROJECT"])
VAULT_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
# What examples/python/cohort.csv calls the keys of a search.
COLUMNS = {
    "givenName": "Forename",
    "familyName": "Surname",
    "dateOfBirth": "Born",
    "gender": "Gender",
    "lastKnownPostCode": "Postcode",
}


def until(condition, seconds=20):
    """Asks again and again until the condition holds, and gives what it said."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < deadline, f"still not so after {seconds} s"
        threading.Event().wait(0.002)


class Sandbox:
    """The sandbox program and its control interface."""

    def __init__(self):
        program = os.environ["LEARNERLINK_TEST_SANDBOX"]
        self.process = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.config = {"sandbox": self.url}

    def ask(self, request, body=None):
        method, path = request.split(" ", 1)
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        call = urllib.request.Request(f"{self.url}/_sandbox/{path}", data, headers, method=method)
        with urllib.request.urlopen(call) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def approve(self, share, uln="5123456782"):
        self.ask(f"POST shares/{share.correlation_id}/approve", {"uln": uln})


@pytest.fixture(scope="session")
def the_sandbox():
    sandbox = Sandbox()
    yield sandbox
    sandbox.process.terminate()
    sandbox.process.wait()


@pytest.fixture
def sandbox(the_sandbox):
    the_sandbox.ask("POST reset", {})
    return the_sandbox


@pytest.fixture
def plugin(sandbox):
    with learnerlink.open(sandbox.config) as plugin:
        yield plugin


@pytest.fixture(autouse=True)
def nothing_is_left_open():
    yield
    gc.collect()
    none = {"plugin": 0, "op": 0, "text": 0, "error": 0, "queue": 0}
    until(lambda: learnerlink.stats()["handles"] == none)


def pytest_sessionfinish(session, exitstatus):
    threads = [thread.name for thread in threading.enumerate() if thread.name.startswith("learnerlink")]
    assert threads == [], "threads of ours outlived the last plugin"
