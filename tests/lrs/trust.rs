//! Mutual TLS with certificates good and bad.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use learnerlink::Plugin;
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use rustls::ALL_VERSIONS;
use rustls::version::{TLS12, TLS13};
use serde_json::{Value, json};

use crate::stand::{FAMILY, call, search};
use crate::support::{Server, answer};
use crate::tls::Authority;

const PASSWORD: &str = "hunter2 &é";

/// A PKCS#12 file with a certificate of `authority`, valid until the first day of `year`.
fn pfx(authority: &Authority, from: i32, year: i32) -> Vec<u8> {
    let (certificate, key) = authority.client(from, year);
    let chain =
        PrivateKeyChain::new("1", PrivateKey::from_der(&key).unwrap(), [Certificate::from_der(&certificate).unwrap()]);
    let mut store = KeyStore::new();
    store.add_entry("client", KeyStoreEntry::PrivateKeyChain(chain));
    store.writer(PASSWORD).encryption_iterations(10).mac_iterations(10).write().unwrap()
}

fn none() -> &'static str {
    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
     <f:FindLearnerResponse xmlns:f=\"http://api.lrs.miap.gov.uk/findmsg\"><ResponseCode>WSRC0001</ResponseCode>\
     </f:FindLearnerResponse></s:Body></s:Envelope>"
}

async fn serve(acceptor: tokio_rustls::TlsAcceptor) -> Server {
    Server::tls(acceptor, |_, _| answer(200, &[("Content-Type", "text/xml")], none())).await
}

async fn plugin(
    server: &Server,
    authority: &Authority,
    credential: Value,
    lrs: Value,
) -> learnerlink::Result<Arc<Plugin>> {
    let mut section = json!({ "url": server.url("").as_str() });
    section.as_object_mut().unwrap().extend(lrs.as_object().unwrap().clone());
    let mut lrs = json!({ "password": "Or&chard<Gate>1", "vendorId": 1 });
    lrs.as_object_mut().unwrap().extend(credential.as_object().unwrap().clone());
    let config = json!({
        "store": ":memory:", "tls": { "extraRoots": [authority.pem] }, "proxy": "none", "lrs": section,
        "profiles": { "10099901": { "displayName": "Northbridge College", "lrs": lrs } },
    });
    Plugin::open(&config.to_string()).await
}

fn inline(file: &[u8]) -> Value {
    json!({ "pfx": BASE64.encode(file), "pfxPassword": PASSWORD })
}

/// The error object of a search that must fail.
async fn failure(plugin: &Arc<Plugin>) -> Value {
    let error = call(plugin, "match_learner", search()).await.expect_err("the call fails");
    let shown = error.to_json("match_learner", "lrs");
    assert!(!format!("{shown} {error:?}").contains(FAMILY) && !format!("{shown} {error:?}").contains("hunter2"));
    shown
}

#[tokio::test]
async fn a_certificate_from_the_profile_or_a_file_is_presented_in_both_versions_of_tls() {
    let authority = Authority::new();
    let file = pfx(&authority, 2020, 2099);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("client.pfx");
    std::fs::write(&path, &file).unwrap();
    for versions in [&[&TLS12][..], &[&TLS13]] {
        let server = serve(authority.demanding("127.0.0.1", versions, &authority)).await;
        for (credential, lrs) in
            [(inline(&file), json!({})), (json!({}), json!({ "pfxFile": path, "pfxPassword": PASSWORD }))]
        {
            let plugin = plugin(&server, &authority, credential, lrs).await.unwrap();
            for _ in 0..2 {
                let done = call(&plugin, "match_learner", search()).await.unwrap();
                assert_eq!(done["outcome"], "noMatch");
            }
        }
        // Each plugin has one client, whose connection serves both calls.
        assert_eq!((server.counts().connections, server.requests().len()), (2, 4));
    }
}

#[tokio::test]
async fn a_certificate_that_the_service_does_not_accept_is_an_error_of_its_own() {
    let (authority, foreign) = (Authority::new(), Authority::new());
    for versions in [&[&TLS12][..], &[&TLS13]] {
        let server = serve(authority.demanding("127.0.0.1", versions, &authority)).await;
        let plugin = plugin(&server, &authority, inline(&pfx(&foreign, 2020, 2099)), json!({})).await.unwrap();
        let failure = failure(&plugin).await;
        assert_eq!(
            (&failure["code"], &failure["details"]["host"]),
            (&json!("CERTIFICATE_REFUSED"), &json!("127.0.0.1")),
            "{failure}"
        );
        assert_eq!(server.requests().len(), 0);
    }
    // Ours is not the problem when theirs is not trusted.
    let server = serve(foreign.demanding("127.0.0.1", ALL_VERSIONS, &authority)).await;
    let plugin = plugin(&server, &authority, inline(&pfx(&authority, 2020, 2099)), json!({})).await.unwrap();
    assert_eq!(failure(&plugin).await["code"], "TLS_FAILED");
}

#[tokio::test]
async fn a_service_over_tls_is_not_called_without_a_certificate() {
    let authority = Authority::new();
    let server = serve(authority.demanding("127.0.0.1", ALL_VERSIONS, &authority)).await;
    let plugin = plugin(&server, &authority, json!({}), json!({})).await.unwrap();
    let failure = failure(&plugin).await;
    assert_eq!((&failure["code"], &failure["details"]["path"]), (&json!("INVALID_CONFIG"), &json!("lrs.pfxFile")));
    assert_eq!(server.counts().connections, 0);
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_is_refused_when_its_profile_is_stored() {
    let authority = Authority::new();
    let server = serve(authority.demanding("127.0.0.1", ALL_VERSIONS, &authority)).await;
    let good = pfx(&authority, 2020, 2099);
    for (credential, problem) in [
        (json!({ "pfx": BASE64.encode(&good), "pfxPassword": "wrong" }), "wrongPassword"),
        (json!({ "pfx": BASE64.encode(&good) }), "wrongPassword"),
        (inline(b"no certificate at all"), "notPkcs12"),
        (inline(&good[..good.len() - 100]), "damaged"),
        (inline(&pfx(&authority, 2020, 2021)), "expired"),
        (inline(&pfx(&authority, 2098, 2099)), "notYetValid"),
    ] {
        let error = plugin(&server, &authority, credential, json!({})).await.map(drop).expect_err(problem);
        let shown = error.to_json("put_profile", "admin");
        assert_eq!(
            (&shown["code"], &shown["details"]["problem"]),
            (&json!("BAD_CERTIFICATE"), &json!(problem)),
            "{shown}"
        );
        assert!(!shown.to_string().contains("hunter2"));
    }
}

#[tokio::test]
async fn a_certificate_in_a_file_is_judged_when_it_is_needed_and_a_renewed_one_is_taken_up() {
    let authority = Authority::new();
    let server = serve(authority.demanding("127.0.0.1", ALL_VERSIONS, &authority)).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("client.pfx");
    let lrs = json!({ "pfxFile": path, "pfxPassword": PASSWORD });
    let plugin = plugin(&server, &authority, json!({}), lrs).await.unwrap();
    assert_eq!(failure(&plugin).await["details"]["problem"], "unreadable");
    std::fs::write(&path, pfx(&authority, 2020, 2021)).unwrap();
    assert_eq!(failure(&plugin).await["details"]["problem"], "expired");
    std::fs::write(&path, pfx(&authority, 2020, 2099)).unwrap();
    assert_eq!(call(&plugin, "match_learner", search()).await.unwrap()["outcome"], "noMatch");
}
