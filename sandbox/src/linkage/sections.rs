//! Shows the linkage suppliers on the console's overview.

use maud::{Markup, html};

use super::emis::{self, LINKAGE_EMIS_APPLICATION};
use super::tpp::LINKAGE_TPP_PROVIDER;
use super::view::{self, LinkageKeyState, LinkagePatient};
use crate::world::{Core, World};

/// The suppliers, and the path of each.
const SUPPLIERS: [(&str, &str); 5] = [
    ("native", "/linkage/native"),
    ("emis", "/linkage/emis"),
    ("tpp", "/linkage/tpp"),
    ("vision", "/linkage/vision"),
    ("header", "/linkage/header"),
];

/// Where the suppliers are, and who may ask them.
pub(crate) fn connect_section(core: &Core, world: &World, base: &str) -> Markup {
    html! {
        section.card aria-labelledby="linkage" {
            h2 #linkage { "NHS linkage keys" }
            dl {
                @for (name, path) in SUPPLIERS {
                    dt { "Supplier " (name) }
                    dd { code.copy { (base) (path) } }
                }
                @if let Some(url) = core.site.mutual_url() {
                    dt { "With client certificates" }
                    dd { code.copy { (url) "/linkage" } }
                }
                dt { "Token endpoint of native" }
                dd { code.copy { (base) "/linkage/native/oauth/token" } }
                dt { "Application of emis" }
                dd { code.copy { (LINKAGE_EMIS_APPLICATION) } ", version " code { (emis::VERSION) } }
                dt { "Provider of tpp" }
                dd { code.copy { (LINKAGE_TPP_PROVIDER) } }
            }
            div.wide tabindex="0" role="region" aria-label="Programs that ask for linkage keys" {
                table #linkage-clients {
                    thead {
                        tr { th scope="col" { "Client id" } th scope="col" { "Secret" } th scope="col" { "Scopes" } }
                    }
                    tbody {
                        @for client in &world.settings.linkage_clients {
                            tr {
                                th scope="row" { code.copy { (client.client_id) } }
                                td { code.copy { (client.client_secret) } }
                                td { (client.scopes.join(" ")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// All patients, without their keys.
pub(crate) fn patients_section(world: &World) -> Markup {
    html! {
        section.card aria-labelledby="linkage-patients-title" {
            h2 #linkage-patients-title { "Patients of the linkage suppliers" }
            div.wide tabindex="0" role="region" aria-label="Table of patients of the linkage suppliers" {
                table #linkage-patients {
                    thead {
                        tr {
                            th scope="col" { "Surname" } th scope="col" { "NHS number" } th scope="col" { "Born" }
                            th scope="col" { "Organisation" } th scope="col" { "Account" } th scope="col" { "Key" }
                            th scope="col" { "Remark" }
                        }
                    }
                    tbody {
                        @for patient in view::patients(world) {
                            tr {
                                th scope="row" { (patient.surname) }
                                td { code.copy { (patient.nhs_number) } }
                                td.date { (patient.date_of_birth) }
                                td { code.copy { (patient.ods_code) } }
                                td { (patient.account_id.as_deref().unwrap_or("–")) }
                                td { (key(&patient)) }
                                td { (remark(world, &patient)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What there is of keys, in words.
fn key(patient: &LinkagePatient) -> String {
    let state = match patient.key_state {
        LinkageKeyState::None => return "none".to_owned(),
        LinkageKeyState::Active if patient.unreadable => "unreadable",
        LinkageKeyState::Active => "in force",
        LinkageKeyState::Revoked => "revoked",
    };
    format!("no. {} {state}", patient.generations)
}

/// What stands in the way of access, in words.
fn remark(world: &World, patient: &LinkagePatient) -> String {
    let organisation = world.linkage.register.organisation(&patient.ods_code);
    match &patient.block {
        _ if organisation.is_some_and(|organisation| organisation.blocked) => "organisation blocked".to_owned(),
        Some(block) if block.text.is_empty() => "blocked".to_owned(),
        Some(block) => format!("blocked: {}", block.text),
        None => String::new(),
    }
}
