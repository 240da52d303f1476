// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Makes a linkage key for a patient who has none in force. */
public final class CreateLinkageKeyRequest extends Request {
    /** Makes one in which nothing is set. */
    public CreateLinkageKeyRequest() {}

    /**
     * Code of the organisation where the patient is registered. Required.
     *
     * @param odsCode the value
     * @return this
     */
    public CreateLinkageKeyRequest odsCode(String odsCode) {
        set("odsCode", odsCode);
        return this;
    }

    /**
     * The patient's NHS number: ten digits, together or in groups of 3, 3 and 4. Required.
     *
     * @param nhsNumber the value
     * @return this
     */
    public CreateLinkageKeyRequest nhsNumber(String nhsNumber) {
        set("nhsNumber", nhsNumber);
        return this;
    }

    /**
     * The patient's surname, at most 100 characters. Required.
     *
     * @param surname the value
     * @return this
     */
    public CreateLinkageKeyRequest surname(String surname) {
        set("surname", surname);
        return this;
    }

    /**
     * The patient's date of birth, {@code YYYY-MM-DD}. Required.
     *
     * @param dateOfBirth the value
     * @return this
     */
    public CreateLinkageKeyRequest dateOfBirth(String dateOfBirth) {
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
    public CreateLinkageKeyRequest supplier(String supplier) {
        set("supplier", supplier);
        return this;
    }

    /**
     * Proof of the patient's identity, which {@code emis} wants.
     *
     * @param identityToken the value
     * @return this
     */
    public CreateLinkageKeyRequest identityToken(String identityToken) {
        set("identityToken", identityToken);
        return this;
    }

    /**
     * The patient's e-mail address, which {@code emis} wants and {@code tpp} takes.
     *
     * @param emailAddress the value
     * @return this
     */
    public CreateLinkageKeyRequest emailAddress(String emailAddress) {
        set("emailAddress", emailAddress);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public CreateLinkageKeyRequest ukprn(String ukprn) {
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
    public CreateLinkageKeyRequest profile(String profile) {
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
    public CreateLinkageKeyRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public CreateLinkageKeyRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public CreateLinkageKeyRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
