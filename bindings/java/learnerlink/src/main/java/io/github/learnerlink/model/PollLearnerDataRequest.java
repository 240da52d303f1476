// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Asks whether a learner has shared their record, at once or for up to {@code waitMs} (patterns A and C). */
public final class PollLearnerDataRequest extends Request {
    /** {@code typed}, for {@link #recordFormat}. */
    public static final String RECORD_FORMAT_TYPED = "typed";

    /** {@code raw}, for {@link #recordFormat}. */
    public static final String RECORD_FORMAT_RAW = "raw";

    /** Makes one in which nothing is set. */
    public PollLearnerDataRequest() {}

    /**
     * The handle from {@code generate_qr} or {@code request_share}. Required.
     *
     * @param correlationId the value
     * @return this
     */
    public PollLearnerDataRequest correlationId(String correlationId) {
        set("correlationId", correlationId);
        return this;
    }

    /**
     * How long to wait for the learner, in milliseconds; 0 takes one step and returns.
     *
     * @param waitMs the value
     * @return this
     */
    public PollLearnerDataRequest waitMs(long waitMs) {
        set("waitMs", waitMs);
        return this;
    }

    /**
     * In which form to return the record. One of: {@code typed}, {@code raw}.
     *
     * @param recordFormat the value
     * @return this
     */
    public PollLearnerDataRequest recordFormat(String recordFormat) {
        set("recordFormat", recordFormat);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public PollLearnerDataRequest ukprn(String ukprn) {
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
    public PollLearnerDataRequest profile(String profile) {
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
    public PollLearnerDataRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public PollLearnerDataRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public PollLearnerDataRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
