// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * The answer of {@code import_register}: imports organisations, patients, accounts and linkage keys from a file into
 * our own register.
 */
public final class ImportRegisterResponse extends Response {
    /** An outcome. Every row is in the register. */
    public static final String OUTCOME_IMPORTED = "imported";

    /** An outcome. Some rows were refused; {@code refused} says which and why. The others are in the register. */
    public static final String OUTCOME_PARTLY_IMPORTED = "partlyImported";

    /** An outcome. Some rows were refused, and nothing was imported; {@code refused} says which and why. */
    public static final String OUTCOME_REFUSED = "refused";

    private final long imported;
    private final long unchanged;
    private final long refusedRows;
    private final List<RefusedRow> refused;

    private ImportRegisterResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.imported = fields.needed("imported", fields.whole("imported"));
        this.unchanged = fields.needed("unchanged", fields.whole("unchanged"));
        this.refusedRows = fields.needed("refusedRows", fields.whole("refusedRows"));
        this.refused = fields.models("refused", RefusedRow::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ImportRegisterResponse fromJson(String rawJson) {
        return new ImportRegisterResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * Organisations and patients that were added or changed.
     *
     * @return the value
     */
    public long imported() {
        return imported;
    }

    /**
     * Those that were left as they are.
     *
     * @return the value
     */
    public long unchanged() {
        return unchanged;
    }

    /**
     * Rows that were refused.
     *
     * @return the value
     */
    public long refusedRows() {
        return refusedRows;
    }

    /**
     * The first thousand of them.
     *
     * @return a list, possibly empty
     */
    public List<RefusedRow> refused() {
        return refused;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "imported", imported,
                "unchanged", unchanged,
                "refusedRows", refusedRows);
    }
}
