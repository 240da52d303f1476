//! The transport against a server that behaves well, badly and not at all.

mod support;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use learnerlink::http::config::{Breaker, HttpConfig, Limits, Proxy, ProxyServer, Retries};
use learnerlink::http::header::{ACCEPT, HeaderName};
use learnerlink::http::{Answer, BreakerState, Call, Method, Retry, Transport, may_have_been_sent};
use learnerlink::{Clock, Error, Result};
use support::{PATIENCE, Reply, Server, answer, gzip};
use url::Url;

const EPOCH: Timestamp = Timestamp::UNIX_EPOCH;

fn transport() -> Transport {
    with(HttpConfig::default(), Clock::system())
}

fn with(config: HttpConfig, clock: Clock) -> Transport {
    Transport::new(&config, clock).expect("the configuration is valid")
}

fn get(url: Url) -> Call {
    Call::get("vera", "learner-data", url)
}

fn thrice(url: Url) -> Call {
    get(url).retry(Retry::Idempotent { attempts: 3 })
}

/// Sends the call; a test that hangs here would otherwise hang for ever.
async fn send(transport: &Transport, call: Call) -> Result<Answer> {
    tokio::time::timeout(PATIENCE, transport.send(call)).await.expect("the call ends in time")
}

fn code(result: Result<Answer>) -> &'static str {
    match result {
        Ok(answer) => panic!("the call was answered with {}", answer.code()),
        Err(error) => error.status().code(),
    }
}

