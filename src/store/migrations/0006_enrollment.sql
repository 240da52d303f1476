-- Enrolments of students from elsewhere. What is told of them is sealed; what they are found by are keyed hashes.
CREATE TABLE enrollments (
    number          INTEGER PRIMARY KEY,
    version         INTEGER NOT NULL,
    id              TEXT    NOT NULL UNIQUE,
    profile         TEXT    NOT NULL,
    tag             TEXT    NOT NULL,
    person_tag      TEXT    NOT NULL,
    offering_tag    TEXT    NOT NULL,
    is_live         INTEGER NOT NULL,
    seat            INTEGER,
    host            TEXT    NOT NULL,
    home            TEXT,
    combined        TEXT    NOT NULL,
    decision        TEXT,
    delivery        TEXT    NOT NULL,
    association_tag TEXT,
    handed_until    TEXT,
    sending_until   TEXT,
    poll_at         TEXT,
    created_at      TEXT    NOT NULL,
    updated_at      TEXT    NOT NULL,
    final_at        TEXT,
    sealed          BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX enrollments_live ON enrollments (tag) WHERE is_live;
CREATE UNIQUE INDEX enrollments_by_version ON enrollments (version);
CREATE INDEX enrollments_by_person ON enrollments (person_tag);
CREATE INDEX enrollments_by_association ON enrollments (association_tag) WHERE association_tag IS NOT NULL;
CREATE INDEX enrollments_seats ON enrollments (offering_tag, seat) WHERE is_live AND seat IS NOT NULL;
CREATE INDEX enrollments_undecided ON enrollments (number) WHERE is_live AND decision IS NULL;
CREATE INDEX enrollments_by_poll ON enrollments (poll_at) WHERE poll_at IS NOT NULL;
CREATE INDEX enrollments_sending ON enrollments (sending_until) WHERE sending_until IS NOT NULL;

-- What came with an enrolment, apart because it is large and never changes.
CREATE TABLE enrollment_bodies (
    enrollment INTEGER PRIMARY KEY REFERENCES enrollments (number),
    sealed     BLOB NOT NULL
) STRICT;

-- What a student is known by beside the id, as long as the enrolment lives.
CREATE TABLE enrollment_identities (
    enrollment INTEGER NOT NULL REFERENCES enrollments (number),
    tag        TEXT    NOT NULL,
    PRIMARY KEY (tag, enrollment)
) STRICT, WITHOUT ROWID;

-- What is to be sent, for each enrolment in the order of the numbers.
CREATE TABLE enrollment_outbox (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    enrollment INTEGER NOT NULL REFERENCES enrollments (number),
    id         TEXT    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    reason     TEXT,
    attempts   INTEGER NOT NULL,
    next_at    TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    sealed     BLOB    NOT NULL
) STRICT;
CREATE INDEX enrollment_outbox_by_enrollment ON enrollment_outbox (enrollment, number);
CREATE INDEX enrollment_outbox_due ON enrollment_outbox (next_at) WHERE state = 'waiting';
