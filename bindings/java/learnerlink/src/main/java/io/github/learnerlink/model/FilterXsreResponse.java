// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/**
 * The answer of {@code filter_xsre}: filters a student's record by data objects or the stylesheet of the Privacy
 * Rules Service.
 */
public final class FilterXsreResponse extends Response {
    /** An outcome. The response has what the filter lets through. */
    public static final String OUTCOME_FILTERED = "filtered";

    private final String xml;
    private final Object json;
    private final StudentSummary summary;
    private final List<String> readDifferently;

    private FilterXsreResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.xml = fields.text("xml");
        this.json = fields.any("json");
        this.summary = fields.model("summary", StudentSummary::new);
        this.readDifferently = fields.texts("readDifferently");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static FilterXsreResponse fromJson(String rawJson) {
        return new FilterXsreResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The record as XML.
     *
     * @return the value, or null when there is none
     */
    public String xml() {
        return xml;
    }

    /**
     * The record as JSON.
     *
     * @return the value, or null when there is none
     */
    public Object json() {
        return json;
    }

    /**
     * Its main groups.
     *
     * @return the value, or null when there is none
     */
    public StudentSummary summary() {
        return summary;
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
