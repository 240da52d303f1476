// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.Map;

/**
 * The answer of {@code fetch_learner_data}: fetches the record of a learner who has already agreed to share it
 * (pattern B).
 */
public final class FetchLearnerDataResponse extends Response {
    /** An outcome. The record is in {@code record} or {@code raw}. */
    public static final String OUTCOME_SHARED = "shared";

    /** An outcome. No consent of this learner for this provider is on file; ask the learner to share. */
    public static final String OUTCOME_NOT_SHARED = "notShared";

    private final String message;
    private final LearnerRecord record;
    private final Map<String, Object> raw;

    private FetchLearnerDataResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.message = fields.text("message");
        this.record = fields.model("record", LearnerRecord::new);
        this.raw = fields.object("raw");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static FetchLearnerDataResponse fromJson(String rawJson) {
        return new FetchLearnerDataResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * A sentence for the user, in English.
     *
     * @return the value
     */
    public String message() {
        return message;
    }

    /**
     * The record.
     *
     * @return the value, or null when there is none
     */
    public LearnerRecord record() {
        return record;
    }

    /**
     * The record exactly as VERA sent it.
     *
     * @return the value, or null when there is none
     */
    public Map<String, Object> raw() {
        return raw;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
