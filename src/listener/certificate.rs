//! The certificate that a client has shown.

use sha2::{Digest, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;

use crate::hex;

/// What is known of a client by its certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Certificate {
    /// SHA-256 of the whole.
    pub(super) fingerprint: [u8; 32],
    /// SHA-256 of its public key, which stays when a certificate is renewed with the same key.
    pub(super) key: [u8; 32],
    /// Its names: `dns:…` and `uri:…`.
    pub(super) names: Vec<String>,
}

impl Certificate {
    /// Reads a certificate; `None` when it is none.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let (_, read) = X509Certificate::from_der(der).ok()?;
        let names = read.subject_alternative_name().ok().flatten().map(|names| &names.value.general_names);
        let name = |name: &GeneralName<'_>| match name {
            GeneralName::DNSName(name) => Some(format!("dns:{}", name.to_ascii_lowercase())),
            GeneralName::URI(name) => Some(format!("uri:{name}")),
            _ => None,
        };
        Some(Self {
            fingerprint: Sha256::digest(der).into(),
            key: Sha256::digest(read.public_key().raw).into(),
            names: names.map(|names| names.iter().filter_map(name).collect()).unwrap_or_default(),
        })
    }

    /// The fingerprint in hexadecimal.
    pub(super) fn fingerprint_text(&self) -> String {
        hex::text(&self.fingerprint)
    }

    /// Whether an entry of an allow-list means this certificate: `sha256:…` of the public key, `dns:…` or `uri:…`.
    pub(super) fn is_meant_by(&self, entry: &str) -> bool {
        match entry.split_once(':') {
            Some(("sha256", hash)) => hash.eq_ignore_ascii_case(&hex::text(&self.key)),
            Some(("dns", name)) => {
                self.names.iter().any(|own| own[..].strip_prefix("dns:") == Some(&name.to_ascii_lowercase()))
            }
            Some(("uri", _)) => self.names.iter().any(|own| own == entry),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, PublicKeyData, SanType};

    use super::*;

    #[test]
    fn an_allow_list_means_a_key_or_a_whole_name() {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["Caller.example.test".to_owned()]).unwrap();
        params.subject_alt_names.push(SanType::URI("urn:nhs:caller".try_into().unwrap()));
        let signed = params.self_signed(&key).unwrap();
        let certificate = Certificate::read(signed.der()).unwrap();
        let hash = hex::text(&Sha256::digest(key.subject_public_key_info()));
        for entry in [
            format!("sha256:{hash}"),
            format!("sha256:{}", hash.to_uppercase()),
            "dns:caller.example.test".into(),
            "uri:urn:nhs:caller".into(),
        ] {
            assert!(certificate.is_meant_by(&entry), "{entry}");
        }
        for entry in ["", "caller.example.test", "dns:example.test", "dns:", "uri:urn:nhs", "sha256:", &hash] {
            assert!(!certificate.is_meant_by(entry), "{entry}");
        }
        assert!(Certificate::read(b"no certificate").is_none());
    }
}
