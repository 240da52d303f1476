// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code stop_listener}: stops to serve, letting requests under way end. */
public final class StopListenerResponse extends Response {
    /** An outcome. It serves no more. */
    public static final String OUTCOME_STOPPED = "stopped";

    /** An outcome. It was not serving. */
    public static final String OUTCOME_NOT_RUNNING = "notRunning";


    private StopListenerResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static StopListenerResponse fromJson(String rawJson) {
        return new StopListenerResponse(rawJson, Fields.parse(rawJson));
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome());
    }
}
