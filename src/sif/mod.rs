//! SIF Student Record Exchange: a student's record, as far as the asking service may see it.
//!
//! In `ears` mode a retrieval service is asked; in `broker` mode its work is done here, with the filter and the record
//! that the broker gives. Whatever goes wrong with a filter, nothing of the record leaves.

mod authorization;
pub mod config;
pub mod document;
pub mod filter;
mod json;
pub mod model;
pub mod rules;
mod timestamp;
mod wire;

use std::time::Duration;

use jiff::tz::TimeZone;
use secrecy::ExposeSecret;

use crate::clock::Clock;
use crate::error::{Error, Result, Upstream};
use crate::http::{Answer, Call, Transport};
use crate::invocation::Invocation;
use crate::privacy::Wiped;
use crate::profiles::Profiles;
use crate::store::Store;
use crate::vault::Vault;
pub use authorization::Refusal;
use authorization::{Memory, Ticks};
use config::{Accept, Config, Credential, Mode, RulesFrom};
use filter::{Filter, Reading, stylesheet};
use json::Summary;
use model::{
    AuthorizeSifRequest, AuthorizeSifRequestDone, FilterXsre, FilterXsreDone, Form, GetXsre, GetXsreDone,
    ImportSifRules, ImportSifRulesDone,
};
use rules::{Kept, Question, Rules};
use std::sync::Arc;
pub use wire::Asked;
use wire::{Record, Signature};

/// How long one call may take, from connecting to the last byte.
const LONGEST_CALL: Duration = Duration::from_secs(30);

/// Answers the SIF operations.
pub struct Sif {
    config: Config,
    vault: Arc<Vault>,
    profiles: Profiles,
    transport: Transport,
    clock: Clock,
    ticks: Ticks,
    memory: Memory,
    rules: Kept,
}

impl Sif {
    /// The room of a plugin.
    #[must_use]
    pub fn new(
        config: &Config,
        store: &Store,
        vault: Arc<Vault>,
        profiles: Profiles,
        transport: Transport,
        clock: Clock,
    ) -> Self {
        Self {
            config: config.clone(),
            rules: Kept::new(Arc::clone(&store.sif_rules), Arc::clone(&vault)),
            vault,
            profiles,
            transport,
            clock,
            ticks: Ticks::default(),
            memory: Memory::default(),
        }
    }

