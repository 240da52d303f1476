// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Confirms which ULN a person has; no two people hold one ULN. */
public final class ConfirmMatchRequest extends Request {
    /** {@code exactMatch}, for {@link #matchType}. */
    public static final String MATCH_TYPE_EXACT_MATCH = "exactMatch";

    /** {@code possibleMatch}, for {@link #matchType}. */
    public static final String MATCH_TYPE_POSSIBLE_MATCH = "possibleMatch";

    /** {@code linkedLearnerMatch}, for {@link #matchType}. */
    public static final String MATCH_TYPE_LINKED_LEARNER_MATCH = "linkedLearnerMatch";

    /** {@code tooManyMatches}, for {@link #matchType}. */
    public static final String MATCH_TYPE_TOO_MANY_MATCHES = "tooManyMatches";

    /** {@code noMatch}, for {@link #matchType}. */
    public static final String MATCH_TYPE_NO_MATCH = "noMatch";

    /** Makes one in which nothing is set. */
    public ConfirmMatchRequest() {}

    /**
     * The person. Required.
     *
     * @param personId the value
     * @return this
     */
    public ConfirmMatchRequest personId(String personId) {
        set("personId", personId);
        return this;
    }

    /**
     * The learner's ULN. Required.
     *
     * @param uln the value
     * @return this
     */
    public ConfirmMatchRequest uln(String uln) {
        set("uln", uln);
        return this;
    }

    /**
     * Given name, as the service has it. Required.
     *
     * @param givenName the value
     * @return this
     */
    public ConfirmMatchRequest givenName(String givenName) {
        set("givenName", givenName);
        return this;
    }

    /**
     * Family name, as the service has it. Required.
     *
     * @param familyName the value
     * @return this
     */
    public ConfirmMatchRequest familyName(String familyName) {
        set("familyName", familyName);
        return this;
    }

    /**
     * How the match was found. One of: {@code exactMatch}, {@code possibleMatch}, {@code linkedLearnerMatch}, {@code
     * tooManyMatches}, {@code noMatch}. Required.
     *
     * @param matchType the value
     * @return this
     */
    public ConfirmMatchRequest matchType(String matchType) {
        set("matchType", matchType);
        return this;
    }

    /**
     * How many ULNs the search gave; 1 when absent.
     *
     * @param countOfReturnedUlns the value
     * @return this
     */
    public ConfirmMatchRequest countOfReturnedUlns(long countOfReturnedUlns) {
        set("countOfReturnedUlns", countOfReturnedUlns);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public ConfirmMatchRequest ukprn(String ukprn) {
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
    public ConfirmMatchRequest profile(String profile) {
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
    public ConfirmMatchRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public ConfirmMatchRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public ConfirmMatchRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
