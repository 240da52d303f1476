// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Fetches the record of a learner who has already agreed to share it (pattern B). */
public final class FetchLearnerDataRequest extends Request {
    /** {@code typed}, for {@link #recordFormat}. */
    public static final String RECORD_FORMAT_TYPED = "typed";

    /** {@code raw}, for {@link #recordFormat}. */
    public static final String RECORD_FORMAT_RAW = "raw";

    /** Makes one in which nothing is set. */
    public FetchLearnerDataRequest() {}

    /**
     * The learner. Required.
     *
     * @param uln the value
     * @return this
     */
    public FetchLearnerDataRequest uln(String uln) {
        set("uln", uln);
        return this;
    }

    /**
     * In which form to return the record. One of: {@code typed}, {@code raw}.
     *
     * @param recordFormat the value
     * @return this
     */
    public FetchLearnerDataRequest recordFormat(String recordFormat) {
        set("recordFormat", recordFormat);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public FetchLearnerDataRequest ukprn(String ukprn) {
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
    public FetchLearnerDataRequest profile(String profile) {
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
    public FetchLearnerDataRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public FetchLearnerDataRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public FetchLearnerDataRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