    /// Checks a request for a record, as far as that can be done without asking anybody.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn check_xsre(&self, invocation: &Invocation, request: &GetXsre) -> Result<()> {
        invocation.required_profile()?;
        self.place(request).map(drop)
    }

    /// Zone and context of the student.
    fn place<'a>(&'a self, request: &'a GetXsre) -> Result<(&'a String, &'a String)> {
        let zone = request.zone_id.as_ref().or(self.config.zone_id.as_ref());
        let zone = zone.ok_or_else(|| Error::input("zoneId", "is required: in which zone is the student?"))?;
        let context = request.context_id.as_ref().unwrap_or(&self.config.context_id);
        for (field, text) in
            [("studentId", request.student_id.as_str()), ("zoneId", zone.as_str()), ("contextId", context.as_str())]
        {
            wire::segment(text).map_err(|problem| Error::input(field, problem))?;
        }
        Ok((zone, context))
    }

    /// Asks for the record of a student.
    ///
    /// # Errors
    /// Input, configuration, credential and remote errors; `PROTOCOL` when a filter cannot be applied.
    pub async fn get_xsre(&self, invocation: &Invocation, request: GetXsre) -> Result<GetXsreDone> {
        let (zone, context) = self.place(&request)?;
        invocation.is_about(self.vault.pseudonym("sif student", &format!("{zone}\u{1F}{}", *request.student_id)));
        invocation.note("zoneId", zone.as_str());
        invocation.note("authorizedEntityId", request.authorized_entity_id);
        invocation.note("externalServiceId", request.external_service_id);
        let (profile, credential) = self.profiles.credential::<Credential>(invocation.required_profile()?).await?;
        invocation.acts_for(&profile);
        let asked = Asked {
            student_id: &request.student_id,
            authorized_entity_id: request.authorized_entity_id,
            external_service_id: request.external_service_id,
            personnel_id: request.personnel_id,
            object_type: wire::XSRE,
        };
        let caller = Caller { profile: &profile, credential: &credential, invocation };
        let record = match self.config.mode {
            Mode::Ears => self.retrieved(&caller, &asked, zone, context).await?,
            Mode::Broker => self.filtered(&caller, &asked, zone).await?.map(Record::Xml),
        };
        let Some(record) = record else {
            return Ok(GetXsreDone {
                outcome: "notFound",
                xml: None,
                json: None,
                summary: None,
                other_local_id: false,
            });
        };
        let forms = request.formats.as_deref().unwrap_or(&[Form::Xml, Form::Json, Form::Summary]);
        let (views, local_id) = match record {
            Record::Xml(text) => Views::of(text, forms)?,
            Record::Json(_) if forms == [Form::Xml] => {
                let problem = "it answers in JSON; ask for `json` or `summary` in `formats`";
                return Err(Error::Protocol { problem: problem.into(), upstream: Upstream::unanswered(wire::EARS) });
            }
            Record::Json(members) => Views::of_json(members.0, forms),
        };
        // A filter may well hide the id; then nothing can be compared.
        let other_local_id = local_id.is_some_and(|id| id != *request.student_id);
        let Views { xml, json, summary } = views;
        Ok(GetXsreDone { outcome: "found", xml, json, summary, other_local_id })
    }

    /// The record that somebody who was let in may see, from the broker and filtered here.
    ///
    /// # Errors
    /// As [`Sif::get_xsre`].
    pub async fn shown(&self, invocation: &Invocation, provider: &str, asked: &Asked<'_>, zone: &str) -> Result<Shown> {
        invocation.is_about(self.vault.pseudonym("sif student", &format!("{zone}\u{1F}{}", asked.student_id)));
        let (profile, credential) = self.profiles.credential::<Credential>(provider).await?;
        let caller = Caller { profile: &profile, credential: &credential, invocation };
        let record = self.filtered(&caller, asked, zone).await?;
        Ok(record.map_or(Shown::Nothing, Shown::Record))
    }

    /// The record from a retrieval service.
    async fn retrieved(
        &self,
        caller: &Caller<'_>,
        asked: &Asked<'_>,
        zone: &str,
        context: &str,
    ) -> Result<Option<Record>> {
        let path = wire::object(wire::EARS, asked.student_id);
        let url = wire::address("sif.url", self.config.url.as_ref(), &path, zone, context)?;
        let call = asked.on(self.signed(caller, wire::EARS, url, self.config.accept)?)?;
        let answer = self.send(caller, call).await?;
        wire::record(caller.profile, &answer)
    }

    /// The record from the broker, filtered here. The filter is asked for first: without one the record never comes.
    async fn filtered(&self, caller: &Caller<'_>, asked: &Asked<'_>, zone: &str) -> Result<Option<Wiped<String>>> {
        // What the caller says of the context is not passed on.
        let environment = self.config.environment_url.as_ref();
        let url = |path: &str| wire::address("sif.environmentUrl", environment, path, zone, "DEFAULT");
        let filter = match self.config.rules {
            RulesFrom::Broker => self.broker_filter(caller, asked, url(wire::FILTERS)?).await?,
            RulesFrom::Store => self.store_filter(asked, zone).await?,
        };
        let Some(filter) = filter else { return Ok(None) };
        let url = url(&wire::object(wire::RECORDS, asked.student_id))?;
        let call = self.signed(caller, wire::RECORDS, url, Accept::Xml)?;
        let answer = self.send(caller, call).await?;
        let Some(record) = wire::xml(caller.profile, &answer)? else { return Ok(None) };
        let record = document::read(record).map_err(|problem| answer.protocol(format!("its record {problem}")))?;
        let shown = filter.apply(&record);
        shown.map(Some).map_err(|_| answer.protocol("its record is of another kind than the filter is for"))
    }

    async fn broker_filter(&self, caller: &Caller<'_>, asked: &Asked<'_>, url: url::Url) -> Result<Option<Filter>> {
        let call = asked.on(self.signed(caller, wire::FILTERS, url, Accept::Xml)?)?;
        let answer = self.send(caller, call).await?;
        let Some(sheet) = wire::xml(caller.profile, &answer)? else { return Ok(None) };
        let sheet = document::read(sheet).map_err(|problem| answer.protocol(format!("its stylesheet {problem}")))?;
        stylesheet::read(&sheet).map(Some).map_err(|refused| {
            let (number, problem) = (refused.at + 1, refused.problem);
            answer.protocol(format!("its stylesheet cannot be used: part {number} {problem}"))
        })
    }

    async fn store_filter(&self, asked: &Asked<'_>, zone: &str) -> Result<Option<Filter>> {
        let question = Question {
            object_type: asked.object_type,
            zone,
            student_id: asked.student_id,
            authorized_entity_id: asked.authorized_entity_id,
            external_service_id: asked.external_service_id,
            personnel_id: asked.personnel_id,
            today: self.clock.wall().to_zoned(TimeZone::UTC).date(),
        };
        let rows = self.rules.applying(&question, self.config.profile).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        Filter::of(asked.object_type, &rows, self.config.statements.into())
            .map(Some)
            .map_err(|refused| Error::internal(format!("a rule that was accepted {}", refused.problem)))
    }

    /// Takes rules into the store.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the path of what is wrong, a store error.
    pub async fn import_sif_rules(
        &self,
        invocation: &Invocation,
        request: ImportSifRules,
    ) -> Result<ImportSifRulesDone> {
        let user = invocation.context.user.as_deref();
        if user.is_none_or(|user| user.trim().is_empty()) {
            return Err(Error::input("user", "is required: who asks for this?"));
        }
        let rules = match (request.rules, request.path) {
            (Some(rules), None) => rules,
            (None, Some(path)) => rules_of(path).await?,
            _ => return Err(Error::input("path", "is required, or else `rules`")),
        };
        let read_differently = rules.checked(self.config.statements.into())?;
        let done = ImportSifRulesDone {
            outcome: "imported",
            authorized_entities: rules.authorized_entities.len() as u64,
            district_services: rules.district_services.len() as u64,
            students: rules.students.len() as u64,
            read_differently,
        };
        self.rules.replace(rules, self.clock.wall()).await?;
        Ok(done)
    }

    fn signed(&self, caller: &Caller<'_>, endpoint: &'static str, url: url::Url, accept: Accept) -> Result<Call> {
        let Credential { session_token, shared_secret } = caller.credential;
        let time = self.ticks.next(session_token, self.clock.wall());
        let signature = Signature { method: self.config.method, token: session_token, secret: shared_secret, time };
        wire::call(endpoint, url, &self.config, accept, &signature)
    }

    async fn send(&self, caller: &Caller<'_>, call: Call) -> Result<Answer> {
        self.transport.send(call.deadline(caller.invocation.remaining().min(LONGEST_CALL))).await
    }

    /// Checks the headers with which a SIF request came.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn authorize_sif_request(
        &self,
        invocation: &Invocation,
        request: AuthorizeSifRequest,
    ) -> Result<AuthorizeSifRequestDone> {
        let authorization = request.authorization.as_ref().map(ExposeSecret::expose_secret);
        Ok(match self.authorized(authorization, request.timestamp.as_deref()).await? {
            Ok(profile) => {
                invocation.acts_for(&profile);
                AuthorizeSifRequestDone {
                    outcome: "authorized",
                    caller: Some(profile),
                    http_status: None,
                    description: None,
                }
            }
            Err(refusal) => AuthorizeSifRequestDone {
                outcome: "refused",
                caller: None,
                http_status: Some(refusal.status()),
                description: Some(refusal.description()),
            },
        })
    }

    /// The profile of whoever sent these headers, or why they are not let in.
    ///
    /// # Errors
    /// A store error, `SEAL_BROKEN`.
    pub async fn authorized(&self, authorization: Option<&str>, time: Option<&str>) -> Result<Result<String, Refusal>> {
        let behaviour = self.config.profile;
        let presented = match authorization::presented(behaviour, authorization, time) {
            Ok(presented) => presented,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let known = self.profiles.of_identity::<Credential>(&presented.token).await?;
        let known = known.filter(|(_, credential)| credential.session_token == presented.token);
        if !presented.is_good(behaviour, known.as_ref().map(|(_, credential)| &credential.shared_secret)) {
            return Ok(Err(Refusal::NotGood));
        }
        if behaviour == config::Behaviour::Strict {
            // Only after the check, so that strangers cannot fill the memory.
            let window = Duration::from_secs(self.config.window_seconds.into());
            if let Err(refusal) = self.memory.take(&presented, self.clock.wall(), window) {
                return Ok(Err(refusal));
            }
        }
        Ok(known.map(|(profile, _)| profile).ok_or(Refusal::NotGood))
    }

    /// Filters a record.
    ///
    /// # Errors
    /// `INVALID_INPUT` naming the statement or template that is not accepted, or what is wrong with the record.
    pub fn filter_xsre(&self, request: &FilterXsre) -> Result<FilterXsreDone> {
        let reading: Reading = request.statements.unwrap_or(self.config.statements).into();
        let root = request.object_type.as_deref().unwrap_or(wire::XSRE);
        let plain = root.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !plain || !root.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Err(Error::input("objectType", "must be the name of an element"));
        }
        let mut read_differently = Vec::new();
        let filter = match (&request.data_objects, &request.stylesheet) {
            (Some(objects), None) => {
                let rows: Vec<_> = objects
                    .iter()
                    .map(|object| filter::DataObject::of(&object.filter_type, &object.include_statement))
                    .collect();
                let statements: Vec<&str> =
                    rows.iter().filter(|row| row.includes).map(|row| row.statement.as_str()).collect();
                read_differently = filter::differing(root, &statements);
                Filter::of(root, &rows, reading).map_err(|refused| {
                    Error::input(format!("dataObjects[{}].includeStatement", refused.at), refused.problem)
                })?
            }
            (None, Some(text)) => {
                let wrong = |problem: document::Unread| Error::input("stylesheet", problem.to_string());
                let text = document::checked(text.as_bytes()).map_err(wrong)?;
                let sheet = document::read(text).map_err(wrong)?;
                stylesheet::read(&sheet).map_err(|refused| {
                    let (number, problem) = (refused.at + 1, refused.problem);
                    Error::input("stylesheet", format!("has a part that cannot be used: number {number} {problem}"))
                })?
            }
            _ => return Err(Error::input("dataObjects", "is required, or else `stylesheet`")),
        };
        let wrong = |problem: document::Unread| Error::input("xml", problem.to_string());
        let text = document::checked(request.xml.as_bytes()).map_err(wrong)?;
        let record = document::read(text).map_err(wrong)?;
        let shown = filter.apply(&record).map_err(|_| {
            Error::input("xml", format!("has another root than <{}>, which the filter is for", filter.root()))
        })?;
        let (Views { xml, json, summary }, _) = Views::of(shown, request.formats.as_deref().unwrap_or(&[Form::Xml]))?;
        Ok(FilterXsreDone { outcome: "filtered", xml, json, summary, read_differently })
    }
}

