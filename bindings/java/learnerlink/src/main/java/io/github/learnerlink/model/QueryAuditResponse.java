// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** The answer of {@code query_audit}: reads the audit trail. */
public final class QueryAuditResponse extends Response {
    /** An outcome. Done. */
    public static final String OUTCOME_OK = "ok";

    private final List<AuditEntry> entries;
    private final boolean more;

    private QueryAuditResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.entries = fields.models("entries", AuditEntry::new);
        this.more = fields.needed("more", fields.flag("more"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static QueryAuditResponse fromJson(String rawJson) {
        return new QueryAuditResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The entries.
     *
     * @return a list, possibly empty
     */
    public List<AuditEntry> entries() {
        return entries;
    }

    /**
     * Whether more entries match.
     *
     * @return the value
     */
    public boolean more() {
        return more;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "more", more);
    }
}
