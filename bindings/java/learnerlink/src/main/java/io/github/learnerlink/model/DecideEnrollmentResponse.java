// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code decide_enrollment}: decides about an application. */
public final class DecideEnrollmentResponse extends Response {
    /** An outcome. The decision is kept, and what follows from it will be sent. */
    public static final String OUTCOME_DECIDED = "decided";

    /** An outcome. This was decided before. */
    public static final String OUTCOME_UNCHANGED = "unchanged";

    /** An outcome. Something else was decided before, which stands. */
    public static final String OUTCOME_ALREADY_DECIDED = "alreadyDecided";

    /** An outcome. The enrolment has ended meanwhile. */
    public static final String OUTCOME_ENDED = "ended";

    /** An outcome. The host's state cannot become this one; nothing was changed. */
    public static final String OUTCOME_ILLEGAL_TRANSITION = "illegalTransition";

    /** An outcome. There is no such enrolment. */
    public static final String OUTCOME_NOT_FOUND = "notFound";

    private final Enrollment enrollment;

    private DecideEnrollmentResponse(String rawJson, Fields fields) {
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
    public static DecideEnrollmentResponse fromJson(String rawJson) {
        return new DecideEnrollmentResponse(rawJson, Fields.parse(rawJson));
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
