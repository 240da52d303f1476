//! Keeps the associations and results that home institutions were told of.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::json;
use serde_json::value::RawValue;

use super::members::Members;
use super::script::{HomeScript, Scripts};

/// The states that an association can be said to have.
const STATES: [&str; 5] = ["pending", "canceled", "denied", "associated", "queued"];

/// An association that a home institution keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrollmentAssociation {
    /// The domain of the home institution.
    pub home: String,
    /// The identifier.
    pub association_id: String,
    /// The student, as the sandbox's control interface calls them.
    pub person_id: String,
    /// The offering.
    pub offering_id: String,
    /// The `ext.requestId` that it was created with.
    pub request_id: Option<String>,
    /// How often a new association with this `ext.requestId` was asked for, in vain or not.
    pub posts: u32,
    /// The state that the home institution gives it at present.
    pub state: String,
    /// When it was created, by the sandbox's clock.
    pub created_at: String,
    /// The states that the host institution told, the oldest first.
    pub remote_states: Vec<EnrollmentRemoteState>,
    /// The results that the host institution told, the oldest first.
    pub results: Vec<EnrollmentRemoteResult>,
    /// The JSON document that it was created with.
    #[serde(serialize_with = "raw")]
    pub body: String,
}

/// A state that a host institution told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrollmentRemoteState {
    /// When, by the sandbox's clock.
    pub at: String,
    /// The state.
    pub remote_state: String,
}

/// A result that a host institution told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnrollmentRemoteResult {
    /// When, by the sandbox's clock.
    pub at: String,
    /// The result, as JSON text.
    #[serde(serialize_with = "raw")]
    pub result: String,
}

/// A result that was told in the older way, without an association.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrollmentResult {
    /// The domain of the home institution.
    pub home: String,
    /// The student, as the sandbox's control interface calls them.
    pub person_id: String,
    /// When, by the sandbox's clock.
    pub at: String,
    /// The JSON document that was sent.
    #[serde(serialize_with = "raw")]
    pub body: String,
}

/// Writes JSON text as JSON.
fn raw<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(text.to_owned()).map_err(serde::ser::Error::custom)?.serialize(serializer)
}

/// An association, as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    home: String,
    id: String,
    person: String,
    pub(super) offering_id: String,
    kind: &'static str,
    role: String,
    request_id: Option<String>,
    created: Timestamp,
    remote_states: Vec<EnrollmentRemoteState>,
    results: Vec<EnrollmentRemoteResult>,
    body: String,
}

/// The `ext.requestId` of an association.
pub(super) fn request_id(association: &Members) -> Option<String> {
    association.object("ext")?.text("requestId")
}

fn state(members: &Members, name: &str) -> Result<String, String> {
    let state = members.text(name).filter(|state| STATES.contains(&state.as_str()));
    state.ok_or_else(|| format!("{name} must be one of {}", STATES.join(", ")))
}

impl Kept {
    /// Reads a new association, or says what it lacks.
    pub(super) fn read(body: &[u8], home: &str, person: &str, id: &str, now: Timestamp) -> Result<Self, String> {
        let association = Members::parse(body)?;
        let role = association.text("role").ok_or("role is missing")?;
        state(&association, "state")?;
        let remote_state = state(&association, "remoteState")?;
        let offering = association.object("offering").ok_or("offering must be an object")?;
        let kind = match offering.text("offeringType").as_deref() {
            Some("program") => "programOfferingAssociation",
            Some("component") => "componentOfferingAssociation",
            _ => "courseOfferingAssociation",
        };
        Ok(Self {
            home: home.to_owned(),
            id: id.to_owned(),
            person: person.to_owned(),
            offering_id: offering.text("offeringId").ok_or("offering.offeringId is missing")?,
            kind,
            role,
            request_id: request_id(&association),
            created: now,
            remote_states: vec![EnrollmentRemoteState { at: now.to_string(), remote_state }],
            results: Vec::new(),
            body: association.to_string(),
        })
    }

