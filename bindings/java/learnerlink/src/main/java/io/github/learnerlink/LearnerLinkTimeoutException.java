package io.github.learnerlink;

/** A wait ran out, such as that of {@link LearnerLinkLibrary#shutdown}; the work goes on. */
public class LearnerLinkTimeoutException extends LearnerLinkException {
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
    public LearnerLinkTimeoutException(String message, int status, String code, String operation, String rawJson) {
        super(message, status, code, operation, rawJson);
    }
}
