// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Lists batches, newest first. */
public final class ListBatchesRequest extends Request {
    /** Makes one in which nothing is set. */
    public ListBatchesRequest() {}

    /**
     * Those in this state only; see the outcomes of {@code batch_status}.
     *
     * @param state the value
     * @return this
     */
    public ListBatchesRequest state(String state) {
        set("state", state);
        return this;
    }

    /**
     * At most this many (1 to 1000); 100 when absent.
     *
     * @param limit the value
     * @return this
     */
    public ListBatchesRequest limit(long limit) {
        set("limit", limit);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public ListBatchesRequest ukprn(String ukprn) {
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
    public ListBatchesRequest profile(String profile) {
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
    public ListBatchesRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public ListBatchesRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public ListBatchesRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
