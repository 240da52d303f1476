// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** Its main groups. */
public final class StudentSummary extends Model {
    private final String localId;
    private final String familyName;
    private final String givenName;
    private final String middleName;
    private final String birthDate;
    private final String sex;
    private final String schoolName;
    private final String schoolYear;
    private final String gradeLevel;
    private final String entryDate;
    private final String exitDate;
    private final String daysAbsent;
    private final String daysInAttendance;
    private final List<StudentTerm> terms;

    StudentSummary(Fields fields) {
        super(fields);
        this.localId = fields.text("localId");
        this.familyName = fields.text("familyName");
        this.givenName = fields.text("givenName");
        this.middleName = fields.text("middleName");
        this.birthDate = fields.text("birthDate");
        this.sex = fields.text("sex");
        this.schoolName = fields.text("schoolName");
        this.schoolYear = fields.text("schoolYear");
        this.gradeLevel = fields.text("gradeLevel");
        this.entryDate = fields.text("entryDate");
        this.exitDate = fields.text("exitDate");
        this.daysAbsent = fields.text("daysAbsent");
        this.daysInAttendance = fields.text("daysInAttendance");
        this.terms = fields.models("terms", StudentTerm::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static StudentSummary fromJson(String rawJson) {
        return new StudentSummary(Fields.parse(rawJson));
    }

    /**
     * The record's own id of the student.
     *
     * @return the value, or null when there is none
     */
    public String localId() {
        return localId;
    }

    /**
     * Family name.
     *
     * @return the value, or null when there is none
     */
    public String familyName() {
        return familyName;
    }

    /**
     * Given name.
     *
     * @return the value, or null when there is none
     */
    public String givenName() {
        return givenName;
    }

    /**
     * Middle name.
     *
     * @return the value, or null when there is none
     */
    public String middleName() {
        return middleName;
    }

    /**
     * Date of birth.
     *
     * @return the value, or null when there is none
     */
    public String birthDate() {
        return birthDate;
    }

    /**
     * Sex.
     *
     * @return the value, or null when there is none
     */
    public String sex() {
        return sex;
    }

    /**
     * The school of the enrolment.
     *
     * @return the value, or null when there is none
     */
    public String schoolName() {
        return schoolName;
    }

    /**
     * The year of the enrolment.
     *
     * @return the value, or null when there is none
     */
    public String schoolYear() {
        return schoolYear;
    }

    /**
     * The grade of the enrolment.
     *
     * @return the value, or null when there is none
     */
    public String gradeLevel() {
        return gradeLevel;
    }

    /**
     * When the enrolment began.
     *
     * @return the value, or null when there is none
     */
    public String entryDate() {
        return entryDate;
    }

    /**
     * When the enrolment ended.
     *
     * @return the value, or null when there is none
     */
    public String exitDate() {
        return exitDate;
    }

    /**
     * Days absent, of the first summary.
     *
     * @return the value, or null when there is none
     */
    public String daysAbsent() {
        return daysAbsent;
    }

    /**
     * Days in attendance, of the first summary.
     *
     * @return the value, or null when there is none
     */
    public String daysInAttendance() {
        return daysInAttendance;
    }

    /**
     * Terms of the transcript, newest as the record has it.
     *
     * @return a list, possibly empty
     */
    public List<StudentTerm> terms() {
        return terms;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
