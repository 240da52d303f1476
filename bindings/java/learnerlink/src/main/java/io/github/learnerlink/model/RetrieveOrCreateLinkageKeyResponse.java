// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code retrieve_or_create_linkage_key}: asks for the linkage key of a patient, and has one made when
 * there is none.
 */
public final class RetrieveOrCreateLinkageKeyResponse extends Response {
    /** An outcome. The key is in the response; {@code created} says whether it is new. */
    public static final String OUTCOME_OK = "ok";

    /** An outcome. The organisation is not on the register. */
    public static final String OUTCOME_ODS_NOT_FOUND = "odsNotFound";

    /** An outcome. The organisation has switched off digital services. */
    public static final String OUTCOME_ODS_BLOCKED = "odsBlocked";

    /** An outcome. No patient of this number, surname and date of birth is registered at this organisation. */
    public static final String OUTCOME_PATIENT_NOT_FOUND = "patientNotFound";

    /** An outcome. The patient's digital access is blocked; {@code detail} says why. */
    public static final String OUTCOME_PATIENT_BLOCKED = "patientBlocked";

    /** An outcome. The patient's key was revoked, and the request did not allow another. */
    public static final String OUTCOME_KEY_REVOKED = "keyRevoked";

    /** An outcome. The supplier has no key and makes none. */
    public static final String OUTCOME_NO_LINKAGE_KEY = "noLinkageKey";

    /** An outcome. The supplier says that there is a key but does not give it. */
    public static final String OUTCOME_KEY_ALREADY_EXISTS = "keyAlreadyExists";

    /** An outcome. The patient was found, but the key cannot be read. */
    public static final String OUTCOME_RETRIEVE_FAILED = "retrieveFailed";

    /** An outcome. The patient was found, but no key could be made; try again. */
    public static final String OUTCOME_CREATE_FAILED = "createFailed";

    private final long number;
    private final String category;
    private final String message;
    private final String traceId;
    private final String accountId;
    private final String linkageKey;
    private final String odsCode;
    private final String surname;
    private final String dateOfBirth;
    private final BlockDetail detail;
    private final String reason;
    private final boolean created;
    private final boolean replayed;

    private RetrieveOrCreateLinkageKeyResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.number = fields.needed("number", fields.whole("number"));
        this.category = fields.text("category");
        this.message = fields.text("message");
        this.traceId = fields.text("traceId");
        this.accountId = fields.text("accountId");
        this.linkageKey = fields.text("linkageKey");
        this.odsCode = fields.text("odsCode");
        this.surname = fields.text("surname");
        this.dateOfBirth = fields.text("dateOfBirth");
        this.detail = fields.model("detail", BlockDetail::new);
        this.reason = fields.text("reason");
        this.created = fields.needed("created", fields.flag("created"));
        this.replayed = fields.needed("replayed", fields.flag("replayed"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static RetrieveOrCreateLinkageKeyResponse fromJson(String rawJson) {
        return new RetrieveOrCreateLinkageKeyResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The permanent number of the outcome.
     *
     * @return the value
     */
    public long number() {
        return number;
    }

    /**
     * The row of NHS Digital's list of responses that the outcome belongs to.
     *
     * @return the value
     */
    public String category() {
        return category;
    }

    /**
     * What the outcome means, for the caller.
     *
     * @return the value
     */
    public String message() {
        return message;
    }

    /**
     * The caller's reference, or the one that was made for it.
     *
     * @return the value
     */
    public String traceId() {
        return traceId;
    }

    /**
     * The account ID.
     *
     * @return the value, or null when there is none
     */
    public String accountId() {
        return accountId;
    }

    /**
     * The linkage key.
     *
     * @return the value, or null when there is none
     */
    public String linkageKey() {
        return linkageKey;
    }

    /**
     * The organisation's code.
     *
     * @return the value, or null when there is none
     */
    public String odsCode() {
        return odsCode;
    }

    /**
     * The surname as it is registered.
     *
     * @return the value, or null when there is none
     */
    public String surname() {
        return surname;
    }

    /**
     * The date of birth as it is registered, {@code YYYY-MM-DD}.
     *
     * @return the value, or null when there is none
     */
    public String dateOfBirth() {
        return dateOfBirth;
    }

    /**
     * Why access is blocked, with {@code patientBlocked}.
     *
     * @return the value, or null when there is none
     */
    public BlockDetail detail() {
        return detail;
    }

    /**
     * A reason beside the outcome: {@code demographics-mismatch}, {@code demographics-from-request}, {@code
     * inconsistent-supplier}.
     *
     * @return the value, or null when there is none
     */
    public String reason() {
        return reason;
    }

    /**
     * Whether the key was made by this request.
     *
     * @return the value
     */
    public boolean created() {
        return created;
    }

    /**
     * Whether a Create was answered as before, because its reference had been used for it.
     *
     * @return the value
     */
    public boolean replayed() {
        return replayed;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "category", category,
                "created", created,
                "replayed", replayed);
    }
}
