//! Who we are to a service that asks for a certificate: a PKCS#12 file opened once.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error as Broken;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use sha2::{Digest, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;
use zeroize::Zeroizing;

use crate::error::CertificateProblem as Problem;

/// The longest chain that is sent along.
const LONGEST_CHAIN: usize = 10;

/// A client certificate with its key and chain. Cloning gives another view of it.
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    certified: Arc<CertifiedKey>,
    fingerprint: [u8; 32],
    valid: (Timestamp, Timestamp),
}

impl Identity {
    /// Opens a PKCS#12 file. This takes up to a second, because such files are made to be slow to try passwords on.
    ///
    /// # Errors
    /// What is wrong with the file or its password.
    pub fn open(file: &[u8], password: &str) -> Result<Self, Problem> {
        let archive = Pkcs12Archive::from_pkcs12(file, password).map_err(|error| problem_of(&error, file))?;
        if archive.keys.is_empty() {
            return Err(Problem::NoPrivateKey);
        }
        let certificates: Vec<&[u8]> = archive.certs.iter().map(|bag| bag.cert.as_der()).collect();
        let mut problem = Problem::NoCertificate;
        for key in &archive.keys {
            // Its own certificate first, so that a file with several of one key gives the one that is meant.
            let own =
                |at: &usize| key.local_key_id.as_ref().map(AsRef::as_ref) == archive.certs[*at].local_key_id.as_deref();
            let (mut order, others): (Vec<usize>, Vec<usize>) = (0..certificates.len()).partition(own);
            order.extend(others);
            for at in order {
                match Self::of(&certificates, at, key.key.as_der()) {
                    Ok(identity) => return Ok(identity),
                    // What is wrong with its own certificate says more than that others are not its own.
                    Err(Problem::NoCertificate) => {}
                    Err(found) => problem = found,
                }
            }
        }
        Err(problem)
    }

    /// The identity of the certificate at `leaf`, if the key is its.
    fn of(certificates: &[&[u8]], leaf: usize, key: &[u8]) -> Result<Self, Problem> {
        let chain = chain(certificates, leaf)?;
        let (_, read) = X509Certificate::from_der(certificates[leaf]).map_err(|_| Problem::Unusable)?;
        let time = |time: x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp());
        let validity = read.validity();
        let valid = time(validity.not_before).and_then(|from| Ok((from, time(validity.not_after)?)));
        let key = Zeroizing::new(key.to_vec());
        let mut hash = Sha256::new_with_prefix(key.as_slice());
        for certificate in &chain {
            hash.update(certificate);
        }
        let key = PrivateKeyDer::try_from(key.to_vec()).map_err(|_| Problem::Unusable)?;
        let provider = rustls::crypto::ring::default_provider();
        let certified = CertifiedKey::from_der(chain, key, &provider).map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => Problem::NoCertificate,
            _ => Problem::Unusable,
        })?;
        Ok(Self(Arc::new(Inner {
            certified: Arc::new(certified),
            fingerprint: hash.finalize().into(),
            valid: valid.map_err(|_| Problem::Unusable)?,
        })))
    }

    /// Checks that the certificate is valid at `now`.
    ///
    /// # Errors
    /// `NotYetValid`, `Expired`.
    pub fn check(&self, now: Timestamp) -> Result<(), Problem> {
        let (from, until) = self.0.valid;
        match () {
            () if now < from => Err(Problem::NotYetValid),
            () if now > until => Err(Problem::Expired),
            () => Ok(()),
        }
    }

    /// Tells identities apart without telling what they are.
    pub(super) fn fingerprint(&self) -> [u8; 32] {
        self.0.fingerprint
    }

    /// What a TLS handshake presents.
    pub(super) fn resolver(&self) -> Arc<SingleCertAndKey> {
        Arc::new(SingleCertAndKey::from(Arc::clone(&self.0.certified)))
    }
}

/// Shows nothing of key and certificate.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("valid", &self.0.valid).finish_non_exhaustive()
    }
}

/// The certificate at `leaf` and those that issued it, as far as they are there.
fn chain(certificates: &[&[u8]], leaf: usize) -> Result<Vec<CertificateDer<'static>>, Problem> {
    let mut read = Vec::with_capacity(certificates.len());
    for der in certificates {
        read.push(X509Certificate::from_der(der).map_err(|_| Problem::Unusable)?.1);
    }
    let mut places = vec![leaf];
    let mut last = leaf;
    while places.len() < LONGEST_CHAIN && read[last].issuer() != read[last].subject() {
        let issuer = (0..read.len()).find(|at| !places.contains(at) && read[*at].subject() == read[last].issuer());
        match issuer {
            // The service has the root itself, or does not trust it.
            Some(at) if read[at].issuer() == read[at].subject() => break,
            Some(at) => places.push(at),
            None => break,
        }
        last = *places.last().unwrap_or(&leaf);
    }
    Ok(places.into_iter().map(|at| CertificateDer::from(certificates[at].to_vec())).collect())
}

fn problem_of(error: &Broken, file: &[u8]) -> Problem {
    match error {
        Broken::MacError(_) => Problem::WrongPassword,
        // Without a checksum a wrong password shows in what was decrypted.
        Broken::UnpadError | Broken::Pkcs5Error(_) | Broken::InvalidPrivateKey => Problem::WrongPassword,
        Broken::UnsupportedEncryptionScheme | Broken::UnsupportedMacAlgorithm | Broken::UnsupportedCertificateType => {
            Problem::Unsupported
        }
        Broken::DerError(_) if is_pfx(file) => Problem::Damaged,
        _ => Problem::NotPkcs12,
    }
}

/// Whether a file begins as PKCS#12 files do: a sequence whose first part is version 3, and as long as it says.
fn is_pfx(file: &[u8]) -> bool {
    let Some([0x30, length, rest @ ..]) = file.get(..) else { return false };
    let inner = match length {
        0x80 => rest,
        0x81..=0x84 => rest.get(usize::from(length & 0x7f)..).unwrap_or_default(),
        _ => rest,
    };
    inner.starts_with(&[0x02, 0x01, 0x03])
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
