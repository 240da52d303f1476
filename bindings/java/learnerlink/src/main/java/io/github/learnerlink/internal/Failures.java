package io.github.learnerlink.internal;

import io.github.learnerlink.LearnerLinkAuthenticationException;
import io.github.learnerlink.LearnerLinkException;
import io.github.learnerlink.LearnerLinkInputException;
import io.github.learnerlink.LearnerLinkInternalException;
import io.github.learnerlink.LearnerLinkRemoteException;
import io.github.learnerlink.LearnerLinkStoreException;
import io.github.learnerlink.LearnerLinkTimeoutException;
import io.github.learnerlink.LearnerLinkUsageException;
import io.github.learnerlink.Status;
import java.util.concurrent.CancellationException;

/** The exception for a status and the error object that came with it. */
public final class Failures {
    private Failures() {}

    /**
     * Chooses it by the code, or else by the hundred; a newer library may know ones that this package does not.
     *
     * @param number  the status
     * @param rawJson the error object; empty when there is none
     * @return the exception
     */
    public static RuntimeException of(int number, String rawJson) {
        Status status = Status.of(number);
        Fields error = rawJson.isEmpty() ? Fields.none() : Fields.parse(rawJson);
        String code = or(error.text("code"), status == null ? "UNKNOWN" : status.name());
        String message = or(error.text("message"),
                status == null ? "the library knows more than this package" : status.meaning());
        String operation = or(error.text("operation"), "");
        switch (code) {
            case "CANCELLED":
            case "CLOSED":
                return new CancellationException(message);
            case "TIMED_OUT":
                return new LearnerLinkTimeoutException(message, number, code, operation, rawJson);
            case "BAD_CREDENTIAL":
            case "AUTH_CONFIG":
            case "AUTH_REJECTED":
                return new LearnerLinkAuthenticationException(message, number, code, operation, rawJson);
            default:
        }
        switch (number / 100) {
            case 1:
                return new LearnerLinkUsageException(message, number, code, operation, rawJson);
            case 2:
                return new LearnerLinkInputException(message, number, code, operation, rawJson);
            case 3:
                return new LearnerLinkStoreException(message, number, code, operation, rawJson);
            case 4:
                return new LearnerLinkRemoteException(message, number, code, operation, rawJson);
            case 9:
                return new LearnerLinkInternalException(message, number, code, operation, rawJson);
            default:
                return new LearnerLinkException(message, number, code, operation, rawJson);
        }
    }

    private static String or(String found, String otherwise) {
        return found == null ? otherwise : found;
    }
}
