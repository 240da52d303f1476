//! The certificate of the listener, and those it demands.

use std::sync::Arc;

use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use secrecy::ExposeSecret;

use super::config::ServerTls;
use crate::error::{Error, Result};
use crate::http::trust;

/// Builds the server's side of TLS.
///
/// # Errors
/// `INVALID_CONFIG` naming what cannot be read or does not fit together.
pub(super) fn server_config(tls: &ServerTls) -> Result<Arc<ServerConfig>> {
    const KEY: &str = "listener.tls.key";
    let chain = trust::certificates("listener.tls.certificate", &tls.certificate)?;
    let pem = trust::pem(KEY, tls.key.expose_secret())?;
    let key = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| Error::config(KEY, "holds no private key in PEM"))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::internal(format!("no TLS version is usable: {error}")))?;
    let builder = if tls.client_authorities.is_empty() {
        builder.with_no_client_auth()
    } else {
        let mut roots = RootCertStore::empty();
        for (at, entry) in tls.client_authorities.iter().enumerate() {
            let path = format!("listener.tls.clientAuthorities[{at}]");
            roots.add_parsable_certificates(trust::authorities(&path, entry)?);
        }
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .map_err(|error| Error::config("listener.tls.clientAuthorities", format!("cannot be used: {error}")))?;
        builder.with_client_cert_verifier(verifier)
    };
    let mut config =
        builder.with_single_cert(chain, key).map_err(|_| Error::config(KEY, "does not belong to the certificate"))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
