// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Says what to do with something that could not be delivered and needs somebody to look at it. */
public final class ResolveDeliveryRequest extends Request {
    /** {@code retry}, for {@link #resolution}. */
    public static final String RESOLUTION_RETRY = "retry";

    /** {@code discard}, for {@link #resolution}. */
    public static final String RESOLUTION_DISCARD = "discard";

    /** {@code delivered}, for {@link #resolution}. */
    public static final String RESOLUTION_DELIVERED = "delivered";

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
    public ResolveDeliveryRequest() {}

    /**
     * Our own id of the enrolment. Required.
     *
     * @param enrollmentId the value
     * @return this
     */
    public ResolveDeliveryRequest enrollmentId(String enrollmentId) {
        set("enrollmentId", enrollmentId);
        return this;
    }

    /**
     * The entry's id. Required.
     *
     * @param entryId the value
     * @return this
     */
    public ResolveDeliveryRequest entryId(String entryId) {
        set("entryId", entryId);
        return this;
    }

    /**
     * What to do. One of: {@code retry}, {@code discard}, {@code delivered}. Required.
     *
     * @param resolution the value
     * @return this
     */
    public ResolveDeliveryRequest resolution(String resolution) {
        set("resolution", resolution);
        return this;
    }

    /**
     * The association's id at the home institution, with {@code delivered}.
     *
     * @param associationId the value
     * @return this
     */
    public ResolveDeliveryRequest associationId(String associationId) {
        set("associationId", associationId);
        return this;
    }

    /**
     * The home institution's state of it, with {@code delivered}. One of: {@code pending}, {@code queued}, {@code
     * associated}, {@code denied}, {@code canceled}.
     *
     * @param state the value
     * @return this
     */
    public ResolveDeliveryRequest state(String state) {
        set("state", state);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public ResolveDeliveryRequest ukprn(String ukprn) {
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
    public ResolveDeliveryRequest profile(String profile) {
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
    public ResolveDeliveryRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public ResolveDeliveryRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public ResolveDeliveryRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
