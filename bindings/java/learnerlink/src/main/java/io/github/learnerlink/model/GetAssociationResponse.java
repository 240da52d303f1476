// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code get_association}: asks the home institution how it stands with an association. */
public final class GetAssociationResponse extends Response {
    /** An outcome. What the home institution says now is in the response. */
    public static final String OUTCOME_FOUND = "found";

    /** An outcome. The home institution has no association yet. */
    public static final String OUTCOME_NOT_CREATED = "notCreated";

    /** An outcome. The receiver does not know the association; nothing more can be had of it. */
    public static final String OUTCOME_UNTRACKED = "untracked";

    /** An outcome. The student must log in first. */
    public static final String OUTCOME_LOGIN_AGAIN = "loginAgain";

    /** An outcome. There is no such enrolment. */
    public static final String OUTCOME_NOT_FOUND = "notFound";

    private final Enrollment enrollment;

    private GetAssociationResponse(String rawJson, Fields fields) {
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
    public static GetAssociationResponse fromJson(String rawJson) {
        return new GetAssociationResponse(rawJson, Fields.parse(rawJson));
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
