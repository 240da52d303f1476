// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code confirm_no_match}: confirms that a person has no ULN. */
public final class ConfirmNoMatchResponse extends Response {
    /** An outcome. The register says that this person has no ULN. A gateway says this as well when it did before. */
    public static final String OUTCOME_CONFIRMED = "confirmed";

    /** An outcome. The register says so already. */
    public static final String OUTCOME_UNCHANGED = "unchanged";


    private ConfirmNoMatchResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ConfirmNoMatchResponse fromJson(String rawJson) {
        return new ConfirmNoMatchResponse(rawJson, Fields.parse(rawJson));
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome());
    }
}
