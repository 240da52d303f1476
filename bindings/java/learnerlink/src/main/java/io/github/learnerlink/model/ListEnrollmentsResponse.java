// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * The answer of {@code list_enrollments}: lists enrolments, hands out those to be decided, and waits for new ones.
 */
public final class ListEnrollmentsResponse extends Response {
    /** An outcome. The enrolments are in the response, by their last change. */
    public static final String OUTCOME_OK = "ok";

    private final List<Enrollment> enrollments;
    private final boolean more;

    private ListEnrollmentsResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.enrollments = fields.models("enrollments", Enrollment::new);
        this.more = fields.needed("more", fields.flag("more"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ListEnrollmentsResponse fromJson(String rawJson) {
        return new ListEnrollmentsResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The enrolments.
     *
     * @return a list, possibly empty
     */
    public List<Enrollment> enrollments() {
        return enrollments;
    }

    /**
     * Whether there are more.
     *
     * @return the value
     */
    public boolean more() {
        return more;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "more", more);
    }
}
