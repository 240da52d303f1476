// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code resume_batch}: goes on with a batch that has ended early, without repeating a row that is
 * done.
 */
public final class ResumeBatchResponse extends Response {
    /** An outcome. It goes on in the background. */
    public static final String OUTCOME_RESUMED = "resumed";

    /** An outcome. It is being worked on already, here or by another process. */
    public static final String OUTCOME_RUNNING = "running";

    /** An outcome. Its results are written; there is nothing left to do. */
    public static final String OUTCOME_FINISHED = "finished";

    private final String batchId;

    private ResumeBatchResponse(String rawJson, Fields fields) {
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
    public static ResumeBatchResponse fromJson(String rawJson) {
        return new ResumeBatchResponse(rawJson, Fields.parse(rawJson));
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
