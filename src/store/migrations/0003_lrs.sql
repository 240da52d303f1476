-- The match register: which ULN was confirmed for which person, a log that only grows. Who the person is, their
-- ULN and names are sealed; the tags are keyed hashes to find rows by. `key` names the row in its seal.
CREATE TABLE lrs_matches (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    person_tag TEXT NOT NULL,
    uln_tag    TEXT,
    names_tag  TEXT,
    status     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    sealed     BLOB NOT NULL
) STRICT;
CREATE INDEX lrs_matches_by_person ON lrs_matches (person_tag, id);

CREATE TRIGGER lrs_matches_are_never_removed BEFORE DELETE ON lrs_matches BEGIN
    SELECT RAISE(ABORT, 'matches are never removed');
END;

-- Sealing under another key is the only change there is.
CREATE TRIGGER lrs_matches_are_never_changed
BEFORE UPDATE OF id, key, person_tag, uln_tag, names_tag, status, created_at ON lrs_matches BEGIN
    SELECT RAISE(ABORT, 'matches are never changed');
END;

-- The latest row of each person, and by it the only holder of each ULN. It follows from the log.
CREATE TABLE lrs_latest (
    person_tag TEXT    PRIMARY KEY,
    uln_tag    TEXT    UNIQUE,
    match_id   INTEGER NOT NULL REFERENCES lrs_matches (id)
) STRICT, WITHOUT ROWID;
