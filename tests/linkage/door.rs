//! The listener's linkage interfaces behind their door, and callers with certificates and tokens of all kinds.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use reqwest::{Client, Identity, Method, RequestBuilder, Response};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::desk::Desk;
use crate::support::{Server, answer};
use crate::tls::Authority;

pub const ISSUER: &str = "https://login.example.test/";
pub const AUDIENCE: &str = "https://practice.example.test/";
const RSA: &str = include_str!("../fixtures/keys/caller_rsa.pem");

/// Whoever issues tokens.
pub struct Issuer {
    ec: Vec<u8>,
    server: Server,
}

impl Issuer {
    pub async fn new() -> Self {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        let ec = pkcs8.as_ref().to_vec();
        let point = Self::pair(&ec).public_key().as_ref().to_vec();
        let rsa = rsa();
        let public = PublicKeyComponents::<Vec<u8>>::from(rsa.public());
        let (modulus, exponent) = (BASE64.encode(public.n), BASE64.encode(public.e));
        let keys = json!({ "keys": [
            { "kty": "EC", "crv": "P-256", "kid": "ec", "use": "sig", "x": BASE64.encode(&point[1..33]), "y": BASE64.encode(&point[33..]) },
            { "kty": "RSA", "kid": "rsa", "n": modulus, "e": exponent },
            { "kty": "RSA", "kid": "other-use", "use": "enc", "n": modulus, "e": exponent },
            { "kty": "oct", "kid": "secret", "k": "AAAA" },
        ] });
        let server =
            Server::start(move |_, _| answer(200, &[("content-type", "application/json")], keys.to_string())).await;
        Self { ec, server }
    }

    fn pair(pkcs8: &[u8]) -> EcdsaKeyPair {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &SystemRandom::new()).unwrap()
    }

    /// Signs claims with `algorithm`: `ES256`, `RS256`, `PS256`, or anything else for a signature that is none.
    pub fn sign(&self, algorithm: &str, claims: &Value) -> String {
        let kid = if algorithm == "ES256" { "ec" } else { "rsa" };
        let header = json!({ "alg": algorithm, "kid": kid, "typ": "JWT" });
        let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
        let random = SystemRandom::new();
        let signature = match algorithm {
            "ES256" => Self::pair(&self.ec).sign(&random, signed.as_bytes()).unwrap().as_ref().to_vec(),
            "RS256" | "PS256" => {
                let rsa = rsa();
                let mut signature = vec![0; rsa.public().modulus_len()];
                let padding: &dyn ring::signature::RsaEncoding =
                    if algorithm == "PS256" { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
                rsa.sign(padding, &random, signed.as_bytes(), &mut signature).unwrap();
                signature
            }
            _ => vec![1, 2, 3],
        };
        format!("{signed}.{}", BASE64.encode(signature))
    }
}

fn rsa() -> RsaKeyPair {
    let text: String = RSA.lines().filter(|line| !line.starts_with('-')).collect();
    RsaKeyPair::from_pkcs8(&STANDARD.decode(text).unwrap()).unwrap()
}

/// A client certificate.
#[derive(Clone)]
pub struct Card {
    pub pem: (String, String),
    /// SHA-256 of the certificate.
    pub fingerprint: Vec<u8>,
}

impl Card {
    pub fn of(authority: &Authority, name: &str) -> Self {
        let pem = authority.issue(name);
        let text: String = pem.0.lines().filter(|line| !line.starts_with('-')).collect();
        let fingerprint = Sha256::digest(STANDARD.decode(text).unwrap()).to_vec();
        Self { pem, fingerprint }
    }
}

/// A listener with the linkage interfaces, and an allowed caller.
pub struct Door {
    pub desk: Desk,
    pub issuer: Issuer,
    pub servers: Authority,
    pub clients: Authority,
    pub card: Card,
    pub url: String,
    pub http: Client,
}

impl Door {
    pub async fn new() -> Self {
        Self::with(json!({})).await
    }

