// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code get_person}: asks the home institution whether a student is still actively enrolled there.
 */
public final class GetPersonResponse extends Response {
    /** An outcome. The student is actively enrolled at home. */
    public static final String OUTCOME_ACTIVE = "active";

    /** An outcome. The student is not actively enrolled at home. */
    public static final String OUTCOME_INACTIVE = "inactive";

    /** An outcome. The home institution does not say. */
    public static final String OUTCOME_UNKNOWN = "unknown";

    /** An outcome. The home institution does not know the student. */
    public static final String OUTCOME_PERSON_NOT_FOUND = "personNotFound";

    /** An outcome. The student must log in first. */
    public static final String OUTCOME_LOGIN_AGAIN = "loginAgain";

    /** An outcome. There is no such enrolment. */
    public static final String OUTCOME_NOT_FOUND = "notFound";

    private final Object person;

    private GetPersonResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.person = fields.any("person");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static GetPersonResponse fromJson(String rawJson) {
        return new GetPersonResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The person as the home institution gave them, but for national numbers.
     *
     * @return the value, or null when there is none
     */
    public Object person() {
        return person;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
