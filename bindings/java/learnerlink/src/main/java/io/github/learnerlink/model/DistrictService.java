// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;
import java.util.Collection;

/** What a district has agreed with a service. */
public final class DistrictService extends Request {
    /** Makes one in which nothing is set. */
    public DistrictService() {}

    /**
     * Its number. Required.
     *
     * @param id the value
     * @return this
     */
    public DistrictService id(long id) {
        set("id", id);
        return this;
    }

    /**
     * The district's zone. Required.
     *
     * @param zoneId the value
     * @return this
     */
    public DistrictService zoneId(String zoneId) {
        set("zoneId", zoneId);
        return this;
    }

    /**
     * The service's number. Required.
     *
     * @param externalServiceId the value
     * @return this
     */
    public DistrictService externalServiceId(long externalServiceId) {
        set("externalServiceId", externalServiceId);
        return this;
    }

    /**
     * The first day; without one nothing is shown.
     *
     * @param initiationDate the value
     * @return this
     */
    public DistrictService initiationDate(String initiationDate) {
        set("initiationDate", initiationDate);
        return this;
    }

    /**
     * The last day; without one nothing is shown.
     *
     * @param expirationDate the value
     * @return this
     */
    public DistrictService expirationDate(String expirationDate) {
        set("expirationDate", expirationDate);
        return this;
    }

    /**
     * Whether a person must be named who asks.
     *
     * @param requiresPersonnel the value
     * @return this
     */
    public DistrictService requiresPersonnel(boolean requiresPersonnel) {
        set("requiresPersonnel", requiresPersonnel);
        return this;
    }

    /**
     * The numbers of the people who work for the service.
     *
     * @param personnel the value
     * @return this
     */
    public DistrictService personnel(Collection<Long> personnel) {
        set("personnel", personnel);
        return this;
    }

    /**
     * What may be shown.
     *
     * @param dataObjects the value
     * @return this
     */
    public DistrictService dataObjects(Collection<NamedDataObjectFilter> dataObjects) {
        set("dataObjects", dataObjects);
        return this;
    }
}
