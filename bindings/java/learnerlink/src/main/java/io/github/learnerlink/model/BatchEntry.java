// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** A batch of a list. */
public final class BatchEntry extends Model {
    private final String batchId;
    private final String operation;
    private final String state;
    private final String input;
    private final String output;
    private final long done;
    private final long failed;
    private final long refused;
    private final String startedAt;
    private final String endedAt;

    BatchEntry(Fields fields) {
        super(fields);
        this.batchId = fields.text("batchId");
        this.operation = fields.text("operation");
        this.state = fields.text("state");
        this.input = fields.text("input");
        this.output = fields.text("output");
        this.done = fields.needed("done", fields.whole("done"));
        this.failed = fields.needed("failed", fields.whole("failed"));
        this.refused = fields.needed("refused", fields.whole("refused"));
        this.startedAt = fields.text("startedAt");
        this.endedAt = fields.text("endedAt");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static BatchEntry fromJson(String rawJson) {
        return new BatchEntry(Fields.parse(rawJson));
    }

    /**
     * The batch.
     *
     * @return the value
     */
    public String batchId() {
        return batchId;
    }

    /**
     * The operation run for each row.
     *
     * @return the value
     */
    public String operation() {
        return operation;
    }

    /**
     * Its state; see the outcomes of {@code batch_status}.
     *
     * @return the value
     */
    public String state() {
        return state;
    }

    /**
     * The file that is read.
     *
     * @return the value
     */
    public String input() {
        return input;
    }

    /**
     * The file that has the results once it is done.
     *
     * @return the value
     */
    public String output() {
        return output;
    }

    /**
     * How many rows have an answer.
     *
     * @return the value
     */
    public long done() {
        return done;
    }

    /**
     * How many rows have none because of an error.
     *
     * @return the value
     */
    public long failed() {
        return failed;
    }

    /**
     * How many rows were refused before anything was called.
     *
     * @return the value
     */
    public long refused() {
        return refused;
    }

    /**
     * When it was started.
     *
     * @return the value
     */
    public String startedAt() {
        return startedAt;
    }

    /**
     * When it ended, if it has.
     *
     * @return the value, or null when there is none
     */
    public String endedAt() {
        return endedAt;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "batchId", batchId,
                "operation", operation,
                "state", state,
                "done", done,
                "failed", failed,
                "refused", refused,
                "startedAt", startedAt,
                "endedAt", endedAt);
    }
}
