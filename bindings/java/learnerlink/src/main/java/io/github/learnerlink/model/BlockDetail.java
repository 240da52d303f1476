// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** Why access is blocked, with {@code patientBlocked}. */
public final class BlockDetail extends Model {
    private final String reason;
    private final String text;

    BlockDetail(Fields fields) {
        super(fields);
        this.reason = fields.text("reason");
        this.text = fields.text("text");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static BlockDetail fromJson(String rawJson) {
        return new BlockDetail(Fields.parse(rawJson));
    }

    /**
     * Why access is blocked.
     *
     * @return the value
     */
    public String reason() {
        return reason;
    }

    /**
     * What the caller may be told, at most 256 characters and nothing clinical; may be empty.
     *
     * @return the value
     */
    public String text() {
        return text;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
