// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Seals everything anew under a new key. */
public final class RotateKeyRequest extends Request {
    /** Makes one in which nothing is set. */
    public RotateKeyRequest() {}

    /**
     * The new master key, base64 of 32 bytes; configure it as {@code vaultKey} from the next start on.
     *
     * @param newVaultKey the value
     * @return this
     */
    public RotateKeyRequest newVaultKey(String newVaultKey) {
        set("newVaultKey", newVaultKey);
        return this;
    }

    /**
     * A file with the new master key, instead of {@code newVaultKey}.
     *
     * @param newVaultKeyFile the value
     * @return this
     */
    public RotateKeyRequest newVaultKeyFile(String newVaultKeyFile) {
        set("newVaultKeyFile", newVaultKeyFile);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public RotateKeyRequest ukprn(String ukprn) {
        set("ukprn", ukprn);
        return this;
    }

    /**
     * The provider or other organisation on whose behalf the call is made, by its profile's name; instead of {@code
     * ukprn}.
     *
     * @param profile the value
     * @return this
     */
    public RotateKeyRequest profile(String profile) {
        set("profile", profile);
        return this;
    }

    /**
     * Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it, to the
     * service.
     *
     * @param user the value
     * @return this
     */
    public RotateKeyRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public RotateKeyRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public RotateKeyRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
