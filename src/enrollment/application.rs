//! An application as a receiver brings it: reading it, and the checks that decide about a new one (sections 3, 6 and 7.1
//! of the enrolment specification).

use jiff::Timestamp;
use serde_json::value::to_raw_value;
use uuid::Uuid;

use super::config::MissingActive;
use super::courier::TAKEN;
use super::language::{Language, Message, Text};
use super::members::Members;
use super::model::{Decided, Decision};
use super::offering::{Offering, Opening, Places};
use super::person::Person;
use super::record::{self, Body, Dispatch, Record, after, push};
use super::room::Room;
use super::start::answered;
use super::state::State;
use super::wire;
use crate::error::{Error, Result};
use crate::store::{Applicant, Enrollment, NewEnrollment, Standing};

/// The largest body that is read.
pub const LARGEST: usize = 1 << 20;

/// What the host's own system knows at the time of a start.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Whether the student was let through the waiting room.
    pub admitted: Option<bool>,
    /// That the same person is enrolled under another id.
    pub already_enrolled: bool,
    /// How many are enrolled.
    pub enrolled: Option<u64>,
    /// How many can be.
    pub most: Option<u64>,
    /// What is decided.
    pub decided: Option<Decided>,
}

/// What a receiver sends, read.
pub(super) struct Application {
    pub(super) offering: Offering,
    pub(super) person: Person,
    pub(super) others: Members,
    pub(super) warnings: Vec<String>,
    pub(super) language: Language,
    pub(super) digest: String,
    pub(super) facts: Facts,
    /// How many places there are, by the host's own books or else by the offering.
    pub(super) places: Places,
    pub(super) profile: String,
}

impl Application {
    pub(super) fn applicant(&self, room: &Room) -> Applicant {
        let records = &room.records;
        let known_by = |identity: &String| records.vault().pseudonym("enrollment identity", identity);
        Applicant {
            tag: records.tag(&self.person.id, &self.offering.id),
            person_tag: records.person_tag(&self.person.id),
            offering_tag: records.offering_tag(&self.offering.id),
            identities: self.person.identities().iter().map(known_by).collect(),
            enrolled: self.places.most.map(|_| self.places.enrolled),
        }
    }

    fn body(&self, keep_national_id: bool) -> Result<Body> {
        let raw = |members: &Members| to_raw_value(members).map_err(|_| Error::internal("an object has no JSON form"));
        let person =
            if keep_national_id { self.person.members().clone() } else { self.person.without_national_numbers()? };
        Ok(Body { offering: raw(self.offering.members())?, person: raw(&person)?, others: raw(&self.others)? })
    }
}

/// What is decided about an application by the checks of section 7.1.
enum Verdict {
    /// It is accepted with this state, decided by the host program if it says so.
    Accepted(State, Option<Decision>),
    /// It is refused.
    Refused(Message),
}

impl Room {
    /// Reads a request; fails with the offering's id, as far as it could be read.
    pub(super) fn read(
        &self,
        raw: &[u8],
        language: Language,
        facts: Facts,
        profile: String,
    ) -> Result<Application, String> {
        let text = std::str::from_utf8(raw).ok().filter(|text| text.len() <= LARGEST);
        let mut whole = text.and_then(Members::read).ok_or_else(String::new)?;
        let (offering, person) = (whole.object("offering"), whole.object("person"));
        let mut warnings = Vec::new();
        let offering = offering.and_then(|members| Offering::read(members, &mut warnings)).ok_or_else(String::new)?;
        let person = person.and_then(|members| Person::read(members, &mut warnings));
        let person = person.ok_or_else(|| offering.id.clone())?;
        whole.remove("offering");
        whole.remove("person");
        let mut places = offering.places(self.config.alliance.as_deref(), &mut warnings);
        places.enrolled = facts.enrolled.unwrap_or(places.enrolled);
        places.most = facts.most.or(places.most);
        let digest = self.records.vault().pseudonym("enrollment start", text.unwrap_or_default());
        Ok(Application { offering, person, others: whole, warnings, language, digest, facts, places, profile })
    }

