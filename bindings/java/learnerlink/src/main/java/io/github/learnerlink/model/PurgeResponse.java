// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code purge}: removes what is older than its retention. */
public final class PurgeResponse extends Response {
    /** An outcome. Done. */
    public static final String OUTCOME_OK = "ok";

    private final long auditEntries;
    private final long shares;
    private final long enrollments;
    private final long batches;

    private PurgeResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.auditEntries = fields.needed("auditEntries", fields.whole("auditEntries"));
        this.shares = fields.needed("shares", fields.whole("shares"));
        this.enrollments = fields.needed("enrollments", fields.whole("enrollments"));
        this.batches = fields.needed("batches", fields.whole("batches"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static PurgeResponse fromJson(String rawJson) {
        return new PurgeResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * Audit entries removed.
     *
     * @return the value
     */
    public long auditEntries() {
        return auditEntries;
    }

    /**
     * Shares removed.
     *
     * @return the value
     */
    public long shares() {
        return shares;
    }

    /**
     * Enrolments of which what came with them was removed.
     *
     * @return the value
     */
    public long enrollments() {
        return enrollments;
    }

    /**
     * Bulk jobs removed.
     *
     * @return the value
     */
    public long batches() {
        return batches;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "auditEntries", auditEntries);
    }
}
