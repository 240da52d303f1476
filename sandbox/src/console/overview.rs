//! Shows what the sandbox is, how to reach it, and what goes on in it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde_json::json;

use super::{Form, Page, see_other};
use crate::control;
use crate::enrollment;
use crate::gateway;
use crate::linkage;
use crate::lrs;
use crate::problem::Problem;
use crate::provider::{RESOURCE, TENANT_ID};
use crate::sif;
use crate::vera;
use crate::world::{Core, World};

/// `GET /_sandbox/`
pub(super) async fn show(State(core): State<Arc<Core>>, headers: HeaderMap) -> Response<Body> {
    let base = core.site.url_for(headers.get(header::HOST).and_then(|host| host.to_str().ok()));
    let world = core.world();
    let content = html! {
        p {
            "This is an emulator of record services: the DfE View Education Record API with the token endpoint in \
             front of it, the Learning Records Service, the learner-records gateway with hmpps-auth, suppliers of \
             NHS linkage keys, the SIF Student Record Exchange, and the receiver and home institutions of \
             student-mobility enrolment. Connect a program to it, then answer as a learner: scan a QR code below, \
             or open its link."
        }
        div.pair {
            (connect(&core, &world, &base))
            (state(&world))
        }
        (vera::shares_section(&world, &base))
        (vera::learners_section(&core))
        div.pair {
            (lrs::connect_section(&core, &world, &base))
            (gateway::connect_section(&world, &base))
        }
        (gateway::register_section(&world))
        (lrs::learners_section(&core))
        (linkage::connect_section(&core, &world, &base))
        (linkage::patients_section(&world))
        (sif::connect_section(&world, &base))
        (sif::students_section(&world))
        (enrollment::connect_section(&world, &base))
        (enrollment::people_section(&world))
        (enrollment::offerings_section(&world))
        (enrollment::associations_section(&world))
    };
    Page::new("Overview", content).at("/_sandbox/").refreshing().into_response()
}

fn connect(core: &Core, world: &World, base: &str) -> Markup {
    html! {
        section.card aria-labelledby="connect" {
            h2 #connect { "Connect" }
            p { "One line of LearnerLink configuration:" }
            pre { code #config .copy { (json!({ "sandbox": base })) } }
            dl {
                dt { "API" }
                dd { code.copy { (base) (core.site.prefix) } }
                dt { "Token endpoint" }
                dd { code.copy { (base) "/" (TENANT_ID) "/oauth2/token" } }
                dt { "Resource" }
                dd { code.copy { (RESOURCE) } }
            }
            (credentials(world))
            @if core.site.scheme == "https" {
                p { "TLS is on; trust " a href="/_sandbox/root.pem" { "this authority" } "." }
            }
        }
    }
}

fn state(world: &World) -> Markup {
    let faults: Vec<String> = world.faults.all().map(|fault| json!(fault).to_string()).collect();
    html! {
        section.card aria-labelledby="state" {
            h2 #state { "State" }
            dl {
                dt { "Clock" }
                dd #clock {
                    (world.clock.now().strftime("%Y-%m-%d %H:%M:%S UTC"))
                    @if world.clock.is_virtual() { " (stands still)" }
                }
                dt { "While waiting" }
                dd { "learner-data answers " (world.settings.pending_status) }
                dt { "Faults" }
                dd { @if faults.is_empty() { "none" } @else { (faults.len()) " waiting" } }
            }
            @if !faults.is_empty() {
                details { summary { "Show the faults" } @for fault in &faults { pre { code { (fault) } } } }
                form method="post" action="/_sandbox/console/clear-faults" {
                    p { button #clear-faults { "Clear the faults" } }
                }
            }
            form method="post" action="/_sandbox/console/advance" {
                label for="seconds" { "Advance the clock by seconds" }
                div.row {
                    input #seconds name="seconds" type="number" min="1" max="315360000" value="300" required;
                    button #advance { "Advance" }
                }
            }
            form method="post" action="/_sandbox/console/reset" {
                button #reset { "Reset the sandbox" }
            }
        }
    }
}

fn credentials(world: &World) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label="Providers" {
            table #providers {
                thead {
                    tr {
                        th scope="col" { "Provider" } th scope="col" { "UKPRN" }
                        th scope="col" { "Client id" } th scope="col" { "Secret" }
                    }
                }
                tbody {
                    @for provider in &world.settings.providers {
                        tr {
                            th scope="row" { (provider.name) }
                            td { code.copy { (provider.ukprn) } }
                            td { code.copy { (provider.client_id) } }
                            td {
                                code.copy { (provider.client_secret) }
                                @if provider.secret_expired { " (expired)" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /_sandbox/console/advance`
pub(super) async fn advance(State(core): State<Arc<Core>>, body: Bytes) -> Response<Body> {
    let form = Form::read(&body);
    let seconds = form.value("seconds").and_then(|text| text.parse().ok());
    let Some(seconds) = seconds.filter(|seconds| *seconds <= control::FARTHEST_ADVANCE_SECONDS) else {
        let detail = "seconds must be a whole number within ten years";
        return Problem::new(StatusCode::BAD_REQUEST, detail).into_response();
    };
    core.world().clock.advance(Duration::from_secs(seconds));
    see_other("/_sandbox/")
}

/// `POST /_sandbox/console/clear-faults`
pub(super) async fn clear_faults(State(core): State<Arc<Core>>) -> Response<Body> {
    core.world().faults.clear();
    see_other("/_sandbox/")
}

/// `POST /_sandbox/console/reset`
pub(super) async fn reset(State(core): State<Arc<Core>>) -> Response<Body> {
    core.reset();
    see_other("/_sandbox/")
}
