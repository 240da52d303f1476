// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/**
 * What the student is told instead of a text of ours, while the start is still open and nothing else comes of it.
 */
public final class DecisionMessage extends Request {
    /** Makes one in which nothing is set. */
    public DecisionMessage() {}

    /**
     * In English. Required.
     *
     * @param en the value
     * @return this
     */
    public DecisionMessage en(String en) {
        set("en", en);
        return this;
    }

    /**
     * In Dutch. Required.
     *
     * @param nl the value
     * @return this
     */
    public DecisionMessage nl(String nl) {
        set("nl", nl);
        return this;
    }
}
