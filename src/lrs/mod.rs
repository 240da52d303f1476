//! The Learning Records Service (LRS): matching a learner to a ULN, fetching the personal learning record, and the
//! register of who was matched.
//!
//! In `direct` mode the service itself is called and the register is in this store; in `gateway` mode a gateway does
//! both. [`Lrs::service`] and [`Lrs::register`] are for those who offer a gateway's interface to others.

pub mod config;
mod gateway;
pub mod matching;
pub mod model;
pub mod query;
pub mod records;
pub mod register;
pub mod rules;
mod service;
pub mod soap;
mod transfer;
mod wire;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::Clock;
use crate::error::{Error, Result, Upstream};
use crate::http::{Tokens, Transport};
use crate::invocation::Invocation;
use crate::privacy::Sensitive;
use crate::profiles::Profiles;
use crate::store::Store;
use crate::vault::Vault;
use config::{Behaviour, Config, Mode};
use gateway::{Gateway, Matched, PersonEvents};
use matching::Mismatches;
use model::{
    ConfirmMatch, ConfirmMatchDone, ConfirmNoMatch, ConfirmNoMatchDone, FetchPlr, FetchPlrDone, GetMatch, GetMatchDone,
    Learners, MatchLearner, MatchLearnerDone, MatchType, RemoveMatch, RemoveMatchDone, SubjectAccessReport,
    SubjectAccessReportDone,
};
use query::{ByDemographics, ByUln, EventsQuery};
use records::Records;
use register::{Change, Confirmation, Register, State};
pub(crate) use service::check_certificate;
pub use service::{Caller, Service, Trouble};
use soap::{Events, Found};
pub use wire::response_type;

/// Answers the LRS operations.
pub struct Lrs {
    config: Config,
    vault: Arc<Vault>,
    clock: Clock,
    service: Service,
    gateway: Gateway,
    register: Register,
}

impl Lrs {
    /// The room of a plugin.
    #[must_use]
    pub fn new(
        config: &Config,
        store: &Store,
        vault: Arc<Vault>,
        profiles: Profiles,
        tokens: Tokens,
        transport: Transport,
        clock: Clock,
    ) -> Self {
        Self {
            config: config.clone(),
            gateway: Gateway::new(config, profiles.clone(), tokens, transport.retry()),
            service: Service::new(config, profiles, transport, clock.clone()),
            register: Register::new(Arc::clone(&store.lrs_register), Arc::clone(&vault), clock.clone()),
            vault,
            clock,
        }
    }

    /// The service itself.
    #[must_use]
    pub const fn service(&self) -> &Service {
        &self.service
    }

    /// The pseudonym under which the audit trail knows a person.
    #[must_use]
    pub fn pseudonym_of_person(&self, person: &str) -> String {
        self.vault.pseudonym("person", person)
    }

    /// The register in this store.
    #[must_use]
    pub const fn register(&self) -> &Register {
        &self.register
    }

    /// Searches for a learner.
    ///
    /// # Errors
    /// Input, configuration, credential and remote errors; `PROTOCOL` when the answer contradicts itself.
    pub async fn match_learner(&self, invocation: &Invocation, request: MatchLearner) -> Result<MatchLearnerDone> {
        let caller = caller(invocation)?;
        if let Some(uln) = request.uln.clone() {
            return self.match_by_uln(invocation, caller, &uln, &request).await;
        }
        let query = self.demographics(request)?;
        let found = match self.config.mode {
            Mode::Direct => self.service.by_demographics(caller, &query).await?,
            Mode::Gateway => self.gateway.find(caller, &query).await?,
        };
        let mut done = self.matched(invocation, caller, wire::BY_DEMOGRAPHICS, found)?;
        if done.outcome == "possibleMatch" {
            let mut mismatches = Mismatches::of(&query, &done.learners.0, self.config.profile);
            for gender in mismatches.fields.get_mut("gender").into_iter().flatten() {
                *gender = records::gender_word(Some(gender)).to_owned().into();
            }
            done.mismatched_fields = Some(mismatches.fields);
            done.mismatches_by_learner = Some(mismatches.by_learner);
        }
        Ok(done)
    }

