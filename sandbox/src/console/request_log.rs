//! Shows what the emulated services were asked, the newest first, without secrets.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::response::IntoResponse;
use maud::{Markup, html};

use super::{Page, see_other};
use crate::recorder::RecordedRequest;
use crate::world::Core;

/// The most requests that the page shows.
const MOST_SHOWN: usize = 100;

/// `GET /_sandbox/log`
pub(super) async fn show(State(core): State<Arc<Core>>) -> Response<Body> {
    let world = core.world();
    let count = world.recorder.all().count();
    let content = html! {
        p {
            "What the emulated services were asked, the newest first. Secrets and tokens are masked. \
             The same is to be had as JSON from " a href="/_sandbox/requests" { code { "/_sandbox/requests" } } "."
        }
        @if count == 0 {
            p.card #empty { "Nothing has been asked yet." }
        } @else {
            form method="post" action="/_sandbox/console/clear-requests" {
                p { button #clear-requests { "Clear the list" } }
            }
            section.card aria-label="Requests" {
                div.wide tabindex="0" role="region" aria-label="Table of requests" {
                    table #requests {
                        caption {
                            (count) " recorded"
                            @if count > MOST_SHOWN { ", the latest " (MOST_SHOWN) " shown" }
                        }
                        thead {
                            tr {
                                th scope="col" { "No." } th scope="col" { "Time" } th scope="col" { "Provider" }
                                th scope="col" { "Request" } th scope="col" { "Answer" }
                            }
                        }
                        tbody { @for request in world.recorder.all().rev().take(MOST_SHOWN) { (row(request)) } }
                    }
                }
            }
        }
    };
    Page::new("Requests", content).at("/_sandbox/log").refreshing().into_response()
}

fn row(request: &RecordedRequest) -> Markup {
    let masked = request.masked();
    let time = masked["at"].as_str().unwrap_or_default().replace('T', " ");
    let text = serde_json::to_string_pretty(&masked).unwrap_or_default();
    html! {
        tr {
            th scope="row" { (request.number) }
            td { (time.get(..19).unwrap_or(&time)) }
            td { (request.ukprn.as_deref().unwrap_or("–")) }
            td {
                code { (request.method) " " (request.path) }
                details { summary { "Details" } pre { code { (text) } } }
            }
            td { (answer(request)) }
        }
    }
}

fn answer(request: &RecordedRequest) -> Markup {
    let (kind, text) = match (request.status, request.abandoned, request.answered) {
        (_, true, _) => ("bad", "client left".to_owned()),
        (Some(status @ 200..=299), ..) => ("good", status.to_string()),
        (Some(status), ..) => ("bad", status.to_string()),
        (None, false, Some(_)) => ("bad", "cut off".to_owned()),
        (None, false, None) => ("wait", "under way".to_owned()),
    };
    html! {
        span.state.(kind) { (text) }
        @if request.faulted { " fault" }
    }
}

/// `POST /_sandbox/console/clear-requests`
pub(super) async fn clear(State(core): State<Arc<Core>>) -> Response<Body> {
    core.world().recorder.clear();
    see_other("/_sandbox/log")
}
