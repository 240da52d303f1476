// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Credential for the systems of linkage-key suppliers. */
public final class LinkageCredential extends Request {
    /** Makes one in which nothing is set. */
    public LinkageCredential() {}

    /**
     * The client id at the token service of a {@code native} supplier; never shared with another profile.
     *
     * @param clientId the value
     * @return this
     */
    public LinkageCredential clientId(String clientId) {
        set("clientId", clientId);
        return this;
    }

    /**
     * The client secret.
     *
     * @param clientSecret the value
     * @return this
     */
    public LinkageCredential clientSecret(String clientSecret) {
        set("clientSecret", clientSecret);
        return this;
    }

    /**
     * The client certificate with its key: a PKCS#12 file in base64.
     *
     * @param pfx the value
     * @return this
     */
    public LinkageCredential pfx(String pfx) {
        set("pfx", pfx);
        return this;
    }

    /**
     * The password of {@code pfx}.
     *
     * @param pfxPassword the value
     * @return this
     */
    public LinkageCredential pfxPassword(String pfxPassword) {
        set("pfxPassword", pfxPassword);
        return this;
    }
}
