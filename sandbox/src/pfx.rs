//! Makes client identities as PKCS#12 files, the way that record services hand them out.

use std::str::FromStr;

use p12_keystore::error::Error;
use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKey, PrivateKeyChain,
};

use crate::tls::{Authority, Signed};

/// How often the password is stirred, as OpenSSL does it.
const ITERATIONS: u32 = 2048;

/// What the certificate of a client identity is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientCertificate {
    /// Signed by the sandbox's authority and in force.
    #[default]
    Valid,
    /// As `Valid`, but out of date.
    Expired,
    /// Signed by another authority.
    Foreign,
    /// As `Valid`, but without its private key.
    WithoutKey,
}

impl FromStr for ClientCertificate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "valid" => Ok(Self::Valid),
            "expired" => Ok(Self::Expired),
            "foreign" => Ok(Self::Foreign),
            "without-key" => Ok(Self::WithoutKey),
            _ => Err(format!("{text:?} is not valid, expired, foreign or without-key")),
        }
    }
}

/// How a PKCS#12 file is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PfxEncryption {
    /// AES-256 with a key by PBKDF2, and HMAC-SHA-256, as programs write it today.
    #[default]
    Modern,
    /// Triple DES and HMAC-SHA-1, as Windows wrote it for long.
    TripleDes,
    /// RC2 with a key of 40 bits and HMAC-SHA-1, as the oldest programs write it.
    Rc2,
}

impl FromStr for PfxEncryption {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "modern" => Ok(Self::Modern),
            "triple-des" => Ok(Self::TripleDes),
            "rc2" => Ok(Self::Rc2),
            _ => Err(format!("{text:?} is not modern, triple-des or rc2")),
        }
    }
}

/// Makes a new client identity, and writes it as a PKCS#12 file with `password`.
pub(crate) fn make(
    authority: &Authority,
    certificate: ClientCertificate,
    encryption: PfxEncryption,
    password: &str,
) -> Result<Vec<u8>, String> {
    let signed = match certificate {
        ClientCertificate::Foreign => Authority::new().and_then(|other| other.client(false)),
        _ => authority.client(certificate == ClientCertificate::Expired),
    };
    let signed = signed.map_err(|error| error.to_string())?;
    write(&signed, certificate, encryption, password).map_err(|error| error.to_string())
}

fn write(
    signed: &Signed,
    certificate: ClientCertificate,
    encryption: PfxEncryption,
    password: &str,
) -> Result<Vec<u8>, Error> {
    let chain =
        signed.chain.iter().map(|certificate| Certificate::from_der(certificate)).collect::<Result<Vec<_>, _>>()?;
    let mut store = KeyStore::new();
    if certificate == ClientCertificate::WithoutKey {
        for (index, certificate) in chain.into_iter().enumerate() {
            store.add_entry(&format!("certificate-{index}"), KeyStoreEntry::Certificate(certificate));
        }
    } else {
        let key = PrivateKey::from_der(&signed.key)?;
        store.add_entry("client", KeyStoreEntry::PrivateKeyChain(PrivateKeyChain::new("client", key, chain)));
    }
    let (cipher, mac) = match encryption {
        PfxEncryption::Modern => (EncryptionAlgorithm::PbeWithHmacSha256AndAes256, MacAlgorithm::HmacSha256),
        PfxEncryption::TripleDes => (EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc, MacAlgorithm::HmacSha1),
        // The library calls this cipher by another name than the one that it writes.
        PfxEncryption::Rc2 => (EncryptionAlgorithm::PbeWithShaAnd40BitRc4Cbc, MacAlgorithm::HmacSha1),
    };
    store
        .writer(password)
        .encryption_algorithm(cipher)
        .encryption_iterations(ITERATIONS)
        .mac_algorithm(mac)
        .mac_iterations(ITERATIONS)
        .write()
}
