// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * The answer of {@code start_batch}: starts to run an operation for every row of a file, or checks the rows without
 * running anything.
 */
public final class StartBatchResponse extends Response {
    /** An outcome. The batch runs in the background; {@code batch_status} tells how far it has come. */
    public static final String OUTCOME_STARTED = "started";

    /** An outcome. Every row can be run; nothing was called or written. */
    public static final String OUTCOME_VALIDATED = "validated";

    /**
     * An outcome. Some rows would be refused; {@code refusedRows} says which and why. Nothing was called or written.
     */
    public static final String OUTCOME_INVALID = "invalid";

    private final String batchId;
    private final Long rows;
    private final Long valid;
    private final Long refused;
    private final List<RefusedRow> refusedRows;

    private StartBatchResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.batchId = fields.text("batchId");
        this.rows = fields.whole("rows");
        this.valid = fields.whole("valid");
        this.refused = fields.whole("refused");
        this.refusedRows = fields.models("refusedRows", RefusedRow::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static StartBatchResponse fromJson(String rawJson) {
        return new StartBatchResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The batch's id; absent with {@code dryRun}.
     *
     * @return the value, or null when there is none
     */
    public String batchId() {
        return batchId;
    }

    /**
     * How many rows the file has; absent where that is not known yet.
     *
     * @return the value, or null when there is none
     */
    public Long rows() {
        return rows;
    }

    /**
     * With {@code dryRun}, how many of them can be run.
     *
     * @return the value, or null when there is none
     */
    public Long valid() {
        return valid;
    }

    /**
     * With {@code dryRun}, how many would be refused.
     *
     * @return the value, or null when there is none
     */
    public Long refused() {
        return refused;
    }

    /**
     * The first 1,000 of those.
     *
     * @return a list, possibly empty
     */
    public List<RefusedRow> refusedRows() {
        return refusedRows;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "batchId", batchId,
                "rows", rows,
                "valid", valid,
                "refused", refused);
    }
}
