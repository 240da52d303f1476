// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Checks an account id and linkage key that somebody presents against our own register. */
public final class CheckLinkageKeyRequest extends Request {
    /** Makes one in which nothing is set. */
    public CheckLinkageKeyRequest() {}

    /**
     * Code of the organisation. Required.
     *
     * @param odsCode the value
     * @return this
     */
    public CheckLinkageKeyRequest odsCode(String odsCode) {
        set("odsCode", odsCode);
        return this;
    }

    /**
     * The account ID. Required.
     *
     * @param accountId the value
     * @return this
     */
    public CheckLinkageKeyRequest accountId(String accountId) {
        set("accountId", accountId);
        return this;
    }

    /**
     * The linkage key. Required.
     *
     * @param linkageKey the value
     * @return this
     */
    public CheckLinkageKeyRequest linkageKey(String linkageKey) {
        set("linkageKey", linkageKey);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public CheckLinkageKeyRequest ukprn(String ukprn) {
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
    public CheckLinkageKeyRequest profile(String profile) {
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
    public CheckLinkageKeyRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public CheckLinkageKeyRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public CheckLinkageKeyRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
