//! A public key that whoever issues tokens has published.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;

use super::token::{Algorithm, Parsed};

#[derive(Deserialize)]
pub(super) struct Published {
    kty: String,
    #[serde(default, rename = "use")]
    purpose: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    x: Option<String>,
    #[serde(default)]
    y: Option<String>,
}

pub(super) struct Key {
    id: Option<String>,
    /// The only algorithm it is for, when it says so.
    algorithm: Option<String>,
    numbers: Numbers,
}

enum Numbers {
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    /// An uncompressed point.
    P256(Vec<u8>),
}

impl Key {
    /// `None` for a key of a kind that signs no tokens here.
    pub(super) fn read(published: Published) -> Option<Self> {
        if published.purpose.is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let number = |text: Option<String>| URL_SAFE_NO_PAD.decode(text?.trim_end_matches('=')).ok();
        let numbers = match published.kty.as_str() {
            "RSA" => Numbers::Rsa { modulus: number(published.n)?, exponent: number(published.e)? },
            "EC" if published.crv.as_deref() == Some("P-256") => {
                let (x, y) = (number(published.x)?, number(published.y)?);
                if x.len() != 32 || y.len() != 32 {
                    return None;
                }
                Numbers::P256([&[4], x.as_slice(), &y].concat())
            }
            _ => return None,
        };
        Some(Self { id: published.kid, algorithm: published.alg, numbers })
    }

    pub(super) fn fits(&self, parsed: &Parsed<'_>) -> bool {
        let name = parsed.algorithm.name();
        (parsed.key_id.is_none() || self.id == parsed.key_id) && self.algorithm.as_deref().is_none_or(|alg| alg == name)
    }

    pub(super) fn verifies(&self, parsed: &Parsed<'_>) -> bool {
        let verified = match (&self.numbers, parsed.algorithm) {
            (Numbers::Rsa { modulus, exponent }, Algorithm::Rs256 | Algorithm::Ps256) => {
                let key = RsaPublicKeyComponents { n: modulus.as_slice(), e: exponent.as_slice() };
                let padding = match parsed.algorithm {
                    Algorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
                    _ => &RSA_PKCS1_2048_8192_SHA256,
                };
                key.verify(padding, parsed.signed, &parsed.signature)
            }
            (Numbers::P256(point), Algorithm::Es256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(parsed.signed, &parsed.signature)
            }
            _ => return false,
        };
        verified.is_ok()
    }
}