#[tokio::test]
async fn every_status_is_an_answer_and_no_redirection_is_followed() {
    for status in [200, 202, 204, 301, 302, 307, 400, 401, 404, 408, 410, 422, 501] {
        let server = Server::start(move |_, _| answer(status, &[("Location", "/again")], "")).await;
        let found = send(&transport(), thrice(server.url("/"))).await.unwrap();
        assert_eq!(found.code(), status);
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_request_arrives_as_described() {
    let server = Server::start(|_, _| answer(200, &[("X-Trace", "t1")], "{}")).await;
    let call = Call::new("lrs", "match", Method::PUT, server.url("/a%20b?q=%C3%A9"))
        .header(ACCEPT, "application/json")
        .unwrap()
        .header(HeaderName::from_static("x-username"), "o.fennimore")
        .unwrap()
        .json(&serde_json::json!({ "name": "Zoë" }))
        .unwrap();
    let found = send(&transport(), call).await.unwrap();
    assert_eq!((found.body.as_slice(), found.headers["x-trace"].as_bytes()), (&b"{}"[..], &b"t1"[..]));

    let request = &server.requests()[0];
    assert_eq!((&*request.method, &*request.target, &*request.version), ("PUT", "/a%20b?q=%C3%A9", "HTTP/1.1"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("x-username"), Some("o.fennimore"));
    assert_eq!(request.header("accept-encoding"), Some("gzip"));
    assert_eq!(request.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(request.header("user-agent"), Some(concat!("learnerlink/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(request.body, "{\"name\":\"Zoë\"}".as_bytes());
}

#[tokio::test]
async fn calls_share_connections_and_compressed_answers_are_unpacked() {
    let body = gzip(b"hello");
    let server = Server::start(move |_, _| answer(200, &[("Content-Encoding", "gzip")], &body)).await;
    let transport = transport();
    for _ in 0..5 {
        assert_eq!(&*send(&transport, get(server.url("/"))).await.unwrap().body, b"hello");
    }
    assert_eq!(server.counts().connections, 1);
}

#[tokio::test]
async fn a_repeatable_call_outlasts_passing_troubles() {
    let clock = Clock::manual(EPOCH);
    let server = Server::start(|nth, _| match nth {
        0 => answer(503, &[], ""),
        1 => Reply::Close(Vec::new()),
        _ => answer(200, &[], "done"),
    })
    .await;
    let transport = with(HttpConfig::default(), clock.clone());
    let call = tokio::spawn({
        let (transport, call) = (transport.clone(), thrice(server.url("/")));
        async move { transport.send(call).await }
    });
    let first = clock.advance_to_next_sleeper().await.since(learnerlink::clock::Moment::default());
    assert!((200..=300).contains(&first.as_millis()), "{first:?}");
    let second = clock.advance_to_next_sleeper().await.since(learnerlink::clock::Moment::default()) - first;
    assert!((400..=600).contains(&second.as_millis()), "{second:?}");
    assert_eq!(&*call.await.unwrap().unwrap().body, b"done");
    assert_eq!(server.requests().len(), 3);

    let stats = transport.stats();
    assert_eq!((stats.endpoints[0].calls, stats.endpoints[0].retries), (1, 2));
    assert_eq!(
        serde_json::to_value(&stats).unwrap(),
        serde_json::json!({
            "endpoints": [{
                "system": "vera", "endpoint": "learner-data", "calls": 1, "retries": 2,
                "answers": { "2xx": 1 }, "failures": {}, "cancelled": 0,
            }],
            "breakers": [],
        })
    );
}

#[tokio::test]
async fn only_repeatable_calls_and_passing_statuses_are_repeated() {
    let transport = with(quick(), Clock::system());
    for (status, retry, expected) in [
        (429, Retry::Idempotent { attempts: 3 }, 3),
        (500, Retry::Idempotent { attempts: 3 }, 3),
        (502, Retry::Idempotent { attempts: 2 }, 2),
        (504, Retry::Idempotent { attempts: 1 }, 1),
        (503, Retry::Never, 1),
        (429, Retry::Never, 1),
        (408, Retry::Idempotent { attempts: 3 }, 1),
        (501, Retry::Idempotent { attempts: 3 }, 1),
    ] {
        let server = Server::start(move |_, _| answer(status, &[], "")).await;
        let found = send(&transport, get(server.url("/")).retry(retry)).await.unwrap();
        assert_eq!(found.code(), status);
        assert_eq!(server.requests().len(), expected, "{status} {retry:?}");
    }
}

/// Waits so short that a test need not move a clock.
fn quick() -> HttpConfig {
    HttpConfig { retry: Retries { first_wait_ms: 10, ..Retries::default() }, ..HttpConfig::default() }
}

#[tokio::test]
async fn retry_after_is_honoured_when_it_is_longer_than_our_own_wait() {
    let clock = Clock::manual(EPOCH);
    let server = Server::start(|nth, _| match nth {
        0 => answer(429, &[("Retry-After", "7")], ""),
        _ => answer(200, &[], ""),
    })
    .await;
    let transport = with(HttpConfig::default(), clock.clone());
    let call = tokio::spawn({
        let call = thrice(server.url("/"));
        async move { transport.send(call).await }
    });
    let woken = clock.advance_to_next_sleeper().await.since(learnerlink::clock::Moment::default());
    assert_eq!(woken, Duration::from_secs(7));
    assert_eq!(call.await.unwrap().unwrap().code(), 200);
}

#[tokio::test]
async fn an_answer_that_asks_for_more_time_than_there_is_comes_back_at_once() {
    let server = Server::start(|_, _| answer(503, &[("Retry-After", "31")], "")).await;
    let found = send(&with(HttpConfig::default(), Clock::manual(EPOCH)), thrice(server.url("/"))).await.unwrap();
    assert_eq!((found.code(), found.retry_after()), (503, Some(Duration::from_secs(31))));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_host_that_refuses_or_has_no_address_is_unreachable_and_got_nothing() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for url in [format!("http://{unused}/"), "http://records.invalid/".to_owned()] {
        let mut config = quick();
        config.proxy = Proxy::None;
        // Some name servers stay silent about names that cannot exist.
        config.timeouts.connect_ms = 300;
        let error = send(&with(config, Clock::system()), thrice(url.parse().unwrap())).await.unwrap_err();
        assert_eq!(error.status().code(), "UNREACHABLE", "{error:?}");
        assert!(!may_have_been_sent(&error));
    }
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_given_up_after_the_connection_timeout() {
    let server = Server::start(|_, _| Reply::Stall(Vec::new())).await;
    let mut config = HttpConfig::default();
    config.timeouts.connect_ms = 100;
    let url = format!("https://127.0.0.1:{}/", server.port()).parse().unwrap();
    let began = Instant::now();
    let error = send(&with(config, Clock::system()), get(url)).await.unwrap_err();
    assert_eq!(error.status().code(), "UNREACHABLE", "{error:?}");
    assert!(!may_have_been_sent(&error));
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_connection_lost_before_the_answer_may_have_carried_the_request() {
    let server = Server::start(|_, _| Reply::Close(Vec::new())).await;
    let error = send(&transport(), get(server.url("/"))).await.unwrap_err();
    assert_eq!(error.status().code(), "UNAVAILABLE");
    assert!(may_have_been_sent(&error));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn hostile_answers_end_in_the_documented_error_before_the_deadline() {
    let ok = |rest: &str| format!("HTTP/1.1 200 OK\r\n{rest}").into_bytes();
    let none = Duration::ZERO;
    let bomb = gzip(&vec![0; 5 << 20]);
    let bomb = [ok(&format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", bomb.len())), bomb].concat();
    let cut_gzip = gzip(b"hello hello hello");
    let Reply::Send(cut_gzip) = answer(200, &[("Content-Encoding", "gzip")], &cut_gzip[..cut_gzip.len() - 9]) else {
        unreachable!("an answer is sent")
    };
    let Reply::Send(bad_gzip) = answer(200, &[("Content-Encoding", "gzip")], "this is not gzip") else {
        unreachable!("an answer is sent")
    };
    for (name, reply, expected) in [
        ("silence", Reply::Stall(Vec::new()), "DEADLINE_EXCEEDED"),
        ("half a head", Reply::Stall(b"HTTP/1.1 200 OK\r\nConte".to_vec()), "DEADLINE_EXCEEDED"),
        ("half a body", Reply::Stall(ok("Content-Length: 10\r\n\r\nhello")), "DEADLINE_EXCEEDED"),
        (
            "a slow drip",
            Reply::Endless(ok("Content-Length: 100000\r\n\r\n"), b"x".to_vec(), Duration::from_millis(20)),
            "DEADLINE_EXCEEDED",
        ),
        ("endless headers", Reply::Endless(ok(""), b"X-More: and more of it\r\n".repeat(100), none), "PROTOCOL"),
        ("an endless header", Reply::Endless(ok("X-Long: "), vec![b'x'; 4096], none), "PROTOCOL"),
        ("an endless body", Reply::Endless(ok("\r\n"), vec![b'x'; 4096], none), "RESPONSE_TOO_LARGE"),
        (
            "endless chunks",
            Reply::Endless(ok("Transfer-Encoding: chunked\r\n\r\n"), b"4\r\nwxyz\r\n".repeat(100), none),
            "RESPONSE_TOO_LARGE",
        ),
        ("an announced giant", Reply::Stall(ok("Content-Length: 99999999999\r\n\r\n")), "RESPONSE_TOO_LARGE"),
        ("a compressed giant", Reply::Send(bomb), "RESPONSE_TOO_LARGE"),
        ("garbage", Reply::Close(b"\x00\x01 this is not HTTP at all\r\n\r\n".to_vec()), "PROTOCOL"),
        ("another protocol", Reply::Close(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()), "PROTOCOL"),
        ("a body too short", Reply::Close(ok("Content-Length: 10\r\n\r\nhello")), "PROTOCOL"),
        ("two lengths", Reply::Close(ok("Content-Length: 1\r\nContent-Length: 5\r\n\r\nhello")), "PROTOCOL"),
        ("chunks cut off", Reply::Close(ok("Transfer-Encoding: chunked\r\n\r\n5\r\nhel")), "PROTOCOL"),
        ("a bad chunk", Reply::Stall(ok("Transfer-Encoding: chunked\r\n\r\nzz\r\nhello")), "PROTOCOL"),
        ("a body that is not gzip", Reply::Send(bad_gzip), "PROTOCOL"),
        ("a gzip body cut off", Reply::Send(cut_gzip), "PROTOCOL"),
    ] {
        let server = Server::start(move |_, _| reply.clone()).await;
        let late = expected == "DEADLINE_EXCEEDED";
        let deadline = Duration::from_millis(if late { 300 } else { 15_000 });
        let url = server.url("/learner-data?uln=5123456782");
        let call = get(url).bearer(&"t0ken".into()).unwrap().deadline(deadline).max_bytes(100_000);
        let began = Instant::now();
        let error = send(&transport(), call).await.map(|answer| answer.code()).expect_err(name);
        assert_eq!(error.status().code(), expected, "{name}: {error:?}");
        let within = if late { Duration::from_secs(3) } else { deadline };
        assert!(began.elapsed() < within, "{name}: {:?}", began.elapsed());
        assert!(may_have_been_sent(&error), "{name}");
        let shown = format!("{error:?} {error} {}", error.to_json("fetch_learner_data", "vera"));
        assert!(!shown.contains("5123456782") && !shown.contains("t0ken"), "{name}: {shown}");
        if late {
            server.until(|counts| counts.closed == 1).await;
        }
    }
}

#[tokio::test]
async fn odd_but_legal_answers_are_accepted() {
    for (name, reply, body) in [
        ("a header of 100 KB", answer(200, &[("X-Long", &"x".repeat(100_000))], "hello"), "hello"),
        ("more than announced", Reply::Close(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello".to_vec()), "he"),
        ("a body ended by closing", Reply::Close(b"HTTP/1.1 200 OK\r\n\r\nhello".to_vec()), "hello"),
        ("an old version", Reply::Close(b"HTTP/1.0 200 OK\r\n\r\nhello".to_vec()), "hello"),
        ("no reason phrase", Reply::Close(b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello".to_vec()), "hello"),
    ] {
        let server = Server::start(move |_, _| reply.clone()).await;
        let found = send(&transport(), get(server.url("/"))).await.expect(name);
        assert_eq!(&*found.body, body.as_bytes(), "{name}");
    }
}

#[tokio::test]
async fn the_limit_of_an_answer_is_exact() {
    let server = Server::start(|_, _| answer(200, &[], vec![b'x'; 2_000])).await;
    assert!(send(&transport(), get(server.url("/")).max_bytes(2_000)).await.is_ok());
    assert_eq!(code(send(&transport(), get(server.url("/")).max_bytes(1_999)).await), "RESPONSE_TOO_LARGE");
    let config =
        HttpConfig { limits: Limits { max_response_bytes: 1_999, ..Limits::default() }, ..HttpConfig::default() };
    assert_eq!(code(send(&with(config, Clock::system()), get(server.url("/"))).await), "RESPONSE_TOO_LARGE");
}

#[tokio::test]
async fn a_slow_attempt_is_repeated_while_time_remains() {
    let server = Server::start(|nth, _| match nth {
        0 => Reply::Stall(Vec::new()),
        _ => answer(200, &[], ""),
    })
    .await;
    let call = thrice(server.url("/")).attempt_timeout(Duration::from_millis(300));
    assert_eq!(send(&with(quick(), Clock::system()), call).await.unwrap().code(), 200);
}

#[tokio::test]
async fn a_host_that_keeps_failing_is_left_alone_until_a_probe_succeeds() {
    let clock = Clock::manual(EPOCH);
    let breaker = Breaker { failures: 3, cool_down_ms: 30_000 };
    let transport = with(HttpConfig { breaker, ..HttpConfig::default() }, clock.clone());
    let server = Server::start(|nth, _| match nth {
        0..=3 => answer(503, &[], ""),
        _ => answer(404, &[], ""),
    })
    .await;
    for _ in 0..3 {
        assert_eq!(send(&transport, get(server.url("/"))).await.unwrap().code(), 503);
    }
    let error = send(&transport, get(server.url("/"))).await.unwrap_err();
    assert!(matches!(error, Error::CircuitOpen { retry_after_ms: 30_000, .. }), "{error:?}");
    assert!(!may_have_been_sent(&error));
    assert_eq!(server.requests().len(), 3, "the host is left alone");
    assert_eq!(transport.stats().breakers[0].state, BreakerState::Open);
    assert_eq!(transport.stats().endpoints[0].failures["CIRCUIT_OPEN"], 1);

    clock.advance(Duration::from_secs(30));
    assert_eq!(send(&transport, get(server.url("/"))).await.unwrap().code(), 503);
    assert_eq!(code(send(&transport, get(server.url("/"))).await), "CIRCUIT_OPEN");
    clock.advance(Duration::from_secs(30));
    assert_eq!(send(&transport, get(server.url("/"))).await.unwrap().code(), 404);
    assert_eq!(send(&transport, get(server.url("/"))).await.unwrap().code(), 404);
    assert!(transport.stats().breakers.is_empty());
}

#[tokio::test]
async fn a_call_during_which_the_breaker_opens_returns_what_it_had() {
    let breaker = Breaker { failures: 2, cool_down_ms: 30_000 };
    let transport = with(HttpConfig { breaker, ..quick() }, Clock::system());
    let server = Server::start(|_, _| answer(503, &[], "")).await;
    assert_eq!(send(&transport, thrice(server.url("/"))).await.unwrap().code(), 503);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_cancelled_call_closes_its_connection() {
    for reply in [Reply::Stall(Vec::new()), Reply::Stall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal".to_vec())] {
        let server = Server::start(move |_, _| reply.clone()).await;
        let transport = transport();
        let call = tokio::spawn({
            let (transport, call) = (transport.clone(), thrice(server.url("/")));
            async move { transport.send(call).await }
        });
        server.until(|counts| counts.requests == 1).await;
        assert_eq!(server.counts().closed, 0);
        call.abort();
        server.until(|counts| counts.closed == 1).await;
        assert_eq!(transport.stats().endpoints[0].cancelled, 1);
    }
}

#[tokio::test]
async fn a_call_cancelled_between_attempts_sends_no_more() {
    let clock = Clock::manual(EPOCH);
    let server = Server::start(|_, _| answer(503, &[], "")).await;
    let transport = with(HttpConfig::default(), clock.clone());
    let call = tokio::spawn({
        let (transport, call) = (transport.clone(), thrice(server.url("/")));
        async move { transport.send(call).await }
    });
    clock.advance_to_next_sleeper().await;
    // The second attempt may or may not have begun; what matters is that nothing follows it.
    call.abort();
    let _ = call.await;
    clock.advance(Duration::from_secs(60));
    assert_eq!(send(&transport, get(server.url("/last"))).await.unwrap().code(), 503);
    assert!(server.requests().len() <= 3);
    assert_eq!(server.requests().last().unwrap().target, "/last");
}

#[tokio::test]
async fn requests_go_through_a_configured_proxy_except_those_to_this_machine() {
    let proxy = Server::start(|_, _| answer(200, &[], "by proxy")).await;
    let server = Server::start(|_, _| answer(200, &[], "direct")).await;
    let mut config = HttpConfig {
        proxy: Proxy::Server(ProxyServer {
            url: format!("http://127.0.0.1:{}", proxy.port()),
            username: Some("mis".to_owned()),
            password: Some("pr0xy".into()),
            no_proxy: vec!["direct.invalid".to_owned()],
        }),
        ..HttpConfig::default()
    };
    config.timeouts.connect_ms = 1_000;
    let transport = with(config, Clock::system());
    let far = get("http://records.invalid/a?b=c".parse().unwrap());
    assert_eq!(&*send(&transport, far).await.unwrap().body, b"by proxy");
    let request = &proxy.requests()[0];
    assert_eq!(request.target, "http://records.invalid/a?b=c");
    assert_eq!(request.header("proxy-authorization"), Some("Basic bWlzOnByMHh5"));

    assert_eq!(&*send(&transport, get(server.url("/"))).await.unwrap().body, b"direct");
    assert_eq!(code(send(&transport, get("http://direct.invalid/".parse().unwrap())).await), "UNREACHABLE");
    assert_eq!(proxy.requests().len(), 1);

    let error = send(&transport, get("https://records.invalid/".parse().unwrap())).await.unwrap_err();
    assert_eq!(error.status().code(), "UNREACHABLE", "a proxy that opens no tunnel: {error:?}");
    assert!(!format!("{error:?}{transport:?}").contains("pr0xy"));
}
