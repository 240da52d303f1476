// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** The record. */
public final class LearnerRecord extends Model {
    private final String uln;
    private final boolean ulnValid;
    private final String firstName;
    private final String middleNames;
    private final String lastName;
    private final String gender;
    private final String dateOfBirth;
    private final String postcode;
    private final String addressLine1;
    private final String addressLine2;
    private final String addressLine3;
    private final String addressLine4;
    private final String addressLine5;
    private final String senProvision;
    private final String senProvisionDescription;
    private final String primarySenType;
    private final String primarySenTypeDescription;
    private final String secondarySenType;
    private final String secondarySenTypeDescription;
    private final Boolean freeSchoolMealEligible;
    private final FreeSchoolMealTerm freeSchoolMealEligibleLatest;
    private final List<Qualification> qualifications;
    private final List<School> schools;

    LearnerRecord(Fields fields) {
        super(fields);
        this.uln = fields.text("uln");
        this.ulnValid = fields.needed("ulnValid", fields.flag("ulnValid"));
        this.firstName = fields.text("firstName");
        this.middleNames = fields.text("middleNames");
        this.lastName = fields.text("lastName");
        this.gender = fields.text("gender");
        this.dateOfBirth = fields.text("dateOfBirth");
        this.postcode = fields.text("postcode");
        this.addressLine1 = fields.text("addressLine1");
        this.addressLine2 = fields.text("addressLine2");
        this.addressLine3 = fields.text("addressLine3");
        this.addressLine4 = fields.text("addressLine4");
        this.addressLine5 = fields.text("addressLine5");
        this.senProvision = fields.text("senProvision");
        this.senProvisionDescription = fields.text("senProvisionDescription");
        this.primarySenType = fields.text("primarySENType");
        this.primarySenTypeDescription = fields.text("primarySENTypeDescription");
        this.secondarySenType = fields.text("secondarySENType");
        this.secondarySenTypeDescription = fields.text("secondarySENTypeDescription");
        this.freeSchoolMealEligible = fields.flag("freeSchoolMealEligible");
        this.freeSchoolMealEligibleLatest = fields.model("freeSchoolMealEligibleLatest", FreeSchoolMealTerm::new);
        this.qualifications = fields.models("qualifications", Qualification::new);
        this.schools = fields.models("schools", School::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static LearnerRecord fromJson(String rawJson) {
        return new LearnerRecord(Fields.parse(rawJson));
    }

    /**
     * Unique Learner Number.
     *
     * @return the value
     */
    public String uln() {
        return uln;
    }

    /**
     * Whether the ULN's check digit is right; warn the user when it is not.
     *
     * @return the value
     */
    public boolean ulnValid() {
        return ulnValid;
    }

    /**
     * Given name.
     *
     * @return the value, or null when there is none
     */
    public String firstName() {
        return firstName;
    }

    /**
     * Further given names.
     *
     * @return the value, or null when there is none
     */
    public String middleNames() {
        return middleNames;
    }

    /**
     * Family name.
     *
     * @return the value, or null when there is none
     */
    public String lastName() {
        return lastName;
    }

    /**
     * Gender, an open set of codes.
     *
     * @return the value, or null when there is none
     */
    public String gender() {
        return gender;
    }

    /**
     * {@code YYYY-MM-DD}, or as sent when it is not a date.
     *
     * @return the value, or null when there is none
     */
    public String dateOfBirth() {
        return dateOfBirth;
    }

    /**
     * Postcode.
     *
     * @return the value, or null when there is none
     */
    public String postcode() {
        return postcode;
    }

    /**
     * Address.
     *
     * @return the value, or null when there is none
     */
    public String addressLine1() {
        return addressLine1;
    }

    /**
     * Address.
     *
     * @return the value, or null when there is none
     */
    public String addressLine2() {
        return addressLine2;
    }

    /**
     * Address.
     *
     * @return the value, or null when there is none
     */
    public String addressLine3() {
        return addressLine3;
    }

    /**
     * Address.
     *
     * @return the value, or null when there is none
     */
    public String addressLine4() {
        return addressLine4;
    }

    /**
     * Address.
     *
     * @return the value, or null when there is none
     */
    public String addressLine5() {
        return addressLine5;
    }

    /**
     * Special educational needs provision, a code. Special category.
     *
     * @return the value, or null when there is none
     */
    public String senProvision() {
        return senProvision;
    }

    /**
     * The code in words. Special category.
     *
     * @return the value, or null when there is none
     */
    public String senProvisionDescription() {
        return senProvisionDescription;
    }

    /**
     * Primary type of need, a code. Special category.
     *
     * @return the value, or null when there is none
     */
    public String primarySenType() {
        return primarySenType;
    }

    /**
     * The code in words. Special category.
     *
     * @return the value, or null when there is none
     */
    public String primarySenTypeDescription() {
        return primarySenTypeDescription;
    }

    /**
     * Secondary type of need, a code. Special category.
     *
     * @return the value, or null when there is none
     */
    public String secondarySenType() {
        return secondarySenType;
    }

    /**
     * The code in words. Special category.
     *
     * @return the value, or null when there is none
     */
    public String secondarySenTypeDescription() {
        return secondarySenTypeDescription;
    }

    /**
     * Whether the learner is eligible for free school meals; absent when not known. Special category.
     *
     * @return the value, or null when there is none
     */
    public Boolean freeSchoolMealEligible() {
        return freeSchoolMealEligible;
    }

    /**
     * When eligibility was last recorded. Special category.
     *
     * @return the value, or null when there is none
     */
    public FreeSchoolMealTerm freeSchoolMealEligibleLatest() {
        return freeSchoolMealEligibleLatest;
    }

    /**
     * Qualifications in the order of display.
     *
     * @return a list, possibly empty
     */
    public List<Qualification> qualifications() {
        return qualifications;
    }

    /**
     * Schools in the order of display.
     *
     * @return a list, possibly empty
     */
    public List<School> schools() {
        return schools;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
