// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** When eligibility was last recorded. Special category. */
public final class FreeSchoolMealTerm extends Model {
    private final Long term;
    private final String academicYear;

    FreeSchoolMealTerm(Fields fields) {
        super(fields);
        this.term = fields.whole("term");
        this.academicYear = fields.text("academicYear");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static FreeSchoolMealTerm fromJson(String rawJson) {
        return new FreeSchoolMealTerm(Fields.parse(rawJson));
    }

    /**
     * 1 autumn, 2 spring, 3 summer.
     *
     * @return the value, or null when there is none
     */
    public Long term() {
        return term;
    }

    /**
     * Such as {@code 2024/25}.
     *
     * @return the value, or null when there is none
     */
    public String academicYear() {
        return academicYear;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
