//! Shows enrolments on the console's overview.

use maud::{Markup, html};
use serde_json::json;

use super::associations::EnrollmentAssociation;
use super::register::{Offering, localized};
use super::{BROKER_CREDENTIAL, SIS_CREDENTIAL, view};
use crate::world::World;

/// Where the receiver is, and who may ask it.
pub(crate) fn connect_section(world: &World, base: &str) -> Markup {
    let (sis, sis_password) = SIS_CREDENTIAL;
    let (broker, broker_password) = BROKER_CREDENTIAL;
    html! {
        section.card aria-labelledby="enrollment" {
            h2 #enrollment { "Student mobility enrolment" }
            dl {
                dt { "Receiver" }
                dd { code.copy { (base) "/enrollment/receiver" } }
                dt { "Student administration" }
                dd { code.copy { (sis) } ", password " code.copy { (sis_password) } }
                dt { "Broker" }
                dd { code.copy { (broker) } ", password " code.copy { (broker_password) } }
                @for home in &world.enrollment.register.homes {
                    dt { (home.name) }
                    dd { code.copy { (base) "/enrollment/home/" (home.domain) } }
                }
                dt { "Backend" }
                dd #enrollment-backend {
                    @match &world.enrollment.backend {
                        Some(backend) => code { (backend.url) },
                        None => "none",
                    }
                }
            }
        }
    }
}

/// All students, and how their home institutions treat them.
pub(crate) fn people_section(world: &World) -> Markup {
    html! {
        section.card aria-labelledby="enrollment-people-title" {
            h2 #enrollment-people-title { "Students who enrol" }
            div.wide tabindex="0" role="region" aria-label="Table of students who enrol" {
                table #enrollment-people {
                    thead {
                        tr {
                            th scope="col" { "Name" } th scope="col" { "Person" } th scope="col" { "Home institution" }
                            th scope="col" { "Treated there" }
                        }
                    }
                    tbody {
                        @for person in view::people(world) {
                            tr {
                                th scope="row" { (person.name) }
                                td { code.copy { (person.person_id) } }
                                td { (person.home) }
                                td {
                                    @if person.scripts.is_empty() { "as usual" }
                                    @for script in &person.scripts { p { code { (json!(script)) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// All offerings of the host institution.
pub(crate) fn offerings_section(world: &World) -> Markup {
    html! {
        section.card aria-labelledby="enrollment-offerings-title" {
            h2 #enrollment-offerings-title { "Offerings to enrol for" }
            div.wide tabindex="0" role="region" aria-label="Table of offerings to enrol for" {
                table #enrollment-offerings {
                    thead {
                        tr {
                            th scope="col" { "Name" } th scope="col" { "Offering" } th scope="col" { "Kind" }
                            th scope="col" { "Enrolment" } th scope="col" { "Places" }
                        }
                    }
                    tbody { @for offering in &world.enrollment.register.offerings { (offering_row(offering)) } }
                }
            }
        }
    }
}

fn offering_row(offering: &Offering) -> Markup {
    let document = &offering.document;
    let plain = |name: &str| document.raw(name).map_or("–", serde_json::value::RawValue::get).trim_matches('"');
    let kind = if document.raw("offeringType").is_some() { plain("offeringType") } else { plain("type") };
    html! {
        tr {
            th scope="row" { (document.raw("name").and_then(|name| localized(name, "en")).unwrap_or_default()) }
            td { code.copy { (offering.id) } }
            td { (kind) }
            td.date { (plain("enrollStartDate")) " to " (plain("enrollEndDate")) }
            td { (plain("enrolledNumberStudents")) " of " (plain("maxNumberStudents")) }
        }
    }
}

/// All associations that home institutions keep.
pub(crate) fn associations_section(world: &World) -> Markup {
    html! {
        section.card aria-labelledby="enrollment-associations-title" {
            h2 #enrollment-associations-title { "Enrolments that home institutions know" }
            div.wide tabindex="0" role="region" aria-label="Table of enrolments that home institutions know" {
                table #enrollment-associations {
                    thead {
                        tr {
                            th scope="col" { "Person" } th scope="col" { "Offering" } th scope="col" { "Association" }
                            th scope="col" { "Home says" } th scope="col" { "Host says" } th scope="col" { "Results" }
                        }
                    }
                    tbody { @for association in view::associations(world) { (association_row(&association)) } }
                }
            }
        }
    }
}

fn association_row(association: &EnrollmentAssociation) -> Markup {
    let states: Vec<_> = association.remote_states.iter().map(|told| told.remote_state.as_str()).collect();
    html! {
        tr {
            th scope="row" { code { (association.person_id) } " at " (association.home) }
            td { code { (association.offering_id) } }
            td { code.copy { (association.association_id) } }
            td { (association.state) }
            td { (states.join(", ")) }
            td { (association.results.len()) }
        }
    }
}
