// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * For a possible match by name: the values that differ from what was searched for, by field; one for each learner
 * that differs there.
 */
public final class MismatchedFields extends Model {
    private final List<String> givenName;
    private final List<String> familyName;
    private final List<String> dateOfBirth;
    private final List<String> gender;
    private final List<String> lastKnownPostCode;
    private final List<String> previousFamilyName;
    private final List<String> schoolAtAge16;
    private final List<String> placeOfBirth;
    private final List<String> emailAddress;

    MismatchedFields(Fields fields) {
        super(fields);
        this.givenName = fields.texts("givenName");
        this.familyName = fields.texts("familyName");
        this.dateOfBirth = fields.texts("dateOfBirth");
        this.gender = fields.texts("gender");
        this.lastKnownPostCode = fields.texts("lastKnownPostCode");
        this.previousFamilyName = fields.texts("previousFamilyName");
        this.schoolAtAge16 = fields.texts("schoolAtAge16");
        this.placeOfBirth = fields.texts("placeOfBirth");
        this.emailAddress = fields.texts("emailAddress");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static MismatchedFields fromJson(String rawJson) {
        return new MismatchedFields(Fields.parse(rawJson));
    }

    /**
     * Values of {@code givenName} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> givenName() {
        return givenName;
    }

    /**
     * Values of {@code familyName} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> familyName() {
        return familyName;
    }

    /**
     * Values of {@code dateOfBirth} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> dateOfBirth() {
        return dateOfBirth;
    }

    /**
     * Values of {@code gender} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> gender() {
        return gender;
    }

    /**
     * Values of {@code lastKnownPostCode} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> lastKnownPostCode() {
        return lastKnownPostCode;
    }

    /**
     * Values of {@code previousFamilyName} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> previousFamilyName() {
        return previousFamilyName;
    }

    /**
     * Values of {@code schoolAtAge16} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> schoolAtAge16() {
        return schoolAtAge16;
    }

    /**
     * Values of {@code placeOfBirth} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> placeOfBirth() {
        return placeOfBirth;
    }

    /**
     * Values of {@code emailAddress} that differ, one for each learner with another one.
     *
     * @return a list, possibly empty
     */
    public List<String> emailAddress() {
        return emailAddress;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
