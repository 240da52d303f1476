"""A record system's day in a terminal: a provider, a QR code, a learner's record, a ULN, a linkage key, an error.

    make demo-python                     against a sandbox of its own
    DEMO_BROWSER=1 make demo-python      waits for you to approve in a browser
    python demo.py http://127.0.0.1:8099
"""

from __future__ import annotations

import os
import sys
import threading
import urllib.request

import learnerlink

NORTHBRIDGE, SOUTHMOOR, USER = "10099901", "10099902", "demo"


def heading(text: str) -> None:
    print(f"\n{text}")


def approve(sandbox: str, share: learnerlink.QrShare) -> None:
    """What the learner does on their phone."""
    address = f"{sandbox}/_sandbox/shares/{share.correlation_id}/approve"
    request = urllib.request.Request(address, b'{"uln":"5123456782"}', {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()


def share_a_record(plugin: learnerlink.Plugin, sandbox: str) -> None:
    heading("View Education Record: a QR code")
    issued = plugin.generate_qr(ukprn=NORTHBRIDGE, formats=["text", "image"], user=USER)
    share = learnerlink.QrShare(issued)
    print(issued.text)
    print(f"  The learner scans this until {share.expires_at:%H:%M:%S} UTC, or opens")
    print(f"  {sandbox}/_sandbox/learner/{share.correlation_id}", flush=True)
    if os.environ.get("DEMO_BROWSER") != "1":
        threading.Timer(0.5, approve, (sandbox, share)).start()
    outcome = plugin.wait_for_learner_data(share)
    print(f"  {outcome.state.value}: {outcome.message}")
    if outcome.record:
        # Printed whole, the record would show nothing of the person, on purpose.
        record = outcome.record
        print(f"  {record.first_name} {record.last_name}, ULN {record.uln}")
        for qualification in record.qualifications:
            print(f"    {qualification.title}: {qualification.grade}")


def find_what_was_learnt(plugin: learnerlink.Plugin) -> None:
    heading("Learning Records Service: who is this, and what have they learnt?")
    found = plugin.match_learner(
        ukprn=NORTHBRIDGE, user=USER, given_name="Tamsin", family_name="Quillfeather",
        date_of_birth="1998-04-12", gender="female", last_known_post_code="LS11 5QT",
    )
    print(f"  {found.outcome}")
    if found.outcome == "exactMatch":
        learner = found.learners[0]
        record = plugin.fetch_plr(
            ukprn=NORTHBRIDGE, user=USER, uln=learner.uln,
            given_name=learner.given_name, family_name=learner.family_name,
        )
        print(f"  ULN {learner.uln} has {len(record.learning_events)} learning events")


def link_a_patient(plugin: learnerlink.Plugin) -> None:
    heading("NHS: a linkage key")
    key = plugin.retrieve_linkage_key(ods_code="A12345", nhs_number="9990123403", supplier="native", user=USER)
    print(f"  {key.outcome}: account {key.account_id}, key {key.linkage_key}")


def meet_an_error(plugin: learnerlink.Plugin) -> None:
    heading("Something that goes wrong")
    try:
        plugin.generate_qr_code(SOUTHMOOR)
    except learnerlink.AuthenticationError as error:
        print(f"  {error.code}: {error.message}")
        print(f"  Trying again {'may help' if error.retriable else 'does not help'}.")


def main(sandbox: str) -> None:
    print(learnerlink.library_info())
    with learnerlink.open({"sandbox": sandbox}) as plugin:
        heading("Is everything well?")
        print(f"  {plugin.health()}")
        heading("Adding a provider")
        wrong = {"clientId": "cid-b", "clientSecret": "not-the-secret"}
        added = plugin.put_profile(ukprn=SOUTHMOOR, display_name="Southmoor Sixth Form", vera=wrong, user=USER)
        print(f"  Southmoor Sixth Form: {added.outcome}")
        share_a_record(plugin, sandbox)
        find_what_was_learnt(plugin)
        link_a_patient(plugin)
        meet_an_error(plugin)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} SANDBOX_ADDRESS")
    main(sys.argv[1])
