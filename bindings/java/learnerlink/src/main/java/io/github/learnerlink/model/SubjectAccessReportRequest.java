// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Gives all that the match register holds of a person. */
public final class SubjectAccessReportRequest extends Request {
    /** Makes one in which nothing is set. */
    public SubjectAccessReportRequest() {}

    /**
     * The person. Required.
     *
     * @param personId the value
     * @return this
     */
    public SubjectAccessReportRequest personId(String personId) {
        set("personId", personId);
        return this;
    }

    /**
     * Rows of this day and later, {@code YYYY-MM-DD} in UTC.
     *
     * @param fromDate the value
     * @return this
     */
    public SubjectAccessReportRequest fromDate(String fromDate) {
        set("fromDate", fromDate);
        return this;
    }

    /**
     * Rows of this day and earlier, {@code YYYY-MM-DD} in UTC.
     *
     * @param toDate the value
     * @return this
     */
    public SubjectAccessReportRequest toDate(String toDate) {
        set("toDate", toDate);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public SubjectAccessReportRequest ukprn(String ukprn) {
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
    public SubjectAccessReportRequest profile(String profile) {
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
    public SubjectAccessReportRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public SubjectAccessReportRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public SubjectAccessReportRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
