// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** A term of a transcript. */
public final class StudentTerm extends Model {
    private final String schoolYear;
    private final String session;
    private final String cumulativeGpa;
    private final String totalCreditsEarned;
    private final List<StudentCourse> courses;

    StudentTerm(Fields fields) {
        super(fields);
        this.schoolYear = fields.text("schoolYear");
        this.session = fields.text("session");
        this.cumulativeGpa = fields.text("cumulativeGpa");
        this.totalCreditsEarned = fields.text("totalCreditsEarned");
        this.courses = fields.models("courses", StudentCourse::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static StudentTerm fromJson(String rawJson) {
        return new StudentTerm(Fields.parse(rawJson));
    }

    /**
     * The year.
     *
     * @return the value, or null when there is none
     */
    public String schoolYear() {
        return schoolYear;
    }

    /**
     * The session, such as {@code Semester 1}.
     *
     * @return the value, or null when there is none
     */
    public String session() {
        return session;
    }

    /**
     * Cumulative grade point average.
     *
     * @return the value, or null when there is none
     */
    public String cumulativeGpa() {
        return cumulativeGpa;
    }

    /**
     * Credits earned.
     *
     * @return the value, or null when there is none
     */
    public String totalCreditsEarned() {
        return totalCreditsEarned;
    }

    /**
     * Courses with their marks.
     *
     * @return a list, possibly empty
     */
    public List<StudentCourse> courses() {
        return courses;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
