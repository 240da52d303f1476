-- The vault's data keys, each wrapped by the master key that never is in the store.
-- Key 0 is the identity key: it keys pseudonyms and the audit chain and outlives rotation.
CREATE TABLE vault_keys (
    id         INTEGER PRIMARY KEY,
    wrapped    BLOB    NOT NULL,
    created_at TEXT    NOT NULL
) STRICT;

-- A provider or another organisation on whose behalf services are called.
CREATE TABLE profiles (
    name         TEXT PRIMARY KEY,
    ukprn        TEXT UNIQUE,
    display_name TEXT NOT NULL,
    updated_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One credential of a profile per outside system. The tag is a keyed hash of the client id: it lets the
-- database refuse one client id under two profiles without knowing it.
CREATE TABLE credentials (
    profile    TEXT NOT NULL REFERENCES profiles (name) ON DELETE CASCADE,
    system     TEXT NOT NULL,
    tag        TEXT NOT NULL,
    sealed     BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (profile, system),
    UNIQUE (system, tag)
) STRICT;

-- Append-only; each entry's hash covers the one before it.
CREATE TABLE audit (
    seq         INTEGER PRIMARY KEY,
    at          TEXT    NOT NULL,
    operation   TEXT    NOT NULL,
    system      TEXT    NOT NULL,
    user        TEXT,
    profile     TEXT,
    subject     TEXT,
    outcome     TEXT    NOT NULL,
    status      INTEGER NOT NULL,
    trace_id    TEXT,
    duration_ms INTEGER NOT NULL,
    hash        BLOB    NOT NULL
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject) WHERE subject IS NOT NULL;

CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'audit entries are never changed');
END;

-- Where the chain begins (after a purge) and ends, so that a cut at either end shows.
CREATE TABLE audit_ends (
    only       INTEGER PRIMARY KEY CHECK (only = 1),
    first_seq  INTEGER NOT NULL,
    first_hash BLOB    NOT NULL,
    last_seq   INTEGER NOT NULL,
    last_hash  BLOB    NOT NULL,
    seal       BLOB    NOT NULL
) STRICT;
