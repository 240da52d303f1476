// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** A row of the Privacy Rules Service. */
public final class DataObjectFilter extends Request {
    /** Makes one in which nothing is set. */
    public DataObjectFilter() {}

    /**
     * {@code include}; anything else excludes. Required.
     *
     * @param filterType the value
     * @return this
     */
    public DataObjectFilter filterType(String filterType) {
        set("filterType", filterType);
        return this;
    }

    /**
     * The path of what it is about. Required.
     *
     * @param includeStatement the value
     * @return this
     */
    public DataObjectFilter includeStatement(String includeStatement) {
        set("includeStatement", includeStatement);
        return this;
    }
}
