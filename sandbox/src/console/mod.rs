//! Shows people what the sandbox holds, as pages that work without scripts.

mod overview;
mod request_log;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use maud::{DOCTYPE, Markup, html};

use crate::recorder::pairs;
use crate::world::Core;

/// What the pages may load and where their forms may go.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
    img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How often a page that changes by itself looks for news, in milliseconds.
const REFRESH_MS: u32 = 2000;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("refresh.js");

/// The routes of the pages that belong to no service.
pub(crate) fn router() -> Router<Arc<Core>> {
    Router::new()
        .route("/", get(async || see_other("/_sandbox/")))
        .route("/_sandbox", get(async || see_other("/_sandbox/")))
        .route("/_sandbox/", get(overview::show))
        .route("/_sandbox/log", get(request_log::show))
        .route("/_sandbox/console/advance", post(overview::advance))
        .route("/_sandbox/console/clear-faults", post(overview::clear_faults))
        .route("/_sandbox/console/clear-requests", post(request_log::clear))
        .route("/_sandbox/console/reset", post(overview::reset))
        .route("/_sandbox/console/style.css", get(async || asset("text/css; charset=utf-8", STYLE)))
        .route("/_sandbox/console/refresh.js", get(async || asset("text/javascript; charset=utf-8", SCRIPT)))
}

/// A page of the console.
pub(crate) struct Page<'a> {
    /// What the page is called, in the title and in its first heading.
    pub(crate) title: &'a str,
    /// The path of the navigation entry that the page belongs to.
    pub(crate) place: &'a str,
    /// Whether the page looks for news by itself.
    pub(crate) refreshes: bool,
    pub(crate) status: StatusCode,
    pub(crate) content: Markup,
}

impl<'a> Page<'a> {
    pub(crate) fn new(title: &'a str, content: Markup) -> Self {
        Self { title, place: "", refreshes: false, status: StatusCode::OK, content }
    }

    pub(crate) fn at(mut self, place: &'a str) -> Self {
        self.place = place;
        self
    }

    pub(crate) fn refreshing(mut self) -> Self {
        self.refreshes = true;
        self
    }

    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    fn markup(&self) -> Markup {
        let entries = [("/_sandbox/", "Overview"), ("/_sandbox/log", "Requests")];
        html! {
            (DOCTYPE)
            html lang="en-GB" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (self.title) " – LearnerLink sandbox" }
                    link rel="stylesheet" href="/_sandbox/console/style.css";
                    link rel="icon" href="data:,";
                    @if self.refreshes { script src="/_sandbox/console/refresh.js" defer {} }
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    header {
                        p { "LearnerLink sandbox" }
                        nav aria-label="Sandbox" {
                            ul {
                                @for (path, name) in entries {
                                    li { a href=(path) aria-current=[(path == self.place).then_some("page")] { (name) } }
                                }
                            }
                        }
                    }
                    main #main data-refresh=[self.refreshes.then_some(REFRESH_MS)] {
                        h1 { (self.title) }
                        (self.content)
                    }
                    footer {
                        @if self.refreshes { p #refreshes hidden { "This page updates by itself." } }
                        p { "Everything here is invented. No real learner, provider or service is involved." }
                    }
                }
            }
        }
    }
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response<Body> {
        let mut answer = asset("text/html; charset=utf-8", self.markup().into_string());
        *answer.status_mut() = self.status;
        answer
    }
}

/// A file or a page, with the headers that all of them get.
fn asset(content_type: &'static str, text: impl Into<Body>) -> Response<Body> {
    const HEADERS: [(HeaderName, &str); 4] = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    let mut answer = Response::new(text.into());
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    for (name, value) in HEADERS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Sends the browser on to a path of this sandbox, with `GET`.
pub(crate) fn see_other(path: &str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(path) = HeaderValue::from_str(path) {
        answer.headers_mut().insert(header::LOCATION, path);
    }
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

/// The fields of a submitted form.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub(crate) fn read(body: &[u8]) -> Self {
        Self(pairs(body))
    }

    /// The trimmed value of a field, unless it is missing or empty.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())?;
        (!value.is_empty()).then_some(value)
    }
}

/// Writes a number of seconds for people.
pub(crate) fn duration(seconds: i64) -> String {
    match seconds {
        ..=0 => "no time".to_owned(),
        1..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_pages_is_escaped() {
        let content = html! { p title=("\"><script>") { ("<script>alert(1)</script>") } };
        let page = Page::new("<b>&", content).markup().into_string();
        assert!(!page.contains("<script>") && !page.contains("<b>"), "{page}");
    }

    #[test]
    fn durations_read_naturally() {
        for (seconds, text) in [(0, "no time"), (59, "59 s"), (280, "4 min 40 s"), (86_400, "24 h 0 min")] {
            assert_eq!(duration(seconds), text);
        }
    }
}
