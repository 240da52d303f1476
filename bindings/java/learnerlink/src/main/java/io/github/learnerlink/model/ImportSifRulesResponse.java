// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * The answer of {@code import_sif_rules}: takes rules of the Privacy Rules Service into the store, instead of those
 * that are there.
 */
public final class ImportSifRulesResponse extends Response {
    /** An outcome. The store has these rules, and no others. */
    public static final String OUTCOME_IMPORTED = "imported";

    private final long authorizedEntities;
    private final long districtServices;
    private final long students;
    private final List<String> readDifferently;

    private ImportSifRulesResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.authorizedEntities = fields.needed("authorizedEntities", fields.whole("authorizedEntities"));
        this.districtServices = fields.needed("districtServices", fields.whole("districtServices"));
        this.students = fields.needed("students", fields.whole("students"));
        this.readDifferently = fields.texts("readDifferently");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ImportSifRulesResponse fromJson(String rawJson) {
        return new ImportSifRulesResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * Organisations that may ask.
     *
     * @return the value
     */
    public long authorizedEntities() {
        return authorizedEntities;
    }

    /**
     * Agreements of districts with services.
     *
     * @return the value
     */
    public long districtServices() {
        return districtServices;
    }

    /**
     * Rows of students.
     *
     * @return the value
     */
    public long students() {
        return students;
    }

    /**
     * Statements that the two readings take differently.
     *
     * @return a list, possibly empty
     */
    public List<String> readDifferently() {
        return readDifferently;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
