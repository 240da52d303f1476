//! Calls to the Learning Records Service, and what its codes mean.

use super::config::Config;
use super::soap::xml::Problem;
use super::soap::{Fault, Reply};
use crate::error::{Error, Result, Upstream};
use crate::http::{Answer, Call, Identity, Retry, header};

/// The system's name in errors, statistics and the audit trail.
pub(super) const SYSTEM: &str = "lrs";
/// The operations by their names in the service's description.
pub(super) const BY_DEMOGRAPHICS: &str = "FindLearnerByDemographics";
pub(super) const BY_ULN: &str = "FindLearnerByULN";
pub(super) const EVENTS: &str = "GetLearnerLearningEvents";

/// Far more than ten learners take, and than ten thousand learning events take.
const MOST_BYTES_FOUND: u64 = 1 << 20;
const MOST_BYTES_EVENTS: u64 = 16 << 20;
/// What the pages say that stand in for the service during maintenance.
const MAINTENANCE: &[u8] = b"UnsupportedHttpVerb";

/// Describes a call of one of the service's operations.
pub(super) fn call(
    config: &Config,
    operation: &'static str,
    identity: Option<Identity>,
    body: Vec<u8>,
) -> Result<Call> {
    let (path, action, most) = match operation {
        EVENTS => (
            "LearnerServiceR9.svc",
            "\"http://tempuri.org/ILearnerServiceR9/GetLearnerLearningEvents\"",
            MOST_BYTES_EVENTS,
        ),
        _ => ("LearnerService.svc", "\"\"", MOST_BYTES_FOUND),
    };
    let call = Call::post(SYSTEM, operation, config.endpoint(path)?)
        .header(header::ACCEPT, "text/xml, application/xml")?
        .header(header::HeaderName::from_static("soapaction"), action)?;
    Ok(call
        .body("text/xml; charset=utf-8", body)
        .identity(identity)
        .retry(Retry::Unconnected)
        .with_faults()
        .max_bytes(most))
}

/// Reads an answer with what reads its body.
pub(super) fn read<T>(answer: &Answer, read: impl FnOnce(&[u8], u16) -> Result<Reply<T>, Problem>) -> Result<Reply<T>> {
    let success = answer.status.is_success();
    if !success && answer.body.windows(MAINTENANCE.len()).any(|part| part == MAINTENANCE) {
        return Err(Error::Maintenance { upstream: answer.upstream() });
    }
    match read(&answer.body, answer.code()) {
        Ok(Reply::Answer(read)) if success => Ok(Reply::Answer(read)),
        Ok(Reply::Fault(fault)) => Ok(Reply::Fault(fault)),
        Err(problem) if success => Err(answer.protocol(problem)),
        _ => Err(answer.refusal(answer.upstream())),
    }
}

/// The error behind a fault.
pub(super) fn fault_error(operation: &'static str, profile: &str, fault: &Fault) -> Error {
    let upstream = Upstream::new(operation, fault.http_status);
    code_error(profile, fault.code.as_ref().map_or("", |code| code.trim()), upstream)
}

/// The error behind a code that is not an answer about a learner.
pub(super) fn code_error(profile: &str, code: &str, upstream: Upstream) -> Error {
    let upstream = upstream.with_code(Some(code));
    let refused = |hint, upstream| Error::BadCredential { profile: profile.to_owned(), hint, upstream };
    match code {
        "WSEC0001" | "WSEC0002" | "WSEC0136" => Error::Rejected { upstream },
        "WSEC0003" => refused("the service does not know this organisation", upstream),
        "WSEC0004" => Error::Maintenance { upstream },
        "WSEC0005" => refused("wrong organisation password", upstream),
        "WSEC0006" => refused("the organisation has no access to this", upstream),
        _ => Error::ServiceFault { upstream },
    }
}

/// What a response code says about the search for a learner.
pub(super) fn match_outcome(code: &str) -> Option<&'static str> {
    Some(match code {
        "WSRC0001" => "noMatch",
        "WSRC0002" => "tooManyMatches",
        "WSRC0003" => "possibleMatch",
        "WSRC0004" => "exactMatch",
        "WSRC0022" => "linkedLearnerMatch",
        _ => return None,
    })
}

/// What a response code says about a learner's record.
pub(super) fn record_outcome(code: &str) -> Option<&'static str> {
    Some(match code {
        "WSRC0004" => "found",
        "WSRC0022" => "linked",
        "WSEC0206" => "notShared",
        "WSEC0208" => "notVerified",
        _ => return None,
    })
}

/// The words a gateway uses for response codes.
const RESPONSE_TYPES: [(&str, &str); 7] = [
    ("WSRC0001", "No Match"),
    ("WSRC0002", "Too Many Matches"),
    ("WSRC0003", "Possible Match"),
    ("WSRC0004", "Exact Match"),
    ("WSRC0022", "Linked Learner Match"),
    ("WSEC0206", "Learner opted to not share data"),
    ("WSEC0208", "Learner could not be verified"),
];

/// The gateway's word for a response code, if it has one.
#[must_use]
pub fn response_type(code: &str) -> Option<&'static str> {
    RESPONSE_TYPES.iter().find(|(known, _)| *known == code).map(|(_, word)| *word)
}

/// The response code behind a gateway's word; empty when the gateway has not told it.
pub(super) fn code_of_response_type(word: &str) -> &str {
    match RESPONSE_TYPES.iter().find(|(_, known)| *known == word) {
        Some((code, _)) => code,
        None => word.strip_prefix("Unknown (").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default(),
    }
}