    /// Decides about a new application. Runs inside the store's transaction.
    pub(super) fn new_enrollment(
        &self,
        application: &Application,
        applicant: &Applicant,
        standing: &Standing,
    ) -> Result<NewEnrollment> {
        let now = self.records.now();
        let Application { offering, person, .. } = application;
        let mut warnings = application.warnings.clone();
        let verdict = self.verdict(application, standing, now, &mut warnings);
        let id = Uuid::now_v7().to_string();
        let mut events = Vec::new();
        let mut redirect = None;
        if let Some(decided) = &application.facts.decided
            && let Some(given) = &decided.redirect
        {
            redirect = wire::secure(given);
            if redirect.is_none() {
                warnings.push("redirect-not-secure".into());
            }
        }
        let (host, decision, refusal) = match &verdict {
            Verdict::Accepted(state, decision) => (*state, *decision, None),
            Verdict::Refused(message) => (State::Denied, None, Some(*message)),
        };
        match refusal {
            None => push(&mut events, now, "accepted", Some(host.word())),
            Some(message) => push(&mut events, now, "refused", Some(message.word())),
        }
        for warning in &warnings {
            push(&mut events, now, "warning", Some(warning));
        }
        let taken = application.places.enrolled + standing.untold;
        let has_seat = matches!(host, State::Pending | State::Associated);
        let mut record = Record {
            person_id: person.id.clone(),
            offering_id: offering.id.clone(),
            request_id: Uuid::new_v4().to_string(),
            language: application.language,
            offering_name: Text { en: offering.name(Language::En), nl: offering.name(Language::Nl) },
            kind: offering.kind,
            result_value_type: offering.result_value_type(),
            ends: offering.end_date(&self.zone),
            home_domain: person.home(),
            association_id: None,
            uncertain: false,
            home_message: None,
            host_says: application.facts.decided.as_ref().and_then(Decided::says),
            refusal,
            redirect,
            warnings,
            flags: Vec::new(),
            events,
            last_result: None,
            answered: None,
        };
        if let Some(message) = refusal {
            let reply = self.told(message, application.language, &record, &id);
            record.answered = Some(answered(&reply, &application.digest, now));
        }
        let is_live = refusal.is_none();
        let row = Enrollment {
            id: id.clone(),
            profile: application.profile.clone(),
            tag: applicant.tag.clone(),
            person_tag: applicant.person_tag.clone(),
            offering_tag: applicant.offering_tag.clone(),
            is_live,
            seat: (is_live && has_seat).then_some(taken + 1),
            host: host.word().to_owned(),
            home: None,
            combined: super::state::combined(host, None).word().to_owned(),
            decision: match refusal {
                Some(_) => Some("ended".to_owned()),
                None => decision.map(|decision| decision.word().to_owned()),
            },
            delivery: if is_live { "waiting" } else { "none" }.to_owned(),
            association_tag: None,
            handed_until: None,
            poll_at: None,
            created_at: now,
            updated_at: now,
            final_at: refusal.map(|_| now),
            sealed: Vec::new(),
        };
        let mut outbox = Vec::new();
        if is_live {
            outbox.push(self.records.sealed_entry(&record::entry(
                Dispatch::Create { remote_state: host },
                now,
                now,
            ))?);
        }
        Ok(NewEnrollment {
            body: self.records.sealed_body(&id, &application.body(self.config.keep_national_id)?)?,
            row: self.records.sealed_row(row, &record)?,
            outbox,
            sending_until: is_live.then(|| after(now, TAKEN)),
        })
    }

    /// The checks after those for an enrolment that is there already.
    fn verdict(
        &self,
        application: &Application,
        standing: &Standing,
        now: Timestamp,
        warnings: &mut Vec<String>,
    ) -> Verdict {
        let Application { offering, person, facts, .. } = application;
        let alliance = self.config.alliance.as_deref();
        if standing.known_otherwise || facts.already_enrolled {
            return Verdict::Refused(Message::AlreadyEnrolled);
        }
        let inactive = match person.active {
            Some(active) => !active,
            None => self.config.missing_active == MissingActive::Deny,
        };
        if inactive {
            return Verdict::Refused(Message::NotActive);
        }
        match offering.window(&self.zone, alliance, warnings).at(self.zone.to_datetime(now)) {
            Opening::NotYet => return Verdict::Refused(Message::NotYetOpen),
            Opening::Over => return Verdict::Refused(Message::Closed),
            Opening::Open => {}
        }
        let places = application.places;
        // Those of our own that are not yet among the ones that the offering tells of count too.
        let is_full = places.most.is_some_and(|most| places.enrolled + standing.untold >= most);
        if is_full && !places.waiting_list {
            return Verdict::Refused(Message::Full);
        }
        let undecided = if is_full { State::Queued } else { State::Pending };
        match &facts.decided {
            None => Verdict::Accepted(undecided, None),
            Some(decided) if decided.decision.state() == State::Denied => Verdict::Refused(decided.about()),
            // There is no place to be had.
            Some(Decided { decision: Decision::Associate, .. }) if is_full => {
                Verdict::Accepted(State::Queued, Some(Decision::Queue))
            }
            Some(Decided { decision, .. }) => Verdict::Accepted(decision.state(), Some(*decision)),
        }
    }
}
