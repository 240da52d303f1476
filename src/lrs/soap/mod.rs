//! The SOAP messages of the Learning Records Service: requests as bytes, answers as records.

pub(super) mod write;
pub(super) mod xml;

use std::fmt;

use super::records::{EventKind, LearnerKind, Records};
use crate::privacy::Sensitive;
use xml::{Child, Name, Ns, Problem, Xml};

/// The most learning events that are read; more is refused.
pub const MOST_EVENTS: usize = 10_000;
/// The most learners that are read; the service sends ten at most.
const MOST_LEARNERS: usize = 100;

/// The answer to a search for a learner.
#[derive(Debug)]
pub struct Found {
    /// The service's code, such as `WSRC0004`.
    pub response_code: String,
    /// The learners, in the service's order.
    pub learners: Records<LearnerKind>,
}

/// The answer to a request for learning events.
#[derive(Debug)]
pub struct Events {
    /// The service's code, such as `WSRC0004`.
    pub response_code: String,
    /// The ULN whose events these are; empty when the service left it so.
    pub found_uln: Sensitive<String>,
    /// The ULN that was asked for.
    pub incoming_uln: Sensitive<String>,
    /// The events, in the service's order.
    pub events: Records<EventKind>,
}

/// Which of its two kinds of fault a service reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The learner service's exception.
    MiapApiException,
    /// The event service's fault.
    DomainFault,
    /// A fault without either.
    Plain,
}

/// A SOAP fault. Its texts may repeat what was asked and so are personal.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Its kind.
    pub kind: FaultKind,
    /// The HTTP status it came with; 200 is possible.
    pub http_status: u16,
    /// The service's code, such as `WSEC0001`.
    pub code: Option<Sensitive<String>>,
    /// Who reports it.
    pub actor: Option<Sensitive<String>>,
    /// What happened.
    pub description: Option<Sensitive<String>>,
    /// More on what happened.
    pub further_details: Option<Sensitive<String>>,
    /// When, `YYYY-MM-DD HH:MM:SS`.
    pub timestamp: Option<Sensitive<String>>,
}

/// An answer, or the fault in its place.
pub(super) enum Reply<T> {
    Answer(T),
    Fault(Fault),
}

/// Reads the answer to either search.
pub(super) fn found(body: &[u8], http_status: u16) -> Result<Reply<Found>, Problem> {
    const NAMES: [Name; 2] = [(Ns::None, "Learner"), (Ns::None, "ResponseCode")];
    envelope(body, http_status, (Ns::Find, "FindLearnerResponse"), |xml| {
        let mut code = None;
        let mut learners = Records::within(body.len());
        while let Some(child) = xml.child(&NAMES, 0)? {
            match child.known {
                Some(0) if learners.len() == MOST_LEARNERS => return Err("its body has too many learners"),
                Some(0) if !child.nil => learners.read(xml)?,
                Some(1) => once(&mut code, value(xml, child)?)?,
                _ => xml.skip()?,
            }
        }
        Ok(Found { response_code: required(code)?, learners })
    })
}

/// Reads the answer to a request for learning events.
pub(super) fn events(body: &[u8], http_status: u16) -> Result<Reply<Events>, Problem> {
    const NAMES: [Name; 4] = [
        (Ns::Model, "ResponseCode"),
        (Ns::Model, "FoundULN"),
        (Ns::Model, "IncomingULN"),
        (Ns::Model, "LearnerRecord"),
    ];
    envelope(body, http_status, (Ns::Tempuri, "GetLearnerLearningEventsResponse"), |xml| {
        let mut texts = [None, None, None];
        let mut events = Records::within(body.len());
        let mut results = 0;
        while let Some(result) = xml.child(&[(Ns::Tempuri, "GetLearnerLearningEventsResult")], 0)? {
            if result.known.is_none() {
                xml.skip()?;
                continue;
            }
            results += 1;
            while let Some(child) = xml.child(&NAMES, 0)? {
                match child.known {
                    Some(3) if !child.nil => record(xml, &mut events)?,
                    Some(at @ 0..3) => once(&mut texts[at], value(xml, child)?)?,
                    _ => xml.skip()?,
                }
            }
        }
        if results > 1 {
            return Err("its body has more than one result");
        }
        let [code, found, incoming] = texts;
        Ok(Events {
            response_code: required(code)?,
            found_uln: found.unwrap_or_default().into(),
            incoming_uln: incoming.unwrap_or_default().into(),
            events,
        })
    })
}

