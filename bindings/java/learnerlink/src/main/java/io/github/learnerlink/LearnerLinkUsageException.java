package io.github.learnerlink;

/** A mistake of the caller (100 to 199), such as text that is no valid Unicode. */
public class LearnerLinkUsageException extends LearnerLinkException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception; hosts need it in their own tests alone.
     *
     * @param message   what happened
     * @param status    the library's number; 0 for a mistake that the binding itself has found
     * @param code      its name
     * @param operation the operation that failed; may be empty
     * @param rawJson   the library's error object; may be empty
     */
    public LearnerLinkUsageException(String message, int status, String code, String operation, String rawJson) {
        super(message, status, code, operation, rawJson);
    }
}
