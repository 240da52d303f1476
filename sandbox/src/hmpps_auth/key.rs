//! Signs tokens with a key that is made when it is first needed, and tells whose they are.

use std::sync::OnceLock;

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

/// The name of the key in tokens and in the key set.
const KEY_ID: &str = "sandbox-key";

/// The size of the key, in bits.
const KEY_BITS: usize = 2048;

/// The key pair of this process, which all its sandboxes share because making one takes a while.
struct SigningKey {
    pair: RsaKeyPair,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl SigningKey {
    fn get() -> &'static Self {
        static KEY: OnceLock<SigningKey> = OnceLock::new();
        KEY.get_or_init(|| {
            let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS).expect("the size of the key is a common one");
            let encoded = key.to_pkcs8_der().expect("a newly made key can be encoded");
            let pair = RsaKeyPair::from_pkcs8(encoded.as_bytes()).expect("a newly made key is accepted");
            Self { pair, modulus: key.n().to_bytes_be(), exponent: key.e().to_bytes_be() }
        })
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

/// Writes `claims` as a signed token.
pub(super) fn sign(claims: &Claims) -> String {
    let key = SigningKey::get();
    let head = json!({ "alg": "RS256", "kid": KEY_ID, "typ": "JWT" });
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

/// The claims of `token`, if it was signed here for `issuer` and is in force at `now`.
pub(super) fn verify(token: &str, issuer: &str, now: i64) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (head, claims) = signed.split_once('.')?;
    let head: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).ok()?).ok()?;
    if head["alg"] != "RS256" || head["kid"] != KEY_ID {
        return None;
    }
    let key = SigningKey::get();
    RsaPublicKeyComponents { n: &key.modulus, e: &key.exponent }
        .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).ok()?)
        .ok()?;
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    (claims.iss == issuer && now < claims.exp).then_some(claims)
}

/// The key set by which others verify tokens.
pub(super) fn key_set() -> Value {
    let key = SigningKey::get();
    let [modulus, exponent] = [&key.modulus, &key.exponent].map(|number| URL_SAFE_NO_PAD.encode(number));
    json!({ "keys": [{ "kty": "RSA", "e": exponent, "use": "sig", "kid": KEY_ID, "alg": "RS256", "n": modulus }] })
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
        let token = sign(&claims(100));
        let taken = verify(&token, "http://h/issuer", 99).unwrap();
        assert_eq!(taken.authorities, [GatewayRole::MatchUi]);
        assert!(verify(&token, "http://h/issuer", 100).is_none(), "expired");
        assert!(verify(&token, "http://other/issuer", 99).is_none(), "issued by another");
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let head = signed.split_once('.').unwrap().0;
        let longer = encoded(&claims(1_000_000));
        let unsigned = encoded(&json!({ "alg": "none", "kid": KEY_ID }));
        for forged in [
            format!("{head}.{longer}.{signature}"),
            format!("{unsigned}.{longer}."),
            format!("{signed}.AAAA"),
            signed.to_owned(),
            String::new(),
        ] {
            assert!(verify(&forged, "http://h/issuer", 99).is_none(), "{forged}");
        }
    }
}
