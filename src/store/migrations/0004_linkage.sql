-- What an entry says beside its columns, as JSON.
ALTER TABLE audit ADD COLUMN details TEXT;

-- The register of linkage keys. Who a patient is, account ids and keys are sealed; the tags are keyed hashes to
-- find rows by: of organisation and NHS number, and of organisation and account id.
CREATE TABLE linkage_organisations (
    ods        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    blocked    INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A patient at an organisation. Who has left it stays, without a name, for the sake of account and keys.
-- The version grows with every change of the patient, the account or a key.
CREATE TABLE linkage_patients (
    id         INTEGER PRIMARY KEY,
    tag        TEXT    NOT NULL UNIQUE,
    ods        TEXT    NOT NULL REFERENCES linkage_organisations (ods),
    registered INTEGER NOT NULL,
    blocked    INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    updated_at TEXT    NOT NULL,
    sealed     BLOB    NOT NULL
) STRICT;

CREATE TABLE linkage_accounts (
    patient    INTEGER PRIMARY KEY REFERENCES linkage_patients (id),
    tag        TEXT    NOT NULL UNIQUE,
    created_at TEXT    NOT NULL,
    sealed     BLOB    NOT NULL
) STRICT;

-- Every key that an account ever had. The mac is a keyed hash of organisation and key.
CREATE TABLE linkage_keys (
    id            INTEGER PRIMARY KEY,
    patient       INTEGER NOT NULL REFERENCES linkage_accounts (patient),
    generation    INTEGER NOT NULL CHECK (generation >= 1),
    mac           BLOB    NOT NULL UNIQUE,
    state         TEXT    NOT NULL CHECK (state IN ('active', 'revoked')),
    created_at    TEXT    NOT NULL,
    revoked_at    TEXT,
    revoke_reason TEXT,
    sealed        BLOB    NOT NULL,
    UNIQUE (patient, generation)
) STRICT;

-- No patient has two keys in force, whoever writes.
CREATE UNIQUE INDEX linkage_keys_in_force ON linkage_keys (patient) WHERE state = 'active';

CREATE TRIGGER linkage_keys_are_never_removed BEFORE DELETE ON linkage_keys BEGIN
    SELECT RAISE(ABORT, 'linkage keys are never removed');
END;

CREATE TRIGGER linkage_keys_never_come_back BEFORE UPDATE OF state ON linkage_keys
WHEN old.state = 'revoked' AND new.state <> 'revoked' BEGIN
    SELECT RAISE(ABORT, 'a revoked linkage key never becomes valid again');
END;

-- Sealing under another key and revoking are the only changes there are.
CREATE TRIGGER linkage_keys_are_never_changed
BEFORE UPDATE OF id, patient, generation, mac, created_at ON linkage_keys BEGIN
    SELECT RAISE(ABORT, 'linkage keys are never changed');
END;

-- Which request made which key. The tag is a keyed hash of caller and correlation id, the content hash one of
-- what was asked.
CREATE TABLE linkage_correlations (
    tag          TEXT    PRIMARY KEY,
    content_hash BLOB    NOT NULL,
    generation   INTEGER NOT NULL,
    expires_at   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX linkage_correlations_by_time ON linkage_correlations (expires_at);

-- When a caller asked to create a key for somebody who was not found. The tag is a keyed hash of caller,
-- organisation and NHS number.
CREATE TABLE linkage_misses (
    tag TEXT NOT NULL,
    at  TEXT NOT NULL
) STRICT;
CREATE INDEX linkage_misses_by_tag ON linkage_misses (tag, at);
CREATE INDEX linkage_misses_by_time ON linkage_misses (at);

-- Rows of an import on their way into the register, which takes all of them at once.
CREATE TABLE linkage_staged (
    import      TEXT    NOT NULL,
    line        INTEGER NOT NULL,
    tag         TEXT    NOT NULL,
    account_tag TEXT,
    entry       TEXT    NOT NULL,
    staged_at   TEXT    NOT NULL,
    PRIMARY KEY (import, line)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX linkage_staged_by_tag ON linkage_staged (import, tag);
CREATE UNIQUE INDEX linkage_staged_by_account ON linkage_staged (import, account_tag) WHERE account_tag IS NOT NULL;
