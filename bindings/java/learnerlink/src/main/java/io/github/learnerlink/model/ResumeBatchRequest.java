// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Goes on with a batch that has ended early, without repeating a row that is done. */
public final class ResumeBatchRequest extends Request {
    /** Makes one in which nothing is set. */
    public ResumeBatchRequest() {}

    /**
     * The batch. Required.
     *
     * @param batchId the value
     * @return this
     */
    public ResumeBatchRequest batchId(String batchId) {
        set("batchId", batchId);
        return this;
    }

    /**
     * Whether rows are run again whose call was under way when the batch ended, of operations that send or make
     * something; else they are reported with the error {@code BATCH_ROW_INTERRUPTED}.
     *
     * @param repeatInterrupted the value
     * @return this
     */
    public ResumeBatchRequest repeatInterrupted(boolean repeatInterrupted) {
        set("repeatInterrupted", repeatInterrupted);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public ResumeBatchRequest ukprn(String ukprn) {
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
    public ResumeBatchRequest profile(String profile) {
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
    public ResumeBatchRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public ResumeBatchRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public ResumeBatchRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
