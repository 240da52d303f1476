// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** A learning event: one achievement or enrolment in a learner's record. */
public final class LearningEvent extends Model {
    private final String achievementAwardDate;
    private final String achievementProviderName;
    private final String achievementProviderUkprn;
    private final String awardingOrganisationName;
    private final String awardingOrganisationUkprn;
    private final String collectionType;
    private final String credits;
    private final String dateLoaded;
    private final String grade;
    private final String id;
    private final String languageForAssessment;
    private final String level;
    private final String participationEndDate;
    private final String participationStartDate;
    private final String qualificationType;
    private final String restriction;
    private final String returnNumber;
    private final String source;
    private final String status;
    private final String subject;
    private final String subjectCode;
    private final String underDataChallenge;

    LearningEvent(Fields fields) {
        super(fields);
        this.achievementAwardDate = fields.text("achievementAwardDate");
        this.achievementProviderName = fields.text("achievementProviderName");
        this.achievementProviderUkprn = fields.text("achievementProviderUkprn");
        this.awardingOrganisationName = fields.text("awardingOrganisationName");
        this.awardingOrganisationUkprn = fields.text("awardingOrganisationUkprn");
        this.collectionType = fields.text("collectionType");
        this.credits = fields.text("credits");
        this.dateLoaded = fields.text("dateLoaded");
        this.grade = fields.text("grade");
        this.id = fields.text("id");
        this.languageForAssessment = fields.text("languageForAssessment");
        this.level = fields.text("level");
        this.participationEndDate = fields.text("participationEndDate");
        this.participationStartDate = fields.text("participationStartDate");
        this.qualificationType = fields.text("qualificationType");
        this.restriction = fields.text("restriction");
        this.returnNumber = fields.text("returnNumber");
        this.source = fields.text("source");
        this.status = fields.text("status");
        this.subject = fields.text("subject");
        this.subjectCode = fields.text("subjectCode");
        this.underDataChallenge = fields.text("underDataChallenge");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static LearningEvent fromJson(String rawJson) {
        return new LearningEvent(Fields.parse(rawJson));
    }

    /**
     * When it was awarded, {@code YYYY-MM-DD}.
     *
     * @return the value, or null when there is none
     */
    public String achievementAwardDate() {
        return achievementAwardDate;
    }

    /**
     * Name of the provider.
     *
     * @return the value, or null when there is none
     */
    public String achievementProviderName() {
        return achievementProviderName;
    }

    /**
     * UKPRN of the provider.
     *
     * @return the value, or null when there is none
     */
    public String achievementProviderUkprn() {
        return achievementProviderUkprn;
    }

    /**
     * Name of the awarding organisation.
     *
     * @return the value, or null when there is none
     */
    public String awardingOrganisationName() {
        return awardingOrganisationName;
    }

    /**
     * UKPRN of the awarding organisation; may be six letters.
     *
     * @return the value, or null when there is none
     */
    public String awardingOrganisationUkprn() {
        return awardingOrganisationUkprn;
    }

    /**
     * The collection it came from: a code of the service.
     *
     * @return the value, or null when there is none
     */
    public String collectionType() {
        return collectionType;
    }

    /**
     * Credits, a whole number.
     *
     * @return the value, or null when there is none
     */
    public String credits() {
        return credits;
    }

    /**
     * When it was loaded, {@code YYYY-MM-DD HH:MM:SS} without a time zone.
     *
     * @return the value, or null when there is none
     */
    public String dateLoaded() {
        return dateLoaded;
    }

    /**
     * Grade; ten nines mean that it is not known.
     *
     * @return the value, or null when there is none
     */
    public String grade() {
        return grade;
    }

    /**
     * Number of the event.
     *
     * @return the value, or null when there is none
     */
    public String id() {
        return id;
    }

    /**
     * Language of the assessment.
     *
     * @return the value, or null when there is none
     */
    public String languageForAssessment() {
        return languageForAssessment;
    }

    /**
     * Level of the qualification.
     *
     * @return the value, or null when there is none
     */
    public String level() {
        return level;
    }

    /**
     * When taking part ended, {@code YYYY-MM-DD}.
     *
     * @return the value, or null when there is none
     */
    public String participationEndDate() {
        return participationEndDate;
    }

    /**
     * When taking part began, {@code YYYY-MM-DD}.
     *
     * @return the value, or null when there is none
     */
    public String participationStartDate() {
        return participationStartDate;
    }

    /**
     * Type of the qualification.
     *
     * @return the value, or null when there is none
     */
    public String qualificationType() {
        return qualificationType;
    }

    /**
     * Whether the event is restricted: a code of the service.
     *
     * @return the value, or null when there is none
     */
    public String restriction() {
        return restriction;
    }

    /**
     * Number of the return, with its leading zero.
     *
     * @return the value, or null when there is none
     */
    public String returnNumber() {
        return returnNumber;
    }

    /**
     * Where the event comes from, such as {@code ILR}, {@code NPD} or {@code AO}.
     *
     * @return the value, or null when there is none
     */
    public String source() {
        return source;
    }

    /**
     * Status of the event: a code of the service.
     *
     * @return the value, or null when there is none
     */
    public String status() {
        return status;
    }

    /**
     * Subject.
     *
     * @return the value, or null when there is none
     */
    public String subject() {
        return subject;
    }

    /**
     * Code of the subject; text.
     *
     * @return the value, or null when there is none
     */
    public String subjectCode() {
        return subjectCode;
    }

    /**
     * {@code Y} while the learner challenges the event, otherwise {@code N}.
     *
     * @return the value, or null when there is none
     */
    public String underDataChallenge() {
        return underDataChallenge;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "status", status);
    }
}
