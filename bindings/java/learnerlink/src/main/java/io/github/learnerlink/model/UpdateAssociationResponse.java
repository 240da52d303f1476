// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code update_association}: changes the host's state of an enrolment and tells the home institution.
 */
public final class UpdateAssociationResponse extends Response {
    /** An outcome. The home institution has the new state. */
    public static final String OUTCOME_SENT = "sent";

    /** An outcome. It is the host's state already. */
    public static final String OUTCOME_UNCHANGED = "unchanged";

    /** An outcome. The new state is kept; it will be sent when it can be. */
    public static final String OUTCOME_KEPT = "kept";

    /** An outcome. The host's state cannot become this one; nothing was changed. */
    public static final String OUTCOME_ILLEGAL_TRANSITION = "illegalTransition";

    /** An outcome. There is no such enrolment. */
    public static final String OUTCOME_NOT_FOUND = "notFound";

    private final Enrollment enrollment;

    private UpdateAssociationResponse(String rawJson, Fields fields) {
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
    public static UpdateAssociationResponse fromJson(String rawJson) {
        return new UpdateAssociationResponse(rawJson, Fields.parse(rawJson));
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
