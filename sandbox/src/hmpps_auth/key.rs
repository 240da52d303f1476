//! Signs tokens with keys that are made when they are first needed, and tells whose they are.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey as _;
use rsa::rand_core::OsRng;
use rsa::traits::PublicKeyParts as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::GatewayRole;

/// The size of a key, in bits.
const KEY_BITS: usize = 2048;

/// A key pair. All sandboxes of a process share theirs, because making one takes a while.
struct SigningKey {
    id: String,
    pair: RsaKeyPair,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl SigningKey {
    /// The key with this number, counted from 0; it is made when it is first asked for.
    fn numbered(number: usize) -> Arc<Self> {
        static KEYS: Mutex<Vec<Arc<SigningKey>>> = Mutex::new(Vec::new());
        let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
        while keys.len() <= number {
            let id = format!("sandbox-key-{}", keys.len() + 1);
            keys.push(Arc::new(Self::make(id)));
        }
        Arc::clone(&keys[number])
    }

    fn make(id: String) -> Self {
        let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS).expect("the size of the key is a common one");
        let encoded = key.to_pkcs8_der().expect("a newly made key can be encoded");
        let pair = RsaKeyPair::from_pkcs8(encoded.as_bytes()).expect("a newly made key is accepted");
        Self { id, pair, modulus: key.n().to_bytes_be(), exponent: key.e().to_bytes_be() }
    }
}

/// What a token says.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Claims {
    pub(super) sub: String,
    pub(super) client_id: String,
    pub(super) grant_type: String,
    pub(super) auth_source: String,
    pub(super) scope: Vec<String>,
    pub(super) iss: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) jti: String,
    pub(crate) authorities: Vec<GatewayRole>,
}

/// Writes `claims` as a token signed with a key.
pub(super) fn sign(number: usize, claims: &Claims) -> String {
    let key = SigningKey::numbered(number);
    let head = json!({ "alg": "RS256", "kid": key.id, "typ": "JWT" });
    let signed = format!("{}.{}", encoded(&head), encoded(claims));
    let mut signature = vec![0; key.pair.public().modulus_len()];
    key.pair
        .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
        .expect("the signature has room and the system has randomness");
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn encoded(part: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(part).expect("the parts of a token have only text keys"))
}

/// The claims of `token`, if it was signed with a key for `issuer` and is in force at `now`.
pub(super) fn verify(number: usize, token: &str, issuer: &str, now: i64) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (head, claims) = signed.split_once('.')?;
    let head: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).ok()?).ok()?;
    let key = SigningKey::numbered(number);
    if head["alg"] != "RS256" || head["kid"] != key.id.as_str() {
        return None;
    }
    RsaPublicKeyComponents { n: &key.modulus, e: &key.exponent }
        .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).ok()?)
        .ok()?;
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    (claims.iss == issuer && now < claims.exp).then_some(claims)
}

/// The key set by which others verify tokens of a key.
pub(super) fn key_set(number: usize) -> Value {
    let key = SigningKey::numbered(number);
    let [modulus, exponent] = [&key.modulus, &key.exponent].map(|number| URL_SAFE_NO_PAD.encode(number));
    json!({ "keys": [{ "kty": "RSA", "e": exponent, "use": "sig", "kid": key.id, "alg": "RS256", "n": modulus }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(exp: i64) -> Claims {
        Claims {
            sub: "ui-client".to_owned(),
            client_id: "ui-client".to_owned(),
            grant_type: "client_credentials".to_owned(),
            auth_source: "none".to_owned(),
            scope: vec!["read".to_owned()],
            iss: "http://h/issuer".to_owned(),
            iat: 0,
            exp,
            jti: "x".to_owned(),
            authorities: vec![GatewayRole::MatchUi],
        }
    }

    #[test]
    fn a_token_is_taken_until_it_expires_and_only_as_it_was_signed() {
        let token = sign(0, &claims(100));
        let taken = verify(0, &token, "http://h/issuer", 99).unwrap();
        assert_eq!(taken.authorities, [GatewayRole::MatchUi]);
        assert!(verify(0, &token, "http://h/issuer", 100).is_none(), "expired");
        assert!(verify(0, &token, "http://other/issuer", 99).is_none(), "issued by another");
        assert!(verify(1, &token, "http://h/issuer", 99).is_none(), "signed with another key");
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let head = signed.split_once('.').unwrap().0;
        let longer = encoded(&claims(1_000_000));
        let unsigned = encoded(&json!({ "alg": "none", "kid": "sandbox-key-1" }));
        for forged in [
            format!("{head}.{longer}.{signature}"),
            format!("{unsigned}.{longer}."),
            format!("{signed}.AAAA"),
            signed.to_owned(),
            String::new(),
        ] {
            assert!(verify(0, &forged, "http://h/issuer", 99).is_none(), "{forged}");
        }
    }
}
