// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code send_results}: sends a student's result to the home institution. */
public final class SendResultsResponse extends Response {
    /** An outcome. The home institution has the result. */
    public static final String OUTCOME_SENT = "sent";

    /** An outcome. It has this result already, or it is about to be sent. */
    public static final String OUTCOME_UNCHANGED = "unchanged";

    /** An outcome. The result is kept; it will be sent when it can be. */
    public static final String OUTCOME_KEPT = "kept";

    /** An outcome. Both institutions must agree on the enrolment first. */
    public static final String OUTCOME_NOT_ASSOCIATED = "notAssociated";

    /** An outcome. There is no such enrolment. */
    public static final String OUTCOME_NOT_FOUND = "notFound";

    private final Enrollment enrollment;

    private SendResultsResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.enrollment = fields.model("enrollment", Enrollment::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static SendResultsResponse fromJson(String rawJson) {
        return new SendResultsResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The enrolment as it is now; absent when there is none.
     *
     * @return the value, or null when there is none
     */
    public Enrollment enrollment() {
        return enrollment;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
