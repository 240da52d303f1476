// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Response;
import io.github.learnerlink.internal.Fields;
import java.util.List;

/** The answer of {@code generate_qr}: issues a request to share a record and returns its QR code (pattern A). */
public final class GenerateQrResponse extends Response {
    /** An outcome. Show the code; then poll with the correlation id. */
    public static final String OUTCOME_ISSUED = "issued";

    private final String correlationId;
    private final String profile;
    private final String url;
    private final String deadlineAt;
    private final long nextPollMs;
    private final QrImage image;
    private final String svg;
    private final String text;
    private final List<String> matrix;

    private GenerateQrResponse(String rawJson, Fields fields) {
        super(rawJson, fields);
        this.correlationId = fields.text("correlationId");
        this.profile = fields.text("profile");
        this.url = fields.text("url");
        this.deadlineAt = fields.text("deadlineAt");
        this.nextPollMs = fields.needed("nextPollMs", fields.whole("nextPollMs"));
        this.image = fields.model("image", QrImage::new);
        this.svg = fields.text("svg");
        this.text = fields.text("text");
        this.matrix = fields.has("matrix") ? fields.texts("matrix") : null;
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static GenerateQrResponse fromJson(String rawJson) {
        return new GenerateQrResponse(rawJson, Fields.parse(rawJson));
    }

    /**
     * The handle to poll with. A secret: with the provider's credential it fetches the record.
     *
     * @return the value
     */
    public String correlationId() {
        return correlationId;
    }

    /**
     * The profile it was issued for.
     *
     * @return the value
     */
    public String profile() {
        return profile;
    }

    /**
     * The address in the code. A secret, never to be opened automatically.
     *
     * @return the value
     */
    public String url() {
        return url;
    }

    /**
     * Until when the learner can act; remove the code from display then.
     *
     * @return the value
     */
    public String deadlineAt() {
        return deadlineAt;
    }

    /**
     * How soon the first poll is worth while, in milliseconds.
     *
     * @return the value
     */
    public long nextPollMs() {
        return nextPollMs;
    }

    /**
     * The raster image.
     *
     * @return the value, or null when there is none
     */
    public QrImage image() {
        return image;
    }

    /**
     * An SVG document.
     *
     * @return the value, or null when there is none
     */
    public String svg() {
        return svg;
    }

    /**
     * Lines of block characters, two modules to a character.
     *
     * @return the value, or null when there is none
     */
    public String text() {
        return text;
    }

    /**
     * Rows of {@code 1} (dark) and {@code 0} (light), without the quiet zone.
     *
     * @return the value, or null when there is none
     */
    public List<String> matrix() {
        return matrix;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "outcome", outcome(),
                "deadlineAt", deadlineAt,
                "nextPollMs", nextPollMs);
    }
}
