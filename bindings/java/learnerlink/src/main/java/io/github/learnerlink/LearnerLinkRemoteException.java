package io.github.learnerlink;

/** The network or the service failed (400 to 499). */
public class LearnerLinkRemoteException extends LearnerLinkException {
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
    public LearnerLinkRemoteException(String message, int status, String code, String operation, String rawJson) {
        super(message, status, code, operation, rawJson);
    }
}
