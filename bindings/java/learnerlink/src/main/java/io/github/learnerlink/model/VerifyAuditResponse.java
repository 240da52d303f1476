// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code verify_audit}: checks that the audit trail is complete and unaltered. */
public final class VerifyAuditResponse extends Response {
    /** An outcome. Every entry is as it was written and none is missing. */
    public static final String OUTCOME_INTACT = "intact";

    /** An outcome. An entry was altered; {@code atSeq} is the first that does not fit. */
    public static final String OUTCOME_ALTERED = "altered";

    /** An outcome. Entries are missing; {@code atSeq} is the first that is. */
    public static final String OUTCOME_INCOMPLETE = "incomplete";

    private final long entries;
    private final Long atSeq;

    private VerifyAuditResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.entries = fields.needed("entries", fields.whole("entries"));
        this.atSeq = fields.whole("atSeq");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static VerifyAuditResponse fromJson(String rawJson) {
        return new VerifyAuditResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * How many entries were read.
     *
     * @return the value
     */
    public long entries() {
        return entries;
    }

    /**
     * The first entry that is not right.
     *
     * @return the value, or null when there is none
     */
    public Long atSeq() {
        return atSeq;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
