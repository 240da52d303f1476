// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code get_match}: says which ULN is confirmed for a person. */
public final class GetMatchResponse extends Response {
    /** An outcome. A ULN is confirmed for this person. */
    public static final String OUTCOME_MATCHED = "matched";

    /** An outcome. It was confirmed that this person has no ULN. */
    public static final String OUTCOME_NO_ULN = "noUln";

    /** An outcome. Nobody has looked yet, or the match was taken back. */
    public static final String OUTCOME_NOT_MATCHED = "notMatched";

    private final String uln;
    private final String givenName;
    private final String familyName;
    private final String confirmedBy;
    private final String confirmedAt;

    private GetMatchResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.uln = fields.text("uln");
        this.givenName = fields.text("givenName");
        this.familyName = fields.text("familyName");
        this.confirmedBy = fields.text("confirmedBy");
        this.confirmedAt = fields.text("confirmedAt");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static GetMatchResponse fromJson(String rawJson) {
        return new GetMatchResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The ULN.
     *
     * @return the value, or null when there is none
     */
    public String uln() {
        return uln;
    }

    /**
     * Given name.
     *
     * @return the value, or null when there is none
     */
    public String givenName() {
        return givenName;
    }

    /**
     * Family name.
     *
     * @return the value, or null when there is none
     */
    public String familyName() {
        return familyName;
    }

    /**
     * Who confirmed it; not through a gateway.
     *
     * @return the value, or null when there is none
     */
    public String confirmedBy() {
        return confirmedBy;
    }

    /**
     * When it was confirmed; not through a gateway.
     *
     * @return the value, or null when there is none
     */
    public String confirmedAt() {
        return confirmedAt;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
