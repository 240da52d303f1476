-- Requests to learners to share their record (VERA patterns A and C). The correlation id, the code and the
-- address are sealed; the tags are keyed hashes to find a share again by its id or by the learner asked.
CREATE TABLE vera_shares (
    id             TEXT    PRIMARY KEY,
    profile        TEXT    NOT NULL,
    pattern        TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    correlation_tag TEXT   NOT NULL,
    learner_tag    TEXT,
    issued_at      TEXT    NOT NULL,
    deadline_at    TEXT    NOT NULL,
    polls          INTEGER NOT NULL,
    updated_at     TEXT    NOT NULL,
    sealed         BLOB    NOT NULL,
    UNIQUE (correlation_tag, profile)
) STRICT;
CREATE INDEX vera_shares_by_learner ON vera_shares (profile, learner_tag) WHERE learner_tag IS NOT NULL;
CREATE INDEX vera_shares_by_time ON vera_shares (updated_at);
