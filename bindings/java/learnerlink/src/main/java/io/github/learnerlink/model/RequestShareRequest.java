// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Sends a learner's phone a request to share and returns the code they must type (pattern C). */
public final class RequestShareRequest extends Request {
    /** Makes one in which nothing is set. */
    public RequestShareRequest() {}

    /**
     * The learner's mobile number. Required.
     *
     * @param mobileNumber the value
     * @return this
     */
    public RequestShareRequest mobileNumber(String mobileNumber) {
        set("mobileNumber", mobileNumber);
        return this;
    }

    /**
     * The learner's date of birth, {@code YYYY-MM-DD}. Required.
     *
     * @param dateOfBirth the value
     * @return this
     */
    public RequestShareRequest dateOfBirth(String dateOfBirth) {
        set("dateOfBirth", dateOfBirth);
        return this;
    }

    /**
     * Send a request although one may be open; the learner is then notified again.
     *
     * @param force the value
     * @return this
     */
    public RequestShareRequest force(boolean force) {
        set("force", force);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public RequestShareRequest ukprn(String ukprn) {
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
    public RequestShareRequest profile(String profile) {
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
    public RequestShareRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public RequestShareRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public RequestShareRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
