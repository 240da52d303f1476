//! Shows the SIF exchange on the console's overview.

use maud::{Markup, html};

use super::view::{self, SifAssignment};
use crate::world::World;

/// Where the exchange is, and who may ask it.
pub(crate) fn connect_section(world: &World, base: &str) -> Markup {
    html! {
        section.card aria-labelledby="sif" {
            h2 #sif { "SIF student records" }
            dl {
                dt { "Retrieval service (EARS)" }
                dd { code.copy { (base) "/sif/ears" } }
                dt { "Environment of the broker" }
                dd { code.copy { (base) "/sif/requestProvider" } }
                dt { "Profile" }
                dd #sif-profile { (world.settings.sif_profile.name()) }
            }
            div.wide tabindex="0" role="region" aria-label="Session tokens" {
                table #sif-credentials {
                    thead { tr { th scope="col" { "Session token" } th scope="col" { "Shared secret" } } }
                    tbody {
                        @for credential in &world.settings.sif_credentials {
                            tr {
                                th scope="row" { code.copy { (credential.session_token) } }
                                td { code.copy { (credential.shared_secret) } }
                            }
                        }
                    }
                }
            }
            div.wide tabindex="0" role="region" aria-label="Services of districts" {
                table #sif-services {
                    thead {
                        tr {
                            th scope="col" { "Service" } th scope="col" { "Entity" } th scope="col" { "Zone" }
                            th scope="col" { "In force" } th scope="col" { "Sees" }
                        }
                    }
                    tbody {
                        @for service in view::services(&world.sif.register) {
                            tr {
                                th scope="row" { code.copy { (service.external_service_id) } " " (service.name) }
                                td { code.copy { (service.authorized_entity_id) } " " (service.authorized_entity) }
                                td { code.copy { (service.zone_id.unwrap_or("–")) } }
                                td.date { (service.in_force()) }
                                td { (service.sight()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// All students, with the services that know them.
pub(crate) fn students_section(world: &World) -> Markup {
    html! {
        section.card aria-labelledby="sif-students-title" {
            h2 #sif-students-title { "Students of the SIF exchange" }
            div.wide tabindex="0" role="region" aria-label="Table of students of the SIF exchange" {
                table #sif-students {
                    thead {
                        tr {
                            th scope="col" { "Name" } th scope="col" { "Number" } th scope="col" { "Zone" }
                            th scope="col" { "Record" } th scope="col" { "Services and consents" }
                        }
                    }
                    tbody {
                        @for student in view::students(world) {
                            tr {
                                th scope="row" { (student.name.as_deref().unwrap_or("–")) }
                                td { code.copy { (student.district_student_id) } }
                                td { code.copy { (student.zone_id) } }
                                td { @if student.record_bytes == 0 { "none" } @else { (student.record_bytes) " bytes" } }
                                td { @for service in &student.services { p { (consent(service)) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A consent, in words.
fn consent(service: &SifAssignment) -> String {
    let SifAssignment { external_service_id, consent_start, consent_end, .. } = service;
    let elsewhere = service.consent_service_id != service.district_service_id;
    let elsewhere = if elsewhere { ", given to another service" } else { "" };
    format!("service {external_service_id}: {consent_start} to {consent_end}{elsewhere}")
}