    /// The same with further keys of the `linkage` section of the listener.
    pub async fn with(more: Value) -> Self {
        Self::of(Authority::new(), more).await
    }

    /// The same for callers with certificates of `clients`.
    pub async fn of(clients: Authority, more: Value) -> Self {
        let (issuer, servers) = (Issuer::new().await, Authority::new());
        let listener = section(&issuer, &servers, &clients, more);
        let desk = Desk::with(json!({ "listener": listener })).await;
        let started = desk.call("start_listener", json!({})).await.unwrap();
        assert_eq!(started["interfaces"], json!(["linkage"]));
        let url = started["address"].as_str().unwrap().to_owned();
        let card = Card::of(&clients, "caller.example.test");
        let http = client(&servers, Some(&card));
        Self { desk, issuer, servers, clients, card, url, http }
    }

    /// The claims of a good token for a card.
    pub fn claims(&self, card: &Card) -> Value {
        let now = self.desk.clock.wall().as_second();
        json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": "nhs-login", "scope": "linkage.retrieve linkage.create",
            "exp": now + 300, "nbf": now, "cnf": { "x5t#S256": BASE64.encode(&card.fingerprint) },
        })
    }

    pub fn token(&self) -> String {
        self.issuer.sign("ES256", &self.claims(&self.card))
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.http.request(Method::from_bytes(method.as_bytes()).unwrap(), format!("{}{path}", self.url))
    }

    /// A good Retrieve of the native interface, still to be spoilt.
    pub fn retrieve(&self, ods: &str, number: &str) -> RequestBuilder {
        self.request("POST", "/im1/linkage/v1/retrieve")
            .bearer_auth(self.token())
            .header("TransactionId", uuid::Uuid::new_v4().to_string())
            .json(&json!({ "odsCode": ods, "nhsNumber": number }))
    }

    pub fn create(&self, ods: &str, number: &str, surname: &str, born: &str) -> RequestBuilder {
        self.request("POST", "/im1/linkage/v1/create")
            .bearer_auth(self.token())
            .header("CorrelationID", uuid::Uuid::new_v4().to_string())
            .json(&json!({ "odsCode": ods, "nhsNumber": number, "surname": surname, "dateOfBirth": born }))
    }
}

/// The `listener` section of the configuration.
pub fn section(issuer: &Issuer, servers: &Authority, clients: &Authority, more: Value) -> Value {
    let (certificate, key) = servers.issue("127.0.0.1");
    let mut linkage = Map::from_iter([
        ("allow".to_owned(), json!(["dns:caller.example.test"])),
        ("jwksUrl".to_owned(), json!(issuer.server.url("/jwks.json").as_str())),
        ("issuer".to_owned(), json!(ISSUER)),
        ("audience".to_owned(), json!(AUDIENCE)),
    ]);
    linkage.extend(more.as_object().unwrap().clone());
    linkage.retain(|_, value| !value.is_null());
    json!({
        "address": "127.0.0.1:0",
        "tls": { "certificate": certificate, "key": key, "clientAuthorities": [clients.pem] },
        "linkage": linkage,
    })
}

/// A client that trusts `servers` and shows `card`.
pub fn client(servers: &Authority, card: Option<&Card>) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let root = reqwest::Certificate::from_pem(servers.pem.as_bytes()).unwrap();
    let mut builder = Client::builder().no_proxy().timeout(Duration::from_secs(20)).tls_certs_only([root]);
    if let Some(Card { pem: (certificate, key), .. }) = card {
        builder = builder.identity(Identity::from_pem(format!("{certificate}{key}").as_bytes()).unwrap());
    }
    builder.build().unwrap()
}

/// Status, headers and body of an answer, which may not be kept by anybody in between.
pub async fn read(answer: Response) -> (u16, reqwest::header::HeaderMap, Value) {
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!headers.contains_key("set-cookie") && !headers.contains_key("access-control-allow-origin"));
    (status, headers, serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null))
}
