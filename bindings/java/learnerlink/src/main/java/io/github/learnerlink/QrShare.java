package io.github.learnerlink;

import io.github.learnerlink.model.GenerateQrResponse;
import java.time.Instant;
import java.util.Base64;

/** A request to share, to be shown as a QR code. */
public final class QrShare {
    private final GenerateQrResponse response;

    /**
     * Makes a share of the answer of {@code generateQr}.
     *
     * @param response the answer
     */
    public QrShare(GenerateQrResponse response) {
        this.response = response;
    }

    /**
     * The library's whole answer.
     *
     * @return the answer
     */
    public GenerateQrResponse response() {
        return response;
    }

    /**
     * The handle to wait with. A secret: with the provider's credential it fetches the record.
     *
     * @return the handle
     */
    public String correlationId() {
        return response.correlationId();
    }

    /**
     * The address in the code. A secret, never to be opened automatically.
     *
     * @return the address
     */
    public String url() {
        return response.url();
    }

    /**
     * Until when the learner can act; take the code away then.
     *
     * @return the time
     */
    public Instant expiresAt() {
        return Instant.parse(response.deadlineAt());
    }

    /**
     * The image's bytes, in the format that {@link #mediaType()} says.
     *
     * @return the bytes; none when another form of the code was asked for
     */
    public byte[] imageBytes() {
        return response.image() == null ? new byte[0] : Base64.getDecoder().decode(response.image().base64());
    }

    /**
     * The image's format.
     *
     * @return {@code image/png}, {@code image/jpeg} or {@code image/gif}; empty when there is no image
     */
    public String mediaType() {
        return response.image() == null ? "" : response.image().mediaType();
    }

    /**
     * The image for the {@code src} of an HTML {@code img}.
     *
     * @return a data URI; empty when there is no image
     */
    public String dataUri() {
        return response.image() == null ? "" : response.image().dataUri();
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
        return "QrShare(expiresAt=" + expiresAt() + ", ...)";
    }
}
