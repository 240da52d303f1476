//! Certificates made for a test.

// Each test program uses its own part of this module.
#![allow(dead_code)]

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use tokio_rustls::TlsAcceptor;

/// An authority that only those trust who are told to.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

impl Authority {
    pub fn new() -> Self {
        let key = KeyPair::generate().expect("a key can be made");
        let mut params = CertificateParams::new(Vec::new()).expect("no names are fine");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("an authority can sign itself").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// A server with a certificate for `name`, valid until the first day of `year`.
    pub fn server(&self, name: &str, year: i32, versions: &[&'static SupportedProtocolVersion]) -> TlsAcceptor {
        self.acceptor(name, year, versions, WebPkiClientVerifier::no_client_auth())
    }

    /// A server that demands a certificate of `clients`.
    pub fn demanding(&self, name: &str, versions: &[&'static SupportedProtocolVersion], clients: &Self) -> TlsAcceptor {
        let mut roots = RootCertStore::empty();
        let root = CertificateDer::from_pem_slice(clients.pem.as_bytes()).expect("our own PEM is well-formed");
        roots.add(root).expect("an authority is one");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        self.acceptor(name, 2099, versions, verifier.build().expect("the authority is usable"))
    }

    /// A client's certificate and key in DER, valid between the first days of two years.
    pub fn client(&self, from: i32, until: i32) -> (Vec<u8>, Vec<u8>) {
        let key = KeyPair::generate().expect("a key can be made");
        let mut params = CertificateParams::new(Vec::new()).expect("no names are fine");
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let certificate = params.signed_by(&key, &self.issuer).expect("an authority can sign");
        (certificate.der().to_vec(), key.serialize_der())
    }

    /// A certificate for `name` and its key, both in PEM.
    pub fn issue(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate().expect("a key can be made");
        let params = CertificateParams::new(vec![name.to_owned()]).expect("the name is fine");
        let certificate = params.signed_by(&key, &self.issuer).expect("an authority can sign");
        (certificate.pem(), key.serialize_pem())
    }

    fn acceptor(
        &self,
        name: &str,
        year: i32,
        versions: &[&'static SupportedProtocolVersion],
        clients: Arc<dyn ClientCertVerifier>,
    ) -> TlsAcceptor {
        let key = KeyPair::generate().expect("a key can be made");
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("the name is fine");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(year, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).expect("an authority can sign");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a fresh key is well-formed");
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(versions)
            .expect("the versions are usable")
            .with_client_cert_verifier(clients)
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("the key fits the certificate");
        TlsAcceptor::from(Arc::new(config))
    }
}