    /// Checks a search, as far as that can be done without asking anybody.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn check_match(&self, invocation: &Invocation, request: MatchLearner) -> Result<()> {
        caller(invocation)?;
        match &request.uln {
            Some(uln) => self.by_uln(uln, &request).map(drop),
            None => self.demographics(request).map(drop),
        }
    }

    fn by_uln(&self, uln: &str, request: &MatchLearner) -> Result<ByUln> {
        if self.config.mode == Mode::Gateway {
            return Err(Error::input("uln", "cannot be searched for through a gateway"));
        }
        Ok(ByUln {
            uln: self.uln("uln", uln)?,
            given_name: self.name("givenName", &request.given_name)?,
            family_name: self.name("familyName", &request.family_name)?,
        })
    }

    async fn match_by_uln(
        &self,
        invocation: &Invocation,
        caller: Caller<'_>,
        uln: &str,
        request: &MatchLearner,
    ) -> Result<MatchLearnerDone> {
        let query = self.by_uln(uln, request)?;
        invocation.is_about(self.vault.pseudonym("uln", &query.uln));
        let found = self.service.by_uln(caller, &query).await?;
        let done = self.matched(invocation, caller, wire::BY_ULN, found)?;
        let other = done.learners.0.iter().next().is_some_and(|learner| learner.uln != Some(query.uln.as_str()));
        if done.outcome == "exactMatch" && other { Err(another_learner(wire::BY_ULN)) } else { Ok(done) }
    }

    /// Judges what was found.
    fn matched(
        &self,
        invocation: &Invocation,
        caller: Caller<'_>,
        endpoint: &'static str,
        found: Found,
    ) -> Result<MatchLearnerDone> {
        let upstream = Upstream::unanswered(endpoint);
        let Some(outcome) = wire::match_outcome(&found.response_code) else {
            return Err(wire::code_error(caller.profile, &found.response_code, upstream));
        };
        let fits = match outcome {
            "exactMatch" | "linkedLearnerMatch" => found.learners.len() == 1,
            "possibleMatch" => !found.learners.is_empty(),
            _ => found.learners.is_empty(),
        };
        if !fits {
            let problem = "the number of learners does not fit its response code".to_owned();
            return Err(Error::Protocol { problem, upstream });
        }
        if found.learners.len() == 1
            && let Some(uln) = found.learners.iter().next().and_then(|learner| learner.uln)
        {
            invocation.is_about(self.vault.pseudonym("uln", uln));
        }
        let learners = Learners(found.learners);
        Ok(MatchLearnerDone { outcome, learners, mismatched_fields: None, mismatches_by_learner: None })
    }

    /// Checks a request for a record, as far as that can be done without asking anybody.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn check_plr(&self, invocation: &Invocation, request: &FetchPlr) -> Result<()> {
        caller(invocation)?;
        match &request.person_id {
            Some(person) => person_alone(request).and_then(|()| self.person(invocation, person).map(drop)),
            None => self.events_query(request).map(drop),
        }
    }

    /// Fetches a personal learning record.
    ///
    /// # Errors
    /// Input, configuration, credential, store and remote errors; `PROTOCOL` when the answer is about somebody else.
    pub async fn fetch_plr(&self, invocation: &Invocation, request: FetchPlr) -> Result<FetchPlrDone> {
        let caller = caller(invocation)?;
        let Some(person) = &request.person_id else {
            let query = self.events_query(&request)?;
            invocation.is_about(self.vault.pseudonym("uln", &query.uln));
            let events = match self.config.mode {
                Mode::Direct => self.service.events(caller, &query).await?,
                Mode::Gateway => self.gateway.events(caller, &query).await?,
            };
            return record(caller, Some(&query.uln), events);
        };
        person_alone(&request)?;
        let person = self.person(invocation, person)?;
        match self.config.mode {
            Mode::Direct => match self.register.state(&person).await? {
                State::NotFound => Ok(without_record("notMatched")),
                State::NoMatch(_) => Ok(without_record("noUln")),
                State::Found(row) => {
                    let query = EventsQuery {
                        uln: row.matched_uln,
                        given_name: row.given_name,
                        family_name: row.family_name,
                        date_of_birth: None,
                        gender: None,
                    };
                    let events = self.service.events(caller, &query).await?;
                    record(caller, Some(&query.uln), events)
                }
            },
            Mode::Gateway => match self.gateway.events_of_person(caller, &person).await? {
                PersonEvents::NotMatched => Ok(without_record("notMatched")),
                PersonEvents::NoUln => Ok(without_record("noUln")),
                PersonEvents::Found(events) => record(caller, None, events),
            },
        }
    }

    /// Says what is confirmed of a person.
    ///
    /// # Errors
    /// Input, store and remote errors.
    pub async fn get_match(&self, invocation: &Invocation, request: GetMatch) -> Result<GetMatchDone> {
        let person = self.person(invocation, &request.person_id)?;
        if self.config.mode == Mode::Gateway {
            return Ok(match self.gateway.state(caller(invocation)?, &person).await? {
                Matched::NotFound => GetMatchDone { outcome: "notMatched", ..GetMatchDone::default() },
                Matched::NoMatch => GetMatchDone { outcome: "noUln", ..GetMatchDone::default() },
                Matched::Found { uln, given_name, family_name } => GetMatchDone {
                    outcome: "matched",
                    uln: Some(uln),
                    given_name: Some(given_name),
                    family_name: Some(family_name),
                    ..GetMatchDone::default()
                },
            });
        }
        Ok(match self.register.state(&person).await? {
            State::NotFound => GetMatchDone { outcome: "notMatched", ..GetMatchDone::default() },
            State::NoMatch(row) => GetMatchDone {
                outcome: "noUln",
                confirmed_by: row.by,
                confirmed_at: Some(row.created_at),
                ..GetMatchDone::default()
            },
            State::Found(row) => GetMatchDone {
                outcome: "matched",
                uln: Some(row.matched_uln),
                given_name: Some(row.given_name),
                family_name: Some(row.family_name),
                confirmed_by: row.by,
                confirmed_at: Some(row.created_at),
            },
        })
    }

    /// Checks what is to be confirmed, as far as that can be done without asking anybody.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn check_confirmation(&self, invocation: &Invocation, request: &ConfirmMatch) -> Result<()> {
        self.person(invocation, &request.person_id)?;
        self.confirmation(request).map(drop)
    }

    /// Confirms a match.
    ///
    /// # Errors
    /// Input, store and remote errors.
    pub async fn confirm_match(&self, invocation: &Invocation, request: ConfirmMatch) -> Result<ConfirmMatchDone> {
        let person = self.person(invocation, &request.person_id)?;
        let confirmation = self.confirmation(&request)?;
        let outcome = match self.config.mode {
            Mode::Direct => {
                let by = user(invocation)?;
                match self.register.confirm(by, &person, &confirmation, self.config.profile).await? {
                    Change::Appended => "confirmed",
                    Change::Unchanged => "unchanged",
                    Change::Taken => "ulnTaken",
                }
            }
            Mode::Gateway => match self.gateway.confirm(caller(invocation)?, &person, &confirmation).await? {
                true => "confirmed",
                false => "ulnTaken",
            },
        };
        Ok(ConfirmMatchDone { outcome })
    }

    /// Confirms that there is no match.
    ///
    /// # Errors
    /// Input, store and remote errors.
    pub async fn confirm_no_match(
        &self,
        invocation: &Invocation,
        request: ConfirmNoMatch,
    ) -> Result<ConfirmNoMatchDone> {
        let person = self.person(invocation, &request.person_id)?;
        let match_type = request.match_type.unwrap_or(MatchType::NoMatch).words();
        let count = request.count_of_returned_ulns.unwrap_or(0).to_string();
        let outcome = match self.config.mode {
            Mode::Direct => match self.register.confirm_none(user(invocation)?, &person, match_type, &count).await? {
                Change::Unchanged => "unchanged",
                Change::Appended | Change::Taken => "confirmed",
            },
            Mode::Gateway => {
                self.gateway.confirm_none(caller(invocation)?, &person, match_type, &count).await?;
                "confirmed"
            }
        };
        Ok(ConfirmNoMatchDone { outcome })
    }

    /// Takes back what was confirmed.
    ///
    /// # Errors
    /// Input, store and remote errors.
    pub async fn remove_match(&self, invocation: &Invocation, request: RemoveMatch) -> Result<RemoveMatchDone> {
        let person = self.person(invocation, &request.person_id)?;
        let outcome = match self.config.mode {
            Mode::Direct => match self.register.remove(user(invocation)?, &person).await? {
                Change::Unchanged => "unchanged",
                Change::Appended | Change::Taken => "removed",
            },
            Mode::Gateway => {
                self.gateway.remove(caller(invocation)?, &person).await?;
                "removed"
            }
        };
        Ok(RemoveMatchDone { outcome })
    }

    /// Gives all that the register holds of a person.
    ///
    /// # Errors
    /// Input, store and remote errors.
    pub async fn subject_access_report(
        &self,
        invocation: &Invocation,
        request: SubjectAccessReport,
    ) -> Result<SubjectAccessReportDone> {
        let person = self.person(invocation, &request.person_id)?;
        let day = |field, text: Option<Sensitive<String>>| -> Result<Option<Date>> {
            let Some(text) = text else { return Ok(None) };
            let date = rules::date(Behaviour::Compat, text.trim(), self.today());
            date.map(Some).map_err(|problem| Error::input(field, problem))
        };
        let (from, to) = (day("fromDate", request.from_date)?, day("toDate", request.to_date)?);
        let rows = match self.config.mode {
            Mode::Direct => self.register.rows(&person, from, to).await?,
            Mode::Gateway => self.gateway.report(caller(invocation)?, &person, from, to).await?,
        };
        let outcome = if rows.is_empty() { "none" } else { "found" };
        Ok(SubjectAccessReportDone { outcome, rows: rows.into_iter().map(Into::into).collect() })
    }

    fn today(&self) -> Date {
        self.clock.wall().to_zoned(TimeZone::UTC).date()
    }

    /// Checks a person's id and notes for the audit whom the call is about.
    fn person(&self, invocation: &Invocation, person: &str) -> Result<Sensitive<String>> {
        let person = person.trim();
        rules::person_id(person).map_err(|problem| Error::input("personId", problem))?;
        invocation.is_about(self.pseudonym_of_person(person));
        user(invocation)?;
        Ok(person.to_owned().into())
    }

    /// Checks a value by its rule, without the white space around it where that is not significant.
    fn checked(
        &self,
        field: &'static str,
        text: &str,
        rule: impl FnOnce(&str) -> Result<(), rules::Problem>,
    ) -> Result<Sensitive<String>> {
        let text = match self.config.profile {
            Behaviour::Strict => text.trim(),
            Behaviour::Compat => text,
        };
        rule(text).map_err(|problem| Error::input(field, problem))?;
        Ok(text.to_owned().into())
    }

    fn name(&self, field: &'static str, text: &str) -> Result<Sensitive<String>> {
        self.checked(field, text, |text| rules::name(self.config.profile, text))
    }

    fn uln(&self, field: &'static str, text: &str) -> Result<Sensitive<String>> {
        self.checked(field, text, |text| rules::uln(self.config.profile, text))
    }

    fn date(&self, field: &'static str, text: &str) -> Result<Sensitive<String>> {
        self.checked(field, text, |text| rules::date(self.config.profile, text, self.today()).map(drop))
    }

    /// An optional value; in `strict` a blank one is as good as none.
    fn optional(
        &self,
        field: &'static str,
        text: Option<Sensitive<String>>,
        rule: impl FnOnce(&str) -> Result<(), rules::Problem>,
    ) -> Result<Option<Sensitive<String>>> {
        match text {
            Some(text) if self.config.profile == Behaviour::Compat || !text.trim().is_empty() => {
                self.checked(field, &text, rule).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn demographics(&self, request: MatchLearner) -> Result<ByDemographics> {
        let behaviour = self.config.profile;
        let required = |field: &'static str, text: Option<Sensitive<String>>| {
            text.ok_or_else(|| Error::input(field, "is required to search without a ULN"))
        };
        let post_code = required("lastKnownPostCode", request.last_known_post_code)?;
        let post_code = match behaviour {
            Behaviour::Strict => post_code.trim().to_uppercase(),
            Behaviour::Compat => post_code.0,
        };
        Ok(ByDemographics {
            given_name: self.name("givenName", &request.given_name)?,
            family_name: self.name("familyName", &request.family_name)?,
            date_of_birth: self.date("dateOfBirth", &required("dateOfBirth", request.date_of_birth)?)?,
            gender: request.gender.ok_or_else(|| Error::input("gender", "is required to search without a ULN"))?,
            last_known_post_code: self
                .checked("lastKnownPostCode", &post_code, |text| rules::post_code(behaviour, text))?,
            previous_family_name: self
                .optional("previousFamilyName", request.previous_family_name, |text| rules::name(behaviour, text))?,
            school_at_age16: self
                .optional("schoolAtAge16", request.school_at_age16, |text| rules::at_most(254, text))?,
            place_of_birth: self.optional("placeOfBirth", request.place_of_birth, |text| rules::at_most(35, text))?,
            email_address: self.optional("emailAddress", request.email_address, rules::email)?,
        })
    }

    fn confirmation(&self, request: &ConfirmMatch) -> Result<Confirmation> {
        Ok(Confirmation {
            uln: self.uln("uln", &request.uln)?,
            given_name: self.name("givenName", &request.given_name)?,
            family_name: self.name("familyName", &request.family_name)?,
            match_type: request.match_type.words().to_owned(),
            count_of_returned_ulns: request.count_of_returned_ulns.unwrap_or(1).to_string(),
        })
    }

    fn events_query(&self, request: &FetchPlr) -> Result<EventsQuery> {
        let required = |field: &'static str, text: &Option<Sensitive<String>>| {
            text.clone().ok_or_else(|| Error::input(field, "is required without `personId`"))
        };
        let birth = request.date_of_birth.as_ref();
        Ok(EventsQuery {
            uln: self.uln("uln", &required("uln", &request.uln)?)?,
            given_name: self.name("givenName", &required("givenName", &request.given_name)?)?,
            family_name: self.name("familyName", &required("familyName", &request.family_name)?)?,
            date_of_birth: birth.map(|birth| self.date("dateOfBirth", birth)).transpose()?,
            gender: request.gender,
        })
    }
}

