"""The scenarios that all bindings share; see bindings/scenarios.json."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import shutil
import struct
import subprocess
import sys

import pytest
from conftest import PROJECT, until

import learnerlink
from learnerlink import _errors as errors
from learnerlink import aio
from learnerlink._native import FUNCTIONS

SCENARIOS = {s["id"]: s for s in json.loads((PROJECT / "bindings/scenarios.json").read_text("utf-8"))["scenarios"]}
DATA = {name: s for name, s in SCENARIOS.items() if isinstance(s["calls"], list)}
CLASSES = {
    "authentication": learnerlink.AuthenticationError,
    "remote": learnerlink.RemoteError,
    "input": learnerlink.InputError,
}


def test_every_scenario_has_one_test_and_every_test_a_scenario():
    by_hand = {name[len("test_") :] for name, test in globals().items() if getattr(test, "scenario", False)}
    assert by_hand == set(SCENARIOS) - set(DATA)


def scenario(test):
    """Marks a test of the scenario with its name."""
    test.scenario = True
    return test


# Scenarios that are data


def keyword(key):
    return re.sub("([A-Z])", lambda found: "_" + found[0].lower(), key)


def filled(value, kept):
    text = json.dumps(value)
    for name, found in kept.items():
        text = text.replace("{%s}" % name, found)
    return json.loads(text)


def has(found, wanted, path=""):
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            has(found[key], value, f"{path}.{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), path
        for place, value in enumerate(wanted):
            has(found[place], value, f"{path}[{place}]")
    else:
        assert found == wanted, path


def perform(scenario, sandbox, call):
    kept = {}
    for step in scenario["calls"]:
        if "sandbox" in step:
            sandbox.ask(filled(step["sandbox"], kept), filled(step["body"], kept))
            continue
        keywords = {keyword(key): value for key, value in filled(step["request"], kept).items()}
        expected = step["expect"]
        if "error" in expected:
            wanted = dict(expected["error"])
            with pytest.raises(CLASSES[wanted.pop("class")]) as raised:
                call(step["operation"], keywords)
            has(vars(raised.value), wanted)
            assert str(raised.value).startswith(f"{wanted['code']}: ")
        else:
            response = call(step["operation"], keywords)
            has(response.to_dict(), expected)
            assert json.loads(response.raw_json) == response.to_dict()
            kept.update({name: response.to_dict()[key] for name, key in step.get("keep", {}).items()})


@pytest.mark.parametrize("name", DATA)
def test_a_scenario_holds_in_the_blocking_form(name, sandbox, plugin):
    perform(DATA[name], sandbox, lambda operation, keywords: getattr(plugin, operation)(**keywords))


@pytest.mark.parametrize("name", DATA)
def test_a_scenario_holds_in_asyncio(name, sandbox):
    loop = asyncio.new_event_loop()
    plugin = aio.Plugin(sandbox.config)
    try:
        run = loop.run_until_complete
        perform(DATA[name], sandbox, lambda operation, keywords: run(getattr(plugin, operation)(**keywords)))
    finally:
        plugin.close()
        loop.close()


# Opening and closing


@scenario
def test_opens_and_closes(sandbox):
    with learnerlink.open(sandbox.config) as plugin:
        assert plugin.health().outcome == "ok"
        assert not plugin.closed
    assert plugin.closed


@scenario
def test_closing_twice_is_fine(sandbox):
    plugin = learnerlink.open(sandbox.config)
    plugin.close()
    plugin.close()
    assert plugin.closed


@scenario
def test_use_after_close_is_refused(sandbox):
    plugin, asynchronous = learnerlink.open(sandbox.config), aio.Plugin(sandbox.config)
    plugin.close()
    asynchronous.close()
    with pytest.raises(ValueError, match="plugin is closed"):
        plugin.health()
    with pytest.raises(ValueError, match="plugin is closed"):
        plugin.stats()
    with pytest.raises(ValueError, match="plugin is closed"):
        asyncio.run(asynchronous.health())


@scenario
def test_bad_configuration_names_the_key(sandbox):
    with pytest.raises(learnerlink.InputError) as raised:
        learnerlink.open({**sandbox.config, "timeouts": {"conectMs": 1}})
    assert raised.value.code == "UNKNOWN_KEY"
    assert raised.value.details["path"] == "timeouts.conectMs"


@scenario
def test_a_dropped_plugin_is_closed_by_its_finalizer(sandbox):
    plugin = learnerlink.open(sandbox.config)
    asynchronous = aio.Plugin(sandbox.config)
    assert learnerlink.stats()["handles"]["plugin"] == 2
    del plugin, asynchronous
    gc.collect()
    assert learnerlink.stats()["handles"]["plugin"] == 0


# Cancelling


def ops():
    return learnerlink.stats()["handles"]["op"]


async def reached(condition):
    """As `until`, with the loop running on."""
    await asyncio.get_running_loop().run_in_executor(None, until, condition)


@scenario
def test_cancelled_before_it_starts(sandbox):
    async def flow():
        async with aio.open(sandbox.config) as plugin:
            task = asyncio.create_task(plugin.generate_qr_code("10099901"))
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert "generate_qr" not in plugin.stats()["operations"]

    asyncio.run(flow())


@scenario
def test_cancelled_while_it_waits(sandbox):
    async def flow():
        async with aio.open(sandbox.config) as plugin:
            share = await plugin.generate_qr_code("10099901")
            task = asyncio.create_task(plugin.wait_for_learner_data(share))
            await reached(lambda: ops() == 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert ops() == 0
            await reached(lambda: plugin.stats()["operations"]["poll_learner_data"]["calls"] == 1)
            # The share itself goes on, and another wait finds what came of it.
            sandbox.approve(share)
            assert (await plugin.wait_for_learner_data(share)).state is learnerlink.ShareState.SHARED

    asyncio.run(flow())


@scenario
def test_cancelled_after_it_ended(sandbox):
    async def flow():
        async with aio.open(sandbox.config) as plugin:
            task = asyncio.create_task(plugin.health())
            await asyncio.wait([task])
            assert not task.cancel()
            assert task.result().outcome == "ok"

    asyncio.run(flow())


@scenario
def test_closing_cancels_200_waits(sandbox):
    async def flow():
        plugin = await aio.open(sandbox.config)
        share = await plugin.generate_qr_code("10099901")
        waits = [asyncio.create_task(plugin.wait_for_learner_data(share)) for _ in range(200)]
        await reached(lambda: ops() == 200)
        plugin.close()
        ended = await asyncio.wait_for(asyncio.gather(*waits, return_exceptions=True), 10)
        assert {type(end) for end in ended} == {asyncio.CancelledError}
        assert ops() == 0

    asyncio.run(flow())


# Texts


@scenario
def test_an_embedded_nul_is_refused(plugin):
    for call in (
        lambda: plugin.generate_qr(ukprn="1009\0"),
        lambda: learnerlink.open({"store": "a\0b"}),
    ):
        with pytest.raises(learnerlink.UsageError, match="NUL"):
            call()
    assert "generate_qr" not in plugin.stats()["operations"]
    # What only looks like one is let through.
    assert plugin.health(user="a\\u0000b").outcome == "ok"


@scenario
def test_a_lone_surrogate_is_refused(plugin):
    with pytest.raises(learnerlink.UsageError, match="surrogate") as raised:
        plugin.health(user="Zo\ud83c")
    assert raised.value.code == "INVALID_UTF8"
    assert "health" not in plugin.stats()["operations"]


@scenario
def test_a_result_of_a_mebibyte_arrives_whole(plugin):
    text = "Zoë 🎓" * (1 << 17)
    shown = [{"filterType": "include", "includeStatement": "name"}]
    answer = plugin.filter_xsre(xml=f"<xSre><name>{text}</name></xSre>", data_objects=shown, formats=["xml"])
    assert f"<name>{text}</name>" in answer.xml
    assert len(answer.raw_json.encode()) > 1 << 20


# Many


@scenario
def test_forced_collection_during_waits_loses_nothing(sandbox):
    async def flow():
        async with aio.open(sandbox.config) as plugin:
            share = await plugin.generate_qr_code("10099901")
            waits = [asyncio.create_task(plugin.wait_for_learner_data(share, timeout=0.5)) for _ in range(2000)]
            while not all(wait.done() for wait in waits):
                gc.collect()
                await asyncio.sleep(0)
            states = {wait.result().state for wait in waits}
            assert states == {learnerlink.ShareState.PENDING}
            assert ops() == 0

    asyncio.run(flow())


# Loading


def run(code, **environment):
    """Runs code in an interpreter of its own and gives what it printed."""
    clean = {k: v for k, v in os.environ.items() if k != "LEARNERLINK_LIBRARY_PATH"}
    done = subprocess.run([sys.executable, "-c", code], env={**clean, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def failure(path):
    """What an interpreter says when it is to load this library."""
    found = run(
        f"import json, learnerlink\nlearnerlink.configure({str(path)!r})\n"
        "try: learnerlink.library_info()\n"
        "except learnerlink.LibraryError as e: print(json.dumps([e.hint, str(e), isinstance(e, OSError)]))"
    )
    hint, message, is_os_error = json.loads(found)
    assert is_os_error and str(path) in message
    return hint, message


@scenario
def test_a_missing_library_is_explained(tmp_path):
    hint, message = failure(tmp_path / "liblearnerlink.so")
    assert hint == "missing"
    assert "no such file" in message and "LEARNERLINK_LIBRARY_PATH" in message


@scenario
def test_a_library_of_another_architecture_is_explained(tmp_path):
    # The header of a 32-bit ELF file for x86 is all that a loader reads before it refuses.
    header = b"\x7fELF\x01\x01\x01" + bytes(9) + struct.pack("<HHI", 3, 3, 1) + bytes(1000)
    (tmp_path / "liblearnerlink.so").write_bytes(header)
    hint, message = failure(tmp_path)
    assert hint == "architecture" or sys.maxsize < 2**32
    assert "is for x86" in message


@pytest.fixture(scope="module")
def stub(tmp_path_factory):
    """Compiles a library that has nothing but an interface version."""
    if not shutil.which("cc"):
        pytest.skip("no C compiler")

    def build(major, minor, names=("learnerlink_version", "learnerlink_abi_version")):
        folder = tmp_path_factory.mktemp("stub")
        bodies = {
            "learnerlink_version": 'const char *learnerlink_version(void) { return "7.8.9"; }',
            "learnerlink_abi_version": f"unsigned learnerlink_abi_version(void) {{ return {major}u << 16 | {minor}; }}",
        }
        source = "\n".join(bodies.get(name, f"int {name}(void) {{ return 0; }}") for name in names)
        (folder / "stub.c").write_text(source)
        library = folder / "liblearnerlink.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, folder / "stub.c"], check=True)
        return library

    return build


@scenario
def test_a_library_of_another_interface_is_explained(stub):
    hint, message = failure(stub(2, 0))
    assert hint == "version"
    assert "7.8.9" in message and "2.0" in message and "1.0" in message


@scenario
def test_the_environment_overrides_and_does_not_fall_through(stub, tmp_path):
    library = stub(1, 9, tuple(FUNCTIONS))
    info = "import learnerlink; print(*learnerlink.library_info()[:3])"
    assert run(info, LEARNERLINK_LIBRARY_PATH=str(library)).split() == [str(library), "7.8.9", "1.9"]
    assert run(info, LEARNERLINK_LIBRARY_PATH=str(library.parent)).split()[0] == str(library)
    assert "_lib" in run(info)
    code = "import learnerlink\ntry: learnerlink.library_info()\nexcept learnerlink.LibraryError as e: print(e.tried)"
    tried = run(code, LEARNERLINK_LIBRARY_PATH=str(tmp_path / "none.so"))
    assert "none.so" in tried and "_lib" not in tried


def test_a_library_without_a_function_is_not_used(stub):
    hint, message = failure(stub(1, 0))
    assert "learnerlink_describe" in message


def test_a_folder_or_file_named_too_late_is_refused():
    learnerlink.library_info()
    with pytest.raises(learnerlink.UsageError, match="loaded already"):
        learnerlink.configure("elsewhere")


# Errors


@scenario
def test_an_unknown_error_code_is_the_base_or_its_hundred():
    raw = json.dumps({"status": 499, "code": "NEW", "message": "new", "retriable": True, "operation": "x",
                      "details": {"a": 1}, "causes": ["why"]})  # fmt: skip
    error = errors.error_of(499, raw)
    assert type(error) is learnerlink.RemoteError
    assert (error.code, error.status, error.retriable, error.causes) == ("NEW", 499, True, ("why",))
    assert str(error) == "NEW: new (x, 499)"
    assert type(errors.error_of(555, raw)) is learnerlink.LearnerLinkError
    assert type(errors.error_of(555)) is learnerlink.LearnerLinkError
