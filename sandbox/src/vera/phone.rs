//! Shows a learner's phone: what they are asked, and who may see their record.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use maud::{Markup, html};

use super::control::shares;
use super::pages::question;
use super::share::{Pattern, ShareState, ShareView};
use crate::console::{Form, Page, see_other};
use crate::learner::Learner;
use crate::problem::Id;
use crate::world::{Core, World};

/// `GET /_sandbox/learners/{uln}`
pub(super) async fn show(State(core): State<Arc<Core>>, Id(uln): Id) -> Response<Body> {
    let Some(learner) = core.learners.by_uln(&uln) else { return unknown() };
    let world = core.world();
    let waiting: Vec<ShareView> = shares(&world)
        .into_iter()
        .rev()
        .filter(|share| share.pattern == Pattern::Push && share.state == ShareState::Waiting)
        .filter(|share| share.uln.as_deref() == Some(uln.as_str()))
        .collect();
    let content = html! {
        div.narrow {
            section.card aria-labelledby="requests" {
                h2 #requests { "Requests" }
                @if waiting.is_empty() {
                    p #none { "Nobody is asking at the moment." }
                }
                @for (index, share) in waiting.iter().enumerate() {
                    @let suffix = if index == 0 { String::new() } else { format!("-{}", index + 1) };
                    div.share { div { (question(&core, share, None, &suffix, true)) } }
                }
            }
            (consents(&world, learner))
            (about(learner))
        }
    };
    let title = format!("{}’s phone", learner.name());
    Page::new(&title, content).refreshing().into_response()
}

/// Who may see the record, and a way to change that without any request.
fn consents(world: &World, learner: &Learner) -> Markup {
    let uln = learner.uln();
    let (seeing, others): (Vec<_>, Vec<_>) =
        world.settings.providers.iter().partition(|provider| world.vera.consented(&uln, &provider.ukprn));
    html! {
        section.card aria-labelledby="consents" {
            h2 #consents { "Who may see this record" }
            @if seeing.is_empty() { p { "Nobody." } }
            @for provider in &seeing {
                form.row method="post" {
                    p { (provider.name) }
                    input type="hidden" name="ukprn" value=(provider.ukprn);
                    button name="change" value="withdraw" aria-label={ "Stop sharing with " (provider.name) } {
                        "Stop sharing"
                    }
                }
            }
            @if !others.is_empty() {
                form.row method="post" {
                    div {
                        label for="provider" { "Share with" }
                        select #provider name="ukprn" {
                            @for provider in &others { option value=(provider.ukprn) { (provider.name) } }
                        }
                    }
                    button #share name="change" value="grant" { "Share" }
                }
                p.quiet { "This stands for agreeing on the service’s own web site (pattern B)." }
            }
        }
    }
}

fn about(learner: &Learner) -> Markup {
    let record = &learner.record;
    html! {
        section.card aria-labelledby="about" {
            h2 #about { "Details" }
            dl {
                dt { "ULN" }
                dd { code.copy { (learner.uln()) } }
                dt { "Mobile number" }
                dd { @if let Some(number) = &learner.mobile_number { code.copy { (number) } } @else { "none" } }
                dt { "Date of birth" }
                dd { (learner.birth_date().unwrap_or("not on record")) }
                dt { "Qualifications" }
                dd { (record.qualifications.as_ref().map_or(0, Vec::len)) }
                dt { "Schools" }
                dd { (record.schools.as_ref().map_or(0, Vec::len)) }
            }
        }
    }
}

/// `POST /_sandbox/learners/{uln}`: grants or withdraws consent.
pub(super) async fn change(State(core): State<Arc<Core>>, Id(uln): Id, body: Bytes) -> Response<Body> {
    if core.learners.by_uln(&uln).is_none() {
        return unknown();
    }
    let form = Form::read(&body);
    let mut world = core.world();
    let provider = form.value("ukprn").filter(|ukprn| world.settings.provider(ukprn).is_some()).map(str::to_owned);
    match (form.value("change"), provider) {
        (Some("grant"), Some(ukprn)) => world.vera.grant(&uln, &ukprn),
        (Some("withdraw"), Some(ukprn)) => world.vera.withdraw(&uln, &ukprn),
        _ => return unclear(),
    }
    see_other(&format!("/_sandbox/learners/{uln}"))
}

fn unclear() -> Response<Body> {
    let content = html! {
        div #outcome .outcome.bad role="alert" data-state="incomplete" {
            p { "Choose a provider and what to change." }
        }
    };
    Page::new("That could not be done", content).status(StatusCode::BAD_REQUEST).into_response()
}

fn unknown() -> Response<Body> {
    let content = html! {
        div.narrow {
            div #outcome .outcome.bad role="status" data-state="unknown" { p { "The sandbox has no learner with this ULN." } }
            p { a href="/_sandbox/" { "Go to the overview" } }
        }
    };
    Page::new("This learner is not known", content).status(StatusCode::NOT_FOUND).into_response()
}
