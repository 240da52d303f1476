// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** A qualification. */
public final class Qualification extends Model {
    private final String title;
    private final String qan;
    private final String awardDate;
    private final String providerName;
    private final String awardingBody;
    private final String level;
    private final String grade;
    private final boolean underDataChallenge;
    private final long displaySort;

    Qualification(Fields fields) {
        super(fields);
        this.title = fields.text("title");
        this.qan = fields.text("qan");
        this.awardDate = fields.text("awardDate");
        this.providerName = fields.text("providerName");
        this.awardingBody = fields.text("awardingBody");
        this.level = fields.text("level");
        this.grade = fields.text("grade");
        this.underDataChallenge = fields.needed("underDataChallenge", fields.flag("underDataChallenge"));
        this.displaySort = fields.needed("displaySort", fields.whole("displaySort"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static Qualification fromJson(String rawJson) {
        return new Qualification(Fields.parse(rawJson));
    }

    /**
     * Title.
     *
     * @return the value, or null when there is none
     */
    public String title() {
        return title;
    }

    /**
     * Qualification accreditation number, with its punctuation.
     *
     * @return the value, or null when there is none
     */
    public String qan() {
        return qan;
    }

    /**
     * Date of award.
     *
     * @return the value, or null when there is none
     */
    public String awardDate() {
        return awardDate;
    }

    /**
     * Where it was taken.
     *
     * @return the value, or null when there is none
     */
    public String providerName() {
        return providerName;
    }

    /**
     * Who awarded it.
     *
     * @return the value, or null when there is none
     */
    public String awardingBody() {
        return awardingBody;
    }

    /**
     * Level.
     *
     * @return the value, or null when there is none
     */
    public String level() {
        return level;
    }

    /**
     * Grade, a free text.
     *
     * @return the value, or null when there is none
     */
    public String grade() {
        return grade;
    }

    /**
     * Whether the learner disputes it; warn the user when {@code true}.
     *
     * @return the value
     */
    public boolean underDataChallenge() {
        return underDataChallenge;
    }

    /**
     * VERA's order of display.
     *
     * @return the value
     */
    public long displaySort() {
        return displaySort;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
