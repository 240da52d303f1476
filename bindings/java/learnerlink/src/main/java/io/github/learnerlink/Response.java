package io.github.learnerlink;

import io.github.learnerlink.internal.Fields;

/** The answer of an operation. Answers about a learner, such as "not shared", are its outcome. */
public abstract class Response extends Model {
    private final String text;
    private final String outcome;

    /**
     * Not for hosts, who make responses from JSON text.
     *
     * @param text   the text
     * @param fields the members of the object that it is
     */
    protected Response(String text, Fields fields) {
        super(fields);
        this.text = text;
        this.outcome = fields.text("outcome");
    }

    /**
     * What came of the call: one of the operation's outcomes, or one that a newer library has added.
     *
     * @return a word
     */
    public final String outcome() {
        return outcome;
    }

    /**
     * The exact text the library gave.
     *
     * @return JSON
     */
    @Override
    public final String rawJson() {
        return text;
    }
}
