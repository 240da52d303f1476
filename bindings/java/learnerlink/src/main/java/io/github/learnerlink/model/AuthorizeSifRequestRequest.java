// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Checks the headers with which a SIF request came, once for each request. */
public final class AuthorizeSifRequestRequest extends Request {
    /** Makes one in which nothing is set. */
    public AuthorizeSifRequestRequest() {}

    /**
     * The header {@code Authorization}, as it came; absent when there was none.
     *
     * @param authorization the value
     * @return this
     */
    public AuthorizeSifRequestRequest authorization(String authorization) {
        set("authorization", authorization);
        return this;
    }

    /**
     * The header {@code timestamp}, as it came; absent when there was none.
     *
     * @param timestamp the value
     * @return this
     */
    public AuthorizeSifRequestRequest timestamp(String timestamp) {
        set("timestamp", timestamp);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public AuthorizeSifRequestRequest ukprn(String ukprn) {
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
    public AuthorizeSifRequestRequest profile(String profile) {
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
    public AuthorizeSifRequestRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public AuthorizeSifRequestRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public AuthorizeSifRequestRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
