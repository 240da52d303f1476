// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code export_register}: writes our own register to a file, sealed under a passphrase or without its
 * linkage keys.
 */
public final class ExportRegisterResponse extends Response {
    /** An outcome. The file has the whole register. */
    public static final String OUTCOME_EXPORTED = "exported";

    private final long organisations;
    private final long patients;
    private final long keys;
    private final long unreadable;

    private ExportRegisterResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.organisations = fields.needed("organisations", fields.whole("organisations"));
        this.patients = fields.needed("patients", fields.whole("patients"));
        this.keys = fields.needed("keys", fields.whole("keys"));
        this.unreadable = fields.needed("unreadable", fields.whole("unreadable"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ExportRegisterResponse fromJson(String rawJson) {
        return new ExportRegisterResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * Organisations in the file.
     *
     * @return the value
     */
    public long organisations() {
        return organisations;
    }

    /**
     * Patients in the file.
     *
     * @return the value
     */
    public long patients() {
        return patients;
    }

    /**
     * Linkage keys in the file.
     *
     * @return the value
     */
    public long keys() {
        return keys;
    }

    /**
     * Patients left out because what is sealed of them is damaged.
     *
     * @return the value
     */
    public long unreadable() {
        return unreadable;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome(),
                "organisations", organisations,
                "patients", patients,
                "keys", keys,
                "unreadable", unreadable);
    }
}
