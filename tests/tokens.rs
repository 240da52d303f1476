//! Access tokens against a token service and an API that a test scripts.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use learnerlink::http::config::{Breaker, HttpConfig};
use learnerlink::http::{
    Answer, Audience, Call, ClientCredentials, Retry, Style, TokenStats, Tokens, Transport, may_have_been_sent,
};
use learnerlink::{Clock, Error, Result};
use serde_json::json;
use support::{PATIENCE, Reply, Request, Server, answer};

const TOKEN_PATH: &str = "/oauth2/token";
const API_PATH: &str = "/learner-data";

/// A server that is both token service and API, with a client of it.
struct World {
    server: Arc<Server>,
    clock: Clock,
    tokens: Tokens,
}

impl World {
    /// Answers the n-th token request (from 1) and the n-th API request (from 1).
    async fn new(
        token: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
        api: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let counts = [AtomicUsize::new(0), AtomicUsize::new(0)];
        let nth = move |at: usize| counts[at].fetch_add(1, Ordering::SeqCst) + 1;
        let server = Server::start(move |_, request| {
            if request.target.contains(TOKEN_PATH) { token(nth(0), request) } else { api(nth(1), request) }
        })
        .await;
        let clock = Clock::manual(Timestamp::UNIX_EPOCH);
        // These tests are about tokens; hosts that fail often are another matter.
        let breaker = Breaker { failures: 1_000, ..Breaker::default() };
        let config = HttpConfig { breaker, ..HttpConfig::default() };
        let transport = Transport::new(&config, clock.clone()).expect("the configuration is valid");
        Self { server: Arc::new(server), tokens: Tokens::new(transport, clock.clone()), clock }
    }

    fn credentials(&self, client_id: &str) -> ClientCredentials {
        ClientCredentials {
            profile: "10099901".to_owned(),
            token_url: self.server.url("/tenant/oauth2/token"),
            client_id: client_id.to_owned(),
            client_secret: "s3c+ret/=1".into(),
            audience: Audience::Resource("api://vera".to_owned()),
            style: Style::InBody,
            identity: None,
        }
    }

    fn call(&self) -> Call {
        Call::post("vera", "learner-data", self.server.url("/learner-data?uln=5123456782"))
    }

    async fn send(&self) -> Result<Answer> {
        self.send_as(&self.credentials("cid-a")).await
    }

    async fn send_as(&self, credentials: &ClientCredentials) -> Result<Answer> {
        tokio::time::timeout(PATIENCE, self.tokens.send(credentials, self.call())).await.expect("the call ends in time")
    }

    /// Sends a call of its own accord.
    fn spawn(&self) -> tokio::task::JoinHandle<Result<Answer>> {
        let (tokens, credentials, call) = (self.tokens.clone(), self.credentials("cid-a"), self.call());
        tokio::spawn(async move { tokens.send(&credentials, call).await })
    }

    fn token_requests(&self) -> usize {
        self.server.count(TOKEN_PATH)
    }

    fn api_requests(&self) -> usize {
        self.server.count(API_PATH)
    }

    /// The tokens that API requests carried, in order.
    fn bearers(&self) -> Vec<String> {
        let requests = self.server.requests();
        let api = requests.iter().filter(|request| !request.target.contains(TOKEN_PATH));
        api.map(|request| request.header("authorization").unwrap_or_default().to_owned()).collect()
    }

    fn stats(&self) -> TokenStats {
        self.tokens.stats()
    }

    fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

fn grant(token: &str, expires_in: impl Into<serde_json::Value>) -> Reply {
    let body = json!({ "token_type": "Bearer", "expires_in": expires_in.into(), "access_token": token });
    answer(200, &[("Content-Type", "application/json")], body.to_string())
}

fn refusal(status: u16, code: &str, number: u32) -> Reply {
    let description = format!("AADSTS{number}: no\r\nTrace ID: x");
    let body = json!({ "error": code, "error_codes": [number], "error_description": description, "trace_id": "t-1" });
    answer(status, &[], body.to_string())
}

fn ok(_: usize, _: &Request) -> Reply {
    answer(200, &[], "{}")
}

#[tokio::test]
async fn the_token_request_is_a_form_of_four_fields() {
    let world = World::new(|_, _| grant("t1", "3599"), ok).await;
    world.send().await.unwrap();
    let requests = world.server.requests();
    assert_eq!((&*requests[0].method, &*requests[0].target), ("POST", "/tenant/oauth2/token"));
    assert_eq!(requests[0].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(requests[0].header("authorization"), None);
    let mut fields = requests[0].form();
    fields.sort();
    let expected = [
        ("client_id", "cid-a"),
        ("client_secret", "s3c+ret/=1"),
        ("grant_type", "client_credentials"),
        ("resource", "api://vera"),
    ];
    assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(world.bearers(), ["Bearer t1"]);
}

#[tokio::test]
async fn the_basic_style_puts_the_credential_into_the_header_and_leaves_the_body_empty() {
    let world = World::new(|_, _| grant("t1", 3599), ok).await;
    let credentials = ClientCredentials { style: Style::Basic, audience: Audience::None, ..world.credentials("cid-a") };
    world.send_as(&credentials).await.unwrap();
    let request = &world.server.requests()[0];
    assert_eq!(request.target, "/tenant/oauth2/token?grant_type=client_credentials");
    assert_eq!(request.header("authorization"), Some("Basic Y2lkLWE6czNjK3JldC89MQ=="));
    assert_eq!((request.header("content-length"), &*request.body), (Some("0"), &b""[..]));
}

#[tokio::test]
async fn a_token_is_used_until_it_is_due_for_renewal() {
    for (expires_in, kept_until, renewed_at) in [("3599", 3_299, 3_300), ("60", 50, 55)] {
        let world = World::new(move |nth, _| grant(&format!("t{nth}"), expires_in), ok).await;
        world.send().await.unwrap();
        world.advance(10);
        world.send().await.unwrap();
        world.advance(kept_until - 10);
        world.send().await.unwrap();
        assert_eq!(world.token_requests(), 1, "{expires_in}");
        world.advance(renewed_at - kept_until);
        world.send().await.unwrap();
        assert_eq!(world.token_requests(), 2, "{expires_in}");
        assert_eq!(world.bearers(), ["Bearer t1", "Bearer t1", "Bearer t1", "Bearer t2"]);
        assert_eq!(world.stats(), TokenStats { hits: 2, fetches: 1, refreshes: 1, negative_hits: 0 });
    }
}

#[tokio::test]
async fn a_token_for_a_credential_in_a_header_is_renewed_a_minute_ahead_and_lives_ten_minutes_when_it_claims_years() {
    for (expires_in, kept_until) in [(3_600, 3_540), (86_400, 86_340), (1_900_000_000, 540), (100, 50)] {
        let world = World::new(move |nth, _| grant(&format!("t{nth}"), expires_in), ok).await;
        let credentials = ClientCredentials { style: Style::Basic, ..world.credentials("cid-a") };
        world.send_as(&credentials).await.unwrap();
        world.advance(kept_until);
        world.send_as(&credentials).await.unwrap();
        assert_eq!(world.token_requests(), 1, "{expires_in}");
        world.advance(1);
        world.send_as(&credentials).await.unwrap();
        assert_eq!(world.token_requests(), 2, "{expires_in}");
    }
}

#[tokio::test]
async fn an_expired_token_is_never_sent() {
    let world = World::new(|nth, _| grant(&format!("t{nth}"), 100), ok).await;
    world.send().await.unwrap();
    world.advance(100);
    world.send().await.unwrap();
    assert_eq!(world.bearers(), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_first_calls_make_one_token_request() {
    let world = World::new(|_, _| grant("t1", 3599), ok).await;
    let calls: Vec<_> = (0..50).map(|_| world.spawn()).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().code(), 200);
    }
    assert_eq!((world.token_requests(), world.api_requests()), (1, 50));
    assert_eq!(world.stats().fetches, 1);
}

#[tokio::test]
async fn a_cancelled_leader_leaves_the_others_their_token_request() {
    let world = World::new(|nth, _| if nth == 1 { answer(503, &[], "") } else { grant("t1", 3599) }, ok).await;
    let leader = world.spawn();
    world.server.until(|counts| counts.requests == 1).await;
    let follower = world.spawn();
    assert!(is_waiting(&follower).await);
    leader.abort();
    let _ = leader.await;
    world.clock.advance_to_next_sleeper().await;
    assert_eq!(follower.await.unwrap().unwrap().code(), 200);
    assert_eq!((world.token_requests(), world.stats().fetches), (2, 1));
}

/// Lets other tasks run; a task that has not ended after that is waiting for something.
async fn is_waiting<T>(task: &tokio::task::JoinHandle<T>) -> bool {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    !task.is_finished()
}

#[tokio::test]
async fn a_token_request_that_nobody_waits_for_is_given_up() {
    let world = World::new(|_, _| Reply::Stall(Vec::new()), ok).await;
    let only = world.spawn();
    world.server.until(|counts| counts.requests == 1).await;
    only.abort();
    world.server.until(|counts| counts.closed == 1).await;
}

#[tokio::test]
async fn providers_do_not_share_tokens() {
    let script = |_: usize, request: &Request| {
        let id = request.form().into_iter().find(|(name, _)| name == "client_id").map(|(_, id)| id);
        grant(&format!("token-of-{}", id.unwrap_or_default()), 3599)
    };
    let world = World::new(script, ok).await;
    for client in ["cid-a", "cid-b", "cid-a"] {
        world.send_as(&world.credentials(client)).await.unwrap();
    }
    assert_eq!(world.token_requests(), 2);
    assert_eq!(world.bearers(), ["Bearer token-of-cid-a", "Bearer token-of-cid-b", "Bearer token-of-cid-a"]);
}

#[tokio::test]
async fn a_refused_token_is_replaced_and_the_call_sent_once_more_even_if_it_must_not_be_repeated() {
    let api = |_: usize, request: &Request| match request.header("authorization") {
        Some("Bearer t1") => answer(401, &[], ""),
        _ => answer(200, &[], ""),
    };
    let world = World::new(|nth, _| grant(&format!("t{nth}"), 3599), api).await;
    assert_eq!(world.send().await.unwrap().code(), 200);
    assert_eq!((world.token_requests(), world.api_requests()), (2, 2));
    assert_eq!(world.bearers(), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test]
async fn a_second_refusal_is_an_error_after_exactly_two_calls() {
    let world = World::new(|nth, _| grant(&format!("t{nth}"), 3599), |_, _| answer(401, &[], "")).await;
    let error = world.send().await.unwrap_err();
    assert_eq!(error.status().code(), "AUTH_REJECTED");
    assert_eq!(error.upstream().unwrap().http_status, Some(401));
    assert!(!may_have_been_sent(&error));
    assert_eq!((world.token_requests(), world.api_requests()), (2, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_refused_with_the_same_token_replace_it_once() {
    let api = |_: usize, request: &Request| match request.header("authorization") {
        Some("Bearer t2") => answer(200, &[], ""),
        _ => answer(401, &[], ""),
    };
    let world = World::new(|nth, _| grant(&format!("t{nth}"), 3599), api).await;
    let calls: Vec<_> = (0..20).map(|_| world.spawn()).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().code(), 200);
    }
    assert_eq!(world.token_requests(), 2);
}

#[tokio::test]
async fn a_refused_credential_is_not_tried_again_for_a_minute_unless_it_changes() {
    let script = |_: usize, request: &Request| {
        let secret = request.form().into_iter().find(|(name, _)| name == "client_secret");
        match secret {
            Some((_, secret)) if secret == "renewed" => grant("t1", 3599),
            _ => refusal(401, "invalid_client", 7_000_215),
        }
    };
    let world = World::new(script, ok).await;
    for _ in 0..2 {
        let error = world.send().await.unwrap_err();
        assert!(matches!(&error, Error::BadCredential { hint: "wrong secret", .. }), "{error:?}");
        assert!(!may_have_been_sent(&error));
        let shown = format!("{error:?} {}", error.to_json("fetch_learner_data", "vera"));
        assert!(shown.contains("invalid_client:7000215") && shown.contains("t-1"), "{shown}");
        assert!(!shown.contains("s3c") && !shown.contains("AADSTS"), "{shown}");
    }
    assert_eq!((world.token_requests(), world.api_requests(), world.stats().negative_hits), (1, 0, 1));
    world.advance(60);
    world.send().await.unwrap_err();
    assert_eq!(world.token_requests(), 2);

    let renewed = ClientCredentials { client_secret: "renewed".into(), ..world.credentials("cid-a") };
    assert_eq!(world.send_as(&renewed).await.unwrap().code(), 200);
    assert_eq!(world.token_requests(), 3);
    // Going back to the refused secret must not profit from the other's token.
    assert_eq!(world.send().await.unwrap_err().status().code(), "BAD_CREDENTIAL");
}

#[tokio::test]
async fn a_token_service_in_trouble_is_asked_three_times() {
    let world = World::new(|nth, _| if nth < 3 { answer(503, &[], "") } else { grant("t1", 3599) }, ok).await;
    let call = world.spawn();
    let first = world.clock.advance_to_next_sleeper().await.since(learnerlink::clock::Moment::default());
    let second = world.clock.advance_to_next_sleeper().await.since(learnerlink::clock::Moment::default()) - first;
    assert!((800..=1_200).contains(&first.as_millis()), "{first:?}");
    assert!((1_600..=2_400).contains(&second.as_millis()), "{second:?}");
    assert_eq!(call.await.unwrap().unwrap().code(), 200);
    assert_eq!(world.token_requests(), 3);
}

#[tokio::test]
async fn a_failure_is_told_to_all_who_waited_and_is_not_remembered() {
    let world = World::new(|_, _| answer(429, &[("Retry-After", "9")], ""), ok).await;
    let calls = [world.spawn(), world.spawn(), world.spawn()];
    for _ in 0..2 {
        world.clock.advance_to_next_sleeper().await;
    }
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Throttled { retry_after_ms: 9_000, .. }), "{error:?}");
        assert!(!may_have_been_sent(&error), "the call itself was never made");
    }
    assert_eq!((world.token_requests(), world.api_requests()), (3, 0));
    let again = world.spawn();
    world.server.until(|counts| counts.requests == 4).await;
    again.abort();
}

#[tokio::test]
async fn a_token_that_still_works_is_used_while_its_renewal_fails() {
    for trouble in [answer(503, &[], ""), Reply::Close(Vec::new()), answer(429, &[("Retry-After", "60")], "")] {
        let world =
            World::new(move |nth, _| if nth == 2 { trouble.clone() } else { grant(&format!("t{nth}"), 3599) }, ok)
                .await;
        world.send().await.unwrap();
        world.advance(3_310);
        world.send().await.unwrap();
        assert_eq!(world.token_requests(), 2);
        // Renewal rests for a while, then is tried again.
        world.advance(29);
        world.send().await.unwrap();
        assert_eq!(world.token_requests(), 2);
        world.advance(1);
        world.send().await.unwrap();
        assert_eq!(world.bearers(), ["Bearer t1", "Bearer t1", "Bearer t1", "Bearer t3"]);
    }
}

#[tokio::test]
async fn while_one_caller_renews_a_token_the_others_use_the_one_there_is() {
    let world =
        World::new(|nth, _| if nth == 2 { Reply::Stall(Vec::new()) } else { grant(&format!("t{nth}"), 3599) }, ok)
            .await;
    world.send().await.unwrap();
    world.advance(3_310);
    let renewing = world.spawn();
    world.server.until(|counts| counts.requests == 3).await;
    world.send().await.unwrap();
    assert_eq!(world.bearers(), ["Bearer t1", "Bearer t1"]);
    renewing.abort();
}

#[tokio::test]
async fn the_deadline_of_a_call_covers_getting_its_token() {
    let world = World::new(|_, _| Reply::Stall(Vec::new()), ok).await;
    let call = world.call().retry(Retry::Never).deadline(Duration::from_millis(100));
    let error = world.tokens.send(&world.credentials("cid-a"), call).await.unwrap_err();
    assert_eq!(error.status().code(), "DEADLINE_EXCEEDED");
    assert_eq!(error.upstream().unwrap().endpoint, Some("token"));
    assert!(!may_have_been_sent(&error));
    assert_eq!(world.api_requests(), 0);
    world.server.until(|counts| counts.closed == 1).await;
}

#[tokio::test]
async fn a_call_that_fails_after_its_token_came_may_have_been_carried_out() {
    let world = World::new(|_, _| grant("t1", 3599), |_, _| Reply::Close(Vec::new())).await;
    let error = world.send().await.unwrap_err();
    assert_eq!((error.status().code(), world.api_requests()), ("UNAVAILABLE", 1));
    assert!(may_have_been_sent(&error));
}

#[tokio::test]
async fn neither_logs_nor_debug_output_show_secrets_tokens_or_addresses() {
    // With one subscriber alone, whether a place is logged is decided for the thread that comes by first, which may be
    // another test's; with two both are asked.
    let _other = tracing::Dispatch::new(Log::default());
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let api = |nth: usize, _: &Request| answer(if nth < 3 { 401 } else { 200 }, &[], "Orla Fennimore");
    let world = World::new(|nth, _| grant(&format!("t0ken{nth}"), 3599), api).await;
    world.send().await.unwrap_err();
    let found = world.send().await.unwrap();
    let shown = format!("{:?} {found:?} {:?}", world.tokens, world.credentials("cid-a"));
    let logged = log.0.lock().unwrap().clone();
    assert!(logged.contains("learner-data"), "{logged}");
    for hidden in ["s3c", "t0ken", "5123456782", "Orla", "tenant/oauth2"] {
        assert!(!logged.contains(hidden), "{hidden}: {logged}");
    }
    for hidden in ["s3c", "t0ken", "Orla"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }
}

/// Keeps everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        span.record(&mut Writer(&mut self.0.lock().expect("no test thread panics here")));
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(&mut Writer(&mut self.0.lock().expect("no test thread panics here")));
    }

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut Writer(&mut self.0.lock().expect("no test thread panics here")));
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

struct Writer<'a>(&'a mut String);

impl tracing::field::Visit for Writer<'_> {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        use std::fmt::Write;
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}
