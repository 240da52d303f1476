// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Asks for the linkage key of a patient, and has one made when there is none. */
public final class RetrieveOrCreateLinkageKeyRequest extends Request {
    /** Makes one in which nothing is set. */
    public RetrieveOrCreateLinkageKeyRequest() {}

    /**
     * Code of the organisation where the patient is registered. Required.
     *
     * @param odsCode the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest odsCode(String odsCode) {
        set("odsCode", odsCode);
        return this;
    }

    /**
     * The patient's NHS number: ten digits, together or in groups of 3, 3 and 4. Required.
     *
     * @param nhsNumber the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest nhsNumber(String nhsNumber) {
        set("nhsNumber", nhsNumber);
        return this;
    }

    /**
     * The patient's surname, at most 100 characters. Required.
     *
     * @param surname the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest surname(String surname) {
        set("surname", surname);
        return this;
    }

    /**
     * The patient's date of birth, {@code YYYY-MM-DD}. Required.
     *
     * @param dateOfBirth the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest dateOfBirth(String dateOfBirth) {
        set("dateOfBirth", dateOfBirth);
        return this;
    }

    /**
     * The supplier to ask, by its name in the configuration; {@code linkage.defaultSupplier} or our own register when
     * absent.
     *
     * @param supplier the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest supplier(String supplier) {
        set("supplier", supplier);
        return this;
    }

    /**
     * Proof of the patient's identity, which {@code emis} wants.
     *
     * @param identityToken the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest identityToken(String identityToken) {
        set("identityToken", identityToken);
        return this;
    }

    /**
     * The patient's e-mail address, which {@code emis} wants even where the key exists, and {@code tpp} takes.
     *
     * @param emailAddress the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest emailAddress(String emailAddress) {
        set("emailAddress", emailAddress);
        return this;
    }

    /**
     * Whether a patient whose key was revoked gets another; {@code true} when absent.
     *
     * @param reissueRevoked the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest reissueRevoked(boolean reissueRevoked) {
        set("reissueRevoked", reissueRevoked);
        return this;
    }

    /**
     * Whether to create a key after the supplier said that it does not know the patient; {@code false} when absent.
     *
     * @param createAfterPatientNotFound the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest createAfterPatientNotFound(boolean createAfterPatientNotFound) {
        set("createAfterPatientNotFound", createAfterPatientNotFound);
        return this;
    }

    /**
     * Whether the surname and date of birth that come with a retrieved key must match; {@code true} when absent.
     *
     * @param verifyDemographics the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest verifyDemographics(boolean verifyDemographics) {
        set("verifyDemographics", verifyDemographics);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest ukprn(String ukprn) {
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
    public RetrieveOrCreateLinkageKeyRequest profile(String profile) {
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
    public RetrieveOrCreateLinkageKeyRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public RetrieveOrCreateLinkageKeyRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
