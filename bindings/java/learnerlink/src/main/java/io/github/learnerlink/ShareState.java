package io.github.learnerlink;

/** What became of a share. */
public enum ShareState {
    /** The learner has not answered yet; keep waiting. */
    PENDING("pending"),
    /** The learner agreed; the record is there. */
    SHARED("shared"),
    /** The learner declined or let the time pass. Show a new code. */
    DECLINED_OR_EXPIRED("declinedOrExpired"),
    /** No answer came before the share's own deadline. Show a new code. */
    TIMED_OUT("timedOut"),
    /** The share was cancelled here. */
    CANCELLED("cancelled"),
    /** The record was shared before and cannot be read again. */
    NO_LONGER_AVAILABLE("noLongerAvailable"),
    /** A request may have been sent, but there is no handle to poll. */
    UNKNOWN("unknown"),
    /** The share ended in an error before. Show a new code. */
    FAILED("failed"),
    /** A word of a newer library that this package does not know; see {@link ShareOutcome#response()}. */
    OTHER("other");

    private final String word;

    ShareState(String word) {
        this.word = word;
    }

    /**
     * The library's word for it.
     *
     * @return such as {@code declinedOrExpired}
     */
    public String word() {
        return word;
    }

    static ShareState of(String word) {
        for (ShareState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        return OTHER;
    }
}
