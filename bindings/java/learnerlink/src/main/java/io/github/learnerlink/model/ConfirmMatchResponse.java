// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code confirm_match}: confirms which ULN a person has; no two people hold one ULN. */
public final class ConfirmMatchResponse extends Response {
    /** An outcome. The match is in the register. A gateway says this as well when it was there before. */
    public static final String OUTCOME_CONFIRMED = "confirmed";

    /** An outcome. The register says so already. */
    public static final String OUTCOME_UNCHANGED = "unchanged";

    /** An outcome. Another person holds this ULN; nothing was written. Check both. */
    public static final String OUTCOME_ULN_TAKEN = "ulnTaken";


    private ConfirmMatchResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ConfirmMatchResponse fromJson(String rawJson) {
        return new ConfirmMatchResponse(rawJson, Fields.parse(rawJson));
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome());
    }
}
