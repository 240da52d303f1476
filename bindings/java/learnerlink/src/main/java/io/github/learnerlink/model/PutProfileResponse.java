// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code put_profile}: adds or changes a provider and its credentials, which are sealed. */
public final class PutProfileResponse extends Response {
    /** An outcome. Done. */
    public static final String OUTCOME_OK = "ok";

    private final String profile;

    private PutProfileResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.profile = fields.text("profile");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static PutProfileResponse fromJson(String rawJson) {
        return new PutProfileResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The name requests use.
     *
     * @return the value
     */
    public String profile() {
        return profile;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
