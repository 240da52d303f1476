package io.github.learnerlink;

import io.github.learnerlink.internal.Fields;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Why a call had no answer. Compare {@link #code()}, which is permanent, and not the message. Pending, declined and not
 * shared are no failures but outcomes.
 */
public class LearnerLinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The permanent number. */
    private final int status;

    /** The permanent name. */
    private final String code;

    /** The operation; may be empty. */
    private final String operation;

    /** The error object; may be empty. */
    private final String rawJson;

    /**
     * Makes the exception; hosts need it in their own tests alone.
     *
     * @param message   what happened
     * @param status    the library's number
     * @param code      its name
     * @param operation the operation that failed; may be empty
     * @param rawJson   the library's error object; may be empty
     */
    public LearnerLinkException(String message, int status, String code, String operation, String rawJson) {
        super(message);
        this.status = status;
        this.code = code;
        this.operation = operation;
        this.rawJson = rawJson;
    }

    /**
     * The library's permanent number.
     *
     * @return such as 410
     */
    public int status() {
        return status;
    }

    /**
     * Its permanent name; those of this version are the names of {@link Status}.
     *
     * @return such as {@code BAD_CREDENTIAL}
     */
    public String code() {
        return code;
    }

    /**
     * Whether the same call may succeed later without anybody changing anything.
     *
     * @return whether
     */
    public boolean retriable() {
        Boolean said = error() == null ? null : error().flag("retriable");
        Status known = Status.of(status);
        return said != null ? said : known != null && known.retriable();
    }

    /**
     * The operation or function that failed.
     *
     * @return its name in the catalogue, such as {@code generate_qr}; empty for a failure of the binding itself
     */
    public String operation() {
        return operation;
    }

    /**
     * The facts behind the message, by code, such as {@code retryAfterMs}.
     *
     * @return texts, numbers, truth values, lists and maps by their keys; never null
     */
    public Map<String, Object> details() {
        Map<String, Object> details = error() == null ? null : error().object("details");
        return details == null ? Collections.emptyMap() : details;
    }

    /**
     * The chain of causes inside the library.
     *
     * @return outermost first; never null
     */
    public List<String> causes() {
        return error() == null ? Collections.emptyList() : error().texts("causes");
    }

    /**
     * The library's error object as it came.
     *
     * @return JSON; empty for an error of the binding itself
     */
    public String rawJson() {
        return rawJson;
    }

    private Fields error() {
        return rawJson.isEmpty() ? null : Fields.parse(rawJson);
    }

    /**
     * Code, message, operation and status, and never the details: a stack trace goes to more people than they should.
     *
     * @return one line
     */
    @Override
    public String toString() {
        String where = operation.isEmpty() ? "" : operation + ", ";
        return code + ": " + getMessage() + " (" + where + status + ")";
    }
}
