// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;
import java.util.Map;

/** One entry of the audit trail. */
public final class AuditEntry extends Model {
    private final long seq;
    private final String at;
    private final String operation;
    private final String system;
    private final String user;
    private final String profile;
    private final String subject;
    private final String outcome;
    private final long status;
    private final String traceId;
    private final long durationMs;
    private final Map<String, Object> details;
    private final String hash;

    AuditEntry(Fields fields) {
        super(fields);
        this.seq = fields.needed("seq", fields.whole("seq"));
        this.at = fields.text("at");
        this.operation = fields.text("operation");
        this.system = fields.text("system");
        this.user = fields.text("user");
        this.profile = fields.text("profile");
        this.subject = fields.text("subject");
        this.outcome = fields.text("outcome");
        this.status = fields.needed("status", fields.whole("status"));
        this.traceId = fields.text("traceId");
        this.durationMs = fields.needed("durationMs", fields.whole("durationMs"));
        this.details = fields.object("details");
        this.hash = fields.text("hash");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static AuditEntry fromJson(String rawJson) {
        return new AuditEntry(Fields.parse(rawJson));
    }

    /**
     * Its number.
     *
     * @return the value
     */
    public long seq() {
        return seq;
    }

    /**
     * When the operation ended.
     *
     * @return the value
     */
    public String at() {
        return at;
    }

    /**
     * The operation.
     *
     * @return the value
     */
    public String operation() {
        return operation;
    }

    /**
     * Its system.
     *
     * @return the value
     */
    public String system() {
        return system;
    }

    /**
     * Who asked.
     *
     * @return the value, or null when there is none
     */
    public String user() {
        return user;
    }

    /**
     * On whose behalf.
     *
     * @return the value, or null when there is none
     */
    public String profile() {
        return profile;
    }

    /**
     * Pseudonym of the learner.
     *
     * @return the value, or null when there is none
     */
    public String subject() {
        return subject;
    }

    /**
     * The outcome or the error's code.
     *
     * @return the value
     */
    public String outcome() {
        return outcome;
    }

    /**
     * The status number.
     *
     * @return the value
     */
    public long status() {
        return status;
    }

    /**
     * The host's trace id.
     *
     * @return the value, or null when there is none
     */
    public String traceId() {
        return traceId;
    }

    /**
     * How long it took, in milliseconds.
     *
     * @return the value
     */
    public long durationMs() {
        return durationMs;
    }

    /**
     * What else the operation says, such as {@code odsCode} and {@code reason}.
     *
     * @return the value, or null when there is none
     */
    public Map<String, Object> details() {
        return details;
    }

    /**
     * The entry's hash in the chain, in hexadecimal.
     *
     * @return the value
     */
    public String hash() {
        return hash;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "operation", operation,
                "system", system,
                "outcome", outcome,
                "status", status,
                "durationMs", durationMs);
    }
}
