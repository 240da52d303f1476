//! The listener's door: who and what is let in, and what is said when nothing can be kept.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::stand::{Setup, Stand, http, json_answer};
use crate::support::Reply;

const USER: &str = "receiver";
const PASSWORD: &str = "s3c+ret/=start";

struct Door {
    stand: Stand,
    url: String,
}

impl Door {
    async fn new(setup: Setup, changes: Value) -> Self {
        let mut section = json!({ "user": USER, "password": PASSWORD });
        section.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let listener = json!({ "address": "127.0.0.1:0", "enrollment": section });
        let stand = Stand::new(Setup { listener, ..setup }).await;
        let started = stand.call("start_listener", json!({})).await.unwrap();
        assert_eq!(started["interfaces"], json!(["enrollment"]));
        let url = format!("{}/api/start", started["address"].as_str().unwrap());
        Self { stand, url }
    }

    async fn post(&self, body: impl Into<reqwest::Body>) -> reqwest::Response {
        let request = http().post(&self.url).basic_auth(USER, Some(PASSWORD));
        request.header("content-type", "application/json; charset=utf-8").body(body).send().await.unwrap()
    }

    async fn told(&self, body: String) -> Value {
        let answer = self.post(body).await;
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }
}

fn inbox() -> Setup {
    Setup { enrollment: json!({ "handOver": "inbox" }), ..Setup::default() }
}

