"""Use of the package as a host's type checker sees it; mypy reads this file, pytest only imports it."""

from __future__ import annotations

from typing import Optional

import learnerlink


def blocking(ukprn: str) -> Optional[str]:
    with learnerlink.open("learnerlink.json") as plugin:
        share = plugin.generate_qr_code(ukprn)
        outcome = plugin.wait_for_learner_data(share, timeout=300)
        found = plugin.match_learner(given_name="Tamsin", family_name="Quillfeather", gender="female")
        numbers: list[Optional[str]] = [learner.uln for learner in found.learners]
        return outcome.record.last_name if outcome.record else numbers[0]


async def asynchronous(ukprn: str) -> learnerlink.ShareOutcome:
    async with learnerlink.aio.open({"sandbox": "http://127.0.0.1:8099"}) as plugin:
        return await plugin.wait_for_learner_data(await plugin.generate_qr_code(ukprn))