/// Reads rules from a file.
async fn rules_of(path: String) -> Result<Rules> {
    let read = crate::runtime::blocking(move || {
        std::fs::read_to_string(path).map_err(|error| {
            Error::input(
                "path",
                match error.kind() {
                    std::io::ErrorKind::NotFound => "names a file that does not exist",
                    std::io::ErrorKind::PermissionDenied => "names a file that may not be read",
                    std::io::ErrorKind::InvalidData => "names a file that is not UTF-8",
                    _ => "names a file that cannot be read",
                },
            )
        })
    });
    let text = read.await.ok_or_else(|| Error::internal("reading a file did not finish"))??;
    crate::json::read(crate::json::Document::Request, &text)
}

/// What somebody may see.
pub enum Shown {
    /// The filtered record.
    Record(Wiped<String>),
    /// Nothing, for whatever reason.
    Nothing,
}

/// A record as JSON; `None` when it is not well-formed.
#[must_use]
pub fn json_of(record: &str) -> Option<Vec<u8>> {
    let read = document::read(record).ok()?;
    serde_json::to_vec(&json::of(read.root_element())).ok()
}

/// A time as SIF writes it.
#[must_use]
pub fn time_text(time: jiff::Timestamp) -> String {
    timestamp::written(time)
}

struct Caller<'a> {
    profile: &'a str,
    credential: &'a Credential,
    invocation: &'a Invocation,
}

