// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** A share in the store. */
public final class Share extends Model {
    private final String correlationId;
    private final String code;
    private final String profile;
    private final String pattern;
    private final String state;
    private final String issuedAt;
    private final String deadlineAt;

    Share(Fields fields) {
        super(fields);
        this.correlationId = fields.text("correlationId");
        this.code = fields.text("code");
        this.profile = fields.text("profile");
        this.pattern = fields.text("pattern");
        this.state = fields.text("state");
        this.issuedAt = fields.text("issuedAt");
        this.deadlineAt = fields.text("deadlineAt");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static Share fromJson(String rawJson) {
        return new Share(Fields.parse(rawJson));
    }

    /**
     * The handle to poll with; absent when VERA gave none.
     *
     * @return the value, or null when there is none
     */
    public String correlationId() {
        return correlationId;
    }

    /**
     * The code the learner types (pattern C).
     *
     * @return the value, or null when there is none
     */
    public String code() {
        return code;
    }

    /**
     * The profile it was issued for.
     *
     * @return the value
     */
    public String profile() {
        return profile;
    }

    /**
     * {@code A} (QR code) or {@code C} (notification).
     *
     * @return the value
     */
    public String pattern() {
        return pattern;
    }

    /**
     * Its state.
     *
     * @return the value
     */
    public String state() {
        return state;
    }

    /**
     * When it was issued.
     *
     * @return the value
     */
    public String issuedAt() {
        return issuedAt;
    }

    /**
     * Until when the learner can act.
     *
     * @return the value
     */
    public String deadlineAt() {
        return deadlineAt;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "pattern", pattern,
                "state", state,
                "deadlineAt", deadlineAt);
    }
}
