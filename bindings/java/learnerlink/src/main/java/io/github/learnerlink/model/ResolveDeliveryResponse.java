// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code resolve_delivery}: says what to do with something that could not be delivered and needs
 * somebody to look at it.
 */
public final class ResolveDeliveryResponse extends Response {
    /** An outcome. It was done as asked. */
    public static final String OUTCOME_RESOLVED = "resolved";

    /** An outcome. The entry is neither parked nor waiting for a login. */
    public static final String OUTCOME_NOT_WAITING = "notWaiting";

    /** An outcome. There is no such enrolment or entry. */
    public static final String OUTCOME_NOT_FOUND = "notFound";

    private final Enrollment enrollment;

    private ResolveDeliveryResponse(String rawJson, Fields fields) {
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
    public static ResolveDeliveryResponse fromJson(String rawJson) {
        return new ResolveDeliveryResponse(rawJson, Fields.parse(rawJson));
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
