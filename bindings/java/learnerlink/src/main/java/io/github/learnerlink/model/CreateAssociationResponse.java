// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code create_association}: tries to create the association of an enrolment at the home institution
 * now.
 */
public final class CreateAssociationResponse extends Response {
    /** An outcome. The home institution has the association; its states are in the response. */
    public static final String OUTCOME_CREATED = "created";

    /** An outcome. It has it already. */
    public static final String OUTCOME_ALREADY_CREATED = "alreadyCreated";

    /** An outcome. It could not be delivered now and is kept for later. */
    public static final String OUTCOME_KEPT = "kept";

    /** An outcome. The student must log in first; it is kept. */
    public static final String OUTCOME_LOGIN_AGAIN = "loginAgain";

    /** An outcome. It is parked; {@code outbox} says why. */
    public static final String OUTCOME_PARKED = "parked";

    /** An outcome. The enrolment has ended. */
    public static final String OUTCOME_ENDED = "ended";

    /** An outcome. There is no such enrolment. */
    public static final String OUTCOME_NOT_FOUND = "notFound";

    private final Enrollment enrollment;

    private CreateAssociationResponse(String rawJson, Fields fields) {
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
    public static CreateAssociationResponse fromJson(String rawJson) {
        return new CreateAssociationResponse(rawJson, Fields.parse(rawJson));
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
