"""Finds the ULN of every student of a college, and says whom a person has to look at.

    pip install "learnerlink[migrate]" pandas
    learnerlink-sandbox &
    python match_cohort.py learnerlink.json cohort.csv matched.csv

Stop it whenever you like: run again, it goes on where it ended. `migration/` then holds people's data; remove it when
you are done. The cells run in a notebook as well.
"""

# %% The students, as the old system wrote them. All columns are text: a ULN is not a number to reckon with.
from __future__ import annotations

import sys

import pandas

import learnerlink
from learnerlink import migrate

config, source, target = sys.argv[1:4]
students = pandas.read_csv(source, dtype=str, keep_default_na=False)
columns = {
    "givenName": "Forename",
    "familyName": "Surname",
    "dateOfBirth": "Born",
    "gender": "Gender",
    "lastKnownPostCode": "Postcode",
}
request = {"ukprn": "10099901", "user": "migration"}
plugin = learnerlink.open(config)

# %% First what would be refused, without asking anybody. Mend those rows, or leave them.
checked = migrate.check(plugin, "match_learner", students, columns=columns, request=request, id_column="Student")
print(f"{checked.valid} of {checked.rows} rows can be asked for")
for row in checked.refused_rows:
    print(f"  line {row.line}: {row.reason}")

# %% Then all of them.
matched = migrate.run(
    plugin, "match_learner", students, columns=columns, request=request, id_column="Student", folder="migration"
)
print(matched)

# %% Whom we know now, and whom a person has to look at.
results = matched.frame().rename(columns={"learners.0.uln": "ULN"})
results[[*students.columns, "outcome", "error_code", "ULN"]].to_csv(target, index=False)
sure = results["outcome"] == "exactMatch"
print(f"{sure.sum()} matched; to look at:")
print(results.loc[~sure, ["Student", "outcome", "error_code"]].to_string(index=False))

# %% Done.
plugin.close()
