//! Shows learners what they are asked, and takes their answers.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{Markup, html};

use super::control::{approve_share, decline_share, share};
use super::share::{Approval, MOST_WRONG_CODES, Pattern, ShareRefused, ShareState, ShareView};
use crate::console::{Form, Page, duration, see_other};
use crate::learner::Learner;
use crate::problem::Id;
use crate::world::Core;

/// The routes of the pages.
pub(super) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/vc/{id}", get(scanned))
        .route("/_sandbox/learner/{id}", get(show).post(answer))
        .route("/_sandbox/learners/{uln}", get(super::phone::show).post(super::phone::change))
}

/// `GET /vc/{id}`: leads whoever scanned a QR code to the learner's page.
async fn scanned(State(core): State<Arc<Core>>, Id(id): Id) -> Response<Body> {
    let world = core.world();
    match world.vera.share_of_request(&id) {
        Some(share) => see_other(&format!("/_sandbox/learner/{}", share.correlation_id)),
        None => unknown(),
    }
}

/// `GET /_sandbox/learner/{id}`: asks the learner.
async fn show(State(core): State<Arc<Core>>, Id(id): Id) -> Response<Body> {
    page(&core, &id, None)
}

/// `POST /_sandbox/learner/{id}`: takes the learner's answer.
async fn answer(State(core): State<Arc<Core>>, Id(id): Id, body: Bytes) -> Response<Body> {
    let form = Form::read(&body);
    let answered = match form.value("answer") {
        Some("approve") => {
            let approval =
                Approval { uln: form.value("uln").map(str::to_owned), code: form.value("code").map(str::to_owned) };
            approve_share(&core, &id, &approval)
        }
        Some("decline") => decline_share(&core, &id),
        _ => return page(&core, &id, Some("Choose Approve or Decline.")),
    };
    let problem = match answered {
        Err(ShareRefused::UlnRequired | ShareRefused::UnknownLearner) => "Choose which learner you are.",
        Err(ShareRefused::CodeRequired) => "Type the code that you are shown.",
        Err(ShareRefused::OtherLearner) => "This request went to another learner.",
        // What has become of the share is what its page shows.
        Ok(_) | Err(ShareRefused::Unknown | ShareRefused::NotWaiting { .. } | ShareRefused::WrongCode { .. }) => {
            return see_other(&format!("/_sandbox/learner/{}", encoded(&id)));
        }
    };
    page(&core, &id, Some(problem))
}

/// An identifier as a segment of a path.
fn encoded(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

fn page(core: &Core, id: &str, problem: Option<&str>) -> Response<Body> {
    let world = core.world();
    let Some(share) = share(&world, id) else { return unknown() };
    let now = world.clock.unix();
    drop(world);
    let learner = share.uln.as_deref().and_then(|uln| core.learners.by_uln(uln));
    let title = format!("{} asks to see your education record", share.provider);
    let content = html! {
        div.narrow {
            @if share.state == ShareState::Waiting {
                (notice(&share, problem))
                section.card aria-label="Your answer" {
                    p.quiet #time-left { "You have " (duration(share.expires_at - now)) " to answer." }
                    (question(core, &share, learner, "", false))
                }
                (what_is_shared())
            } @else {
                (outcome(&share, learner))
                @if let Some(learner) = learner {
                    p { a href={ "/_sandbox/learners/" (learner.uln()) } { "Go to " (learner.name()) "’s phone" } }
                }
            }
        }
    };
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    Page::new(&title, content).status(status).into_response()
}

/// What went wrong with the last answer, while another can be given.
fn notice(share: &ShareView, problem: Option<&str>) -> Markup {
    let left = MOST_WRONG_CODES.saturating_sub(share.wrong_codes);
    html! {
        @if let Some(problem) = problem {
            div #outcome .outcome.bad role="alert" data-state="incomplete" { p { (problem) } }
        } @else if share.wrong_codes > 0 {
            div #outcome .outcome.bad role="alert" data-state="tryAgain" {
                p { "That code is not right. Attempts left: " (left) "." }
            }
        }
    }
}

/// The form by which a learner answers; `suffix` keeps ids apart when a page has several.
pub(super) fn question(
    core: &Core,
    share: &ShareView,
    learner: Option<&Learner>,
    suffix: &str,
    with_heading: bool,
) -> Markup {
    let learner_id = format!("learner{suffix}");
    let code_id = format!("code{suffix}");
    html! {
        form method="post" action={ "/_sandbox/learner/" (share.correlation_id) } autocomplete="off" {
            @if with_heading { h3 { (share.provider) " asks to see your education record" } }
            @match share.pattern {
                Pattern::Qr => {
                    label for=(learner_id) { "Which learner are you?" }
                    select id=(learner_id) name="uln" required {
                        option value="" { "Choose…" }
                        @for learner in core.learners.all() {
                            option value=(learner.uln()) { (learner.name()) " – " (learner.uln()) }
                        }
                    }
                }
                Pattern::Push => {
                    @if let Some(learner) = learner { p { "Sent to " strong { (learner.name()) } "." } }
                    label for=(code_id) { "Code that " (share.provider) " shows you" }
                    input.code id=(code_id) name="code" required maxlength="20" inputmode="numeric" autocomplete="one-time-code";
                }
            }
            div.choices {
                button.main id={ "approve" (suffix) } name="answer" value="approve" { "Approve" }
                button id={ "decline" (suffix) } name="answer" value="decline" formnovalidate { "Decline" }
            }
        }
    }
}

fn what_is_shared() -> Markup {
    html! {
        section.card aria-labelledby="shared" {
            h2 #shared { "What is shared if you approve" }
            p {
                "Your name, date of birth and address, your qualifications and schools, and whether you had support \
                 for special educational needs or free school meals."
            }
            p.quiet { "If you decline, or do nothing, nothing is shared, and nobody is told which of the two it was." }
        }
    }
}

fn outcome(share: &ShareView, learner: Option<&Learner>) -> Markup {
    let provider = &share.provider;
    let name = learner.map_or_else(|| "the learner".to_owned(), Learner::name);
    let (kind, heading, text) = match share.state {
        ShareState::Approved => ("good", "Approved", format!("{provider} can now see the education record of {name}.")),
        ShareState::Ended => {
            ("good", "Approved more than a day ago", format!("{provider} may still see the record by its ULN."))
        }
        ShareState::Declined => ("bad", "Declined", format!("{provider} sees nothing.")),
        ShareState::WrongCode => {
            ("bad", "Ended", "A wrong code was entered three times. Ask for a new request.".to_owned())
        }
        ShareState::Lapsed | ShareState::Waiting => {
            ("bad", "Too late", "The time to answer has run out. Ask for a new request.".to_owned())
        }
    };
    html! {
        div #outcome .outcome.(kind) role="status" data-state=(share.state.name()) {
            h2 { (heading) }
            p { (text) }
        }
    }
}

/// The page for a link that leads nowhere.
pub(super) fn unknown() -> Response<Body> {
    let content = html! {
        div.narrow {
            div #outcome .outcome.bad role="status" data-state="unknown" {
                p { "The sandbox has no such request. It may have been reset or restarted since; ask for a new one." }
            }
            p { a href="/_sandbox/" { "Go to the overview" } }
        }
    };
    Page::new("This link is not known", content).status(StatusCode::NOT_FOUND).into_response()
}
