// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code flush_outbox}: sends to home institutions what is due, or everything. */
public final class FlushOutboxResponse extends Response {
    /** An outcome. Everything that was due was tried. */
    public static final String OUTCOME_FLUSHED = "flushed";

    /** An outcome. There was nothing to send. */
    public static final String OUTCOME_EMPTY = "empty";

    private final long delivered;
    private final long kept;
    private final long failed;

    private FlushOutboxResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.delivered = fields.needed("delivered", fields.whole("delivered"));
        this.kept = fields.needed("kept", fields.whole("kept"));
        this.failed = fields.needed("failed", fields.whole("failed"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static FlushOutboxResponse fromJson(String rawJson) {
        return new FlushOutboxResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * How many entries arrived, and home institutions were asked.
     *
     * @return the value
     */
    public long delivered() {
        return delivered;
    }

    /**
     * How many could not be delivered and are kept.
     *
     * @return the value
     */
    public long kept() {
        return kept;
    }

    /**
     * For how many enrolments nothing could be sent because of a failure here, such as a damaged row; the log says
     * which.
     *
     * @return the value
     */
    public long failed() {
        return failed;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome(),
                "delivered", delivered,
                "kept", kept,
                "failed", failed);
    }
}
