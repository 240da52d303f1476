// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** Something that has happened to an enrolment. */
public final class EnrollmentEvent extends Model {
    private final String at;
    private final String kind;
    private final String detail;

    EnrollmentEvent(Fields fields) {
        super(fields);
        this.at = fields.text("at");
        this.kind = fields.text("kind");
        this.detail = fields.text("detail");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static EnrollmentEvent fromJson(String rawJson) {
        return new EnrollmentEvent(Fields.parse(rawJson));
    }

    /**
     * When.
     *
     * @return the value
     */
    public String at() {
        return at;
    }

    /**
     * What: {@code accepted}, {@code refused}, {@code decided}, {@code hostStateChanged}, {@code homeStateChanged},
     * {@code endedByHome}, {@code homeReopened}, {@code delivered}, {@code parked}, {@code resolved} or {@code
     * warning}.
     *
     * @return the value
     */
    public String kind() {
        return kind;
    }

    /**
     * More of it, such as the new state.
     *
     * @return the value, or null when there is none
     */
    public String detail() {
        return detail;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "kind", kind);
    }
}
