// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;
import java.util.Map;

/** The answer of {@code batch_status}: tells how far a batch has come, at once or when it ends. */
public final class BatchStatusResponse extends Response {
    /** An outcome. It is being worked on. */
    public static final String OUTCOME_RUNNING = "running";

    /** An outcome. Every row has its answer, and the results are written. */
    public static final String OUTCOME_DONE = "done";

    /** An outcome. The results are written; some rows failed or were refused, and their rows say why. */
    public static final String OUTCOME_DONE_WITH_ERRORS = "doneWithErrors";

    /** An outcome. It was cancelled; {@code resume_batch} goes on with it. */
    public static final String OUTCOME_CANCELLED = "cancelled";

    /** An outcome. The process or plugin that worked on it has ended; {@code resume_batch} goes on with it. */
    public static final String OUTCOME_INTERRUPTED = "interrupted";

    /** An outcome. It could not go on; {@code error} says why. {@code resume_batch} goes on once that is mended. */
    public static final String OUTCOME_FAILED = "failed";

    private final String batchId;
    private final String operation;
    private final String input;
    private final String output;
    private final String partialOutput;
    private final long rowsRead;
    private final Long rowsTotal;
    private final long done;
    private final long failed;
    private final long refused;
    private final long inFlight;
    private final double ratePerSecond;
    private final Long etaSeconds;
    private final Map<String, Object> outcomes;
    private final Map<String, Object> errors;
    private final List<RefusedRow> refusedRows;
    private final String startedAt;
    private final String endedAt;
    private final Double heldBack;
    private final Map<String, Object> error;

    private BatchStatusResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.batchId = fields.text("batchId");
        this.operation = fields.text("operation");
        this.input = fields.text("input");
        this.output = fields.text("output");
        this.partialOutput = fields.text("partialOutput");
        this.rowsRead = fields.needed("rowsRead", fields.whole("rowsRead"));
        this.rowsTotal = fields.whole("rowsTotal");
        this.done = fields.needed("done", fields.whole("done"));
        this.failed = fields.needed("failed", fields.whole("failed"));
        this.refused = fields.needed("refused", fields.whole("refused"));
        this.inFlight = fields.needed("inFlight", fields.whole("inFlight"));
        this.ratePerSecond = fields.needed("ratePerSecond", fields.number("ratePerSecond"));
        this.etaSeconds = fields.whole("etaSeconds");
        this.outcomes = fields.object("outcomes");
        this.errors = fields.object("errors");
        this.refusedRows = fields.models("refusedRows", RefusedRow::new);
        this.startedAt = fields.text("startedAt");
        this.endedAt = fields.text("endedAt");
        this.heldBack = fields.number("heldBack");
        this.error = fields.object("error");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static BatchStatusResponse fromJson(String rawJson) {
        return new BatchStatusResponse(rawJson, Fields.parse(rawJson));
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
     * The file that has what is done so far, while the results are not written.
     *
     * @return the value, or null when there is none
     */
    public String partialOutput() {
        return partialOutput;
    }

    /**
     * How many rows were read.
     *
     * @return the value
     */
    public long rowsRead() {
        return rowsRead;
    }

    /**
     * How many rows the file has; absent where that is not known yet.
     *
     * @return the value, or null when there is none
     */
    public Long rowsTotal() {
        return rowsTotal;
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
     * How many rows are being worked on.
     *
     * @return the value
     */
    public long inFlight() {
        return inFlight;
    }

    /**
     * How many rows a second came to their end lately.
     *
     * @return the value
     */
    public double ratePerSecond() {
        return ratePerSecond;
    }

    /**
     * How long it will still take at that rate; absent where that is not known.
     *
     * @return the value, or null when there is none
     */
    public Long etaSeconds() {
        return etaSeconds;
    }

    /**
     * How many rows had each outcome.
     *
     * @return the value
     */
    public Map<String, Object> outcomes() {
        return outcomes;
    }

    /**
     * How many rows had each error, by its code.
     *
     * @return the value
     */
    public Map<String, Object> errors() {
        return errors;
    }

    /**
     * The first 1,000 rows that were refused.
     *
     * @return a list, possibly empty
     */
    public List<RefusedRow> refusedRows() {
        return refusedRows;
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

    /**
     * To how many calls a second it keeps because the service asks for fewer; absent when it does not.
     *
     * @return the value, or null when there is none
     */
    public Double heldBack() {
        return heldBack;
    }

    /**
     * The error object that says why it failed.
     *
     * @return the value, or null when there is none
     */
    public Map<String, Object> error() {
        return error;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "batchId", batchId,
                "operation", operation,
                "rowsRead", rowsRead,
                "rowsTotal", rowsTotal,
                "done", done,
                "failed", failed,
                "refused", refused,
                "inFlight", inFlight,
                "ratePerSecond", ratePerSecond,
                "etaSeconds", etaSeconds,
                "outcomes", outcomes,
                "errors", errors,
                "startedAt", startedAt,
                "endedAt", endedAt,
                "heldBack", heldBack);
    }
}
