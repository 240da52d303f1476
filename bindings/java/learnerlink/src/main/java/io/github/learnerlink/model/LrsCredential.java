// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Credential for the Learning Records Service. */
public final class LrsCredential extends Request {
    /** Makes one in which nothing is set. */
    public LrsCredential() {}

    /**
     * The organisation's UKPRN; the profile's own when absent.
     *
     * @param ukprn the value
     * @return this
     */
    public LrsCredential ukprn(String ukprn) {
        set("ukprn", ukprn);
        return this;
    }

    /**
     * The organisation's password. Required.
     *
     * @param password the value
     * @return this
     */
    public LrsCredential password(String password) {
        set("password", password);
        return this;
    }

    /**
     * The vendor's number. Required.
     *
     * @param vendorId the value
     * @return this
     */
    public LrsCredential vendorId(long vendorId) {
        set("vendorId", vendorId);
        return this;
    }

    /**
     * The client certificate with its key: a PKCS#12 file in base64. {@code lrs.pfxFile} of the configuration when
     * absent.
     *
     * @param pfx the value
     * @return this
     */
    public LrsCredential pfx(String pfx) {
        set("pfx", pfx);
        return this;
    }

    /**
     * The password of {@code pfx}.
     *
     * @param pfxPassword the value
     * @return this
     */
    public LrsCredential pfxPassword(String pfxPassword) {
        set("pfxPassword", pfxPassword);
        return this;
    }
}
