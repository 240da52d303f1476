// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink;

/** The permanent numbers and names of what a call can end with. */
public enum Status {
    /** The call succeeded. */
    OK(0, false, "The call succeeded."),
    /** The operation is still running; wait for it or poll it again. */
    NOT_READY(1, true, "The operation is still running; wait for it or poll it again."),
    /** Nothing happened within the time given to the wait; the work goes on. */
    TIMED_OUT(2, true, "Nothing happened within the time given to the wait; the work goes on."),
    /** The operation was cancelled before it finished. */
    CANCELLED(3, false, "The operation was cancelled before it finished."),
    /** The text does not fit the buffer; its length was set. */
    BUFFER_TOO_SMALL(4, false, "The text does not fit the buffer; its length was set."),
    /** A required argument is NULL. */
    NULL_ARGUMENT(100, false, "A required argument is NULL."),
    /** A text argument is not valid UTF-8. */
    INVALID_UTF8(101, false, "A text argument is not valid UTF-8."),
    /** The handle is zero, closed, of another kind or made up. */
    INVALID_HANDLE(102, false, "The handle is zero, closed, of another kind or made up."),
    /** The plugin or queue behind the handle was closed. */
    CLOSED(103, false, "The plugin or queue behind the handle was closed."),
    /** The process is a fork of the one that used the library; load it afresh after exec. */
    FORKED(104, false, "The process is a fork of the one that used the library; load it afresh after exec."),
    /** No operation has this name; learnerlink_describe lists them. */
    UNKNOWN_OPERATION(105, false, "No operation has this name; learnerlink_describe lists them."),
    /** Too many handles are open; close those no longer needed. */
    HANDLES_EXHAUSTED(106, false, "Too many handles are open; close those no longer needed."),
    /** The operation was already given to a completion queue. */
    ALREADY_ENQUEUED(107, false, "The operation was already given to a completion queue."),
    /** The text is not the JSON object expected here. */
    INVALID_JSON(200, false, "The text is not the JSON object expected here."),
    /** The JSON has a key that nothing reads; its path is in the message. */
    UNKNOWN_KEY(201, false, "The JSON has a key that nothing reads; its path is in the message."),
    /** A value in the request breaks its rule; {@code details.field} names it. */
    INVALID_INPUT(202, false, "A value in the request breaks its rule; `details.field` names it."),
    /** A value in the configuration breaks its rule; {@code details.path} names it. */
    INVALID_CONFIG(203, false, "A value in the configuration breaks its rule; `details.path` names it."),
    /** The request is larger than {@code limits.maxRequestBytes}. */
    TOO_LARGE(204, false, "The request is larger than `limits.maxRequestBytes`."),
    /** No credential is stored for this provider; add one with put_profile. */
    NO_CREDENTIAL(205, false, "No credential is stored for this provider; add one with put_profile."),
    /** The client id already belongs to another provider; each provider has its own. */
    DUPLICATE_CLIENT_ID(206, false, "The client id already belongs to another provider; each provider has its own."),
    /** What the request names is not in the store. */
    NOT_FOUND(207, false, "What the request names is not in the store."),
    /** The request contradicts what the store holds. */
    CONFLICT(208, false, "The request contradicts what the store holds."),
    /** The store holds or would hold secrets and no vault key is configured. */
    VAULT_KEY_MISSING(209, false, "The store holds or would hold secrets and no vault key is configured."),
    /** The configured vault key is not the one this store was sealed with. */
    VAULT_KEY_WRONG(210, false, "The configured vault key is not the one this store was sealed with."),
    /** The client certificate cannot be used; {@code details.problem} and the message say why. */
    BAD_CERTIFICATE(211, false, "The client certificate cannot be used; `details.problem` and the message say why."),
    /** A row of a batch's input was refused before anything was called; the message says why. */
    INVALID_ROW(212, false, "A row of a batch's input was refused before anything was called; the message says why."),
    /** More rows of a batch failed than {@code stopAfterErrors} allows; look into them and resume it. */
    BATCH_STOPPED(213, false, "More rows of a batch failed than `stopAfterErrors` allows; look into them and resume it."),
    /** The store cannot be opened or has failed. */
    STORE_UNAVAILABLE(300, false, "The store cannot be opened or has failed."),
    /** Others kept the store locked, or its server is out of reach for the moment; try again. */
    STORE_BUSY(301, true, "Others kept the store locked, or its server is out of reach for the moment; try again."),
    /** The store's file is not a database or is damaged; restore a backup. */
    STORE_CORRUPT(302, false, "The store's file is not a database or is damaged; restore a backup."),
    /** The store was written by a newer version of the library; upgrade this one. */
    STORE_SCHEMA_NEWER(303, false, "The store was written by a newer version of the library; upgrade this one."),
    /** The disk is full; free space and try again. */
    STORE_FULL(304, true, "The disk is full; free space and try again."),
    /** The store's file or folder cannot be written. */
    STORE_READ_ONLY(305, false, "The store's file or folder cannot be written."),
    /** A sealed value does not open in its place: it was altered, moved or copied. */
    SEAL_BROKEN(306, false, "A sealed value does not open in its place: it was altered, moved or copied."),
    /** The results of a batch cannot be written; what was done is kept, and it can be resumed. */
    BATCH_OUTPUT(307, false, "The results of a batch cannot be written; what was done is kept, and it can be resumed."),
    /** No connection to the service could be made; check network and proxy. */
    UNREACHABLE(400, true, "No connection to the service could be made; check network and proxy."),
    /** The service did not answer within the deadline. */
    DEADLINE_EXCEEDED(401, true, "The service did not answer within the deadline."),
    /** The service's certificate was not accepted or the TLS handshake failed. */
    TLS_FAILED(402, false, "The service's certificate was not accepted or the TLS handshake failed."),
    /** The service answered something its interface does not allow. */
    PROTOCOL(403, false, "The service answered something its interface does not allow."),
    /** The service's answer is larger than the limit. */
    RESPONSE_TOO_LARGE(404, false, "The service's answer is larger than the limit."),
    /** The service is out of order for the moment; try again later. */
    UNAVAILABLE(405, true, "The service is out of order for the moment; try again later."),
    /** The service asks for fewer calls; wait {@code details.retryAfterMs}. */
    THROTTLED(406, true, "The service asks for fewer calls; wait `details.retryAfterMs`."),
    /** The service failed repeatedly and is being left alone; wait {@code details.retryAfterMs}. */
    CIRCUIT_OPEN(407, true, "The service failed repeatedly and is being left alone; wait `details.retryAfterMs`."),
    /** The service does not accept this client id and secret; an administrator must renew them. */
    BAD_CREDENTIAL(410, false, "The service does not accept this client id and secret; an administrator must renew them."),
    /** The tenant, resource or scope is not known to the token service. */
    AUTH_CONFIG(411, false, "The tenant, resource or scope is not known to the token service."),
    /** A fresh token was refused by the service. */
    AUTH_REJECTED(412, false, "A fresh token was refused by the service."),
    /** The service does not allow this provider to do this. */
    FORBIDDEN(413, false, "The service does not allow this provider to do this."),
    /** The service refused the request as invalid. */
    REJECTED(414, false, "The service refused the request as invalid."),
    /** The request may have been carried out; it is not repeated automatically. */
    OUTCOME_UNKNOWN(415, false, "The request may have been carried out; it is not repeated automatically."),
    /** The service does not accept our client certificate, or wants one. */
    CERTIFICATE_REFUSED(416, false, "The service does not accept our client certificate, or wants one."),
    /** The service is closed for maintenance or out of its hours; try again when it is open. */
    MAINTENANCE(417, true, "The service is closed for maintenance or out of its hours; try again when it is open."),
    /** The service reported a fault; {@code upstream.code} is its own code for it. */
    SERVICE_FAULT(418, false, "The service reported a fault; `upstream.code` is its own code for it."),
    /** A batch ended while this row's call was under way; it may have been carried out and is not repeated. */
    BATCH_ROW_INTERRUPTED(419, false, "A batch ended while this row's call was under way; it may have been carried out and is not repeated."),
    /** A defect of this library; the log has file and line. */
    INTERNAL(900, false, "A defect of this library; the log has file and line.");

    private final int number;
    private final boolean retriable;
    private final String meaning;

    Status(int number, boolean retriable, String meaning) {
        this.number = number;
        this.retriable = retriable;
        this.meaning = meaning;
    }

    /**
     * The permanent number.
     *
     * @return such as 410
     */
    public int number() {
        return number;
    }

    /**
     * Whether the same call may succeed later.
     *
     * @return whether
     */
    public boolean retriable() {
        return retriable;
    }

    /**
     * What it means.
     *
     * @return a sentence
     */
    public String meaning() {
        return meaning;
    }

    /**
     * The status with a number.
     *
     * @param number the number
     * @return the status, or null for one that a newer library has added
     */
    public static Status of(int number) {
        for (Status status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        return null;
    }
}
