//! Too much, too often, too slow; and what the audit trail says.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use learnerlink_sandbox::Fault;
use serde_json::{Value, json};

use crate::stand::{PATIENCE, Stand, tamsin};

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_large_or_not_json_is_refused() {
    let stand = Stand::new(json!({ "maxBodyBytes": 2000 })).await;
    let token = stand.token("ui").await;
    let post = async |kind: &str, body: Vec<u8>| {
        let request = stand.http.post(format!("{}/learners", stand.url)).bearer_auth(&token);
        let answer =
            request.header("x-username", "clerk").header("content-type", kind).body(body).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json::<Value>().await.unwrap_or_default()["errorCode"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(post("application/json", vec![b' '; 2001]).await, (413, "Payload Too Large".into()));
    assert_eq!(post("text/xml", b"<a/>".to_vec()).await.0, 415);
    assert_eq!(post("application/jsonp", b"{}".to_vec()).await.0, 415);
    for body in [&b""[..], b"null", b"[]", b"{", b"\xFF{}", b"{\"givenName\":{}}", b"{\"givenName\":\"\\ud800\"}"] {
        assert_eq!(post("application/json", body.to_vec()).await, (400, "Unreadable HTTP message".into()), "{body:?}");
    }
    let charset = post("application/JSON; charset=utf-8", tamsin().to_string().into_bytes()).await;
    assert_eq!(charset.0, 200);
    assert_eq!(stand.searches(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_xml_cannot_carry_is_refused() {
    let stand = Stand::new(json!({})).await;
    let token = stand.token("ui").await;
    let mut body = tamsin();
    body["schoolAtAge16"] = json!("a\u{1}b");
    let request = stand.http.post(format!("{}/learners", stand.url)).bearer_auth(&token).header("x-username", "clerk");
    let answer = request.json(&body).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), stand.searches()), (400, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_is_told_to_wait() {
    // A burst of two.
    let stand = Stand::new(json!({ "requestsPerMinute": 20 })).await;
    let (one, two) = (stand.token("ui").await, stand.token("ro").await);
    let statuses = async |token: &str| {
        let mut statuses = Vec::new();
        for _ in 0..3 {
            let answer = stand.state(token, "A1000AA").await;
            statuses.push((answer.status().as_u16(), answer.headers().get("retry-after").cloned()));
        }
        statuses
    };
    let first = statuses(&one).await;
    assert_eq!(first.iter().map(|(status, _)| *status).collect::<Vec<_>>(), [404, 404, 429]);
    assert_eq!(first[2].1.as_ref().unwrap(), "4");
    // Others are not held up, and strangers are counted by address.
    assert_eq!(statuses(&two).await[1].0, 404);
    assert_eq!(statuses("x").await.iter().map(|(status, _)| *status).collect::<Vec<_>>(), [401, 401, 429]);
    stand.advance(Duration::from_secs(4));
    assert_eq!(stand.state(&one, "A1000AA").await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_http_or_breaks_off_does_no_harm() {
    let stand = Stand::new(json!({})).await;
    let token = stand.token("ui").await;
    let address = stand.url.trim_start_matches("http://").to_owned();
    let head = format!(
        "POST /match/A1000AA HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nX-Username: clerk\r\n\
         Content-Type: application/json\r\nContent-Length: 400\r\n\r\n{{\"matchingUln\":"
    );
    let huge = format!("GET /health HTTP/1.1\r\nX-Huge: {}\r\n\r\n", "a".repeat(100_000));
    tokio::task::spawn_blocking(move || {
        for bytes in [
            &b"\x16\x03\x01\x02\x00\x01"[..],
            b"GET / HTTP/9.9\r\n\r\n",
            b"\r\n\r\n\r\n",
            head.as_bytes(),
            huge.as_bytes(),
        ] {
            let mut stream = TcpStream::connect(&address).unwrap();
            let _ = stream.write_all(bytes);
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            let _ = stream.read_to_end(&mut Vec::new());
        }
    })
    .await
    .unwrap();
    assert_eq!(stand.state(&token, "A1000AA").await.status(), 404, "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_of_a_caller_is_in_the_audit_trail_without_personal_data() {
    let stand = Stand::new(json!({})).await;
    let (ui, ro) = (stand.token("ui").await, stand.token("ro").await);
    let bearer = |token: &str| format!("Bearer {token}");
    assert_eq!(stand.search(Some(&bearer(&ui))).await.status(), 200);
    assert_eq!(stand.search(Some(&bearer(&ro))).await.status(), 403);
    assert_eq!(stand.state(&ro, "A1000AA").await.status(), 404);
    stand.sandbox.fault(Fault::on("lrs/LearnerService.svc").status(503).forever());
    assert_eq!(stand.search(Some(&bearer(&ui))).await.status(), 500);
    let audit: Vec<Value> = stand.audit().await.into_iter().filter(|entry| entry["system"] == "lrs").collect();
    let seen: Vec<_> = audit
        .iter()
        .map(|entry| {
            (entry["operation"].as_str().unwrap(), entry["outcome"].as_str().unwrap(), entry["status"].as_i64())
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("search-learners", "WSRC0004", Some(0)),
            ("search-learners", "FORBIDDEN", Some(413)),
            ("match-uln", "notMatched", Some(0)),
            ("search-learners", "FAILED", Some(900)),
        ]
    );
    let all = json!(audit).to_string();
    assert!(all.contains("clerk@example.test") && audit[2]["subject"].is_string());
    for secret in ["Quillfeather", "1998-04-12", "LS11", "1000000027", "A1000AA"] {
        assert!(!all.contains(secret), "{secret} is in the audit trail");
    }
    assert_eq!(stand.plugin.call("verify_audit", "{}").await.unwrap().outcome, "intact");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_goes_away_leaves_an_entry() {
    let stand = Stand::new(json!({})).await;
    let token = stand.token("ui").await;
    stand.sandbox.fault(Fault::on("lrs/LearnerService.svc").latency(Duration::from_secs(1)));
    let request = stand.http.post(format!("{}/learners", stand.url)).bearer_auth(&token).header("x-username", "clerk");
    let waiting = tokio::spawn(request.json(&tamsin()).send());
    assert!(stand.sandbox.wait_for(PATIENCE, |all| all.iter().any(|one| one.endpoint.starts_with("lrs/"))));
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled(), "the caller was answered");
    for _ in 0..200 {
        if stand.audit().await.iter().any(|entry| entry["operation"] == "search-learners") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("there is no entry");
}
