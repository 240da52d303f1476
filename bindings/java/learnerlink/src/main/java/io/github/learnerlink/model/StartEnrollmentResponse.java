// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;

/**
 * The answer of {@code start_enrollment}: handles a start that the host's own web server received, and says what to
 * answer the receiver.
 */
public final class StartEnrollmentResponse extends Response {
    /** An outcome. Both institutions agree: the student is enrolled. */
    public static final String OUTCOME_ASSOCIATED = "associated";

    /**
     * An outcome. The application is kept; the host program, the home institution or the delivery is still to come.
     */
    public static final String OUTCOME_PENDING = "pending";

    /** An outcome. The student is on the waiting list. */
    public static final String OUTCOME_QUEUED = "queued";

    /** An outcome. The student is enrolled for this offering already. */
    public static final String OUTCOME_ALREADY_ENROLLED = "alreadyEnrolled";

    /** An outcome. The student has applied for this offering already. */
    public static final String OUTCOME_ALREADY_PENDING = "alreadyPending";

    /** An outcome. The student is on the waiting list of this offering already. */
    public static final String OUTCOME_ALREADY_QUEUED = "alreadyQueued";

    /** An outcome. The host program refused. */
    public static final String OUTCOME_DENIED = "denied";

    /** An outcome. The home institution refused. */
    public static final String OUTCOME_DENIED_BY_HOME = "deniedByHome";

    /** An outcome. The student is not actively enrolled at home. */
    public static final String OUTCOME_NOT_ACTIVE = "notActive";

    /** An outcome. Enrolment has not opened yet. */
    public static final String OUTCOME_NOT_YET_OPEN = "notYetOpen";

    /** An outcome. Enrolment has closed. */
    public static final String OUTCOME_CLOSED = "closed";

    /** An outcome. There is no place left, and none on a waiting list. */
    public static final String OUTCOME_FULL = "full";

    /** An outcome. The body is not what a receiver sends; nothing is kept of it. */
    public static final String OUTCOME_INVALID_REQUEST = "invalidRequest";

    /** An outcome. The student was not let through the waiting room. */
    public static final String OUTCOME_QUEUE_FAILED = "queueFailed";

    /** An outcome. The application is kept, but the student must log in and start again. */
    public static final String OUTCOME_LOGIN_AGAIN = "loginAgain";

    /** An outcome. The home institution does not know the student. */
    public static final String OUTCOME_PERSON_NOT_FOUND = "personNotFound";

    /** An outcome. The host program failed, or the home institution refused the association as malformed. */
    public static final String OUTCOME_BACKEND_ERROR = "backendError";

    /** An outcome. Nothing was accepted, because the library could not keep it. */
    public static final String OUTCOME_INTERNAL_ERROR = "internalError";

    private final long httpStatus;
    private final String contentType;
    private final String body;
    private final long code;
    private final String enrollmentId;

    private StartEnrollmentResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.httpStatus = fields.needed("httpStatus", fields.whole("httpStatus"));
        this.contentType = fields.text("contentType");
        this.body = fields.text("body");
        this.code = fields.needed("code", fields.whole("code"));
        this.enrollmentId = fields.text("enrollmentId");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static StartEnrollmentResponse fromJson(String rawJson) {
        return new StartEnrollmentResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The HTTP status to answer with, always 200.
     *
     * @return the value
     */
    public long httpStatus() {
        return httpStatus;
    }

    /**
     * The content type to answer with.
     *
     * @return the value
     */
    public String contentType() {
        return contentType;
    }

    /**
     * The body to answer with, exactly as it is.
     *
     * @return the value
     */
    public String body() {
        return body;
    }

    /**
     * The code in that body.
     *
     * @return the value
     */
    public long code() {
        return code;
    }

    /**
     * Our own id of the enrolment, when there is one.
     *
     * @return the value, or null when there is none
     */
    public String enrollmentId() {
        return enrollmentId;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "httpStatus", httpStatus);
    }
}
