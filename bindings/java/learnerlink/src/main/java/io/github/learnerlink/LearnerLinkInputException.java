package io.github.learnerlink;

/** Bad input or configuration (200 to 299); {@link #details()} names the field or path. */
public class LearnerLinkInputException extends LearnerLinkException {
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
    public LearnerLinkInputException(String message, int status, String code, String operation, String rawJson) {
        super(message, status, code, operation, rawJson);
    }
}
