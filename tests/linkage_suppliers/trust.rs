//! Mutual TLS with a supplier.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use learnerlink::Plugin;
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use rustls::ALL_VERSIONS;
use serde_json::{Value, json};

use crate::stand::*;
use crate::support::Server;
use crate::tls::Authority;

const PASSWORD: &str = "hunter2 &\u{e9}";

/// A credential with a certificate of `authority`, valid until the first day of `year`.
fn credential(authority: &Authority, year: i32) -> Value {
    let (certificate, key) = authority.client(2020, year);
    let chain =
        PrivateKeyChain::new("1", PrivateKey::from_der(&key).unwrap(), [Certificate::from_der(&certificate).unwrap()]);
    let mut store = KeyStore::new();
    store.add_entry("client", KeyStoreEntry::PrivateKeyChain(chain));
    let file = store.writer(PASSWORD).encryption_iterations(10).mac_iterations(10).write().unwrap();
    json!({ "pfx": BASE64.encode(file), "pfxPassword": PASSWORD })
}

async fn serve(authority: &Authority) -> Server {
    let key =
        json!({ "accountId": ACCOUNT, "linkageKey": KEY, "odsCode": ODS, "surname": SURNAME, "dateOfBirth": BORN });
    Server::tls(authority.demanding("127.0.0.1", ALL_VERSIONS, authority), move |_, _| json(200, &key)).await
}

async fn plugin(server: &Server, authority: &Authority, credential: Value, more: Value) -> Arc<Plugin> {
    let mut supplier = json!({ "wire": "vision", "url": server.url("/gp").as_str(), "profile": PROFILE });
    supplier.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let config = json!({
        "store": ":memory:", "tls": { "extraRoots": [authority.pem] }, "proxy": "none",
        "linkage": { "suppliers": { "gp": supplier } },
        "profiles": { PROFILE: { "displayName": "Northbridge Surgery", "linkage": credential } },
    });
    Plugin::open(&config.to_string()).await.unwrap()
}

#[tokio::test]
async fn the_profiles_certificate_is_presented() {
    let authority = Authority::new();
    let server = serve(&authority).await;
    let plugin = plugin(&server, &authority, credential(&authority, 2099), json!({})).await;
    for operation in [RETRIEVE, CREATE] {
        assert_eq!(call(&plugin, operation, request(operation)).await.unwrap()["outcome"], "ok");
    }
    assert_eq!((server.counts().connections, server.requests().len()), (1, 2));
}

#[tokio::test]
async fn a_supplier_that_wants_another_certificate_or_any_says_so() {
    let (authority, foreign) = (Authority::new(), Authority::new());
    let server = serve(&authority).await;
    let none = json!({ "clientId": "a", "clientSecret": "b" });
    for credential in [credential(&foreign, 2099), none] {
        let plugin = plugin(&server, &authority, credential, json!({})).await;
        let error = call(&plugin, CREATE, request(CREATE)).await.unwrap_err();
        assert_eq!(error.status().code(), "CERTIFICATE_REFUSED", "{error:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_certificate_alone_gets_no_token() {
    let authority = Authority::new();
    let server = serve(&authority).await;
    let native = json!({ "wire": "native", "tokenUrl": server.url("/oauth/token").as_str() });
    let plugin = plugin(&server, &authority, credential(&authority, 2099), native).await;
    let error = call(&plugin, RETRIEVE, request(RETRIEVE)).await.unwrap_err();
    assert_eq!((error.status().code(), server.requests().len()), ("NO_CREDENTIAL", 0));
}
