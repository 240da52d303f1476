//! Shows shares and learners on the console's overview.

use maud::{Markup, html};

use super::control::shares;
use super::qr;
use super::share::{Pattern, ShareState, ShareView};
use crate::console::duration;
use crate::world::{Core, World};

/// The most shares that the overview shows.
const MOST_SHOWN: usize = 10;

/// The latest shares, with the QR codes and links of those that wait.
pub(crate) fn shares_section(world: &World, base: &str) -> Markup {
    let now = world.clock.unix();
    let all = shares(world);
    html! {
        section.card aria-labelledby="shares" {
            h2 #shares { "Shares" }
            @if all.is_empty() {
                p { "No provider has asked yet. A share appears here as soon as one does." }
            }
            @for share in all.iter().rev().take(MOST_SHOWN) { (card(share, base, now)) }
            @if all.len() > MOST_SHOWN {
                p.quiet { "The latest " (MOST_SHOWN) " of " (all.len()) " are shown." }
            }
        }
    }
}

fn card(share: &ShareView, base: &str, now: i64) -> Markup {
    let waiting = share.state == ShareState::Waiting;
    let page = format!("{base}{}", share.learner_page);
    let image = share.url.as_deref().filter(|_| waiting).and_then(|_| qr::data_uri(&page));
    let pattern = match share.pattern {
        Pattern::Qr => "by QR code (pattern A)",
        Pattern::Push => "by push and code (pattern C)",
    };
    html! {
        article.share data-correlation-id=(share.correlation_id) data-state=(share.state.name()) {
            @if let Some(image) = image {
                img src=(image) alt="QR code that leads to the learner’s page" width="176" height="176";
            }
            div {
                h3 { (share.provider) " " (pattern) }
                p { (badge(share.state)) @if waiting { " " (duration(share.expires_at - now)) " left" } }
                dl {
                    @if waiting {
                        dt { "Learner’s page" }
                        dd { a href=(share.learner_page) { (page) } }
                    }
                    dt { "Correlation id" }
                    dd { code.copy { (share.correlation_id) } }
                    @if let Some(uln) = &share.uln {
                        dt { "Learner" }
                        dd { a href={ "/_sandbox/learners/" (uln) } { (uln) } }
                    }
                    @if let Some(code) = share.code.as_ref().filter(|_| waiting) {
                        dt { "Code to be shown" }
                        dd { code.copy { (code) } }
                    }
                }
            }
        }
    }
}

fn badge(state: ShareState) -> Markup {
    let (kind, text) = match state {
        ShareState::Waiting => ("wait", "waiting"),
        ShareState::Approved => ("good", "approved"),
        ShareState::Ended => ("good", "approved over a day ago"),
        ShareState::Declined => ("bad", "declined"),
        ShareState::WrongCode => ("bad", "wrong code three times"),
        ShareState::Lapsed => ("bad", "lapsed"),
    };
    html! { span.state.(kind) { (text) } }
}

/// All learners, with links to their phones.
pub(crate) fn learners_section(core: &Core) -> Markup {
    html! {
        section.card aria-labelledby="learners" {
            h2 #learners { "Learners" }
            div.wide tabindex="0" role="region" aria-label="Table of learners" {
                table {
                    caption { "A name leads to the learner’s phone." }
                    thead {
                        tr {
                            th scope="col" { "Name" } th scope="col" { "ULN" } th scope="col" { "Born" }
                            th scope="col" { "Mobile" }
                        }
                    }
                    tbody {
                        @for learner in core.learners.all() {
                            tr {
                                th scope="row" { a href={ "/_sandbox/learners/" (learner.uln()) } { (learner.name()) } }
                                td { code.copy { (learner.uln()) } }
                                td.date { (learner.birth_date().unwrap_or("–")) }
                                td { @if let Some(number) = &learner.mobile_number { code.copy { (number) } } @else { "–" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
