// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Asks for the linkage key of a patient, from our own register or a supplier's system. */
public final class RetrieveLinkageKeyRequest extends Request {
    /** Makes one in which nothing is set. */
    public RetrieveLinkageKeyRequest() {}

    /**
     * Code of the organisation where the patient is registered. Required.
     *
     * @param odsCode the value
     * @return this
     */
    public RetrieveLinkageKeyRequest odsCode(String odsCode) {
        set("odsCode", odsCode);
        return this;
    }

    /**
     * The patient's NHS number: ten digits, together or in groups of 3, 3 and 4. Required.
     *
     * @param nhsNumber the value
     * @return this
     */
    public RetrieveLinkageKeyRequest nhsNumber(String nhsNumber) {
        set("nhsNumber", nhsNumber);
        return this;
    }

    /**
     * The supplier to ask, by its name in the configuration; {@code linkage.defaultSupplier} or our own register when
     * absent.
     *
     * @param supplier the value
     * @return this
     */
    public RetrieveLinkageKeyRequest supplier(String supplier) {
        set("supplier", supplier);
        return this;
    }

    /**
     * Surname, which {@code tpp} wants, and which is answered as given where a supplier does not tell it.
     *
     * @param surname the value
     * @return this
     */
    public RetrieveLinkageKeyRequest surname(String surname) {
        set("surname", surname);
        return this;
    }

    /**
     * Date of birth, {@code YYYY-MM-DD}, as {@code surname}.
     *
     * @param dateOfBirth the value
     * @return this
     */
    public RetrieveLinkageKeyRequest dateOfBirth(String dateOfBirth) {
        set("dateOfBirth", dateOfBirth);
        return this;
    }

    /**
     * Proof of the patient's identity, which {@code emis} wants.
     *
     * @param identityToken the value
     * @return this
     */
    public RetrieveLinkageKeyRequest identityToken(String identityToken) {
        set("identityToken", identityToken);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public RetrieveLinkageKeyRequest ukprn(String ukprn) {
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
    public RetrieveLinkageKeyRequest profile(String profile) {
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
    public RetrieveLinkageKeyRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public RetrieveLinkageKeyRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public RetrieveLinkageKeyRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
