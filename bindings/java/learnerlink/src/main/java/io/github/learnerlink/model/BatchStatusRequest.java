// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Tells how far a batch has come, at once or when it ends. */
public final class BatchStatusRequest extends Request {
    /** Makes one in which nothing is set. */
    public BatchStatusRequest() {}

    /**
     * The batch. Required.
     *
     * @param batchId the value
     * @return this
     */
    public BatchStatusRequest batchId(String batchId) {
        set("batchId", batchId);
        return this;
    }

    /**
     * How long to wait for its end, in milliseconds.
     *
     * @param waitMs the value
     * @return this
     */
    public BatchStatusRequest waitMs(long waitMs) {
        set("waitMs", waitMs);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public BatchStatusRequest ukprn(String ukprn) {
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
    public BatchStatusRequest profile(String profile) {
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
    public BatchStatusRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public BatchStatusRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public BatchStatusRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
