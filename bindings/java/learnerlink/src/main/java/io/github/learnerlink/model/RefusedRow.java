// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** A row that was not imported. */
public final class RefusedRow extends Model {
    private final long line;
    private final String reason;

    RefusedRow(Fields fields) {
        super(fields);
        this.line = fields.needed("line", fields.whole("line"));
        this.reason = fields.text("reason");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static RefusedRow fromJson(String rawJson) {
        return new RefusedRow(Fields.parse(rawJson));
    }

    /**
     * The line of the file on which the row begins.
     *
     * @return the value
     */
    public long line() {
        return line;
    }

    /**
     * Why it was refused.
     *
     * @return the value
     */
    public String reason() {
        return reason;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
