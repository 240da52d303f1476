// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code get_xsre}: asks for a student's record, as far as the asking service may see it. */
public final class GetXsreResponse extends Response {
    /** An outcome. The parts of the record that this service may see are in the response. */
    public static final String OUTCOME_FOUND = "found";

    /**
     * An outcome. There is nothing to show: no such student, no consent, or no right to ask. Which of these is not
     * told, on purpose.
     */
    public static final String OUTCOME_NOT_FOUND = "notFound";

    private final String xml;
    private final Object json;
    private final StudentSummary summary;
    private final boolean otherLocalId;

    private GetXsreResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.xml = fields.text("xml");
        this.json = fields.any("json");
        this.summary = fields.model("summary", StudentSummary::new);
        this.otherLocalId = fields.needed("otherLocalId", fields.flag("otherLocalId"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static GetXsreResponse fromJson(String rawJson) {
        return new GetXsreResponse(rawJson, Fields.parse(rawJson));
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
     * Whether the record has another id of the student than was asked for.
     *
     * @return the value
     */
    public boolean otherLocalId() {
        return otherLocalId;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
