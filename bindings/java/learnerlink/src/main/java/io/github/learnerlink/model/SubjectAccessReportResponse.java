// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** The answer of {@code subject_access_report}: gives all that the match register holds of a person. */
public final class SubjectAccessReportResponse extends Response {
    /** An outcome. {@code rows} has what the register holds of this person. */
    public static final String OUTCOME_FOUND = "found";

    /** An outcome. The register holds nothing of this person. */
    public static final String OUTCOME_NONE = "none";

    private final List<MatchRow> rows;

    private SubjectAccessReportResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.rows = fields.models("rows", MatchRow::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static SubjectAccessReportResponse fromJson(String rawJson) {
        return new SubjectAccessReportResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The rows, oldest first.
     *
     * @return a list, possibly empty
     */
    public List<MatchRow> rows() {
        return rows;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
