// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** A row of what may or may not be shown. */
public final class NamedDataObjectFilter extends Request {
    /** Makes one in which nothing is set. */
    public NamedDataObjectFilter() {}

    /**
     * The kind of object, {@code xSre}. Required.
     *
     * @param name the value
     * @return this
     */
    public NamedDataObjectFilter name(String name) {
        set("name", name);
        return this;
    }

    /**
     * {@code include}; anything else excludes. Required.
     *
     * @param filterType the value
     * @return this
     */
    public NamedDataObjectFilter filterType(String filterType) {
        set("filterType", filterType);
        return this;
    }

    /**
     * The path of what it is about. Required.
     *
     * @param includeStatement the value
     * @return this
     */
    public NamedDataObjectFilter includeStatement(String includeStatement) {
        set("includeStatement", includeStatement);
        return this;
    }
}
