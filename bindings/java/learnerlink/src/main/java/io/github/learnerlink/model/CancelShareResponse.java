// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code cancel_share}: stops waiting for a learner. */
public final class CancelShareResponse extends Response {
    /** An outcome. Nobody waits any more. The learner may still agree; a fetch by ULN would then succeed. */
    public static final String OUTCOME_CANCELLED = "cancelled";

    /** An outcome. The share had ended before; {@code state} says how. */
    public static final String OUTCOME_ALREADY_ENDED = "alreadyEnded";

    private final String message;
    private final String state;

    private CancelShareResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.message = fields.text("message");
        this.state = fields.text("state");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static CancelShareResponse fromJson(String rawJson) {
        return new CancelShareResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * A sentence for the user, in English.
     *
     * @return the value
     */
    public String message() {
        return message;
    }

    /**
     * The share's state now.
     *
     * @return the value
     */
    public String state() {
        return state;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "state", state);
    }
}
