// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code export_matches}: writes the match register to a CSV file that only its owner may read. */
public final class ExportMatchesResponse extends Response {
    /** An outcome. The file has the whole register. */
    public static final String OUTCOME_EXPORTED = "exported";

    private final long rows;

    private ExportMatchesResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.rows = fields.needed("rows", fields.whole("rows"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ExportMatchesResponse fromJson(String rawJson) {
        return new ExportMatchesResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * How many rows the file has.
     *
     * @return the value
     */
    public long rows() {
        return rows;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome(),
                "rows", rows);
    }
}
