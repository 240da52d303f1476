// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Changes the host's state of an enrolment and tells the home institution. */
public final class UpdateAssociationRequest extends Request {
    /** {@code pending}, for {@link #state}. */
    public static final String STATE_PENDING = "pending";

    /** {@code queued}, for {@link #state}. */
    public static final String STATE_QUEUED = "queued";

    /** {@code associated}, for {@link #state}. */
    public static final String STATE_ASSOCIATED = "associated";

    /** {@code denied}, for {@link #state}. */
    public static final String STATE_DENIED = "denied";

    /** {@code canceled}, for {@link #state}. */
    public static final String STATE_CANCELED = "canceled";

    /** Makes one in which nothing is set. */
    public UpdateAssociationRequest() {}

    /**
     * Our own id of the enrolment. Required.
     *
     * @param enrollmentId the value
     * @return this
     */
    public UpdateAssociationRequest enrollmentId(String enrollmentId) {
        set("enrollmentId", enrollmentId);
        return this;
    }

    /**
     * The new state. One of: {@code pending}, {@code queued}, {@code associated}, {@code denied}, {@code canceled}.
     * Required.
     *
     * @param state the value
     * @return this
     */
    public UpdateAssociationRequest state(String state) {
        set("state", state);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public UpdateAssociationRequest ukprn(String ukprn) {
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
    public UpdateAssociationRequest profile(String profile) {
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
    public UpdateAssociationRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public UpdateAssociationRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public UpdateAssociationRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
