"""What the binding adds, as lines of JSON with the same cases as the programs of the other bindings.

    calls.py LIBRARY SANDBOX-ADDRESS
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
import tracemalloc
import urllib.request

ROUNDS = 5
WAITS = 1000
RECORD = "<xSre><name>" + "Zoë Ó Súilleabháin, " * 200 + "</name></xSre>"


def say(case: str, unit: str, value: float) -> None:
    print(json.dumps({"case": case, "unit": unit, "value": round(value, 3)}), flush=True)


def per_call(call: object, calls: int) -> float:
    """The best of some rounds, since whatever else the machine does only adds to the time."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter_ns()
        for _ in range(calls):
            call()
        best = min(best, (time.perf_counter_ns() - began) / calls)
    return best


async def per_await(call: object, calls: int) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter_ns()
        for _ in range(calls):
            await call()
        best = min(best, (time.perf_counter_ns() - began) / calls)
    return best


async def asynchronous(learnerlink, sandbox: str) -> None:
    async with learnerlink.aio.open({"sandbox": sandbox}) as plugin:
        say("health_async", "ns", await per_await(lambda: plugin.health(user="reception"), 2000))
        share = await plugin.generate_qr_code("10099901")
        ends: list[float] = []

        async def wait() -> None:
            outcome = await plugin.wait_for_learner_data(share)
            ends.append(time.perf_counter())
            assert outcome.state is learnerlink.ShareState.SHARED

        gc.collect()
        tracemalloc.start()
        began = time.perf_counter()
        waits = [asyncio.create_task(wait()) for _ in range(WAITS)]
        await asyncio.sleep(0)
        say("waits_start", "ms", (time.perf_counter() - began) * 1000)
        say("waits_memory", "bytes", tracemalloc.get_traced_memory()[0] / WAITS)
        tracemalloc.stop()
        address = f"{sandbox}/_sandbox/shares/{share.correlation_id}/approve"
        request = urllib.request.Request(address, b'{"uln":"5123456782"}', {"Content-Type": "application/json"})
        await asyncio.to_thread(lambda: urllib.request.urlopen(request).close())
        await asyncio.gather(*waits)
        say("waits_spread", "ms", (max(ends) - min(ends)) * 1000)


def main() -> None:
    library, sandbox = sys.argv[1:]
    began = time.perf_counter()
    import learnerlink

    learnerlink.configure(library=library)
    learnerlink.library_info()
    say("load", "ms", (time.perf_counter() - began) * 1000)
    with learnerlink.open({"sandbox": sandbox}) as plugin:
        say("health", "ns", per_call(lambda: plugin.health(user="reception"), 5000))
        objects = [{"filterType": "include", "includeStatement": "name"}]
        filtered = lambda: plugin.filter_xsre(xml=RECORD, data_objects=objects, formats=["xml"])  # noqa: E731
        assert filtered().xml
        say("record_4k", "ns", per_call(filtered, 1000))
    asyncio.run(asynchronous(learnerlink, sandbox))


main()