    /// Takes a state or a result that the host institution tells.
    pub(super) fn change(&mut self, body: &[u8], now: Timestamp) -> Result<(), String> {
        let change = Members::parse(body)?;
        let remote_state = change.raw("remoteState").map(|_| state(&change, "remoteState")).transpose()?;
        let result = change.raw("result").map(|_| change.object("result").ok_or("result must be an object"));
        let result = result.transpose()?;
        if remote_state.is_none() && result.is_none() {
            return Err("remoteState or result must be given".to_owned());
        }
        let at = now.to_string();
        self.remote_states
            .extend(remote_state.map(|remote_state| EnrollmentRemoteState { at: at.clone(), remote_state }));
        self.results.extend(result.map(|result| EnrollmentRemoteResult { at, result: result.to_string() }));
        Ok(())
    }

    /// The association as the home institution shows it, under a script.
    pub(super) fn shown(&self, script: &HomeScript, now: Timestamp, with_id: bool) -> String {
        let mut shown = Members::default();
        if with_id {
            shown = shown.with("associationId", &self.id);
        }
        shown = shown
            .with("associationType", self.kind)
            .with("role", &self.role)
            .with("state", script.state_at(self.created, now))
            .with("offering", &self.offering_id)
            .with("message", script.message.as_deref().unwrap_or_default());
        if let Some(redirect) = &script.redirect {
            shown = shown.with("redirect", redirect);
        }
        if let Some(Ok(result)) = self.results.last().map(|told| RawValue::from_string(told.result.clone())) {
            shown.set("result", result);
        }
        shown.to_string()
    }
}

/// What home institutions keep.
#[derive(Debug, Default)]
pub(super) struct Associations {
    kept: Vec<Kept>,
    results: Vec<EnrollmentResult>,
    /// How often a student's request was posted.
    posts: HashMap<(String, String), u32>,
}

impl Associations {
    /// Counts a request for a new association.
    pub(super) fn count(&mut self, person: &str, request_id: Option<String>) {
        if let Some(id) = request_id {
            *self.posts.entry((person.to_owned(), id)).or_default() += 1;
        }
    }

    pub(super) fn keep(&mut self, kept: Kept) {
        self.kept.push(kept);
    }

    /// A student's association at a home institution.
    pub(super) fn find(&self, home: &str, person: &str, id: &str) -> Option<&Kept> {
        self.kept.iter().find(|known| known.id == id && known.home == home && known.person == person)
    }

    /// The same, to be changed.
    pub(super) fn find_mut(&mut self, home: &str, person: &str, id: &str) -> Option<&mut Kept> {
        self.kept.iter_mut().find(|known| known.id == id && known.home == home && known.person == person)
    }

    /// Keeps a result that is told in the older way, and gives the answer to it.
    pub(super) fn take_result(
        &mut self,
        body: &[u8],
        home: &str,
        person: &str,
        now: Timestamp,
    ) -> Result<String, String> {
        let association = Members::parse(body)?;
        association.object("result").ok_or("result must be an object")?;
        let answer = json!({ "role": association.text("role"), "state": association.text("state") }).to_string();
        self.results.push(EnrollmentResult {
            home: home.to_owned(),
            person_id: person.to_owned(),
            at: now.to_string(),
            body: association.to_string(),
        });
        Ok(answer)
    }

    /// All results that were told in the older way, the oldest first.
    pub(super) fn results(&self) -> &[EnrollmentResult] {
        &self.results
    }

    /// All associations, the oldest first, with the states that `scripts` give them.
    pub(super) fn views(&self, scripts: &Scripts, now: Timestamp) -> Vec<EnrollmentAssociation> {
        let posts = |kept: &Kept| {
            let key = (kept.person.clone(), kept.request_id.clone()?);
            self.posts.get(&key).copied()
        };
        let view = |kept: &Kept| EnrollmentAssociation {
            home: kept.home.clone(),
            association_id: kept.id.clone(),
            person_id: kept.person.clone(),
            offering_id: kept.offering_id.clone(),
            request_id: kept.request_id.clone(),
            posts: posts(kept).unwrap_or(1),
            state: scripts.of(&kept.person, Some(&kept.offering_id)).state_at(kept.created, now).to_owned(),
            created_at: kept.created.to_string(),
            remote_states: kept.remote_states.clone(),
            results: kept.results.clone(),
            body: kept.body.clone(),
        };
        self.kept.iter().map(view).collect()
    }
}
