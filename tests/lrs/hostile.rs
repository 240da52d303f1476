//! Answers of the service that are large, endless, bombs, cut, or in another encoding: refused within limits.

use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::stand::{Stand, record, search};
use crate::support::{Reply, answer};

const ALONE: &str = "LEARNERLINK_TEST_ALONE";
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

fn xml(body: impl AsRef<[u8]>) -> Reply {
    answer(200, &[("Content-Type", "text/xml")], body)
}

#[tokio::test]
async fn what_is_no_decent_xml_is_refused_without_being_quoted() {
    let entities = (1..10).fold(String::from("<!ENTITY a0 \"Quillfeather\">"), |text, level| {
        text + &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10))
    });
    let envelope = |inner: &str| format!("<s:Envelope xmlns:s=\"{SOAP}\"><s:Body>{inner}</s:Body></s:Envelope>");
    let utf16: Vec<u8> = envelope("").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for body in [
        format!("<!DOCTYPE x [{entities}]>{}", envelope("&a9;")).into_bytes(),
        format!("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">{}", envelope("")).into_bytes(),
        envelope(&"<a>".repeat(50_000)).into_bytes(),
        envelope(&format!("<a {}/>", "x='1' ".repeat(50_000))).into_bytes(),
        envelope("").as_bytes()[..40].to_vec(),
        utf16,
        b"\xFF\xFE\x00".to_vec(),
        envelope("Zo\u{eb}").replace('\u{eb}', "\u{1}").into_bytes(),
        Vec::new(),
    ] {
        let stand = Stand::new("direct", move |_, _| xml(&body)).await;
        for (operation, request) in [("match_learner", search()), ("fetch_plr", record())] {
            assert_eq!(stand.failure(operation, request).await["code"], "PROTOCOL");
        }
    }
}

#[tokio::test]
async fn an_announced_fifty_megabytes_are_refused_unread() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 52428800\r\n\r\n";
    let stand = Stand::new("direct", |_, _| Reply::Stall(head.to_vec())).await;
    for (operation, request) in [("match_learner", search()), ("fetch_plr", record())] {
        assert_eq!(stand.failure(operation, request).await["code"], "RESPONSE_TOO_LARGE");
    }
}

#[test]
fn an_endless_answer_takes_no_more_memory_than_the_limit() {
    let test = ["--exact", "hostile::an_endless_answer_alone", "--ignored"];
    let status = Command::new(std::env::current_exe().unwrap()).args(test).env(ALONE, "1").status().unwrap();
    assert!(status.success());
}

/// The most memory this process has had, in MiB.
fn most_resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

#[tokio::test]
#[ignore = "run by the test above in a process of its own"]
async fn an_endless_answer_alone() {
    if std::env::var_os(ALONE).is_none() {
        return;
    }
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned();
    let event = "<a:LearningEvent><a:ID>1</a:ID></a:LearningEvent>".repeat(1_000);
    let start = format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><GetLearnerLearningEventsResponse xmlns=\"http://tempuri.org/\">\
         <GetLearnerLearningEventsResult xmlns:a=\"http://api.lrs.qcf.gov.uk/model\"><a:LearnerRecord>"
    );
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    let (first, then) = ((head + &chunk(&start)).into_bytes(), chunk(&event).into_bytes());
    let stand = Stand::new("direct", move |_, _| Reply::Endless(first.clone(), then.clone(), Duration::ZERO)).await;
    let before = most_resident();
    let failure = stand.failure("fetch_plr", record()).await;
    assert_eq!((failure["code"].as_str(), failure["retriable"].as_bool()), (Some("RESPONSE_TOO_LARGE"), Some(false)));
    // The limit is 16 MiB; a buffer that grows to it is there twice for a moment.
    let added = most_resident() - before;
    assert!(added < 56.0, "{added} MiB were added");
    assert_eq!(stand.call("list_profiles", json!({})).await.unwrap()["outcome"], "ok");
}
