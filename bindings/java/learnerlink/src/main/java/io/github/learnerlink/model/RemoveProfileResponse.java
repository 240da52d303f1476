// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code remove_profile}: removes a provider and its credentials. */
public final class RemoveProfileResponse extends Response {
    /** An outcome. Done. */
    public static final String OUTCOME_OK = "ok";


    private RemoveProfileResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static RemoveProfileResponse fromJson(String rawJson) {
        return new RemoveProfileResponse(rawJson, Fields.parse(rawJson));
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome());
    }
}
