// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or by ULN. */
public final class MatchLearnerRequest extends Request {
    /** {@code male}, for {@link #gender}. */
    public static final String GENDER_MALE = "male";

    /** {@code female}, for {@link #gender}. */
    public static final String GENDER_FEMALE = "female";

    /** {@code notKnown}, for {@link #gender}. */
    public static final String GENDER_NOT_KNOWN = "notKnown";

    /** {@code notSpecified}, for {@link #gender}. */
    public static final String GENDER_NOT_SPECIFIED = "notSpecified";

    /** Makes one in which nothing is set. */
    public MatchLearnerRequest() {}

    /**
     * Given name. Required.
     *
     * @param givenName the value
     * @return this
     */
    public MatchLearnerRequest givenName(String givenName) {
        set("givenName", givenName);
        return this;
    }

    /**
     * Family name. Required.
     *
     * @param familyName the value
     * @return this
     */
    public MatchLearnerRequest familyName(String familyName) {
        set("familyName", familyName);
        return this;
    }

    /**
     * Date of birth, {@code YYYY-MM-DD}; required without {@code uln}.
     *
     * @param dateOfBirth the value
     * @return this
     */
    public MatchLearnerRequest dateOfBirth(String dateOfBirth) {
        set("dateOfBirth", dateOfBirth);
        return this;
    }

    /**
     * Gender; required without {@code uln}. One of: {@code male}, {@code female}, {@code notKnown}, {@code
     * notSpecified}.
     *
     * @param gender the value
     * @return this
     */
    public MatchLearnerRequest gender(String gender) {
        set("gender", gender);
        return this;
    }

    /**
     * Last known postcode; required without {@code uln}.
     *
     * @param lastKnownPostCode the value
     * @return this
     */
    public MatchLearnerRequest lastKnownPostCode(String lastKnownPostCode) {
        set("lastKnownPostCode", lastKnownPostCode);
        return this;
    }

    /**
     * Previous family name.
     *
     * @param previousFamilyName the value
     * @return this
     */
    public MatchLearnerRequest previousFamilyName(String previousFamilyName) {
        set("previousFamilyName", previousFamilyName);
        return this;
    }

    /**
     * School at age 16.
     *
     * @param schoolAtAge16 the value
     * @return this
     */
    public MatchLearnerRequest schoolAtAge16(String schoolAtAge16) {
        set("schoolAtAge16", schoolAtAge16);
        return this;
    }

    /**
     * Place of birth.
     *
     * @param placeOfBirth the value
     * @return this
     */
    public MatchLearnerRequest placeOfBirth(String placeOfBirth) {
        set("placeOfBirth", placeOfBirth);
        return this;
    }

    /**
     * E-mail address.
     *
     * @param emailAddress the value
     * @return this
     */
    public MatchLearnerRequest emailAddress(String emailAddress) {
        set("emailAddress", emailAddress);
        return this;
    }

    /**
     * The learner's ULN, to be checked against the names; not through a gateway.
     *
     * @param uln the value
     * @return this
     */
    public MatchLearnerRequest uln(String uln) {
        set("uln", uln);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public MatchLearnerRequest ukprn(String ukprn) {
        set("ukprn", ukprn);
        return this;
    }

    /**
     * The provider or other organisation on whose behalf the call is made, by its profile's name; instead of {@code
     * ukprn}.
     *
     * @param profile the value
     * @return this
     */
    public MatchLearnerRequest profile(String profile) {
        set("profile", profile);
        return this;
    }

    /**
     * Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it, to the
     * service.
     *
     * @param user the value
     * @return this
     */
    public MatchLearnerRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public MatchLearnerRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public MatchLearnerRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
