// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code revoke_linkage_key}: revokes a patient's linkage key in our own register; it never becomes
 * valid again.
 */
public final class RevokeLinkageKeyResponse extends Response {
    /** An outcome. The key is revoked and never becomes valid again. */
    public static final String OUTCOME_REVOKED = "revoked";

    /** An outcome. It was revoked before; the first time stays. */
    public static final String OUTCOME_UNCHANGED = "unchanged";

    /** An outcome. The patient has no key. */
    public static final String OUTCOME_NO_LINKAGE_KEY = "noLinkageKey";

    /** An outcome. The organisation is not on the register. */
    public static final String OUTCOME_ODS_NOT_FOUND = "odsNotFound";

    /** An outcome. The patient is not registered at this organisation. */
    public static final String OUTCOME_PATIENT_NOT_FOUND = "patientNotFound";


    private RevokeLinkageKeyResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static RevokeLinkageKeyResponse fromJson(String rawJson) {
        return new RevokeLinkageKeyResponse(rawJson, Fields.parse(rawJson));
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome());
    }
}
