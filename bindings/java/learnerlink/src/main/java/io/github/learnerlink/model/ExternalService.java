// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** A service of an organisation. */
public final class ExternalService extends Request {
    /** Makes one in which nothing is set. */
    public ExternalService() {}

    /**
     * Its number. Required.
     *
     * @param id the value
     * @return this
     */
    public ExternalService id(long id) {
        set("id", id);
        return this;
    }

    /**
     * The organisation's number. Required.
     *
     * @param authorizedEntityId the value
     * @return this
     */
    public ExternalService authorizedEntityId(long authorizedEntityId) {
        set("authorizedEntityId", authorizedEntityId);
        return this;
    }

    /**
     * What people call it.
     *
     * @param name the value
     * @return this
     */
    public ExternalService name(String name) {
        set("name", name);
        return this;
    }
}
