// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Credential for a gateway to the Learning Records Service. */
public final class LrsGatewayCredential extends Request {
    /** Makes one in which nothing is set. */
    public LrsGatewayCredential() {}

    /**
     * The client id that the gateway's operator issued; never shared with another profile. Required.
     *
     * @param clientId the value
     * @return this
     */
    public LrsGatewayCredential clientId(String clientId) {
        set("clientId", clientId);
        return this;
    }

    /**
     * The client secret. Required.
     *
     * @param clientSecret the value
     * @return this
     */
    public LrsGatewayCredential clientSecret(String clientSecret) {
        set("clientSecret", clientSecret);
        return this;
    }
}
