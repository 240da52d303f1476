//! HTTPS, and certificates of clients.

use learnerlink_sandbox::Sandbox;
use reqwest::{Client, Identity};
use serde_json::json;

use crate::stand::{PATIENCE, plugin, start};
use crate::tls::Authority;

/// A client that trusts `authority` and shows `identity`.
fn client(authority: &Authority, identity: Option<(String, String)>) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let root = reqwest::Certificate::from_pem(authority.pem.as_bytes()).unwrap();
    let mut builder = Client::builder().no_proxy().timeout(PATIENCE).tls_certs_only([root]);
    if let Some((certificate, key)) = identity {
        builder = builder.identity(Identity::from_pem(format!("{certificate}{key}").as_bytes()).unwrap());
    }
    builder.build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn https_is_served_with_a_certificate() {
    let (sandbox, authority) = (Sandbox::start(), Authority::new());
    let (certificate, key) = authority.issue("127.0.0.1");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Zoë key.pem");
    std::fs::write(&file, &key).unwrap();
    let section = json!({ "tls": { "certificate": certificate, "key": file } });
    let (plugin, _) = plugin(&sandbox, section).await.unwrap();
    let url = start(&plugin).await.unwrap()["address"].as_str().unwrap().to_owned();
    assert!(url.starts_with("https://"), "{url}");
    let get = |client: Client| client.get(format!("{url}/health")).send();
    assert_eq!(get(client(&authority, None)).await.unwrap().status(), 200);
    assert!(get(client(&Authority::new(), None)).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_clients_need_a_certificate_strangers_do_not_get_a_word_in() {
    let (sandbox, authority, clients) = (Sandbox::start(), Authority::new(), Authority::new());
    let (certificate, key) = authority.issue("127.0.0.1");
    let section = json!({ "tls": { "certificate": certificate, "key": key, "clientAuthorities": [clients.pem] } });
    let (plugin, _) = plugin(&sandbox, section).await.unwrap();
    let url = start(&plugin).await.unwrap()["address"].as_str().unwrap().to_owned();
    let get = |client: Client| client.get(format!("{url}/health")).send();
    assert_eq!(get(client(&authority, Some(clients.issue("mis")))).await.unwrap().status(), 200);
    assert!(get(client(&authority, Some(authority.issue("mis")))).await.is_err());
    assert!(get(client(&authority, None)).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_and_a_key_that_do_not_belong_together_are_refused() {
    let (sandbox, authority) = (Sandbox::start(), Authority::new());
    let ((certificate, _), (_, other)) = (authority.issue("127.0.0.1"), authority.issue("127.0.0.1"));
    for (key, clients, path) in [
        (other.as_str(), json!([]), "listener.tls.key"),
        (certificate.as_str(), json!([]), "listener.tls.key"),
        (other.as_str(), json!(["-----BEGIN CERTIFICATE-----\n***"]), "listener.tls.clientAuthorities[0]"),
    ] {
        let section = json!({ "tls": { "certificate": certificate, "key": key, "clientAuthorities": clients } });
        let (plugin, _) = plugin(&sandbox, section).await.unwrap();
        let error = start(&plugin).await.unwrap_err();
        assert_eq!(error.to_json("start_listener", "admin")["details"]["path"], path, "{error}");
        assert!(!format!("{error:?}").contains("BEGIN PRIVATE"));
    }
}
