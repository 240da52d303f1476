// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code authorize_sif_request}: checks the headers with which a SIF request came, once for each
 * request.
 */
public final class AuthorizeSifRequestResponse extends Response {
    /** An outcome. The caller is the one whose profile is in the response. */
    public static final String OUTCOME_AUTHORIZED = "authorized";

    /** An outcome. The caller is not let in; {@code httpStatus} and {@code description} are what to answer. */
    public static final String OUTCOME_REFUSED = "refused";

    private final String caller;
    private final Long httpStatus;
    private final String description;

    private AuthorizeSifRequestResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.caller = fields.text("caller");
        this.httpStatus = fields.whole("httpStatus");
        this.description = fields.text("description");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static AuthorizeSifRequestResponse fromJson(String rawJson) {
        return new AuthorizeSifRequestResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The profile whose session token and secret were used, with {@code authorized}.
     *
     * @return the value, or null when there is none
     */
    public String caller() {
        return caller;
    }

    /**
     * The HTTP status to answer with, with {@code refused}.
     *
     * @return the value, or null when there is none
     */
    public Long httpStatus() {
        return httpStatus;
    }

    /**
     * The description to answer with, with {@code refused}.
     *
     * @return the value, or null when there is none
     */
    public String description() {
        return description;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "httpStatus", httpStatus);
    }
}
