// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Removes what is older than its retention. */
public final class PurgeRequest extends Request {
    /** Makes one in which nothing is set. */
    public PurgeRequest() {}

    /**
     * Keep audit entries of this many days.
     *
     * @param auditDays the value
     * @return this
     */
    public PurgeRequest auditDays(long auditDays) {
        set("auditDays", auditDays);
        return this;
    }

    /**
     * Keep shares of this many days.
     *
     * @param shareDays the value
     * @return this
     */
    public PurgeRequest shareDays(long shareDays) {
        set("shareDays", shareDays);
        return this;
    }

    /**
     * Keep what came with enrolments for so many days after they ended.
     *
     * @param enrollmentDays the value
     * @return this
     */
    public PurgeRequest enrollmentDays(long enrollmentDays) {
        set("enrollmentDays", enrollmentDays);
        return this;
    }

    /**
     * Keep bulk jobs for so many days after they came to their last row; what they wrote stays.
     *
     * @param batchDays the value
     * @return this
     */
    public PurgeRequest batchDays(long batchDays) {
        set("batchDays", batchDays);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public PurgeRequest ukprn(String ukprn) {
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
    public PurgeRequest profile(String profile) {
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
    public PurgeRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public PurgeRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public PurgeRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
