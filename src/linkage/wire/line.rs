//! What the wire forms share on the way out: one request to one supplier, and how its calls are sent.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use crate::error::{Error, Result};
use crate::http::{Answer, Call, ClientCredentials, Identity, Method, Retry, Tokens, Transport, header};
use crate::invocation::Invocation;
use crate::linkage::compose::{self, Step};
use crate::linkage::config::{Supplier, Wire};
use crate::linkage::outcome::Outcome;
use crate::linkage::query::{Demographics, Query, Said};

/// The system's name in errors and statistics.
const SYSTEM: &str = "linkage";
/// Far more than an answer takes.
const MOST_BYTES: u64 = 64 << 10;

/// A request to a supplier.
pub(super) struct Line<'a> {
    pub(super) supplier: &'a Supplier,
    pub(super) query: &'a Query,
    pub(super) step: Step,
    pub(super) invocation: &'a Invocation,
    /// The present moment, before which everybody was born.
    pub(super) now: Timestamp,
    /// Whose access a supplier may refuse; for error texts.
    pub(super) profile: String,
    pub(super) identity: Option<Identity>,
    /// What a token is asked for with, where one is sent.
    pub(super) client: Option<ClientCredentials>,
    pub(super) tokens: &'a Tokens,
    pub(super) transport: &'a Transport,
}

impl Line<'_> {
    /// Whether this is a step of the composed call.
    pub(super) fn is_composed(&self) -> bool {
        compose::is_composed(self.invocation)
    }

    /// Describes a call to `url` with what every call of this supplier carries.
    ///
    /// # Errors
    /// A header that cannot be sent.
    pub(super) fn call(&self, endpoint: &'static str, method: Method, url: Url) -> Result<Call> {
        let mut call = Call::new(SYSTEM, endpoint, method, url);
        for (name, value) in &self.supplier.headers {
            let wrong = |_| Error::config("linkage.suppliers", "has a header that cannot be sent");
            let name = header::HeaderName::try_from(name.as_str()).map_err(wrong)?;
            call = call.header(name, secrecy::ExposeSecret::expose_secret(value))?;
        }
        if self.supplier.sends_trace() {
            let name = match self.step {
                Step::Retrieve => header::HeaderName::from_static("transactionid"),
                Step::Create => header::HeaderName::from_static("correlationid"),
            };
            call = call.header(name, &self.query.trace_id)?;
        }
        // The composed call repeats its steps itself, and a second Create is not the same as one.
        let retry = match self.step {
            Step::Retrieve if !self.is_composed() => self.transport.retry(),
            _ => Retry::Never,
        };
        let call = call.header(header::ACCEPT, "application/json")?;
        Ok(call.retry(retry).max_bytes(MOST_BYTES).identity(self.identity.clone()))
    }

    /// The same for a path below the supplier's address.
    ///
    /// # Errors
    /// As [`Line::call`].
    pub(super) fn call_below(&self, endpoint: &'static str, method: Method, path: &str) -> Result<Call> {
        self.call(endpoint, method, self.supplier.endpoint(path)?)
    }

    /// Sends `call` within the time that is left, and lets every answer through that may be about the patient.
    ///
    /// # Errors
    /// Those of the transport and of the token service, and what a status means that is no answer to a request.
    pub(super) async fn send(&self, call: Call) -> Result<Answer> {
        let call = call.deadline(compose::remaining(self.invocation));
        let answer = match &self.client {
            Some(client) => self.tokens.send(client, call).await?,
            None => self.transport.send(call).await?,
        };
        match answer.code() {
            401 => Err(self.access_refused(&answer)),
            429 | 300..=399 => Err(answer.refusal(answer.upstream())),
            // Where our own interface says 500, its body says why.
            500..=599 if self.supplier.wire != Wire::Native => Err(Error::Unavailable { upstream: answer.upstream() }),
            _ => Ok(answer),
        }
    }

    /// The supplier does not know who calls.
    pub(super) fn access_refused(&self, answer: &Answer) -> Error {
        Error::AuthRejected { profile: self.profile.clone(), upstream: answer.upstream() }
    }

    /// What an error of a supplier means that says nothing of organisation, patient or key.
    pub(super) fn failed(&self) -> Said {
        Said::not(match self.step {
            Step::Retrieve => Outcome::RetrieveFailed,
            Step::Create => Outcome::CreateFailed,
        })
    }

    /// The surname and date of birth of a request that must have them.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub(super) fn demographics(&self) -> Result<&Demographics> {
        const NEEDED: &str = "is required by this supplier";
        let fields = || vec![("surname", NEEDED), ("dateOfBirth", NEEDED)];
        self.query.demographics.as_ref().ok_or_else(|| Error::InvalidFields { fields: fields() })
    }
}

/// Sets the body of `call` to `body` as JSON.
///
/// # Errors
/// Fails when it cannot be written as JSON, which is a defect of its type.
pub(super) fn with_json(call: Call, body: &impl Serialize) -> Result<Call> {
    let defect = |_| Error::internal(format!("the request to {} cannot be written as JSON", call.endpoint()));
    let mut length = Length(0);
    serde_json::to_writer(&mut length, body).map_err(defect)?;
    // A buffer that grows leaves copies behind that are not wiped.
    let mut bytes = Vec::with_capacity(length.0);
    serde_json::to_writer(&mut bytes, body).map_err(defect)?;
    Ok(call.body("application/json", bytes))
}

/// Counts what is written to it.
struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
