// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Writes our own register to a file, sealed under a passphrase or without its linkage keys. */
public final class ExportRegisterRequest extends Request {
    /** {@code csv}, for {@link #format}. */
    public static final String FORMAT_CSV = "csv";

    /** {@code jsonLines}, for {@link #format}. */
    public static final String FORMAT_JSON_LINES = "jsonLines";

    /** Makes one in which nothing is set. */
    public ExportRegisterRequest() {}

    /**
     * Path of the file, which must not exist. Required.
     *
     * @param path the value
     * @return this
     */
    public ExportRegisterRequest path(String path) {
        set("path", path);
        return this;
    }

    /**
     * Seals the export, which then has everything, linkage keys included; at least 12 characters. Without one the
     * export has no linkage keys.
     *
     * @param passphrase the value
     * @return this
     */
    public ExportRegisterRequest passphrase(String passphrase) {
        set("passphrase", passphrase);
        return this;
    }

    /**
     * The form of an export without a passphrase; {@code csv} when absent. One of: {@code csv}, {@code jsonLines}.
     *
     * @param format the value
     * @return this
     */
    public ExportRegisterRequest format(String format) {
        set("format", format);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public ExportRegisterRequest ukprn(String ukprn) {
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
    public ExportRegisterRequest profile(String profile) {
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
    public ExportRegisterRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public ExportRegisterRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public ExportRegisterRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
