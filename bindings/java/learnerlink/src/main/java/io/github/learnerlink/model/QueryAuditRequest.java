// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Reads the audit trail. */
public final class QueryAuditRequest extends Request {
    /** Makes one in which nothing is set. */
    public QueryAuditRequest() {}

    /**
     * Entries after this number: the last {@code seq} of the page before.
     *
     * @param afterSeq the value
     * @return this
     */
    public QueryAuditRequest afterSeq(long afterSeq) {
        set("afterSeq", afterSeq);
        return this;
    }

    /**
     * Not before this time.
     *
     * @param from the value
     * @return this
     */
    public QueryAuditRequest from(String from) {
        set("from", from);
        return this;
    }

    /**
     * Before this time.
     *
     * @param to the value
     * @return this
     */
    public QueryAuditRequest to(String to) {
        set("to", to);
        return this;
    }

    /**
     * Of this operation.
     *
     * @param operation the value
     * @return this
     */
    public QueryAuditRequest operation(String operation) {
        set("operation", operation);
        return this;
    }

    /**
     * Of this system.
     *
     * @param system the value
     * @return this
     */
    public QueryAuditRequest system(String system) {
        set("system", system);
        return this;
    }

    /**
     * By this user.
     *
     * @param byUser the value
     * @return this
     */
    public QueryAuditRequest byUser(String byUser) {
        set("byUser", byUser);
        return this;
    }

    /**
     * With this trace id.
     *
     * @param withTraceId the value
     * @return this
     */
    public QueryAuditRequest withTraceId(String withTraceId) {
        set("withTraceId", withTraceId);
        return this;
    }

    /**
     * About the learner with this ULN.
     *
     * @param uln the value
     * @return this
     */
    public QueryAuditRequest uln(String uln) {
        set("uln", uln);
        return this;
    }

    /**
     * About the person with this id, in operations that name one.
     *
     * @param personId the value
     * @return this
     */
    public QueryAuditRequest personId(String personId) {
        set("personId", personId);
        return this;
    }

    /**
     * About the patient with this NHS number.
     *
     * @param nhsNumber the value
     * @return this
     */
    public QueryAuditRequest nhsNumber(String nhsNumber) {
        set("nhsNumber", nhsNumber);
        return this;
    }

    /**
     * Only those about this student, by the id that a subscription receiver has for them.
     *
     * @param enrollmentPersonId the value
     * @return this
     */
    public QueryAuditRequest enrollmentPersonId(String enrollmentPersonId) {
        set("enrollmentPersonId", enrollmentPersonId);
        return this;
    }

    /**
     * With this outcome or error code.
     *
     * @param outcome the value
     * @return this
     */
    public QueryAuditRequest outcome(String outcome) {
        set("outcome", outcome);
        return this;
    }

    /**
     * Newest first instead of oldest first.
     *
     * @param newestFirst the value
     * @return this
     */
    public QueryAuditRequest newestFirst(boolean newestFirst) {
        set("newestFirst", newestFirst);
        return this;
    }

    /**
     * At most this many; 100 when absent.
     *
     * @param limit the value
     * @return this
     */
    public QueryAuditRequest limit(long limit) {
        set("limit", limit);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public QueryAuditRequest ukprn(String ukprn) {
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
    public QueryAuditRequest profile(String profile) {
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
    public QueryAuditRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public QueryAuditRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public QueryAuditRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
