// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Credential for SIF Student Record Exchange. */
public final class SifCredential extends Request {
    /** Makes one in which nothing is set. */
    public SifCredential() {}

    /**
     * The session token that the SIF environment gave; never shared with another profile. Required.
     *
     * @param sessionToken the value
     * @return this
     */
    public SifCredential sessionToken(String sessionToken) {
        set("sessionToken", sessionToken);
        return this;
    }

    /**
     * The shared secret. Required.
     *
     * @param sharedSecret the value
     * @return this
     */
    public SifCredential sharedSecret(String sharedSecret) {
        set("sharedSecret", sharedSecret);
        return this;
    }
}
