// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Lists enrolments, hands out those to be decided, and waits for new ones. */
public final class ListEnrollmentsRequest extends Request {
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

    /** {@code waiting}, for {@link #outbox}. */
    public static final String OUTBOX_WAITING = "waiting";

    /** {@code needsLogin}, for {@link #outbox}. */
    public static final String OUTBOX_NEEDS_LOGIN = "needsLogin";

    /** {@code parked}, for {@link #outbox}. */
    public static final String OUTBOX_PARKED = "parked";

    /** Makes one in which nothing is set. */
    public ListEnrollmentsRequest() {}

    /**
     * Only this one, by our own id.
     *
     * @param enrollmentId the value
     * @return this
     */
    public ListEnrollmentsRequest enrollmentId(String enrollmentId) {
        set("enrollmentId", enrollmentId);
        return this;
    }

    /**
     * Only those of this person.
     *
     * @param personId the value
     * @return this
     */
    public ListEnrollmentsRequest personId(String personId) {
        set("personId", personId);
        return this;
    }

    /**
     * Only those for this offering.
     *
     * @param offeringId the value
     * @return this
     */
    public ListEnrollmentsRequest offeringId(String offeringId) {
        set("offeringId", offeringId);
        return this;
    }

    /**
     * Only those in this state. One of: {@code pending}, {@code queued}, {@code associated}, {@code denied}, {@code
     * canceled}.
     *
     * @param state the value
     * @return this
     */
    public ListEnrollmentsRequest state(String state) {
        set("state", state);
        return this;
    }

    /**
     * Only those that the host program has not decided, or only those it has.
     *
     * @param undecided the value
     * @return this
     */
    public ListEnrollmentsRequest undecided(boolean undecided) {
        set("undecided", undecided);
        return this;
    }

    /**
     * Only those with something in the outbox in this state. One of: {@code waiting}, {@code needsLogin}, {@code
     * parked}.
     *
     * @param outbox the value
     * @return this
     */
    public ListEnrollmentsRequest outbox(String outbox) {
        set("outbox", outbox);
        return this;
    }

    /**
     * Only those that changed after this; give the last {@code version} that was seen.
     *
     * @param changedAfter the value
     * @return this
     */
    public ListEnrollmentsRequest changedAfter(long changedAfter) {
        set("changedAfter", changedAfter);
        return this;
    }

    /**
     * Takes undecided ones from the inbox, oldest first: nobody else is handed them for {@code leaseSeconds}.
     *
     * @param handOut the value
     * @return this
     */
    public ListEnrollmentsRequest handOut(boolean handOut) {
        set("handOut", handOut);
        return this;
    }

    /**
     * Waits so long for the first, in milliseconds (0 to 600,000).
     *
     * @param waitMs the value
     * @return this
     */
    public ListEnrollmentsRequest waitMs(long waitMs) {
        set("waitMs", waitMs);
        return this;
    }

    /**
     * Whether to give offering and person as they came.
     *
     * @param withBodies the value
     * @return this
     */
    public ListEnrollmentsRequest withBodies(boolean withBodies) {
        set("withBodies", withBodies);
        return this;
    }

    /**
     * At most this many, 1 to 1,000; 100 when absent.
     *
     * @param limit the value
     * @return this
     */
    public ListEnrollmentsRequest limit(long limit) {
        set("limit", limit);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public ListEnrollmentsRequest ukprn(String ukprn) {
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
    public ListEnrollmentsRequest profile(String profile) {
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
    public ListEnrollmentsRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public ListEnrollmentsRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public ListEnrollmentsRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
