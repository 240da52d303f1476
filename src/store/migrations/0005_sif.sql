-- The rules of the Privacy Rules Service: who may see what of whom. One document has all but the students, whose rows
-- are found by a keyed hash of their district's id.
CREATE TABLE sif_rules (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    version     INTEGER NOT NULL,
    imported_at TEXT    NOT NULL,
    sealed      BLOB    NOT NULL
) STRICT;

CREATE TABLE sif_students (
    id     INTEGER PRIMARY KEY,
    tag    TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX sif_students_by_tag ON sif_students (tag);
