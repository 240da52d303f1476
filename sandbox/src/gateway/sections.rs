//! Shows the gateway on the console's overview.

use maud::{Markup, html};

use super::ROOT;
use crate::hmpps_auth;
use crate::world::World;

/// The most rows of the register that the overview shows.
const MOST_SHOWN: usize = 10;

/// Where the gateway is, and which programs may ask it.
pub(crate) fn connect_section(world: &World, base: &str) -> Markup {
    html! {
        section.card aria-labelledby="gateway" {
            h2 #gateway { "Learner-records gateway" }
            dl {
                dt { "Gateway" }
                dd { code.copy { (base) (ROOT) } }
                dt { "hmpps-auth" }
                dd { code.copy { (base) (hmpps_auth::ROOT) } }
                dt { "Profile" }
                dd #gateway-profile { (world.settings.gateway_profile.name()) }
            }
            div.wide tabindex="0" role="region" aria-label="Programs" {
                table #gateway-clients {
                    thead {
                        tr { th scope="col" { "Client id" } th scope="col" { "Secret" } th scope="col" { "Roles" } }
                    }
                    tbody {
                        @for client in &world.settings.gateway_clients {
                            tr {
                                th scope="row" { code.copy { (client.client_id) } }
                                td { code.copy { (client.client_secret) } }
                                td {
                                    @if client.roles.is_empty() { "–" }
                                    @for (index, role) in client.roles.iter().enumerate() {
                                        @if index > 0 { ", " } (role.name())
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The latest rows of the match register.
pub(crate) fn register_section(world: &World) -> Markup {
    let rows = world.gateway.rows();
    html! {
        section.card aria-labelledby="register" {
            h2 #register { "Match register" }
            @if rows.is_empty() {
                p { "No match has been confirmed yet." }
            } @else {
                div.wide tabindex="0" role="region" aria-label="Table of matches" {
                    table #matches {
                        caption { (rows.len()) @if rows.len() == 1 { " row" } @else { " rows" } @if rows.len() > MOST_SHOWN { ", the latest " (MOST_SHOWN) " shown" } }
                        thead {
                            tr {
                                th scope="col" { "Row" } th scope="col" { "Person" } th scope="col" { "Status" }
                                th scope="col" { "ULN" } th scope="col" { "Name" } th scope="col" { "Written" }
                            }
                        }
                        tbody {
                            @for row in rows.iter().rev().take(MOST_SHOWN) {
                                tr {
                                    th scope="row" { (row.id) }
                                    td { (row.nomis_id) }
                                    td { (row.match_status) }
                                    td { code { (row.matched_uln) } }
                                    td { (row.given_name) " " (row.family_name) }
                                    td.date { (row.date_created.strftime("%Y-%m-%d %H:%M:%S")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
