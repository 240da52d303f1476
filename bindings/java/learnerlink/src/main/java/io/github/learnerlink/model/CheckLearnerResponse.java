// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code check_learner}: asks whether a learner with this mobile number and date of birth can be asked
 * to share (pattern C).
 */
public final class CheckLearnerResponse extends Response {
    /** An outcome. The learner can be asked to share. */
    public static final String OUTCOME_EXISTS = "exists";

    /** An outcome. No record could be found with these details; VERA does not tell which is wrong. */
    public static final String OUTCOME_NOT_ESTABLISHED = "notEstablished";

    private final String message;

    private CheckLearnerResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.message = fields.text("message");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static CheckLearnerResponse fromJson(String rawJson) {
        return new CheckLearnerResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * A sentence for the user, in English.
     *
     * @return the value
     */
    public String message() {
        return message;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
