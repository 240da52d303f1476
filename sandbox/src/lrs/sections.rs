//! Shows the Learning Records Service on the console's overview.

use maud::{Markup, html};

use crate::control::CLIENT_PASSWORD;
use crate::world::{Core, World};

/// Where the service is, and who may ask it.
pub(crate) fn connect_section(core: &Core, world: &World, base: &str) -> Markup {
    html! {
        section.card aria-labelledby="lrs" {
            h2 #lrs { "Learning Records Service" }
            dl {
                dt { "SOAP services" }
                dd { code.copy { (base) "/lrs" } }
                @if let Some(url) = core.site.mutual_url() {
                    dt { "With client certificates" }
                    dd { code.copy { (url) } }
                    dt { "Client identity" }
                    dd {
                        a href="/_sandbox/client.pfx" { "client.pfx" } ", password " code { (CLIENT_PASSWORD) }
                        ", and the " a href="/_sandbox/root.pem" { "authority to trust" }
                    }
                }
            }
            div.wide tabindex="0" role="region" aria-label="Organisations" {
                table #lrs-organisations {
                    thead { tr { th scope="col" { "UKPRN" } th scope="col" { "Password" } th scope="col" { "Vendor" } } }
                    tbody {
                        @for organisation in &world.settings.lrs_organisations {
                            tr {
                                th scope="row" { code.copy { (organisation.ukprn) } }
                                td { code.copy { (organisation.password) } }
                                td { (organisation.vendor_id) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// All learners of the service.
pub(crate) fn learners_section(core: &Core) -> Markup {
    html! {
        section.card aria-labelledby="lrs-learners-title" {
            h2 #lrs-learners-title { "Learners of the Learning Records Service" }
            div.wide tabindex="0" role="region" aria-label="Table of learners of the Learning Records Service" {
                table #lrs-learners {
                    thead {
                        tr {
                            th scope="col" { "Name" } th scope="col" { "ULN" } th scope="col" { "Born" }
                            th scope="col" { "Gender" } th scope="col" { "Postcode" } th scope="col" { "Events" }
                            th scope="col" { "Remark" }
                        }
                    }
                    tbody {
                        @for learner in core.lrs_learners.all() {
                            tr {
                                th scope="row" { (learner.detail("GivenName")) " " (learner.detail("FamilyName")) }
                                td { code.copy { (learner.uln()) } }
                                td.date { (learner.detail("DateOfBirth")) }
                                td { (learner.detail("Gender")) }
                                td { (learner.detail("LastKnownPostCode")) }
                                td { (learner.event_count()) }
                                td { (learner.remark().unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
        }
    }
}
