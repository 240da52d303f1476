// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Revokes a patient's linkage key in our own register; it never becomes valid again. */
public final class RevokeLinkageKeyRequest extends Request {
    /** Makes one in which nothing is set. */
    public RevokeLinkageKeyRequest() {}

    /**
     * Code of the organisation where the patient is registered. Required.
     *
     * @param odsCode the value
     * @return this
     */
    public RevokeLinkageKeyRequest odsCode(String odsCode) {
        set("odsCode", odsCode);
        return this;
    }

    /**
     * The patient's NHS number. Required.
     *
     * @param nhsNumber the value
     * @return this
     */
    public RevokeLinkageKeyRequest nhsNumber(String nhsNumber) {
        set("nhsNumber", nhsNumber);
        return this;
    }

    /**
     * Why, for the register; at most 100 characters and nothing clinical. Required.
     *
     * @param reason the value
     * @return this
     */
    public RevokeLinkageKeyRequest reason(String reason) {
        set("reason", reason);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public RevokeLinkageKeyRequest ukprn(String ukprn) {
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
    public RevokeLinkageKeyRequest profile(String profile) {
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
    public RevokeLinkageKeyRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public RevokeLinkageKeyRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public RevokeLinkageKeyRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
