package io.github.learnerlink;

/** A defect of the library (900); the log has file and line. */
public class LearnerLinkInternalException extends LearnerLinkException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception; hosts need it in their own tests alone.
     *
     * @param message   what happened
     * @param status    the library's number
     * @param code      its name
     * @param operation the operation that failed; may be empty
     * @param rawJson   the library's error object; may be empty
     */
    public LearnerLinkInternalException(String message, int status, String code, String operation, String rawJson) {
        super(message, status, code, operation, rawJson);
    }
}
