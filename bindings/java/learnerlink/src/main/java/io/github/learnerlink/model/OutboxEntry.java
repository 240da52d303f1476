// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** An entry of the outbox. */
public final class OutboxEntry extends Model {
    private final String entryId;
    private final String kind;
    private final String state;
    private final String reason;
    private final long attempts;
    private final String nextAt;

    OutboxEntry(Fields fields) {
        super(fields);
        this.entryId = fields.text("entryId");
        this.kind = fields.text("kind");
        this.state = fields.text("state");
        this.reason = fields.text("reason");
        this.attempts = fields.needed("attempts", fields.whole("attempts"));
        this.nextAt = fields.text("nextAt");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static OutboxEntry fromJson(String rawJson) {
        return new OutboxEntry(Fields.parse(rawJson));
    }

    /**
     * Its id.
     *
     * @return the value
     */
    public String entryId() {
        return entryId;
    }

    /**
     * What it is: {@code create}, {@code state} or {@code result}.
     *
     * @return the value
     */
    public String kind() {
        return kind;
    }

    /**
     * {@code waiting}, {@code needsLogin} or {@code parked}.
     *
     * @return the value
     */
    public String state() {
        return state;
    }

    /**
     * Why it is parked: {@code credentials}, {@code rejected}, {@code ambiguous}, {@code untracked} or {@code
     * expired}.
     *
     * @return the value, or null when there is none
     */
    public String reason() {
        return reason;
    }

    /**
     * How often it was tried.
     *
     * @return the value
     */
    public long attempts() {
        return attempts;
    }

    /**
     * When it is tried next, with {@code waiting}.
     *
     * @return the value
     */
    public String nextAt() {
        return nextAt;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "kind", kind,
                "state", state,
                "attempts", attempts);
    }
}
