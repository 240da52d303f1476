CREATE TABLE lrs_matches (
    id         BIGINT      PRIMARY KEY,
    key        TEXT COLLATE "C" NOT NULL UNIQUE,
    person_tag TEXT COLLATE "C" NOT NULL,
    uln_tag    TEXT COLLATE "C",
    names_tag  TEXT COLLATE "C",
    status     TEXT        NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    sealed     BYTEA       NOT NULL
);
CREATE INDEX lrs_matches_by_person ON lrs_matches (person_tag, id);

CREATE TRIGGER lrs_matches_are_never_removed BEFORE DELETE ON lrs_matches
FOR EACH ROW EXECUTE FUNCTION learnerlink_refuse('matches are never removed');
CREATE TRIGGER lrs_matches_are_never_emptied BEFORE TRUNCATE ON lrs_matches
EXECUTE FUNCTION learnerlink_refuse('matches are never removed');
CREATE TRIGGER lrs_matches_are_never_changed
BEFORE UPDATE OF id, key, person_tag, uln_tag, names_tag, status, created_at ON lrs_matches
FOR EACH ROW EXECUTE FUNCTION learnerlink_refuse('matches are never changed');

CREATE TABLE lrs_latest (
    person_tag TEXT COLLATE "C" PRIMARY KEY,
    uln_tag    TEXT COLLATE "C" UNIQUE,
    match_id   BIGINT NOT NULL REFERENCES lrs_matches (id)
);
