package io.github.learnerlink;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The native library cannot be loaded. The message lists every path tried and ends with a hint. */
public class LearnerLinkNativeLibraryException extends LearnerLinkException {
    private static final long serialVersionUID = 1;

    /** The word. */
    private final String hint;

    /** The reason for each path. */
    private final LinkedHashMap<String, String> tried;

    /**
     * Makes the exception; hosts need it in their own tests alone.
     *
     * @param message what happened
     * @param hint    a word for the likely reason
     * @param tried   the reason for each path tried
     */
    public LearnerLinkNativeLibraryException(String message, String hint, Map<String, String> tried) {
        super(message, 0, "LIBRARY_NOT_LOADED", "", "");
        this.hint = hint;
        this.tried = new LinkedHashMap<>(tried);
    }

    /**
     * A word for the likely reason, as in the table of the README.
     *
     * @return such as {@code architecture}
     */
    public String hint() {
        return hint;
    }

    /**
     * Each path tried, in this order, with the operating system's reason.
     *
     * @return reasons by paths
     */
    public Map<String, String> tried() {
        return Collections.unmodifiableMap(tried);
    }
}
