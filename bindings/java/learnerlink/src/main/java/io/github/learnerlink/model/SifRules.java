// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;
import java.util.Collection;

/** The rules; instead of {@code path}. */
public final class SifRules extends Request {
    /** Makes one in which nothing is set. */
    public SifRules() {}

    /**
     * Organisations that may ask.
     *
     * @param authorizedEntities the value
     * @return this
     */
    public SifRules authorizedEntities(Collection<AuthorizedEntity> authorizedEntities) {
        set("authorizedEntities", authorizedEntities);
        return this;
    }

    /**
     * Their services.
     *
     * @param externalServices the value
     * @return this
     */
    public SifRules externalServices(Collection<ExternalService> externalServices) {
        set("externalServices", externalServices);
        return this;
    }

    /**
     * What a district has agreed with a service.
     *
     * @param districtServices the value
     * @return this
     */
    public SifRules districtServices(Collection<DistrictService> districtServices) {
        set("districtServices", districtServices);
        return this;
    }

    /**
     * Students, each for a service of their district.
     *
     * @param students the value
     * @return this
     */
    public SifRules students(Collection<StudentRules> students) {
        set("students", students);
        return this;
    }
}
