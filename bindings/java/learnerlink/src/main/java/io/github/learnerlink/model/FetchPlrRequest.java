// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Fetches a personal learning record, by ULN and names or for a person in the match register. */
public final class FetchPlrRequest extends Request {
    /** {@code male}, for {@link #gender}. */
    public static final String GENDER_MALE = "male";

    /** {@code female}, for {@link #gender}. */
    public static final String GENDER_FEMALE = "female";

    /** {@code notKnown}, for {@link #gender}. */
    public static final String GENDER_NOT_KNOWN = "notKnown";

    /** {@code notSpecified}, for {@link #gender}. */
    public static final String GENDER_NOT_SPECIFIED = "notSpecified";

    /** Makes one in which nothing is set. */
    public FetchPlrRequest() {}

    /**
     * The person, as confirmed in the register.
     *
     * @param personId the value
     * @return this
     */
    public FetchPlrRequest personId(String personId) {
        set("personId", personId);
        return this;
    }

    /**
     * The learner's ULN.
     *
     * @param uln the value
     * @return this
     */
    public FetchPlrRequest uln(String uln) {
        set("uln", uln);
        return this;
    }

    /**
     * Given name.
     *
     * @param givenName the value
     * @return this
     */
    public FetchPlrRequest givenName(String givenName) {
        set("givenName", givenName);
        return this;
    }

    /**
     * Family name.
     *
     * @param familyName the value
     * @return this
     */
    public FetchPlrRequest familyName(String familyName) {
        set("familyName", familyName);
        return this;
    }

    /**
     * Date of birth, {@code YYYY-MM-DD}.
     *
     * @param dateOfBirth the value
     * @return this
     */
    public FetchPlrRequest dateOfBirth(String dateOfBirth) {
        set("dateOfBirth", dateOfBirth);
        return this;
    }

    /**
     * Gender. One of: {@code male}, {@code female}, {@code notKnown}, {@code notSpecified}.
     *
     * @param gender the value
     * @return this
     */
    public FetchPlrRequest gender(String gender) {
        set("gender", gender);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public FetchPlrRequest ukprn(String ukprn) {
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
    public FetchPlrRequest profile(String profile) {
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
    public FetchPlrRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public FetchPlrRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public FetchPlrRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
