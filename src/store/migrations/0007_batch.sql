-- Bulk jobs. What is asked and how far it has come is sealed; the results themselves are in files of the caller's.
CREATE TABLE batches (
    id         TEXT    PRIMARY KEY,
    operation  TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    owner      TEXT,
    held_until TEXT,
    stop_asked INTEGER NOT NULL DEFAULT 0,
    created_at TEXT    NOT NULL,
    updated_at TEXT    NOT NULL,
    ended_at   TEXT,
    sealed     BLOB    NOT NULL
) STRICT;
CREATE INDEX batches_by_age ON batches (created_at);