fn record(xml: &mut Xml<'_>, events: &mut Records<EventKind>) -> Result<(), Problem> {
    while let Some(child) = xml.child(&[(Ns::Model, "LearningEvent")], 0)? {
        if child.known.is_none() || child.nil {
            xml.skip()?;
        } else if events.len() == MOST_EVENTS {
            return Err("its body has more than 10000 learning events");
        } else {
            events.read(xml)?;
        }
    }
    Ok(())
}

/// Reads the envelope around `answer`, or around a fault.
fn envelope<'a, T>(
    body: &'a [u8],
    http_status: u16,
    answer: Name,
    read: impl FnOnce(&mut Xml<'a>) -> Result<T, Problem>,
) -> Result<Reply<T>, Problem> {
    let names = [answer, (Ns::Soap, "Fault")];
    let mut xml = Xml::new(body)?;
    xml.root((Ns::Soap, "Envelope"))?;
    let (mut read, mut reply) = (Some(read), None);
    while let Some(part) = xml.child(&[(Ns::Soap, "Body")], 0)? {
        if part.known.is_none() {
            xml.skip()?;
            continue;
        }
        while let Some(child) = xml.child(&names, 0)? {
            match child.known.and_then(|at| Some((at, read.take()?))) {
                Some((0, read)) => reply = Some(Reply::Answer(read(&mut xml)?)),
                Some(_) => reply = Some(Reply::Fault(fault(&mut xml, http_status)?)),
                None if child.known.is_some() => return Err("its body holds more than one answer"),
                None => xml.skip()?,
            }
        }
    }
    xml.end()?;
    reply.ok_or("its body is not the answer to what was asked")
}

fn fault(xml: &mut Xml<'_>, http_status: u16) -> Result<Fault, Problem> {
    let mut fault = Fault {
        kind: FaultKind::Plain,
        http_status,
        code: None,
        actor: None,
        description: None,
        further_details: None,
        timestamp: None,
    };
    while let Some(part) = xml.child(&[(Ns::None, "detail")], 0)? {
        if part.known.is_none() {
            xml.skip()?;
            continue;
        }
        while let Some(detail) = xml.child(&[(Ns::Exceptions, "MIAPAPIException"), (Ns::Faults, "DomainFault")], 0)? {
            let (kind, ns) = match detail.known {
                Some(0) => (FaultKind::MiapApiException, Ns::None),
                Some(_) => (FaultKind::DomainFault, Ns::Faults),
                None => {
                    xml.skip()?;
                    continue;
                }
            };
            fault.kind = kind;
            let names =
                ["ErrorCode", "ErrorActor", "Description", "FurtherDetails", "ErrorTimestamp"].map(|name| (ns, name));
            while let Some(child) = xml.child(&names, 0)? {
                let Some(at) = child.known else {
                    xml.skip()?;
                    continue;
                };
                let text = value(xml, child)?.map(Sensitive);
                match at {
                    0 => fault.code = text,
                    1 => fault.actor = text,
                    2 => fault.description = text,
                    3 => fault.further_details = text,
                    _ => fault.timestamp = text,
                }
            }
        }
    }
    Ok(fault)
}

/// The text of the child just opened; `None` for a nil one.
fn value(xml: &mut Xml<'_>, child: Child) -> Result<Option<String>, Problem> {
    if child.nil {
        return xml.skip().map(|()| None);
    }
    let mut text = String::new();
    xml.text(&mut text)?;
    Ok(Some(text))
}

fn once(place: &mut Option<String>, value: Option<String>) -> Result<(), Problem> {
    if place.is_some() {
        return Err("its body has a value twice");
    }
    *place = value;
    Ok(())
}

fn required(code: Option<String>) -> Result<String, Problem> {
    let code = code.map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
    code.ok_or("its body has no response code")
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MiapApiException => "MIAPAPIException",
            Self::DomainFault => "DomainFault",
            Self::Plain => "Fault",
        })
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
