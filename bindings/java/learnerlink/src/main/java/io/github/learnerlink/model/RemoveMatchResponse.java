// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code remove_match}: takes back what was confirmed of a person; the history stays. */
public final class RemoveMatchResponse extends Response {
    /**
     * An outcome. What was confirmed is taken back. A gateway says this as well when there was nothing to take back.
     */
    public static final String OUTCOME_REMOVED = "removed";

    /** An outcome. There was nothing to take back. */
    public static final String OUTCOME_UNCHANGED = "unchanged";


    private RemoveMatchResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static RemoveMatchResponse fromJson(String rawJson) {
        return new RemoveMatchResponse(rawJson, Fields.parse(rawJson));
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome());
    }
}
