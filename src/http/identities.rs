//! Opens client certificates when they are first needed and keeps them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

use crate::error::{CertificateProblem, Error, Result};
use crate::http::identity::Identity;

/// The certificates opened so far, by the hash of what they were opened from.
#[derive(Default)]
pub struct Identities(Mutex<HashMap<[u8; 32], Arc<OnceCell<Identity>>>>);

impl Identities {
    /// The certificate of a profile, which must be valid at `now`.
    ///
    /// # Errors
    /// `BAD_CERTIFICATE`.
    pub async fn of(&self, profile: &str, source: &Source, now: Timestamp) -> Result<Identity> {
        let key = source.key();
        for last in [false, true] {
            let cell = Arc::clone(self.locked().entry(key).or_default());
            let opened = cell.get_or_try_init(|| source.clone().open()).await;
            let checked = opened.and_then(|identity| identity.check(now).map(|()| identity.clone()));
            match checked {
                // The file may have been replaced since it was read.
                Err(CertificateProblem::Expired) if !last => drop(self.locked().remove(&key)),
                Ok(identity) => return Ok(identity),
                Err(problem) => return Err(Error::BadCertificate { profile: profile.to_owned(), problem }),
            }
        }
        Err(Error::internal("a certificate was neither opened nor refused"))
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<[u8; 32], Arc<OnceCell<Identity>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a certificate comes from.
#[derive(Clone)]
pub struct Source {
    place: Place,
    password: Zeroizing<String>,
}

#[derive(Clone)]
enum Place {
    Bytes(Zeroizing<Vec<u8>>),
    File(String),
}

impl Source {
    /// The bytes of a PKCS#12 file.
    #[must_use]
    pub fn bytes(bytes: Zeroizing<Vec<u8>>, password: Option<&SecretString>) -> Self {
        Self { place: Place::Bytes(bytes), password: exposed(password) }
    }

    /// The path of a PKCS#12 file.
    #[must_use]
    pub fn file(path: &str, password: Option<&SecretString>) -> Self {
        Self { place: Place::File(path.to_owned()), password: exposed(password) }
    }

    fn key(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        match &self.place {
            Place::Bytes(bytes) => hash.update(bytes.as_slice()),
            Place::File(path) => hash.update(format!("file {path}")),
        }
        hash.update([0]);
        hash.update(self.password.as_bytes());
        hash.finalize().into()
    }

    /// Opens the certificate off the runtime's workers, because it takes up to a second.
    async fn open(self) -> Result<Identity, CertificateProblem> {
        let open = move || match &self.place {
            Place::Bytes(bytes) => Identity::open(bytes, &self.password),
            Place::File(path) => {
                let bytes = std::fs::read(path).map(Zeroizing::new).map_err(|_| CertificateProblem::Unreadable)?;
                Identity::open(&bytes, &self.password)
            }
        };
        crate::runtime::blocking(open).await.unwrap_or(Err(CertificateProblem::Unusable))
    }

    /// Opens the certificate of a credential that is about to be stored, so that a bad one is refused at once.
    ///
    /// # Errors
    /// `BAD_CERTIFICATE`.
    pub async fn check(self, profile: &str, now: Timestamp) -> Result<()> {
        let opened = self.open().await;
        opened
            .and_then(|identity| identity.check(now))
            .map_err(|problem| Error::BadCertificate { profile: profile.to_owned(), problem })
    }
}

fn exposed(secret: Option<&SecretString>) -> Zeroizing<String> {
    Zeroizing::new(secret.map_or_else(String::new, |secret| secret.expose_secret().to_owned()))
}

/// The bytes of a PKCS#12 file that a credential has in base64; `field` is its path.
///
/// # Errors
/// `INVALID_INPUT`.
pub fn pfx_bytes(field: &'static str, text: Option<&SecretString>) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let Some(text) = text else { return Ok(None) };
    let refused = || Error::input(field, "must be the base64 of a PKCS#12 file of at most 1 MiB");
    let stripped: Zeroizing<String> =
        Zeroizing::new(text.expose_secret().chars().filter(|c| !c.is_ascii_whitespace()).collect());
    let bytes = Zeroizing::new(BASE64.decode(stripped.as_bytes()).map_err(|_| refused())?);
    if bytes.is_empty() || bytes.len() > 1 << 20 { Err(refused()) } else { Ok(Some(bytes)) }
}
