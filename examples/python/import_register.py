"""Brings a practice's patients, accounts and linkage keys into the register.

    pip install learnerlink pandas
    python import_register.py learnerlink.json patients.csv

The file is the old system's, whose columns are renamed here. By default all rows are taken or none: a row that is
refused is named with its line, and nothing has changed.
"""

# %% The old system's file.
from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pandas

import learnerlink

config, source = sys.argv[1:3]
patients = pandas.read_csv(source, dtype=str, keep_default_na=False)
names = {
    "Practice": "odsCode",
    "Practice name": "organisationName",
    "NHS No": "nhsNumber",
    "Surname": "surname",
    "DOB": "dateOfBirth",
}
patients = patients.rename(columns=names)
# Old systems write days as people do.
days = pandas.to_datetime(patients["dateOfBirth"], format="%d/%m/%Y", errors="coerce")
patients["dateOfBirth"] = days.dt.strftime("%Y-%m-%d").fillna(patients["dateOfBirth"])

# %% Import it. The file in between is for this user only, and removed at once.
number, path = tempfile.mkstemp(suffix=".csv")
os.close(number)
try:
    patients.to_csv(path, index=False)
    with learnerlink.open(config) as plugin:
        # Rows that are refused are listed, and the others are taken only when that is said: on_refused="skip".
        done = plugin.import_register(path=path, user="migration", timeout_ms=3_600_000)
finally:
    Path(path).unlink()

# %% What came of it.
print(f"{done.outcome}: {done.imported} rows, {done.unchanged} unchanged, {done.refused_rows} refused")
for row in done.refused:
    print(f"  line {row.line}: {row.reason}")
sys.exit(done.outcome == "refused")
