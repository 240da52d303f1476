//! Tells why a request got no usable answer.

use std::error::Error as StdError;
use std::io;

use rustls::{AlertDescription, CertificateError};

use crate::error::{Error, Upstream};
use crate::http::breaker::Verdict;
use crate::http::call::Call;
use crate::http::tokens;

/// A failed attempt: the error to show, and what it means for those who may try again.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    /// Whether the next attempt may go better.
    pub(super) may_pass: bool,
    pub(super) verdict: Verdict,
}

/// Whether the request behind `error` may have reached the service.
///
/// A caller whose request must not be carried out twice may offer to repeat it only when this is
/// false. It judges the last attempt, so it says nothing useful about a call that is repeated by itself.
#[must_use]
pub fn may_have_been_sent(error: &Error) -> bool {
    // Without a token the call itself was never made.
    let at_token = error.upstream().is_some_and(|upstream| upstream.endpoint == Some(tokens::ENDPOINT));
    !at_token
        && matches!(
            error,
            Error::DeadlineExceeded { .. }
                | Error::Unavailable { .. }
                | Error::Protocol { .. }
                | Error::ResponseTooLarge { .. }
                | Error::OutcomeUnknown { .. }
        )
}

impl Failure {
    /// The time of an attempt or of the whole call ran out.
    pub(super) fn late(call: &Call, waited_ms: u64) -> Self {
        let upstream = Upstream::unanswered(call.endpoint);
        let error = Error::DeadlineExceeded { host: call.host(), waited_ms, upstream };
        Self { error, may_pass: true, verdict: Verdict::Failing }
    }

    /// The answer outgrew its limit.
    pub(super) fn too_large(limit: u64, upstream: Upstream) -> Self {
        Self { error: Error::ResponseTooLarge { limit, upstream }, may_pass: false, verdict: Verdict::Alive }
    }

    /// No answer began.
    pub(super) fn unanswered(call: &Call, error: reqwest::Error) -> Self {
        let error = error.without_url();
        let host = call.host();
        let upstream = Upstream::unanswered(call.endpoint);
        if refuses_us(&error, call.identity.is_some()) {
            let error = Error::CertificateRefused { host, upstream, source: Some(Box::new(error)) };
            return Self { error, may_pass: false, verdict: Verdict::Unsettled };
        }
        if let Some(problem) = tls_problem(&error, error.is_connect()) {
            // A refused certificate says nothing about whether the service works.
            let error = Error::TlsFailed { host, problem, upstream, source: Some(Box::new(error)) };
            return Self { error, may_pass: false, verdict: Verdict::Unsettled };
        }
        if error.is_connect() {
            let error = Error::Unreachable { host, upstream, source: Some(Box::new(error)) };
            return Self { error, may_pass: true, verdict: Verdict::Failing };
        }
        if error.is_builder() {
            let error = Error::internal(format!("the request to {} cannot be built: {error}", call.endpoint));
            return Self { error, may_pass: false, verdict: Verdict::Unsettled };
        }
        if find::<hyper::Error>(&error).is_some_and(hyper::Error::is_parse) {
            let problem = "what came back is not HTTP, or its headers are too large".to_owned();
            return Self { error: Error::Protocol { problem, upstream }, may_pass: false, verdict: Verdict::Alive };
        }
        Self { error: Error::Unavailable { upstream }, may_pass: true, verdict: Verdict::Failing }
    }

    /// The answer began and did not end well.
    pub(super) fn cut(error: &reqwest::Error, upstream: Upstream) -> Self {
        let malformed = chain(error)
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|error| matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData));
        let broken_off = !malformed && find::<hyper::Error>(error).is_some();
        let problem = match (broken_off, malformed) {
            (true, _) => "its answer broke off",
            (_, true) => "the body of its answer is malformed",
            _ => "the body of its answer cannot be decompressed",
        };
        let verdict = if broken_off { Verdict::Failing } else { Verdict::Alive };
        Self { error: Error::Protocol { problem: problem.to_owned(), upstream }, may_pass: broken_off, verdict }
    }
}

/// Whether the service refuses our certificate or misses one. Under TLS 1.3 it does so after the first request went
/// out. A service may also say no more than that the handshake failed, which is about the certificate when there is one.
fn refuses_us(error: &reqwest::Error, presenting: bool) -> bool {
    match find::<rustls::Error>(error) {
        Some(rustls::Error::AlertReceived(alert)) => match alert {
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnsupportedCertificate => true,
            AlertDescription::HandshakeFailure | AlertDescription::DecryptError => presenting,
            _ => false,
        },
        _ => false,
    }
}

/// Says what is wrong with the TLS connection, if that is what the error is about.
fn tls_problem(error: &reqwest::Error, connecting: bool) -> Option<&'static str> {
    use CertificateError as Bad;

    Some(match find::<rustls::Error>(error)? {
        rustls::Error::AlertReceived(alert) => match alert {
            AlertDescription::ProtocolVersion => "it speaks none of our TLS versions",
            _ if connecting => "it broke off the handshake",
            _ => return None,
        },
        _ if !connecting => return None,
        rustls::Error::InvalidCertificate(bad) => match bad {
            Bad::Expired | Bad::ExpiredContext { .. } => "its certificate has expired",
            Bad::NotValidYet | Bad::NotValidYetContext { .. } => {
                "its certificate is not valid yet; check the clock of this machine"
            }
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => "its certificate is for another host",
            Bad::UnknownIssuer => {
                "its certificate comes from an authority that is not trusted; if it should be, add it to `tls.extraRoots`"
            }
            Bad::Revoked => "its certificate was revoked",
            _ => "its certificate is not acceptable",
        },
        rustls::Error::PeerIncompatible(_) => "it has no TLS version or cipher in common with us",
        rustls::Error::InvalidMessage(_) => "what came back is not TLS",
        _ => "the handshake failed",
    })
}

fn find<T: StdError + 'static>(error: &reqwest::Error) -> Option<&T> {
    chain(error).find_map(|cause| cause.downcast_ref())
}

/// The error and its causes, outermost first.
fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let outermost: &(dyn StdError + 'static) = error;
    std::iter::successors(Some(outermost), |&cause| {
        // An I/O error made from another error names as its source that error's source, not the error.
        match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => cause.source(),
        }
    })
}
