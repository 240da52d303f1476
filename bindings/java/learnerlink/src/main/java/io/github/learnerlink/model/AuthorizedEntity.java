// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** An organisation that may ask. */
public final class AuthorizedEntity extends Request {
    /** Makes one in which nothing is set. */
    public AuthorizedEntity() {}

    /**
     * Its number. Required.
     *
     * @param id the value
     * @return this
     */
    public AuthorizedEntity id(long id) {
        set("id", id);
        return this;
    }

    /**
     * What people call it.
     *
     * @param name the value
     * @return this
     */
    public AuthorizedEntity name(String name) {
        set("name", name);
        return this;
    }
}
