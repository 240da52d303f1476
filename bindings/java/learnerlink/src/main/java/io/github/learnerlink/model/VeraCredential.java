// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Credential for DfE View Education Record. */
public final class VeraCredential extends Request {
    /** Makes one in which nothing is set. */
    public VeraCredential() {}

    /**
     * The client id that DfE issued to this provider; never shared with another. Required.
     *
     * @param clientId the value
     * @return this
     */
    public VeraCredential clientId(String clientId) {
        set("clientId", clientId);
        return this;
    }

    /**
     * The client secret. Required.
     *
     * @param clientSecret the value
     * @return this
     */
    public VeraCredential clientSecret(String clientSecret) {
        set("clientSecret", clientSecret);
        return this;
    }

    /**
     * DfE's tenant id.
     *
     * @param tenantId the value
     * @return this
     */
    public VeraCredential tenantId(String tenantId) {
        set("tenantId", tenantId);
        return this;
    }

    /**
     * The API's identifier.
     *
     * @param resource the value
     * @return this
     */
    public VeraCredential resource(String resource) {
        set("resource", resource);
        return this;
    }

    /**
     * Address of the API.
     *
     * @param baseUrl the value
     * @return this
     */
    public VeraCredential baseUrl(String baseUrl) {
        set("baseUrl", baseUrl);
        return this;
    }
}
