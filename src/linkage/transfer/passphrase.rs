//! The key of a sealed export, made from a passphrase.

use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// 2^15: with blocks of 8 it takes 32 MiB and about a tenth of a second to try one passphrase.
const LOG_N: u8 = 15;
/// The largest cost that a file may ask of whoever opens it: 1 GiB.
const MOST_LOG_N: u8 = 20;
const SHORTEST: usize = 12;

/// How the key was made, which stands in the file in clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Derivation {
    kdf: String,
    log_n: u8,
    r: u32,
    p: u32,
    /// In hexadecimal.
    salt: String,
}

/// The two keys of a sealed export.
pub(super) struct Keys {
    pub(super) sealing: Zeroizing<[u8; 32]>,
    pub(super) authentication: Zeroizing<[u8; 32]>,
}

impl Derivation {
    /// A new salt.
    pub(super) fn new() -> Result<Self> {
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt)
            .map_err(|error| Error::internal(format!("the system gives no randomness: {error}")))?;
        let salt = crate::hex::text(&salt);
        Ok(Self { kdf: "scrypt".into(), log_n: LOG_N, r: 8, p: 1, salt })
    }

    /// Makes the keys. This takes a tenth of a second and 32 MiB, or what the file asks for within limits.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub(super) fn keys(&self, passphrase: &SecretString) -> Result<Keys> {
        let text = passphrase.expose_secret();
        if text.chars().count() < SHORTEST || text.len() > 1024 {
            return Err(Error::input("passphrase", "must have 12 to 1024 characters"));
        }
        let unusable = || Error::input("path", "names a sealed export of a kind that this version cannot open");
        if self.kdf != "scrypt" || self.log_n > MOST_LOG_N || self.salt.len() > 128 || self.r != 8 || self.p != 1 {
            return Err(unusable());
        }
        let parameters = scrypt::Params::new(self.log_n, self.r, self.p).map_err(|_| unusable())?;
        let mut secret = Zeroizing::new([0_u8; 32]);
        scrypt::scrypt(text.as_bytes(), self.salt.as_bytes(), &parameters, secret.as_mut_slice())
            .map_err(|_| unusable())?;
        let derive = |purpose: &str| {
            let mut key = Zeroizing::new([0_u8; 32]);
            Hkdf::<Sha256>::new(None, secret.as_slice())
                .expand(purpose.as_bytes(), key.as_mut_slice())
                .expect("32 bytes are within what HKDF can give");
            key
        };
        Ok(Keys {
            sealing: derive("learnerlink export sealing"),
            authentication: derive("learnerlink export authentication"),
        })
    }
}
