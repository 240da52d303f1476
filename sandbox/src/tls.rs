//! Makes a certificate authority for one run of the sandbox, and the certificates that it signs.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

/// What the server certificate is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TlsMode {
    /// Signed by the sandbox's authority, in force, and for the right host.
    #[default]
    Valid,
    /// As `Valid`, but out of date.
    Expired,
    /// As `Valid`, but made out to another host.
    WrongHost,
    /// Signed by itself and by no authority.
    SelfSigned,
}

impl FromStr for TlsMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "valid" => Ok(Self::Valid),
            "expired" => Ok(Self::Expired),
            "wrong-host" => Ok(Self::WrongHost),
            "self-signed" => Ok(Self::SelfSigned),
            _ => Err(format!("{text:?} is not valid, expired, wrong-host or self-signed")),
        }
    }
}

/// The authority that signs the certificates of one sandbox, its own and its clients'.
#[derive(Debug)]
pub(crate) struct Authority {
    key: KeyPair,
    params: CertificateParams,
    certificate: Certificate,
}

/// A certificate with the authority's behind it, and its key in the form of PKCS#8.
pub(crate) struct Signed {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: Vec<u8>,
}

impl Authority {
    pub(crate) fn new() -> Result<Self, rcgen::Error> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::CommonName, "LearnerLink sandbox authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key)?;
        Ok(Self { key, params, certificate })
    }

    /// The certificate that others are to trust.
    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// Signs a certificate for a new key.
    fn sign(&self, mut params: CertificateParams, expired: bool) -> Result<Signed, rcgen::Error> {
        if expired {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &Issuer::from_params(&self.params, &self.key))?;
        let chain = vec![certificate.der().clone(), self.certificate.der().clone()];
        Ok(Signed { chain, key: key.serialize_der() })
    }

    /// Makes a server certificate for `hosts`, which may be names or addresses, and the configuration
    /// of a server that has it; `mutual` demands that clients show certificates of this authority.
    pub(crate) fn server(&self, mode: TlsMode, hosts: &[String], mutual: bool) -> Result<Arc<ServerConfig>, String> {
        self.try_server(mode, hosts, mutual).map_err(|error| error.to_string())
    }

    fn try_server(
        &self,
        mode: TlsMode,
        hosts: &[String],
        mutual: bool,
    ) -> Result<Arc<ServerConfig>, Box<dyn std::error::Error>> {
        let names = if mode == TlsMode::WrongHost { vec!["elsewhere.invalid".to_owned()] } else { hosts.to_vec() };
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name.push(DnType::CommonName, "LearnerLink sandbox");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let signed = match mode {
            TlsMode::SelfSigned => {
                params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
                let key = KeyPair::generate()?;
                Signed { chain: vec![params.self_signed(&key)?.der().clone()], key: key.serialize_der() }
            }
            TlsMode::Valid | TlsMode::Expired | TlsMode::WrongHost => self.sign(params, mode == TlsMode::Expired)?,
        };
        let chain = vec![signed.chain[0].clone()];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signed.key));
        let provider = Arc::new(ring::default_provider());
        let builder =
            ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
        let builder = if mutual {
            let mut roots = RootCertStore::empty();
            roots.add(self.certificate.der().clone())?;
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build()?;
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        Ok(Arc::new(builder.with_single_cert(chain, key)?))
    }

    /// Makes a client certificate.
    pub(crate) fn client(&self, expired: bool) -> Result<Signed, rcgen::Error> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::OrganizationName, "LearnerLink sandbox");
        params.distinguished_name.push(DnType::CommonName, "Northbridge College");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.sign(params, expired)
    }
}

/// The hosts that a certificate is made out to: this machine's names, and where the sandbox is reached.
pub(crate) fn hosts(bind: IpAddr, public_host: Option<&str>) -> Vec<String> {
    let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if !bind.is_unspecified() {
        hosts.push(bind.to_string());
    }
    hosts.extend(public_host.map(|host| host.trim_matches(['[', ']']).to_owned()));
    hosts.sort();
    hosts.dedup();
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_makes_a_usable_server_configuration() {
        for mode in [TlsMode::Valid, TlsMode::Expired, TlsMode::WrongHost, TlsMode::SelfSigned] {
            let authority = Authority::new().unwrap();
            assert!(authority.pem().starts_with("-----BEGIN CERTIFICATE-----"));
            for mutual in [false, true] {
                authority.server(mode, &hosts([127, 0, 0, 1].into(), Some("sandbox.example")), mutual).unwrap();
            }
        }
    }
}
