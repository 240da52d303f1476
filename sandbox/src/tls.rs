//! Makes a certificate authority and a server certificate for one run of the sandbox.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

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

/// A server's TLS configuration and the certificate of the authority that a client is to trust.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) server: Arc<ServerConfig>,
    pub(crate) root_pem: String,
}

/// Makes an authority and a server certificate for `hosts`, which may be names or addresses.
pub(crate) fn identity(mode: TlsMode, hosts: &[String]) -> Result<Identity, String> {
    make(mode, hosts).map_err(|error| error.to_string())
}

fn make(mode: TlsMode, hosts: &[String]) -> Result<Identity, Box<dyn std::error::Error>> {
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.distinguished_name.push(DnType::CommonName, "LearnerLink sandbox authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_certificate = authority.self_signed(&authority_key)?;

    let names = match mode {
        TlsMode::WrongHost => vec!["elsewhere.invalid".to_owned()],
        TlsMode::Valid | TlsMode::Expired | TlsMode::SelfSigned => hosts.to_vec(),
    };
    let server_key = KeyPair::generate()?;
    let mut server = CertificateParams::new(names)?;
    server.distinguished_name.push(DnType::CommonName, "LearnerLink sandbox");
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    if mode == TlsMode::Expired {
        server.not_before = date_time_ymd(2020, 1, 1);
        server.not_after = date_time_ymd(2021, 1, 1);
    }
    let certificate = match mode {
        TlsMode::SelfSigned => server.self_signed(&server_key)?,
        TlsMode::Valid | TlsMode::Expired | TlsMode::WrongHost => {
            server.signed_by(&server_key, &Issuer::from_params(&authority, &authority_key))?
        }
    };

    let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(Identity { server: Arc::new(config), root_pem: authority_certificate.pem() })
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
            let identity = identity(mode, &hosts([127, 0, 0, 1].into(), Some("sandbox.example"))).unwrap();
            assert!(identity.root_pem.starts_with("-----BEGIN CERTIFICATE-----"));
        }
    }
}
