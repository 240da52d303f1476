// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/** The answer of {@code rotate_key}: seals everything anew under a new key. */
public final class RotateKeyResponse extends Response {
    /** An outcome. Done. */
    public static final String OUTCOME_OK = "ok";

    private final long resealed;
    private final long unreadable;

    private RotateKeyResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.resealed = fields.needed("resealed", fields.whole("resealed"));
        this.unreadable = fields.needed("unreadable", fields.whole("unreadable"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static RotateKeyResponse fromJson(String rawJson) {
        return new RotateKeyResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * How many values were sealed anew.
     *
     * @return the value
     */
    public long resealed() {
        return resealed;
    }

    /**
     * How many do not open, because they were altered or moved; they are left as they are.
     *
     * @return the value
     */
    public long unreadable() {
        return unreadable;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                false,
                "outcome", outcome(),
                "resealed", resealed,
                "unreadable", unreadable);
    }
}
