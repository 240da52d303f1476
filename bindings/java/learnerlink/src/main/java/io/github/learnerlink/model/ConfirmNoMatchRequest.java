// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Confirms that a person has no ULN. */
public final class ConfirmNoMatchRequest extends Request {
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
    public ConfirmNoMatchRequest() {}

    /**
     * The person. Required.
     *
     * @param personId the value
     * @return this
     */
    public ConfirmNoMatchRequest personId(String personId) {
        set("personId", personId);
        return this;
    }

    /**
     * What the search gave; {@code noMatch} when absent. One of: {@code exactMatch}, {@code possibleMatch}, {@code
     * linkedLearnerMatch}, {@code tooManyMatches}, {@code noMatch}.
     *
     * @param matchType the value
     * @return this
     */
    public ConfirmNoMatchRequest matchType(String matchType) {
        set("matchType", matchType);
        return this;
    }

    /**
     * How many ULNs the search gave; 0 when absent.
     *
     * @param countOfReturnedUlns the value
     * @return this
     */
    public ConfirmNoMatchRequest countOfReturnedUlns(long countOfReturnedUlns) {
        set("countOfReturnedUlns", countOfReturnedUlns);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public ConfirmNoMatchRequest ukprn(String ukprn) {
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
    public ConfirmNoMatchRequest profile(String profile) {
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
    public ConfirmNoMatchRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public ConfirmNoMatchRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public ConfirmNoMatchRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
