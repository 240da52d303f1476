// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** A row of the register. */
public final class MatchRow extends Model {
    private final long id;
    private final String personId;
    private final String matchedUln;
    private final String givenName;
    private final String familyName;
    private final String matchType;
    private final String countOfReturnedUlns;
    private final String matchStatus;
    private final String createdAt;
    private final String confirmedBy;

    MatchRow(Fields fields) {
        super(fields);
        this.id = fields.needed("id", fields.whole("id"));
        this.personId = fields.text("personId");
        this.matchedUln = fields.text("matchedUln");
        this.givenName = fields.text("givenName");
        this.familyName = fields.text("familyName");
        this.matchType = fields.text("matchType");
        this.countOfReturnedUlns = fields.text("countOfReturnedUlns");
        this.matchStatus = fields.text("matchStatus");
        this.createdAt = fields.text("createdAt");
        this.confirmedBy = fields.text("confirmedBy");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static MatchRow fromJson(String rawJson) {
        return new MatchRow(Fields.parse(rawJson));
    }

    /**
     * Its number.
     *
     * @return the value
     */
    public long id() {
        return id;
    }

    /**
     * The person.
     *
     * @return the value
     */
    public String personId() {
        return personId;
    }

    /**
     * The ULN; empty when the row holds none.
     *
     * @return the value
     */
    public String matchedUln() {
        return matchedUln;
    }

    /**
     * Given name; may be empty.
     *
     * @return the value
     */
    public String givenName() {
        return givenName;
    }

    /**
     * Family name; may be empty.
     *
     * @return the value
     */
    public String familyName() {
        return familyName;
    }

    /**
     * How it was found, such as {@code Exact Match}; may be empty.
     *
     * @return the value
     */
    public String matchType() {
        return matchType;
    }

    /**
     * How many ULNs the search gave; may be empty.
     *
     * @return the value
     */
    public String countOfReturnedUlns() {
        return countOfReturnedUlns;
    }

    /**
     * {@code Matched}, {@code Cannot be matched}, {@code Unmatched}, or what an old row says.
     *
     * @return the value
     */
    public String matchStatus() {
        return matchStatus;
    }

    /**
     * When it was written.
     *
     * @return the value
     */
    public String createdAt() {
        return createdAt;
    }

    /**
     * Who wrote it, where the register kept it.
     *
     * @return the value, or null when there is none
     */
    public String confirmedBy() {
        return confirmedBy;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true);
    }
}
