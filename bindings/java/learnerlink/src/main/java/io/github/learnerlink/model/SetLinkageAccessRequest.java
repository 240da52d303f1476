// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Blocks or unblocks a patient or an organisation in our own register. */
public final class SetLinkageAccessRequest extends Request {
    /** {@code PRACTICE_DECISION}, for {@link #reason}. */
    public static final String REASON_PRACTICE_DECISION = "PRACTICE_DECISION";

    /** {@code PATIENT_ARCHIVED}, for {@link #reason}. */
    public static final String REASON_PATIENT_ARCHIVED = "PATIENT_ARCHIVED";

    /** {@code ACCOUNT_DISABLED}, for {@link #reason}. */
    public static final String REASON_ACCOUNT_DISABLED = "ACCOUNT_DISABLED";

    /** {@code UNDER_MINIMUM_AGE_OR_NOT_COMPETENT}, for {@link #reason}. */
    public static final String REASON_UNDER_MINIMUM_AGE_OR_NOT_COMPETENT = "UNDER_MINIMUM_AGE_OR_NOT_COMPETENT";

    /** {@code NOT_VALID_FOR_ONLINE_USE}, for {@link #reason}. */
    public static final String REASON_NOT_VALID_FOR_ONLINE_USE = "NOT_VALID_FOR_ONLINE_USE";

    /** {@code MULTIPLE_RECORDS}, for {@link #reason}. */
    public static final String REASON_MULTIPLE_RECORDS = "MULTIPLE_RECORDS";

    /** {@code OTHER}, for {@link #reason}. */
    public static final String REASON_OTHER = "OTHER";

    /** Makes one in which nothing is set. */
    public SetLinkageAccessRequest() {}

    /**
     * Code of the organisation. Required.
     *
     * @param odsCode the value
     * @return this
     */
    public SetLinkageAccessRequest odsCode(String odsCode) {
        set("odsCode", odsCode);
        return this;
    }

    /**
     * The NHS number of the patient whose access is meant; all of the organisation's when absent.
     *
     * @param nhsNumber the value
     * @return this
     */
    public SetLinkageAccessRequest nhsNumber(String nhsNumber) {
        set("nhsNumber", nhsNumber);
        return this;
    }

    /**
     * Whether access is blocked. Required.
     *
     * @param blocked the value
     * @return this
     */
    public SetLinkageAccessRequest blocked(boolean blocked) {
        set("blocked", blocked);
        return this;
    }

    /**
     * Why a patient is blocked; {@code OTHER} when absent. One of: {@code PRACTICE_DECISION}, {@code
     * PATIENT_ARCHIVED}, {@code ACCOUNT_DISABLED}, {@code UNDER_MINIMUM_AGE_OR_NOT_COMPETENT}, {@code
     * NOT_VALID_FOR_ONLINE_USE}, {@code MULTIPLE_RECORDS}, {@code OTHER}.
     *
     * @param reason the value
     * @return this
     */
    public SetLinkageAccessRequest reason(String reason) {
        set("reason", reason);
        return this;
    }

    /**
     * What the caller may be told of it: at most 256 characters and nothing clinical.
     *
     * @param text the value
     * @return this
     */
    public SetLinkageAccessRequest text(String text) {
        set("text", text);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public SetLinkageAccessRequest ukprn(String ukprn) {
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
    public SetLinkageAccessRequest profile(String profile) {
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
    public SetLinkageAccessRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public SetLinkageAccessRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public SetLinkageAccessRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
