// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Adds or changes a provider and its credentials, which are sealed. */
public final class PutProfileRequest extends Request {
    /** Makes one in which nothing is set. */
    public PutProfileRequest() {}

    /**
     * What people call the organisation; learners may be shown it. Required.
     *
     * @param displayName the value
     * @return this
     */
    public PutProfileRequest displayName(String displayName) {
        set("displayName", displayName);
        return this;
    }

    /**
     * Credential for DfE View Education Record.
     *
     * @param vera the value
     * @return this
     */
    public PutProfileRequest vera(VeraCredential vera) {
        set("vera", vera);
        return this;
    }

    /**
     * Credential for the Learning Records Service.
     *
     * @param lrs the value
     * @return this
     */
    public PutProfileRequest lrs(LrsCredential lrs) {
        set("lrs", lrs);
        return this;
    }

    /**
     * Credential for a gateway to the Learning Records Service.
     *
     * @param lrsGateway the value
     * @return this
     */
    public PutProfileRequest lrsGateway(LrsGatewayCredential lrsGateway) {
        set("lrsGateway", lrsGateway);
        return this;
    }

    /**
     * Credential for SIF Student Record Exchange.
     *
     * @param sif the value
     * @return this
     */
    public PutProfileRequest sif(SifCredential sif) {
        set("sif", sif);
        return this;
    }

    /**
     * Credential for the subscription receiver of student-mobility enrolment.
     *
     * @param enrollment the value
     * @return this
     */
    public PutProfileRequest enrollment(EnrollmentCredential enrollment) {
        set("enrollment", enrollment);
        return this;
    }

    /**
     * Credential for the systems of linkage-key suppliers.
     *
     * @param linkage the value
     * @return this
     */
    public PutProfileRequest linkage(LinkageCredential linkage) {
        set("linkage", linkage);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public PutProfileRequest ukprn(String ukprn) {
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
    public PutProfileRequest profile(String profile) {
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
    public PutProfileRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public PutProfileRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public PutProfileRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