/// A record in the forms that are wanted.
struct Views {
    xml: Option<Wiped<String>>,
    json: Option<crate::privacy::Sensitive<serde_json::Value>>,
    summary: Option<Summary>,
}

impl Views {
    /// The forms of a record that is well-formed, and its own id of the student.
    fn of(record: Wiped<String>, forms: &[Form]) -> Result<(Self, Option<String>)> {
        let wanted = |form| forms.contains(&form);
        let (mut json, mut summary, mut local_id) = (None, None, None);
        if wanted(Form::Json) || wanted(Form::Summary) {
            let read = document::read(&record).map_err(|_| Error::internal("a record is not what was checked"))?;
            (Self { json, summary, .. }, local_id) = Self::of_json(json::of(read.root_element()), forms);
        }
        Ok((Self { xml: wanted(Form::Xml).then_some(record), json, summary }, local_id))
    }

    /// The forms of a record that is there as JSON only.
    fn of_json(members: serde_json::Value, forms: &[Form]) -> (Self, Option<String>) {
        let whole = Summary::of(&members);
        let local_id = whole.local_id.clone();
        let summary = forms.contains(&Form::Summary).then_some(whole);
        let json = forms.contains(&Form::Json).then(|| members.into());
        (Self { xml: None, json, summary }, local_id)
    }
}
