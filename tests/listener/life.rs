//! Starting and stopping.

use std::time::Duration;

use learnerlink_sandbox::{Fault, Sandbox};
use serde_json::json;

use crate::stand::{PATIENCE, Stand, http, plugin, start, stop, tamsin};

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_once_stops_once_and_starts_again() {
    let stand = Stand::new(json!({})).await;
    let again = start(&stand.plugin).await.unwrap();
    assert_eq!((again["outcome"].as_str(), again["address"].as_str()), (Some("alreadyRunning"), Some(&*stand.url)));
    assert_eq!(again["interfaces"], json!(["enrollment", "learnerRecords"]));
    let health = || stand.http.get(format!("{}/health", stand.url)).send();
    assert_eq!(health().await.unwrap().status(), 200);
    assert_eq!(stop(&stand.plugin, PATIENCE).await, "stopped");
    assert!(health().await.unwrap_err().is_connect());
    assert_eq!(stop(&stand.plugin, PATIENCE).await, "notRunning");
    assert_eq!(start(&stand.plugin).await.unwrap()["outcome"], "started");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_with_its_plugin() {
    let stand = Stand::new(json!({})).await;
    stand.plugin.close();
    for _ in 0..200 {
        if stand.http.get(format!("{}/health", stand.url)).send().await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it still answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_served_is_refused_with_its_path() {
    let sandbox = Sandbox::start();
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = busy.local_addr().unwrap().to_string();
    let records = |changes: serde_json::Value| {
        let mut section = json!({ "provider": "10099901", "jwksUrl": "https://auth.example/jwks.json" });
        section.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        json!({ "learnerRecords": section })
    };
    for (section, path) in [
        (json!({ "address": taken }), "listener.address"),
        (json!({ "address": "localhost" }), "listener.address"),
        (json!({ "address": "192.0.2.1:0", "behindProxy": true }), "listener.address"),
        (json!({ "address": "0.0.0.0:0" }), "listener.address"),
        (json!({ "maxBodyBytes": 1 }), "listener.maxBodyBytes"),
        (json!({ "maxConnections": 0 }), "listener.maxConnections"),
        (json!({ "requestsPerMinute": 0 }), "listener.requestsPerMinute"),
        (records(json!({ "jwksUrl": "ftp://h/" })), "listener.learnerRecords.jwksUrl"),
        (records(json!({ "path": "records" })), "listener.learnerRecords.path"),
        (records(json!({ "path": "/records/" })), "listener.learnerRecords.path"),
        (records(json!({ "provider": " " })), "listener.learnerRecords.provider"),
        (json!({ "tls": { "certificate": "/no/such.pem", "key": "/no/such.pem" } }), "listener.tls.certificate"),
    ] {
        let error = match plugin(&sandbox, section.clone()).await {
            Ok((plugin, _)) => start(&plugin).await.unwrap_err(),
            Err(error) => error,
        };
        assert_eq!(error.status().code(), "INVALID_CONFIG", "{section}: {error}");
        assert_eq!(error.to_json("start_listener", "admin")["details"]["path"], path, "{section}");
    }
    drop(busy);
    let bare = learnerlink::Plugin::open(r#"{"store":":memory:"}"#).await.unwrap();
    let error = start(&bare).await.unwrap_err();
    assert!(error.to_string().contains("learnerRecords"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_under_way_may_end_when_it_stops() {
    for (patience, latency, ends) in [(PATIENCE, 700, true), (Duration::ZERO, 60_000, false)] {
        let stand = Stand::new(json!({})).await;
        let token = stand.token("ui").await;
        stand.sandbox.fault(Fault::on("lrs/LearnerService.svc").latency(Duration::from_millis(latency)));
        let request = http().post(format!("{}/learners", stand.url)).bearer_auth(&token);
        let pending = tokio::spawn(request.header("x-username", "clerk").json(&tamsin()).send());
        assert!(stand.sandbox.wait_for(PATIENCE, |all| all.iter().any(|one| one.endpoint.starts_with("lrs/"))));
        assert_eq!(stop(&stand.plugin, patience).await, "stopped");
        let answer = pending.await.unwrap();
        assert_eq!(answer.is_ok_and(|answer| answer.status() == 200), ends, "{patience:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interface_may_begin_at_a_path() {
    let sandbox = Sandbox::start();
    let jwks = format!("{}/hmpps-auth/auth/.well-known/jwks.json", sandbox.url());
    let section = json!({ "learnerRecords": { "path": "/a/b", "provider": "10099901", "jwksUrl": jwks } });
    let (plugin, _) = plugin(&sandbox, section).await.unwrap();
    let url = start(&plugin).await.unwrap()["address"].as_str().unwrap().to_owned();
    let status = async |path: &str| http().get(format!("{url}{path}")).send().await.unwrap().status().as_u16();
    assert_eq!(status("/a/b/health").await, 200);
    for outside in ["/health", "/a/health", "/a/bhealth", "/a/b"] {
        assert_eq!(status(outside).await, 404, "{outside}");
    }
    // Below the path nothing is told to strangers.
    assert_eq!(status("/a/b/no-such").await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_documents_are_served_to_everybody() {
    let stand = Stand::new(json!({})).await;
    let get = async |path: &str| stand.http.get(format!("{}{path}", stand.url)).send().await.unwrap();
    let document: serde_json::Value = get("/v3/api-docs").await.json().await.unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap().iter().filter(|(method, _)| *method != "parameters") {
            let url = format!("{}{}", stand.url, path.replace("{nomisId}", "A1000AA"));
            let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = stand.http.request(method, url).send().await.unwrap();
            let expected = if operation["security"].is_array() { 401 } else { 200 };
            assert_eq!(answer.status(), expected, "{path}");
        }
    }
    for reference in document.to_string().split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
    let page = get("/swagger-ui.html").await;
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert_eq!(stand.http.post(format!("{}/health", stand.url)).send().await.unwrap().status(), 405);
}
