"""Shows a QR code, waits for the learner, prints what they shared. Run it whole or cell by cell in a notebook.

    pip install learnerlink
    learnerlink-sandbox &
    python qr_flow.py http://127.0.0.1:8099

Approve the share at http://127.0.0.1:8099/_sandbox/ in the learner's place.
"""

# %% Open a plugin. A configuration is a mapping or the path of a JSON file.
from __future__ import annotations

import sys
from pathlib import Path

import learnerlink

address = sys.argv[1] if len(sys.argv) == 2 else "http://127.0.0.1:8099"
plugin = learnerlink.open({"sandbox": address})
print(learnerlink.library_info())

# %% Show the code. In a notebook the last line displays it.
share = plugin.generate_qr_code("10099901")
Path("qr.png").write_bytes(share.image_bytes)
print(f"qr.png can be scanned until {share.expires_at:%H:%M:%S}")
share  # noqa: B018

# %% Wait for the learner; interrupt the kernel, or press Ctrl-C, to stop.
outcome = plugin.wait_for_learner_data(share)
print(outcome.state.value, "-", outcome.message)

# %% Use the record. Printing it whole shows nothing of the person, on purpose.
record = outcome.record
if record:
    print(record)
    print(f"{record.first_name} {record.last_name}")
    for qualification in record.qualifications:
        print(f"  {qualification.title}: {qualification.grade}")

# %% Done.
plugin.close()