fn start(name: &str) -> String {
    json!({
        "offering": { "offeringId": "o-1", "name": name },
        "person": { "personId": "p", "displayName": "Fenna Oosterwal", "mail": "fenna@merwede.example" },
    })
    .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_store_cannot_keep_a_start_the_student_is_told_and_nothing_is_sent() {
    for table in ["enrollments", "audit"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db").to_str().unwrap().to_owned();
        let mut door = Door::new(Setup { store: Some(path.clone()), ..inbox() }, json!({})).await;
        let breaking = rusqlite::Connection::open(&path).unwrap();
        breaking.execute_batch(&format!("PRAGMA foreign_keys = off; DROP TABLE {table};")).unwrap();
        let told = door.told(start("Water")).await;
        assert_eq!((&told["code"], &told["result"]), (&json!(500), &json!("error")), "{table}");
        assert!(told["message"].as_str().unwrap().contains("was not accepted"));
        if table == "enrollments" {
            assert_eq!(door.stand.sent().len(), 0);
        }
        // As an operation it has an answer for the receiver too.
        let done = door.stand.call("start_enrollment", json!({ "body": start("Water") })).await.unwrap();
        assert_eq!((&done["outcome"], &done["code"]), (&json!("internalError"), &json!(500)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_not_read_and_ends_the_connection() {
    let door = Door::new(inbox(), json!({})).await;
    let large = vec![b' '; 5 << 20];
    let chunks = || futures_util::stream::iter((0..5).map(|_| Ok::<_, std::io::Error>(vec![b' '; 1 << 20])));
    for body in [large.clone().into(), reqwest::Body::wrap_stream(chunks())] {
        let request =
            http().post(&door.url).basic_auth(USER, Some(PASSWORD)).header("content-type", "application/json");
        // The connection may end while the rest is still being sent.
        match request.body(body).send().await {
            Ok(answer) => {
                assert_eq!(answer.status(), 413);
                assert_eq!(answer.headers()["connection"], "close");
            }
            Err(error) => assert!(error.is_request() || error.is_body(), "{error:?}"),
        }
    }
    // Without credentials nothing of it is read at all.
    let mut stream = tokio::net::TcpStream::connect(door.url.split('/').nth(2).unwrap()).await.unwrap();
    let head = format!(
        "POST /api/start HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        5 << 20
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 401");
    assert_eq!(door.stand.count().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_starts_than_there_is_room_for_are_turned_away() {
    let door = Door::new(inbox(), json!({ "maxInFlight": 1 })).await;
    let Reply::Send(bytes) = json_answer(201, &json!({ "associationId": "a", "state": "associated" })) else {
        unreachable!("a complete answer is sent")
    };
    door.stand.script.lock().unwrap().push_back(Reply::Late(Duration::from_secs(2), bytes));
    let second = async {
        door.stand.receiver.as_ref().unwrap().until(|counts| counts.requests == 1).await;
        door.post(start("Water")).await
    };
    let (first, second) = tokio::join!(door.post(start("Water")), second);
    assert_eq!((first.status().as_u16(), second.status().as_u16()), (200, 503));
    assert_eq!(door.post(start("Water")).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_student_or_an_institution_writes_becomes_markup() {
    let mut door = Door::new(inbox(), json!({})).await;
    for name in
        ["<script>alert(1)</script>Water", "Water<img src=x onerror=alert(1)>", "\u{202E}retaW", "W\u{0}\u{7}ater\r\n"]
    {
        let told = door.told(start(name)).await;
        let message = told["message"].as_str().unwrap();
        assert!(!message.contains(['<', '>']) && !message.contains(char::is_control), "{message:?}");
        assert!(message.chars().count() <= 500);
    }
    let told = door.told(start(&"é".repeat(5000))).await;
    assert!(told["message"].as_str().unwrap().chars().count() <= 500);
    // What is sent on is what came.
    let sent: Value = serde_json::from_slice(&door.stand.sent()[0].body).unwrap();
    assert_eq!(sent["offering"]["name"][0]["value"], "<script>alert(1)</script>Water");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_comes_there_is_an_answer_that_a_receiver_can_read() {
    let door = Door::new(inbox(), json!({})).await;
    let deep = format!("{{\"offering\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    let bodies: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"[]".to_vec(),
        b"null".to_vec(),
        b"{".to_vec(),
        b"\xFF\xFE".to_vec(),
        b"{\"offering\":\"o\",\"person\":\"p\"}".to_vec(),
        b"{\"offering\":{\"offeringId\":\"\"},\"person\":{\"personId\":\"p\"}}".to_vec(),
        b"{\"offering\":{\"offeringId\":\"o\"},\"person\":null}".to_vec(),
        deep.into_bytes(),
    ];
    for body in bodies {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let answer = door.post(body).await;
        assert_eq!(answer.status(), 200, "{shown}");
        let told: Value = answer.json().await.unwrap();
        assert_eq!((&told["code"], &told["result"]), (&json!(412), &json!("error")), "{shown}");
        assert!(told["oo-api-offering-id"].is_string());
    }
    assert_eq!(door.stand.count().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_in_the_log_or_the_audit_trail() {
    let door = Door::new(inbox(), json!({})).await;
    door.told(start("Water")).await;
    let secrets = ["Oosterwal", "fenna@", "Water", "\"p\""];
    while let Some(line) = learnerlink::log::next(Duration::ZERO) {
        assert!(!secrets.iter().any(|secret| line.contains(secret)), "{line}");
    }
    let audit = door.stand.call("query_audit", json!({ "operation": "start_enrollment" })).await.unwrap();
    let entry = &audit["entries"][0];
    assert_eq!((&entry["outcome"], &entry["profile"]), (&json!("pending"), &json!("gouwe")));
    assert!(entry["subject"].is_string() && entry["details"]["enrollmentId"].is_string(), "{entry}");
    assert!(!secrets.iter().any(|secret| audit.to_string().contains(secret)), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_served_is_refused_with_its_path() {
    for (section, path) in [
        (json!({}), "listener.enrollment"),
        (json!({ "user": "u" }), "listener.enrollment"),
        (json!({ "user": "u", "password": "p", "jwksUrl": "https://a.example/jwks" }), "listener.enrollment"),
        (json!({ "jwksUrl": "https://a.example/jwks" }), "listener.enrollment.issuer"),
        (json!({ "jwksUrl": "ftp://a.example/", "issuer": "i" }), "listener.enrollment.jwksUrl"),
        (json!({ "user": "u", "password": "p", "path": "" }), "listener.enrollment.path"),
        (json!({ "user": "u", "password": "p", "path": "start" }), "listener.enrollment.path"),
        (json!({ "user": "u", "password": "p", "maxInFlight": 0 }), "listener.enrollment.maxInFlight"),
    ] {
        let config = json!({ "store": ":memory:", "listener": { "enrollment": section } }).to_string();
        let error = learnerlink::config::Config::read(&config).map(drop).unwrap_err();
        assert_eq!(error.to_json("open", "library")["details"]["path"], path, "{section}");
    }
}
