// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code set_linkage_access}: blocks or unblocks a patient or an organisation in our own register. */
public final class SetLinkageAccessResponse extends Response {
    /** An outcome. The register has it. */
    public static final String OUTCOME_CHANGED = "changed";

    /** An outcome. The register said so already. */
    public static final String OUTCOME_UNCHANGED = "unchanged";

    /** An outcome. The organisation is not on the register. */
    public static final String OUTCOME_ODS_NOT_FOUND = "odsNotFound";

    /** An outcome. The patient is not registered at this organisation. */
    public static final String OUTCOME_PATIENT_NOT_FOUND = "patientNotFound";


    private SetLinkageAccessResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static SetLinkageAccessResponse fromJson(String rawJson) {
        return new SetLinkageAccessResponse(rawJson, Fields.parse(rawJson));
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome());
    }
}