/// Judges a record.
fn record(caller: Caller<'_>, asked: Option<&str>, answer: Events) -> Result<FetchPlrDone> {
    let Some(outcome) = wire::record_outcome(&answer.response_code) else {
        return Err(wire::code_error(caller.profile, &answer.response_code, Upstream::unanswered(wire::EVENTS)));
    };
    let (found, incoming) = (answer.found_uln.trim(), answer.incoming_uln.trim());
    let asked = asked.unwrap_or(incoming);
    let differs = |uln: &str| !uln.is_empty() && uln != asked;
    // A record that belongs to somebody else must not be shown as this learner's.
    if differs(incoming) || (outcome == "found" && differs(found)) {
        return Err(another_learner(wire::EVENTS));
    }
    let given = |uln: Sensitive<String>| (!uln.is_empty()).then_some(uln);
    if matches!(outcome, "found" | "linked") {
        return Ok(FetchPlrDone {
            outcome,
            found_uln: given(answer.found_uln),
            incoming_uln: given(answer.incoming_uln),
            learning_events: answer.events,
        });
    }
    Ok(FetchPlrDone { incoming_uln: given(answer.incoming_uln), ..without_record(outcome) })
}

fn without_record(outcome: &'static str) -> FetchPlrDone {
    FetchPlrDone { outcome, found_uln: None, incoming_uln: None, learning_events: Records::within(0) }
}

