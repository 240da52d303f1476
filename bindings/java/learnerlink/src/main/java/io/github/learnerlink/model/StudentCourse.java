// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** A course of a term. */
public final class StudentCourse extends Model {
    private final String courseTitle;
    private final String finalMarkValue;
    private final String creditsEarned;

    StudentCourse(Fields fields) {
        super(fields);
        this.courseTitle = fields.text("courseTitle");
        this.finalMarkValue = fields.text("finalMarkValue");
        this.creditsEarned = fields.text("creditsEarned");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static StudentCourse fromJson(String rawJson) {
        return new StudentCourse(Fields.parse(rawJson));
    }

    /**
     * The title.
     *
     * @return the value, or null when there is none
     */
    public String courseTitle() {
        return courseTitle;
    }

    /**
     * The mark at the end.
     *
     * @return the value, or null when there is none
     */
    public String finalMarkValue() {
        return finalMarkValue;
    }

    /**
     * Credits earned.
     *
     * @return the value, or null when there is none
     */
    public String creditsEarned() {
        return creditsEarned;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
