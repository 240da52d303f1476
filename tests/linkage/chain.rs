//! One installation calls the interface of another: our client against our listener, with a token service that binds
//! its tokens to the certificate it is shown.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use learnerlink::Clock;
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use serde_json::json;
use sha2::{Digest, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

use crate::desk::{TODAY, call, open};
use crate::door::{AUDIENCE, Door, ISSUER};
use crate::support::{Server, answer};
use crate::tls::Authority;

const PASSWORD: &str = "correct horse";

/// A client certificate as a PKCS#12 file, and the SHA-256 of it and, in hexadecimal, of its public key.
fn card(authority: &Authority) -> (Vec<u8>, Vec<u8>, String) {
    let (certificate, key) = authority.client(2020, 2099);
    let (_, read) = X509Certificate::from_der(&certificate).unwrap();
    let public = Sha256::digest(read.public_key().raw).iter().map(|byte| format!("{byte:02x}")).collect();
    let fingerprint = Sha256::digest(&certificate).to_vec();
    let chain =
        PrivateKeyChain::new("1", PrivateKey::from_der(&key).unwrap(), [Certificate::from_der(&certificate).unwrap()]);
    let mut store = KeyStore::new();
    store.add_entry("client", KeyStoreEntry::PrivateKeyChain(chain));
    let pfx = store.writer(PASSWORD).encryption_iterations(10).mac_iterations(10).write().unwrap();
    (pfx, fingerprint, public)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_installation_gets_keys_of_another_by_certificate_and_bound_token() {
    let clients = Authority::new();
    let (pfx, fingerprint, key) = card(&clients);
    let door = Door::of(clients, json!({ "allow": [format!("sha256:{key}")] })).await;

    // The token service signs for whoever shows the certificate, and for nobody else.
    let now = door.desk.clock.wall().as_second();
    let claims = json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": "another practice", "exp": now + 300,
        "scope": "linkage.retrieve linkage.create", "cnf": { "x5t#S256": URL_SAFE_NO_PAD.encode(fingerprint) } });
    let token = door.issuer.sign("PS256", &claims);
    let demanding = door.servers.demanding("127.0.0.1", rustls::ALL_VERSIONS, &door.clients);
    let service = Server::tls(demanding, move |_, _| {
        let granted = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 300 });
        answer(200, &[("content-type", "application/json")], granted.to_string())
    })
    .await;

    let config = json!({
        "tls": { "extraRoots": [door.servers.pem] },
        "linkage": { "defaultSupplier": "practice", "suppliers": { "practice": {
            "wire": "native", "url": door.url, "tokenUrl": service.url("/token").as_str(),
            "scope": "linkage.retrieve linkage.create", "profile": "caller",
        } } },
        "profiles": { "caller": { "displayName": "Another practice", "linkage": {
            "clientId": "another", "clientSecret": "s3c+ret", "pfx": STANDARD.encode(pfx), "pfxPassword": PASSWORD,
        } } },
    });
    let clock = Clock::manual(TODAY.parse().unwrap());
    let plugin = open(&crate::place::Place::new(), &config, clock).await.unwrap();
    let patient =
        json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "surname": "ODempsey", "dateOfBirth": "1990-02-28" });
    let made = call(&plugin, "retrieve_or_create_linkage_key", patient.clone()).await.unwrap();
    assert_eq!(
        (&made["outcome"], &made["created"], &made["surname"]),
        (&json!("ok"), &json!(true), &json!("O'Dempsey"))
    );
    let again = call(&plugin, "retrieve_or_create_linkage_key", patient).await.unwrap();
    assert_eq!((&again["created"], &again["linkageKey"]), (&json!(false), &made["linkageKey"]));
    assert_eq!(service.requests().len(), 1, "one token serves many calls");
    let entry = door.desk.audit().await.pop().unwrap();
    assert!(entry["user"].as_str().unwrap().ends_with(" another practice"), "{entry}");
}
