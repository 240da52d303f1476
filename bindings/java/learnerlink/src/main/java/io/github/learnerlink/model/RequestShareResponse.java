// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code request_share}: sends a learner's phone a request to share and returns the code they must type
 * (pattern C).
 */
public final class RequestShareResponse extends Response {
    /** An outcome. The learner was notified; show them the code and poll with the correlation id. */
    public static final String OUTCOME_REQUESTED = "requested";

    /**
     * An outcome. A request to this learner is still open; nothing was sent again. Set {@code force} to send another.
     */
    public static final String OUTCOME_EXISTING = "existing";

    /**
     * An outcome. An earlier request may have reached the learner; nothing was sent again. Ask the learner, or set
     * {@code force}.
     */
    public static final String OUTCOME_MAY_HAVE_BEEN_SENT = "mayHaveBeenSent";

    /** An outcome. VERA says that a request to this learner is already open. */
    public static final String OUTCOME_ALREADY_PENDING = "alreadyPending";

    /** An outcome. No record could be found with these details; VERA does not tell which is wrong. */
    public static final String OUTCOME_NOT_ESTABLISHED = "notEstablished";

    private final String message;
    private final String provider;
    private final String correlationId;
    private final String code;
    private final String deadlineAt;

    private RequestShareResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.message = fields.text("message");
        this.provider = fields.text("provider");
        this.correlationId = fields.text("correlationId");
        this.code = fields.text("code");
        this.deadlineAt = fields.text("deadlineAt");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static RequestShareResponse fromJson(String rawJson) {
        return new RequestShareResponse(rawJson, Fields.parse(rawJson));
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
     * The provider's name, which the learner is to be told.
     *
     * @return the value
     */
    public String provider() {
        return provider;
    }

    /**
     * The handle to poll with. A secret: with the provider's credential it fetches the record.
     *
     * @return the value, or null when there is none
     */
    public String correlationId() {
        return correlationId;
    }

    /**
     * The code the learner types into the app, to be shown as it is.
     *
     * @return the value, or null when there is none
     */
    public String code() {
        return code;
    }

    /**
     * Until when the learner can act.
     *
     * @return the value, or null when there is none
     */
    public String deadlineAt() {
        return deadlineAt;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "deadlineAt", deadlineAt);
    }
}
