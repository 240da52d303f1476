"""How the binding lives in a process: signals, threads, event loops, forks, its end, and the log."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading

import pytest
from conftest import until
from test_scenarios import ops, reached, run

import learnerlink
from learnerlink import _logs, aio


def event_threads():
    return [thread for thread in threading.enumerate() if thread.name == "learnerlink-events"]


@pytest.fixture
def interruptible():
    """Sees to it that Ctrl-C interrupts: a shell has the programs that it starts in the background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_a_wait_and_stops_the_work(plugin):
    share = plugin.generate_qr_code("10099901")

    def press():
        until(lambda: ops() == 1)
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    with pytest.raises(KeyboardInterrupt):
        plugin.wait_for_learner_data(share)
    presser.join()
    assert ops() == 0
    assert plugin.health().outcome == "ok"


def test_closing_on_another_thread_ends_a_blocking_wait(sandbox):
    plugin = learnerlink.open(sandbox.config)
    share = plugin.generate_qr_code("10099901")

    def close():
        until(lambda: ops() == 1)
        plugin.close()

    closer = threading.Thread(target=close)
    closer.start()
    with pytest.raises(learnerlink.CancelledError) as raised:
        plugin.wait_for_learner_data(share)
    closer.join()
    assert raised.value.code in ("CANCELLED", "CLOSED")


def test_threads_share_a_plugin(plugin):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(plugin.health().outcome)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["ok"] * 16


def test_the_event_thread_comes_with_the_first_call_and_goes_with_the_last_plugin(sandbox):
    async def flow():
        one, other = await aio.open(sandbox.config), await aio.open(sandbox.config)
        assert event_threads() == []
        await one.health()
        assert len(event_threads()) == 1
        one.close()
        await other.health()
        assert len(event_threads()) == 1
        other.close()
        await reached(lambda: event_threads() == [])
        async with aio.open(sandbox.config) as again:
            assert (await again.health()).outcome == "ok"

    asyncio.run(flow())


def test_loops_of_several_threads_share_a_plugin(sandbox):
    plugin = aio.Plugin(sandbox.config)
    answers = []

    async def ask():
        answers.extend(answer.outcome for answer in await asyncio.gather(*(plugin.health() for _ in range(20))))

    threads = [threading.Thread(target=lambda: asyncio.run(ask())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plugin.close()
    assert answers == ["ok"] * 80


def test_a_loop_that_was_closed_meanwhile_harms_nobody(sandbox):
    plugin = aio.Plugin(sandbox.config)
    loop = asyncio.new_event_loop()
    share = loop.run_until_complete(plugin.generate_qr_code("10099901"))
    task = loop.create_task(plugin.wait_for_learner_data(share))
    loop.run_until_complete(reached(lambda: ops() == 1))
    loop.close()
    task.get_coro().close()
    task._log_destroy_pending = False
    assert asyncio.run(plugin.health()).outcome == "ok"
    plugin.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_after_a_fork_the_child_is_told_and_the_parent_goes_on(the_sandbox):
    said = run(
        f"""
import asyncio, os, learnerlink
config = {the_sandbox.config!r}
plugin, waiting = learnerlink.open(config), learnerlink.aio.Plugin(config)
asyncio.run(waiting.health())
child = os.fork()
if child == 0:
    said = []
    for call in (plugin.health, lambda: asyncio.run(waiting.health()), lambda: learnerlink.open(config)):
        try: call()
        except (ValueError, learnerlink.LearnerLinkError) as error: said.append(getattr(error, "code", str(error)))
    ended = said == ["plugin is closed", "plugin is closed", "FORKED"]
    plugin.close()
    os._exit(0 if ended else 1)
assert os.waitpid(child, 0)[1] == 0
print(plugin.health().outcome, asyncio.run(waiting.health()).outcome)
"""
    )
    assert said.split() == ["ok", "ok"]


def test_a_process_ends_at_once_with_waits_under_way(the_sandbox):
    said = run(
        f"""
import asyncio, threading, time, learnerlink
config = {the_sandbox.config!r}
plugin, blocking = learnerlink.aio.Plugin(config), learnerlink.open(config)
share = asyncio.run(plugin.generate_qr_code("10099901"))
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()
other = blocking.generate_qr_code("10099901")
threading.Thread(target=lambda: blocking.wait_for_learner_data(other), daemon=True).start()
asyncio.run_coroutine_threadsafe(plugin.wait_for_learner_data(share), loop)
while learnerlink.stats()["handles"]["op"] < 2: pass
import atexit
began = time.monotonic()
atexit.register(lambda: print("ended", time.monotonic() - began < 2))
"""
    )
    assert said.split() == ["ended", "True"]


def test_log_lines_become_records(sandbox):
    records = []
    logger = logging.getLogger("test.learnerlink")
    logger.setLevel(1)
    handler = logging.Handler()
    handler.emit = records.append
    logger.addHandler(handler)
    learnerlink.start_logging(logger)
    try:
        with learnerlink.open({**sandbox.config, "log": {"level": "debug"}}) as plugin:
            plugin.generate_qr_code("10099901")
            until(lambda: records)
    finally:
        learnerlink.stop_logging()
    assert records[0].learnerlink["target"].startswith("learnerlink")
    assert records[0].levelno in (logging.DEBUG, logging.INFO)


def test_each_level_of_the_log_has_one_of_logging():
    records = []
    logger = logging.Logger("levels", 1)
    logger.handle = records.append
    for level in ("error", "warn", "info", "debug", "trace", "new"):
        _logs._emit(logger, f'{{"level":"{level}","message":"a %s b","at":"now"}}')
    assert [record.levelno for record in records] == [40, 30, 20, 10, 5, 20]
    assert records[0].getMessage() == "a %s b"


def test_shutdown_ends_all_work_and_plugins_may_be_opened_afresh(sandbox):
    async def flow():
        plugin = await aio.open(sandbox.config)
        share = await plugin.generate_qr_code("10099901")
        task = asyncio.create_task(plugin.wait_for_learner_data(share))
        await reached(lambda: ops() == 1)
        await asyncio.to_thread(learnerlink.shutdown, 5)
        with pytest.raises(asyncio.CancelledError):
            await task
        await reached(lambda: event_threads() == [])
        async with aio.open(sandbox.config) as again:
            assert (await again.health()).outcome == "ok"
        plugin.close()

    asyncio.run(flow())


def test_a_shutdown_leaves_nothing_in_the_way_of_the_next_plugin(sandbox):
    async def rounds():
        for _ in range(50):
            async with aio.open(sandbox.config) as plugin:
                await plugin.health()
                await asyncio.to_thread(learnerlink.shutdown, 5)
            # The event thread may not have noticed yet.
            async with aio.open(sandbox.config) as plugin:
                await plugin.health()

    asyncio.run(rounds())
