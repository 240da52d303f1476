// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code cancel_batch}: ends a batch; what is done is kept, and it can be resumed. */
public final class CancelBatchResponse extends Response {
    /** An outcome. It has ended. Rows whose calls were under way are not done. */
    public static final String OUTCOME_CANCELLED = "cancelled";

    /** An outcome. Nobody was working on it. */
    public static final String OUTCOME_NOT_RUNNING = "notRunning";

    private final String batchId;

    private CancelBatchResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.batchId = fields.text("batchId");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static CancelBatchResponse fromJson(String rawJson) {
        return new CancelBatchResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The batch.
     *
     * @return the value
     */
    public String batchId() {
        return batchId;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome(),
                "batchId", batchId);
    }
}
