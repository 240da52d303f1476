// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** The answer of {@code list_shares}: lists the shares in the store, newest first. */
public final class ListSharesResponse extends Response {
    /** An outcome. Done. */
    public static final String OUTCOME_OK = "ok";

    private final List<Share> shares;

    private ListSharesResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.shares = fields.models("shares", Share::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ListSharesResponse fromJson(String rawJson) {
        return new ListSharesResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The shares, newest first.
     *
     * @return a list, possibly empty
     */
    public List<Share> shares() {
        return shares;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
