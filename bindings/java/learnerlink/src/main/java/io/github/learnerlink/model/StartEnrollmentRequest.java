// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;

/** Handles a start that the host's own web server received, and says what to answer the receiver. */
public final class StartEnrollmentRequest extends Request {
    /** Makes one in which nothing is set. */
    public StartEnrollmentRequest() {}

    /**
     * The body of the request as it came. Whatever it is, there is an answer for the receiver. Required.
     *
     * @param body the value
     * @return this
     */
    public StartEnrollmentRequest body(String body) {
        set("body", body);
        return this;
    }

    /**
     * The header {@code Accept-Language} as it came; absent when there was none.
     *
     * @param acceptLanguage the value
     * @return this
     */
    public StartEnrollmentRequest acceptLanguage(String acceptLanguage) {
        set("acceptLanguage", acceptLanguage);
        return this;
    }

    /**
     * Whether the student was let through the waiting room, where there is one.
     *
     * @param admitted the value
     * @return this
     */
    public StartEnrollmentRequest admitted(boolean admitted) {
        set("admitted", admitted);
        return this;
    }

    /**
     * That the host's system has the same person enrolled already under another id.
     *
     * @param alreadyEnrolled the value
     * @return this
     */
    public StartEnrollmentRequest alreadyEnrolled(boolean alreadyEnrolled) {
        set("alreadyEnrolled", alreadyEnrolled);
        return this;
    }

    /**
     * How many are enrolled by the host's own books; the offering's own number when absent.
     *
     * @param enrolled the value
     * @return this
     */
    public StartEnrollmentRequest enrolled(long enrolled) {
        set("enrolled", enrolled);
        return this;
    }

    /**
     * How many can be by the host's own books; the offering's own number when absent.
     *
     * @param most the value
     * @return this
     */
    public StartEnrollmentRequest most(long most) {
        set("most", most);
        return this;
    }

    /**
     * What the host program decides, if it does so at once.
     *
     * @param decided the value
     * @return this
     */
    public StartEnrollmentRequest decided(EnrollmentDecision decided) {
        set("decided", decided);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public StartEnrollmentRequest ukprn(String ukprn) {
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
    public StartEnrollmentRequest profile(String profile) {
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
    public StartEnrollmentRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public StartEnrollmentRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public StartEnrollmentRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
