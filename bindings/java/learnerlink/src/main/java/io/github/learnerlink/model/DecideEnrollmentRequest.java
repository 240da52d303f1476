// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Decides about an application. */
public final class DecideEnrollmentRequest extends Request {
    /** {@code associate}, for {@link #decision}. */
    public static final String DECISION_ASSOCIATE = "associate";

    /** {@code pending}, for {@link #decision}. */
    public static final String DECISION_PENDING = "pending";

    /** {@code queue}, for {@link #decision}. */
    public static final String DECISION_QUEUE = "queue";

    /** {@code deny}, for {@link #decision}. */
    public static final String DECISION_DENY = "deny";

    /** {@code fail}, for {@link #decision}. */
    public static final String DECISION_FAIL = "fail";

    /** Makes one in which nothing is set. */
    public DecideEnrollmentRequest() {}

    /**
     * Our own id of the enrolment. Required.
     *
     * @param enrollmentId the value
     * @return this
     */
    public DecideEnrollmentRequest enrollmentId(String enrollmentId) {
        set("enrollmentId", enrollmentId);
        return this;
    }

    /**
     * The decision. One of: {@code associate}, {@code pending}, {@code queue}, {@code deny}, {@code fail}. Required.
     *
     * @param decision the value
     * @return this
     */
    public DecideEnrollmentRequest decision(String decision) {
        set("decision", decision);
        return this;
    }

    /**
     * What the student is told instead of a text of ours, while the start is still open and nothing else comes of it.
     *
     * @param message the value
     * @return this
     */
    public DecideEnrollmentRequest message(DecisionMessage message) {
        set("message", message);
        return this;
    }

    /**
     * Where the student is to go on, an address of HTTPS, while the start is still open.
     *
     * @param redirect the value
     * @return this
     */
    public DecideEnrollmentRequest redirect(String redirect) {
        set("redirect", redirect);
        return this;
    }

    /**
     * With {@code deny}: that the same person is enrolled already under another id.
     *
     * @param alreadyEnrolled the value
     * @return this
     */
    public DecideEnrollmentRequest alreadyEnrolled(boolean alreadyEnrolled) {
        set("alreadyEnrolled", alreadyEnrolled);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public DecideEnrollmentRequest ukprn(String ukprn) {
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
    public DecideEnrollmentRequest profile(String profile) {
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
    public DecideEnrollmentRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public DecideEnrollmentRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public DecideEnrollmentRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
