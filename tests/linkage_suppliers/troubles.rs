//! What can go wrong with any supplier: bodies that are none, statuses of an outage, time, and no such supplier.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::stand::*;
use crate::support::{Reply, answer};

const WIRES: [&str; 5] = ["native", "emis", "tpp", "vision", "header"];

#[tokio::test]
async fn an_unknown_supplier_is_refused_by_the_name_of_the_field() {
    let stand = Stand::new("vision", |_, _| answer(500, &[], "")).await;
    for operation in [RETRIEVE, CREATE, COMPOSED] {
        let failure = stand.failure(operation, changed(request(operation), json!({ "supplier": "other" }))).await;
        assert_eq!((&failure["code"], &failure["details"]["field"]), (&json!("INVALID_INPUT"), &json!("supplier")));
    }
    assert_eq!(stand.server.requests().len(), 0);
}

#[tokio::test]
async fn a_body_that_is_none_is_refused_without_being_quoted() {
    for wire in WIRES {
        for body in [
            format!("<html>{SURNAME} {NUMBER}</html>").into_bytes(),
            format!("{{\"accountId\":\"{ACCOUNT}\",\"linkageKey\":\"{KEY}").into_bytes(),
            b"\xFF\xFE\x00".to_vec(),
            b"[1]".to_vec(),
            "[".repeat(10_000).into_bytes(),
        ] {
            assert_eq!(both(wire, answer(200, &[], &body)).await, ["PROTOCOL"; 2], "{wire}");
        }
        let cut = Reply::Close(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"accountId\":\"4".to_vec());
        assert_eq!(both(wire, cut).await, ["PROTOCOL"; 2], "{wire}");
        let large = answer(200, &[], vec![b' '; 10 << 20]);
        assert_eq!(both(wire, large).await, ["RESPONSE_TOO_LARGE"; 2], "{wire}");
    }
}

#[tokio::test]
async fn an_endless_body_is_cut_off_at_its_limit() {
    for wire in WIRES {
        let head = b"HTTP/1.1 200 OK\r\n\r\n{".to_vec();
        let stand =
            Stand::new(wire, move |_, _| Reply::Endless(head.clone(), vec![b' '; 16 << 10], Duration::ZERO)).await;
        assert_eq!(tell(&stand, RETRIEVE, request(RETRIEVE)).await, "RESPONSE_TOO_LARGE", "{wire}");
    }
}

#[tokio::test]
async fn an_outage_is_asked_twice_to_retrieve_and_once_to_create() {
    for wire in WIRES {
        for (status, code, times) in [(503, "UNAVAILABLE", 2), (429, "THROTTLED", 2), (501, "UNAVAILABLE", 1)] {
            let stand = Stand::new(wire, move |_, _| answer(status, &[], "down")).await;
            assert_eq!(tell(&stand, RETRIEVE, request(RETRIEVE)).await, code, "{wire}");
            assert_eq!(stand.asked().len(), times, "{wire} {status}");
            assert_eq!(tell(&stand, CREATE, request(CREATE)).await, code, "{wire}");
            assert_eq!(stand.asked().len(), times + 1, "{wire} {status}");
        }
    }
}

#[tokio::test]
async fn a_supplier_that_hangs_is_left_when_the_time_is_over() {
    for wire in WIRES {
        let stand = Stand::new(wire, |_, _| Reply::Stall(Vec::new())).await;
        for operation in [RETRIEVE, CREATE, COMPOSED] {
            let began = Instant::now();
            let failure = stand.failure(operation, changed(request(operation), json!({ "timeoutMs": 300 }))).await;
            assert_eq!(failure["code"], "DEADLINE_EXCEEDED", "{wire} {failure}");
            assert!(began.elapsed() < Duration::from_secs(5));
        }
    }
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    for wire in WIRES {
        let gone = json!({ "url": "http://127.0.0.1:9/gp" });
        let stand = Stand::with(wire, gone, |_, _| answer(200, &[], "")).await;
        for operation in [RETRIEVE, CREATE] {
            assert_eq!(tell(&stand, operation, request(operation)).await, "UNREACHABLE", "{wire}");
        }
    }
}

#[tokio::test]
async fn the_log_tells_of_requests_and_not_of_patients() {
    for wire in WIRES {
        let stand = Stand::new(wire, |_, _| answer(404, &[], SURNAME)).await;
        tell(&stand, RETRIEVE, request(RETRIEVE)).await;
        let stats = stand.plugin.stats().to_string();
        assert!(stats.contains("\"linkage\"") && !stats.contains(NUMBER) && !stats.contains(ODS), "{stats}");
    }
    assert!(lines() > 0);
}

#[tokio::test]
async fn the_audit_names_supplier_outcome_and_profile_and_nobody() {
    let stand = Stand::new("vision", |_, _| answer(403, &[], "")).await;
    stand.done(RETRIEVE, request(RETRIEVE)).await;
    let found = stand.done("query_audit", json!({ "traceId": TRACE, "user": "auditor" })).await;
    let text = found.to_string();
    for (wanted, there) in
        [("\"gp\"", true), (ODS, true), (PROFILE, true), ("keyRevoked", true), (NUMBER, false), ("Quillfeather", false)]
    {
        assert_eq!(text.contains(wanted), there, "{wanted}: {text}");
    }
}
