// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Model;
import io.github.learnerlink.internal.Fields;

/** The raster image. */
public final class QrImage extends Model {
    private final String source;
    private final String mediaType;
    private final String base64;
    private final String dataUri;

    QrImage(Fields fields) {
        super(fields);
        this.source = fields.text("source");
        this.mediaType = fields.text("mediaType");
        this.base64 = fields.text("base64");
        this.dataUri = fields.text("dataUri");
    }

    /**
     * Reads one from JSON text, such as one that was kept.
     *
     * @param rawJson an object as the library writes it
     * @return the model
     * @throws IllegalArgumentException if it is no such object
     */
    public static QrImage fromJson(String rawJson) {
        return new QrImage(Fields.parse(rawJson));
    }

    /**
     * Where it comes from.
     *
     * @return the value
     */
    public String source() {
        return source;
    }

    /**
     * {@code image/png}, {@code image/jpeg} or {@code image/gif}.
     *
     * @return the value
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The image's bytes in base64.
     *
     * @return the value
     */
    public String base64() {
        return base64;
    }

    /**
     * The same as a data URI, for an {@code img} element.
     *
     * @return the value
     */
    public String dataUri() {
        return dataUri;
    }

    /** Shows nothing about a person. */
    @Override
    public String toString() {
        return shown(
                true,
                "mediaType", mediaType);
    }
}
