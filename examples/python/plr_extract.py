"""Fetches the Personal Learning Record of every matched student into a Parquet file, and draws what they achieved.

    pip install "learnerlink[migrate]" pandas pyarrow matplotlib
    python plr_extract.py learnerlink.json matched.csv events.parquet events.png

`matched.csv` is what match_cohort.py writes.
"""

# %% Those whose ULN is known.
from __future__ import annotations

import sys

import pandas

import learnerlink
from learnerlink import migrate

config, source, target, picture = sys.argv[1:5]
matched = pandas.read_csv(source, dtype=str, keep_default_na=False)
known = matched[matched["outcome"] == "exactMatch"]
plugin = learnerlink.open(config)

# %% Their records.
records = migrate.run(
    plugin,
    "fetch_plr",
    known,
    columns={"uln": "ULN", "givenName": "Forename", "familyName": "Surname"},
    request={"ukprn": "10099901", "user": "migration"},
    folder="migration",
)
print(records)

# %% A row for each learning event, with the student it belongs to.
events = records.explode("learningEvents", keep=["Student"])
events.to_parquet(target, index=False)
print(f"{len(events)} learning events of {events['Student'].nunique()} students in {target}")

# %% What came of asking, and qualifications by year.
import matplotlib  # noqa: E402

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
pandas.Series(records.outcomes).sort_values().plot.barh(ax=left, title="Records by outcome")
year = pandas.to_datetime(events["achievementAwardDate"], errors="coerce").dt.year.astype("Int64")
by_year = events.groupby([year, "qualificationType"]).size().unstack(fill_value=0)
by_year.plot.bar(ax=right, stacked=True, title="Qualifications by year", xlabel="", legend=len(by_year.columns) < 12)
figure.savefig(picture)
print(f"drawn in {picture}")

# %% Done.
plugin.close()
