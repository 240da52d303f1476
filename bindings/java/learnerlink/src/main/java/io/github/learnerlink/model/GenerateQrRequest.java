// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;
import java.util.Collection;

/** Issues a request to share a record and returns its QR code (pattern A). */
public final class GenerateQrRequest extends Request {
    /** {@code image}, for {@link #formats}. */
    public static final String FORMATS_IMAGE = "image";

    /** {@code svg}, for {@link #formats}. */
    public static final String FORMATS_SVG = "svg";

    /** {@code text}, for {@link #formats}. */
    public static final String FORMATS_TEXT = "text";

    /** {@code matrix}, for {@link #formats}. */
    public static final String FORMATS_MATRIX = "matrix";

    /** {@code service}, for {@link #source}. */
    public static final String SOURCE_SERVICE = "service";

    /** {@code rendered}, for {@link #source}. */
    public static final String SOURCE_RENDERED = "rendered";

    /** Makes one in which nothing is set. */
    public GenerateQrRequest() {}

    /**
     * The forms of the code to return; {@code ["image"]} when empty. One of: {@code image}, {@code svg}, {@code
     * text}, {@code matrix}.
     *
     * @param formats the value
     * @return this
     */
    public GenerateQrRequest formats(Collection<String> formats) {
        set("formats", formats);
        return this;
    }

    /**
     * Which image to return: VERA's own, or one rendered here from the address. One of: {@code service}, {@code
     * rendered}.
     *
     * @param source the value
     * @return this
     */
    public GenerateQrRequest source(String source) {
        set("source", source);
        return this;
    }

    /**
     * Pixels per module of an image rendered here; 8 when absent.
     *
     * @param scale the value
     * @return this
     */
    public GenerateQrRequest scale(long scale) {
        set("scale", scale);
        return this;
    }

    /**
     * Draw the text for a light terminal; it is drawn for a dark one otherwise.
     *
     * @param lightTerminal the value
     * @return this
     */
    public GenerateQrRequest lightTerminal(boolean lightTerminal) {
        set("lightTerminal", lightTerminal);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public GenerateQrRequest ukprn(String ukprn) {
        set("ukprn", ukprn);
        return this;
    }

    /**
     * The provider or other organisation on whose behalf the call is made, by its profile's name; instead of {@code
     * ukprn}.
     *
     * @param profile the value
     * @return this
     */
    public GenerateQrRequest profile(String profile) {
        set("profile", profile);
        return this;
    }

    /**
     * Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it, to the
     * service.
     *
     * @param user the value
     * @return this
     */
    public GenerateQrRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public GenerateQrRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public GenerateQrRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
