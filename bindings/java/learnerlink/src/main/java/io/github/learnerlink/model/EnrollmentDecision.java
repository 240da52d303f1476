// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** What the host program decides, if it does so at once. */
public final class EnrollmentDecision extends Request {
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
    public EnrollmentDecision() {}

    /**
     * The decision. One of: {@code associate}, {@code pending}, {@code queue}, {@code deny}, {@code fail}. Required.
     *
     * @param decision the value
     * @return this
     */
    public EnrollmentDecision decision(String decision) {
        set("decision", decision);
        return this;
    }

    /**
     * What the student is told instead of a text of ours, while the start is still open and nothing else comes of it.
     *
     * @param message the value
     * @return this
     */
    public EnrollmentDecision message(DecisionMessage message) {
        set("message", message);
        return this;
    }

    /**
     * Where the student is to go on, an address of HTTPS, while the start is still open.
     *
     * @param redirect the value
     * @return this
     */
    public EnrollmentDecision redirect(String redirect) {
        set("redirect", redirect);
        return this;
    }

    /**
     * With {@code deny}: that the same person is enrolled already under another id.
     *
     * @param alreadyEnrolled the value
     * @return this
     */
    public EnrollmentDecision alreadyEnrolled(boolean alreadyEnrolled) {
        set("alreadyEnrolled", alreadyEnrolled);
        return this;
    }
}
