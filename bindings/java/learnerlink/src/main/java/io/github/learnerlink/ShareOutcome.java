package io.github.learnerlink;

import io.github.learnerlink.model.LearnerRecord;
import io.github.learnerlink.model.PollLearnerDataResponse;

/** What became of a share. */
public final class ShareOutcome {
    private final PollLearnerDataResponse response;

    /**
     * Makes an outcome of the answer of {@code pollLearnerData}.
     *
     * @param response the answer
     */
    public ShareOutcome(PollLearnerDataResponse response) {
        this.response = response;
    }

    /**
     * The library's whole answer.
     *
     * @return the answer
     */
    public PollLearnerDataResponse response() {
        return response;
    }

    /**
     * What became of it; a record comes with {@link ShareState#SHARED} alone.
     *
     * @return the state
     */
    public ShareState state() {
        return ShareState.of(response.outcome());
    }

    /**
     * The record, when it was shared.
     *
     * @return the record or null
     */
    public LearnerRecord record() {
        return response.record();
    }

    /**
     * A sentence for the user, in English.
     *
     * @return the sentence
     */
    public String message() {
        return response.message();
    }

    /**
     * The exact text the library gave.
     *
     * @return JSON
     */
    public String rawJson() {
        return response.rawJson();
    }

    @Override
    public String toString() {
        return "ShareOutcome(state=" + state() + ")";
    }
}
