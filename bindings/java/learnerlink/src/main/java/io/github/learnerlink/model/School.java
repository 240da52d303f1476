// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** A school attended. */
public final class School extends Model {
    private final String name;
    private final Long urn;
    private final String academicYearStart;
    private final String academicYearEnd;
    private final Long termStart;
    private final Long termEnd;
    private final long displaySort;

    School(Fields fields) {
        super(fields);
        this.name = fields.text("name");
        this.urn = fields.whole("urn");
        this.academicYearStart = fields.text("academicYearStart");
        this.academicYearEnd = fields.text("academicYearEnd");
        this.termStart = fields.whole("termStart");
        this.termEnd = fields.whole("termEnd");
        this.displaySort = fields.needed("displaySort", fields.whole("displaySort"));
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static School fromJson(String rawJson) {
        return new School(Fields.parse(rawJson));
    }

    /**
     * Name.
     *
     * @return the value, or null when there is none
     */
    public String name() {
        return name;
    }

    /**
     * Unique reference number.
     *
     * @return the value, or null when there is none
     */
    public Long urn() {
        return urn;
    }

    /**
     * First academic year, such as {@code 2019/20}.
     *
     * @return the value, or null when there is none
     */
    public String academicYearStart() {
        return academicYearStart;
    }

    /**
     * Last academic year; absent while attending.
     *
     * @return the value, or null when there is none
     */
    public String academicYearEnd() {
        return academicYearEnd;
    }

    /**
     * First term, 1 to 3.
     *
     * @return the value, or null when there is none
     */
    public Long termStart() {
        return termStart;
    }

    /**
     * Last term, 1 to 3.
     *
     * @return the value, or null when there is none
     */
    public Long termEnd() {
        return termEnd;
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
