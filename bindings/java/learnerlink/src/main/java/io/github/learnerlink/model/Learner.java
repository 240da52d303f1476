// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** A learner as the Learning Records Service holds them. */
public final class Learner extends Model {
    private final String createdDate;
    private final String lastUpdatedDate;
    private final String uln;
    private final String masterSubstituted;
    private final String title;
    private final String givenName;
    private final String middleOtherName;
    private final String familyName;
    private final String preferredGivenName;
    private final String previousFamilyName;
    private final String familyNameAtAge16;
    private final String schoolAtAge16;
    private final String lastKnownAddressLine1;
    private final String lastKnownAddressLine2;
    private final String lastKnownAddressTown;
    private final String lastKnownAddressCountyOrCity;
    private final String lastKnownPostCode;
    private final String dateOfAddressCapture;
    private final String dateOfBirth;
    private final String placeOfBirth;
    private final String gender;
    private final String emailAddress;
    private final String nationality;
    private final String scottishCandidateNumber;
    private final String verificationType;
    private final String otherVerificationDescription;
    private final String tierLevel;
    private final String abilityToShare;
    private final String learnerStatus;
    private final List<String> linkedUlns;
    private final String notes;
    private final String versionNumber;

    Learner(Fields fields) {
        super(fields);
        this.createdDate = fields.text("createdDate");
        this.lastUpdatedDate = fields.text("lastUpdatedDate");
        this.uln = fields.text("uln");
        this.masterSubstituted = fields.text("masterSubstituted");
        this.title = fields.text("title");
        this.givenName = fields.text("givenName");
        this.middleOtherName = fields.text("middleOtherName");
        this.familyName = fields.text("familyName");
        this.preferredGivenName = fields.text("preferredGivenName");
        this.previousFamilyName = fields.text("previousFamilyName");
        this.familyNameAtAge16 = fields.text("familyNameAtAge16");
        this.schoolAtAge16 = fields.text("schoolAtAge16");
        this.lastKnownAddressLine1 = fields.text("lastKnownAddressLine1");
        this.lastKnownAddressLine2 = fields.text("lastKnownAddressLine2");
        this.lastKnownAddressTown = fields.text("lastKnownAddressTown");
        this.lastKnownAddressCountyOrCity = fields.text("lastKnownAddressCountyOrCity");
        this.lastKnownPostCode = fields.text("lastKnownPostCode");
        this.dateOfAddressCapture = fields.text("dateOfAddressCapture");
        this.dateOfBirth = fields.text("dateOfBirth");
        this.placeOfBirth = fields.text("placeOfBirth");
        this.gender = fields.text("gender");
        this.emailAddress = fields.text("emailAddress");
        this.nationality = fields.text("nationality");
        this.scottishCandidateNumber = fields.text("scottishCandidateNumber");
        this.verificationType = fields.text("verificationType");
        this.otherVerificationDescription = fields.text("otherVerificationDescription");
        this.tierLevel = fields.text("tierLevel");
        this.abilityToShare = fields.text("abilityToShare");
        this.learnerStatus = fields.text("learnerStatus");
        this.linkedUlns = fields.has("linkedULNs") ? fields.texts("linkedULNs") : null;
        this.notes = fields.text("notes");
        this.versionNumber = fields.text("versionNumber");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static Learner fromJson(String rawJson) {
        return new Learner(Fields.parse(rawJson));
    }

    /**
     * When the record was made, {@code YYYY-MM-DD}.
     *
     * @return the value, or null when there is none
     */
    public String createdDate() {
        return createdDate;
    }

    /**
     * When it was last changed, {@code YYYY-MM-DD}.
     *
     * @return the value, or null when there is none
     */
    public String lastUpdatedDate() {
        return lastUpdatedDate;
    }

    /**
     * The Unique Learner Number.
     *
     * @return the value, or null when there is none
     */
    public String uln() {
        return uln;
    }

    /**
     * {@code Y} when a merged record was replaced by its master.
     *
     * @return the value, or null when there is none
     */
    public String masterSubstituted() {
        return masterSubstituted;
    }

    /**
     * Title.
     *
     * @return the value, or null when there is none
     */
    public String title() {
        return title;
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
     * Middle or other names.
     *
     * @return the value, or null when there is none
     */
    public String middleOtherName() {
        return middleOtherName;
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
     * The given name the learner prefers.
     *
     * @return the value, or null when there is none
     */
    public String preferredGivenName() {
        return preferredGivenName;
    }

    /**
     * Previous family name.
     *
     * @return the value, or null when there is none
     */
    public String previousFamilyName() {
        return previousFamilyName;
    }

    /**
     * Family name at age 16.
     *
     * @return the value, or null when there is none
     */
    public String familyNameAtAge16() {
        return familyNameAtAge16;
    }

    /**
     * School at age 16.
     *
     * @return the value, or null when there is none
     */
    public String schoolAtAge16() {
        return schoolAtAge16;
    }

    /**
     * First line of the last known address.
     *
     * @return the value, or null when there is none
     */
    public String lastKnownAddressLine1() {
        return lastKnownAddressLine1;
    }

    /**
     * Second line of the last known address.
     *
     * @return the value, or null when there is none
     */
    public String lastKnownAddressLine2() {
        return lastKnownAddressLine2;
    }

    /**
     * Town of the last known address.
     *
     * @return the value, or null when there is none
     */
    public String lastKnownAddressTown() {
        return lastKnownAddressTown;
    }

    /**
     * County or city of the last known address.
     *
     * @return the value, or null when there is none
     */
    public String lastKnownAddressCountyOrCity() {
        return lastKnownAddressCountyOrCity;
    }

    /**
     * Last known postcode.
     *
     * @return the value, or null when there is none
     */
    public String lastKnownPostCode() {
        return lastKnownPostCode;
    }

    /**
     * When the address was noted, {@code YYYY-MM-DD}.
     *
     * @return the value, or null when there is none
     */
    public String dateOfAddressCapture() {
        return dateOfAddressCapture;
    }

    /**
     * Date of birth, {@code YYYY-MM-DD}.
     *
     * @return the value, or null when there is none
     */
    public String dateOfBirth() {
        return dateOfBirth;
    }

    /**
     * Place of birth.
     *
     * @return the value, or null when there is none
     */
    public String placeOfBirth() {
        return placeOfBirth;
    }

    /**
     * Gender: {@code male}, {@code female}, {@code notKnown}, {@code notSpecified}, or {@code unknown} for anything
     * else.
     *
     * @return the value, or null when there is none
     */
    public String gender() {
        return gender;
    }

    /**
     * E-mail address.
     *
     * @return the value, or null when there is none
     */
    public String emailAddress() {
        return emailAddress;
    }

    /**
     * Nationality.
     *
     * @return the value, or null when there is none
     */
    public String nationality() {
        return nationality;
    }

    /**
     * Scottish candidate number.
     *
     * @return the value, or null when there is none
     */
    public String scottishCandidateNumber() {
        return scottishCandidateNumber;
    }

    /**
     * How the identity was verified: a code of the service.
     *
     * @return the value, or null when there is none
     */
    public String verificationType() {
        return verificationType;
    }

    /**
     * How the identity was verified, in words.
     *
     * @return the value, or null when there is none
     */
    public String otherVerificationDescription() {
        return otherVerificationDescription;
    }

    /**
     * Tier level: a code of the service.
     *
     * @return the value, or null when there is none
     */
    public String tierLevel() {
        return tierLevel;
    }

    /**
     * Whether the learner shares: {@code -1} not provided, {@code 0} privacy notice not seen, {@code 1} seen and
     * shares.
     *
     * @return the value, or null when there is none
     */
    public String abilityToShare() {
        return abilityToShare;
    }

    /**
     * Status of the record: a code of the service.
     *
     * @return the value, or null when there is none
     */
    public String learnerStatus() {
        return learnerStatus;
    }

    /**
     * ULNs of records merged with this one.
     *
     * @return the value, or null when there is none
     */
    public List<String> linkedUlns() {
        return linkedUlns;
    }

    /**
     * Notes.
     *
     * @return the value, or null when there is none
     */
    public String notes() {
        return notes;
    }

    /**
     * Version of the record.
     *
     * @return the value, or null when there is none
     */
    public String versionNumber() {
        return versionNumber;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
