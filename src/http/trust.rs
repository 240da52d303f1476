//! Decides which servers are trusted.

use std::fs;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
#[cfg(feature = "postgres")]
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion, version};
use rustls_platform_verifier::Verifier;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::http::config::{Tls, TlsVersion};
use crate::http::identity::Identity;

const FROM_1_2: &[&SupportedProtocolVersion] = &[&version::TLS13, &version::TLS12];
const FROM_1_3: &[&SupportedProtocolVersion] = &[&version::TLS13];

/// The authorities trusted beside those of the machine, and the TLS versions spoken.
#[derive(Debug)]
pub(super) struct Trust {
    extra_roots: Vec<CertificateDer<'static>>,
    versions: &'static [&'static SupportedProtocolVersion],
}

impl Trust {
    /// Reads the configured certificates.
    pub(super) fn new(tls: &Tls) -> Result<Self> {
        let mut extra_roots = Vec::new();
        for (at, entry) in tls.extra_roots.iter().enumerate() {
            let path = format!("tls.extraRoots[{at}]");
            extra_roots.append(&mut authorities(&path, entry)?);
        }
        let versions = match tls.min_version {
            TlsVersion::V1_2 => FROM_1_2,
            TlsVersion::V1_3 => FROM_1_3,
        };
        Ok(Self { extra_roots, versions })
    }

    /// Builds the TLS configuration of a client, with a certificate of its own where it has an identity.
    pub(super) fn client_config(&self, identity: Option<&Identity>) -> Result<ClientConfig> {
        // Named here rather than installed for the process, which belongs to the host program.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = self.verifier(&provider)?;
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(self.versions)
            .map_err(|error| Error::internal(format!("no TLS version is usable: {error}")))?
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        let mut config = match identity {
            Some(identity) => builder.with_client_cert_resolver(identity.resolver()),
            None => builder.with_no_client_auth(),
        };
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }

    fn verifier(&self, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>> {
        // Asked first without the extra roots: with them, a machine that has none of its own would not
        // be noticed, and only services under the extra roots could be reached.
        let platform = Verifier::new(Arc::clone(provider)).and_then(|verifier| {
            if self.extra_roots.is_empty() {
                return Ok(verifier);
            }
            Verifier::new_with_extra_roots(self.extra_roots.iter().cloned(), Arc::clone(provider))
        });
        let reason = match platform {
            Ok(verifier) => return Ok(Arc::new(verifier)),
            Err(reason) => reason,
        };
        tracing::warn!(%reason, "the machine has no certificate authorities; using the built-in ones");
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        roots.add_parsable_certificates(self.extra_roots.iter().cloned());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
            .build()
            .map_err(|error| Error::internal(format!("no certificate authority is usable: {error}")))?;
        Ok(verifier)
    }
}

/// TLS as a client that trusts the authorities of the machine and those configured.
#[cfg(feature = "postgres")]
pub(crate) fn verified(tls: &Tls) -> Result<ClientConfig> {
    Trust::new(tls)?.client_config(None)
}

/// TLS as a client that trusts the authorities in this PEM file or text alone; `path` is the key it was configured by.
#[cfg(feature = "postgres")]
pub(crate) fn verified_by(tls: &Tls, path: &str, entry: &str) -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(authorities(path, entry)?);
    let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::new(provider()));
    let verifier =
        builder.build().map_err(|error| Error::internal(format!("no certificate authority is usable: {error}")))?;
    with_verifier(tls, verifier)
}

/// TLS as a client that believes whoever answers: it keeps out those who listen, not those who pretend.
#[cfg(feature = "postgres")]
pub(crate) fn unverified(tls: &Tls) -> Result<ClientConfig> {
    with_verifier(tls, Arc::new(Anybody(provider())))
}

#[cfg(feature = "postgres")]
fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(feature = "postgres")]
fn with_verifier(tls: &Tls, verifier: Arc<dyn ServerCertVerifier>) -> Result<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(Arc::new(provider()))
        .with_protocol_versions(Trust::new(tls)?.versions)
        .map_err(|error| Error::internal(format!("no TLS version is usable: {error}")))?;
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

/// Accepts every certificate, if the server has its key.
#[cfg(feature = "postgres")]
#[derive(Debug)]
struct Anybody(CryptoProvider);

#[cfg(feature = "postgres")]
impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &rustls::pki_types::ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// Reads the certificates of authorities in PEM text, or in the PEM file of that name.
pub(crate) fn authorities(path: &str, entry: &str) -> Result<Vec<CertificateDer<'static>>> {
    let found = certificates(path, entry)?;
    let mut store = RootCertStore::empty();
    for certificate in &found {
        store
            .add(certificate.clone())
            .map_err(|_| Error::config(path, "holds a certificate that cannot serve as an authority"))?;
    }
    Ok(found)
}

/// Reads the certificates in PEM text, or in the PEM file of that name.
pub(crate) fn certificates(path: &str, entry: &str) -> Result<Vec<CertificateDer<'static>>> {
    let found = CertificateDer::pem_slice_iter(&pem(path, entry)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| Error::config(path, "is not well-formed PEM"))?;
    if found.is_empty() { Err(Error::config(path, "holds no certificate")) } else { Ok(found) }
}

/// The bytes of PEM text, or of the PEM file of that name.
pub(crate) fn pem(path: &str, entry: &str) -> Result<Zeroizing<Vec<u8>>> {
    if entry.contains("-----BEGIN") {
        return Ok(Zeroizing::new(entry.as_bytes().to_vec()));
    }
    let read = fs::read(entry).map(Zeroizing::new);
    read.map_err(|error| Error::config(path, format!("names a file that cannot be read: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extra_root_that_is_no_certificate_is_refused_with_its_path() {
        for entry in [
            "/no/such/file.pem",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\n***",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        ] {
            let tls = Tls { extra_roots: vec![entry.to_owned()], ..Tls::default() };
            match Trust::new(&tls) {
                Err(Error::InvalidConfig { path, .. }) => assert_eq!(path, "tls.extraRoots[0]"),
                other => panic!("{entry}: {other:?}"),
            }
        }
    }
}
