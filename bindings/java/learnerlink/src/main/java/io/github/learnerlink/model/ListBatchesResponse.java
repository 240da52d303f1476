// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** The answer of {@code list_batches}: lists batches, newest first. */
public final class ListBatchesResponse extends Response {
    /** An outcome. Done. */
    public static final String OUTCOME_OK = "ok";

    private final List<BatchEntry> batches;

    private ListBatchesResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.batches = fields.models("batches", BatchEntry::new);
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static ListBatchesResponse fromJson(String rawJson) {
        return new ListBatchesResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The batches, newest first.
     *
     * @return a list, possibly empty
     */
    public List<BatchEntry> batches() {
        return batches;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome());
    }
}