fn another_learner(endpoint: &'static str) -> Error {
    let problem = "it is about another learner than was asked for".to_owned();
    Error::Protocol { problem, upstream: Upstream::unanswered(endpoint) }
}

/// The person who asks, whose name services and register want.
fn user(invocation: &Invocation) -> Result<&str> {
    let user = invocation.context.user.as_deref().map(str::trim).filter(|user| !user.is_empty());
    user.ok_or_else(|| Error::input("user", "is required: who is asking?"))
}

fn person_alone(request: &FetchPlr) -> Result<()> {
    if request.uln.is_some() || request.given_name.is_some() || request.family_name.is_some() {
        return Err(Error::input("personId", "cannot be given together with `uln` and names"));
    }
    Ok(())
}

fn caller(invocation: &Invocation) -> Result<Caller<'_>> {
    Ok(Caller { user: user(invocation)?, profile: invocation.required_profile()?, within: invocation.remaining() })
}

/// What the room makes of answers, without a network and a store, for benchmarks and fuzzing.
#[doc(hidden)]
pub mod inside {
    use super::{records, soap};

    /// Reads the answer to a request for learning events.
    ///
    /// # Errors
    /// What is wrong with it, or that it is a fault.
    pub fn events(body: &[u8]) -> Result<soap::Events, &'static str> {
        match soap::events(body, 200)? {
            soap::Reply::Answer(events) => Ok(events),
            soap::Reply::Fault(_) => Err("it is a fault"),
        }
    }

    /// Reads an answer as each of the service's and gateway's answers would be.
    pub fn read_everyhow(body: &[u8]) {
        for status in [200, 500] {
            // Whether it is refused does not matter here.
            let _ = (soap::found(body, status).is_ok(), soap::events(body, status).is_ok());
        }
        if let (Ok(soap::Reply::Answer(found)), Ok(text)) = (soap::found(body, 200), std::str::from_utf8(body)) {
            for learner in found.learners.iter() {
                assert!(learner.uln.is_none_or(|uln| uln.len() <= text.len()));
                let _ = records::gender_word(learner.gender);
            }
        }
        super::gateway::read_everyhow(body);
    }
}
