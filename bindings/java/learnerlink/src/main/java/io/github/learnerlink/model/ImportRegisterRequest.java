// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Imports organisations, patients, accounts and linkage keys from a file into our own register. */
public final class ImportRegisterRequest extends Request {
    /** {@code fail}, for {@link #onConflict}. */
    public static final String ON_CONFLICT_FAIL = "fail";

    /** {@code skip}, for {@link #onConflict}. */
    public static final String ON_CONFLICT_SKIP = "skip";

    /** {@code replace}, for {@link #onConflict}. */
    public static final String ON_CONFLICT_REPLACE = "replace";

    /** {@code stop}, for {@link #onRefused}. */
    public static final String ON_REFUSED_STOP = "stop";

    /** {@code skip}, for {@link #onRefused}. */
    public static final String ON_REFUSED_SKIP = "skip";

    /** Makes one in which nothing is set. */
    public ImportRegisterRequest() {}

    /**
     * Path of the file: CSV or JSON Lines in UTF-8, or a sealed export; it is told by its first line. Required.
     *
     * @param path the value
     * @return this
     */
    public ImportRegisterRequest path(String path) {
        set("path", path);
        return this;
    }

    /**
     * The passphrase of a sealed export.
     *
     * @param passphrase the value
     * @return this
     */
    public ImportRegisterRequest passphrase(String passphrase) {
        set("passphrase", passphrase);
        return this;
    }

    /**
     * What to do with what is on the register already; {@code fail} when absent. One of: {@code fail}, {@code skip},
     * {@code replace}.
     *
     * @param onConflict the value
     * @return this
     */
    public ImportRegisterRequest onConflict(String onConflict) {
        set("onConflict", onConflict);
        return this;
    }

    /**
     * What to do when rows are refused; {@code stop} when absent. One of: {@code stop}, {@code skip}.
     *
     * @param onRefused the value
     * @return this
     */
    public ImportRegisterRequest onRefused(String onRefused) {
        set("onRefused", onRefused);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public ImportRegisterRequest ukprn(String ukprn) {
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
    public ImportRegisterRequest profile(String profile) {
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
    public ImportRegisterRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public ImportRegisterRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public ImportRegisterRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
