// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** What it is called. */
public final class LocalizedText extends Model {
    private final String en;
    private final String nl;

    LocalizedText(Fields fields) {
        super(fields);
        this.en = fields.text("en");
        this.nl = fields.text("nl");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static LocalizedText fromJson(String rawJson) {
        return new LocalizedText(Fields.parse(rawJson));
    }

    /**
     * In English.
     *
     * @return the value
     */
    public String en() {
        return en;
    }

    /**
     * In Dutch.
     *
     * @return the value
     */
    public String nl() {
        return nl;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
