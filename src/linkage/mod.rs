//! NHS IM1 linkage keys: our own register of who has which account and key, and the systems of other suppliers.
//!
//! A request is answered by the register in this store, or by the supplier that it or the configuration names.
//! [`Linkage::register`] is for those who offer an interface to others.

mod compose;
pub mod config;
mod key;
pub mod model;
pub mod outcome;
pub mod query;
pub mod register;
pub mod rules;
pub mod surname;
mod transfer;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::audit::Audit;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::{Tokens, Transport};
use crate::identifiers::{NhsNumber, OdsCode};
use crate::invocation::Invocation;
use crate::privacy::Sensitive;
use crate::profiles::Profiles;
use crate::store::Store;
use crate::vault::Vault;
use compose::{Options, Step, Steps, compose};
use config::Config;
use model::{
    CheckLinkageKey, CheckLinkageKeyDone, CreateLinkageKey, ExportRegister, ExportRegisterDone, Function,
    ImportRegister, ImportRegisterDone, LinkageKeyDone, RetrieveLinkageKey, RetrieveOrCreateLinkageKey,
    RevokeLinkageKey, RevokeLinkageKeyDone, SetLinkageAccess, SetLinkageAccessDone,
};
use outcome::{Detail, Outcome};
use query::{Query, Said};
use register::{Changed, Register};
use rules::Check;
use wire::Suppliers;
pub(crate) use wire::check_certificate;

/// Answers the linkage operations.
pub struct Linkage {
    config: Config,
    vault: Arc<Vault>,
    clock: Clock,
    register: Register,
    suppliers: Suppliers,
}

impl Linkage {
    /// The room of a plugin.
    #[must_use]
    #[allow(clippy::too_many_arguments)] // They are the parts of a plugin, each needed.
    pub fn new(
        config: &Config,
        store: &Store,
        audit: Audit,
        vault: Arc<Vault>,
        profiles: Profiles,
        tokens: Tokens,
        transport: Transport,
        clock: Clock,
    ) -> Self {
        let register_of = Arc::clone(&store.linkage_register);
        Self {
            config: config.clone(),
            register: Register::new(register_of, audit, Arc::clone(&vault), clock.clone(), config),
            suppliers: Suppliers::new(config, profiles, tokens, transport, clock.clone()),
            vault,
            clock,
        }
    }

    /// The register in this store.
    #[must_use]
    pub const fn register(&self) -> &Register {
        &self.register
    }

    /// The rules that values must keep.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Asks for the key of a patient.
    ///
    /// # Errors
    /// Input, configuration, store and remote errors.
    pub async fn retrieve_linkage_key(
        &self,
        invocation: &Invocation,
        mut request: RetrieveLinkageKey,
    ) -> Result<LinkageKeyDone> {
        let supplier = request.supplier.take();
        let query = self.to_retrieve(invocation, request)?;
        let said = self.ask(invocation, Step::Retrieve, supplier.as_deref(), &query).await?;
        Ok(LinkageKeyDone::new(Function::Retrieve, &query.trace_id, said))
    }

    /// Asks for a new key.
    ///
    /// # Errors
    /// As [`Linkage::retrieve_linkage_key`]; `CONFLICT` for a reference that was used for another request, `THROTTLED`
    /// after too many patients who were not found.
    pub async fn create_linkage_key(
        &self,
        invocation: &Invocation,
        mut request: CreateLinkageKey,
    ) -> Result<LinkageKeyDone> {
        let supplier = request.supplier.take();
        let query = self.to_create(invocation, request)?;
        let said = self.ask(invocation, Step::Create, supplier.as_deref(), &query).await?;
        Ok(LinkageKeyDone::new(Function::Create, &query.trace_id, said))
    }

    /// Asks for the key of a patient, and for a new one when there is none.
    ///
    /// # Errors
    /// As [`Linkage::create_linkage_key`].
    pub async fn retrieve_or_create_linkage_key(
        &self,
        invocation: &Invocation,
        mut request: RetrieveOrCreateLinkageKey,
    ) -> Result<LinkageKeyDone> {
        let options = Options {
            reissue_revoked: request.reissue_revoked.unwrap_or(true),
            create_after_patient_not_found: request.create_after_patient_not_found.unwrap_or(false),
            verify_demographics: request.verify_demographics.unwrap_or(true),
        };
        let supplier = request.supplier.take();
        let query = self.to_create(invocation, request.into())?;
        let steps = Composed { room: self, invocation, query: &query, supplier: supplier.as_deref() };
        let (step, said) = compose(&steps, options, &self.clock).await?;
        self.note(invocation, &said);
        let function = if step == Step::Create { Function::Create } else { Function::Retrieve };
        Ok(LinkageKeyDone::new(function, &query.trace_id, said))
    }

    /// Checks a request to retrieve a key, as far as that can be done without asking anybody.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn check_retrieve(&self, invocation: &Invocation, request: RetrieveLinkageKey) -> Result<()> {
        self.to_retrieve(invocation, request).map(drop)
    }

    /// As [`Linkage::check_retrieve`], for a new key.
    ///
    /// # Errors
    /// `INVALID_INPUT`.
    pub fn check_create(&self, invocation: &Invocation, request: CreateLinkageKey) -> Result<()> {
        self.to_create(invocation, request).map(drop)
    }

    fn to_retrieve(&self, invocation: &Invocation, request: RetrieveLinkageKey) -> Result<Query> {
        let mut check = Check::default();
        let subject = self.subject(&mut check, &request.nhs_number, &request.ods_code);
        let name = request.surname.as_ref().map(|name| check.read("surname", rules::surname(name)));
        let now = self.clock.wall();
        let born =
            request.date_of_birth.as_ref().map(|born| check.read("dateOfBirth", rules::date_of_birth(born, now)));
        if name.is_some() != born.is_some() {
            let missing = if name.is_some() { "dateOfBirth" } else { "surname" };
            check.refuse(missing, "is required beside the other of surname and date of birth");
        }
        let trace_id = trace_id(&mut check, invocation);
        check.finish()?;
        let demographics = match (name.flatten(), born.flatten()) {
            (Some(name), Some(born)) => Some(query::Demographics { surname: name.into(), date_of_birth: born.into() }),
            _ => None,
        };
        query(subject, demographics, trace_id, request.identity_token)
    }

    fn to_create(&self, invocation: &Invocation, request: CreateLinkageKey) -> Result<Query> {
        let mut check = Check::default();
        let subject = self.subject(&mut check, &request.nhs_number, &request.ods_code);
        let demographics = rules::demographics(&mut check, &request.surname, &request.date_of_birth, self.clock.wall());
        let trace_id = trace_id(&mut check, invocation);
        check.finish()?;
        let query = query(subject, demographics, trace_id, request.identity_token)?;
        Ok(Query { email_address: request.email_address, ..query })
    }

    /// Revokes the key of a patient of our register.
    ///
    /// # Errors
    /// Input and store errors.
    pub async fn revoke_linkage_key(
        &self,
        invocation: &Invocation,
        request: RevokeLinkageKey,
    ) -> Result<RevokeLinkageKeyDone> {
        user(invocation)?;
        let mut check = Check::default();
        let subject = self.subject(&mut check, &request.nhs_number, &request.ods_code);
        let reason = request.reason.trim();
        if !(1..=100).contains(&reason.chars().count()) || reason.chars().any(char::is_control) {
            check.refuse("reason", "must have 1 to 100 characters");
        }
        check.finish()?;
        let (ods, number) = known(subject)?;
        self.is_about(invocation, &ods, &number);
        let outcome = match self.register.revoke(&ods, number.as_str(), reason).await? {
            Changed::Changed => "revoked",
            other => word(other),
        };
        Ok(RevokeLinkageKeyDone { outcome })
    }

    /// Blocks or unblocks a patient or an organisation of our register.
    ///
    /// # Errors
    /// Input and store errors, `SEAL_BROKEN`.
    pub async fn set_linkage_access(
        &self,
        invocation: &Invocation,
        request: SetLinkageAccess,
    ) -> Result<SetLinkageAccessDone> {
        user(invocation)?;
        let mut check = Check::default();
        let number = request.nhs_number.as_ref();
        let number = number.map(|number| check.read("nhsNumber", rules::nhs_number(&self.config, number)));
        let ods = check.read("odsCode", rules::ods_code(&self.config, &request.ods_code));
        let explained = request.reason.is_some() || request.text.is_some();
        let text = request.text.as_deref().map(str::trim).unwrap_or_default();
        if text.chars().count() > 256 || text.chars().any(char::is_control) {
            check.refuse("text", "must have at most 256 characters");
        }
        if explained && (number.is_none() || !request.blocked) {
            let field = if request.reason.is_some() { "reason" } else { "text" };
            check.refuse(field, "is for a patient who is blocked");
        }
        check.finish()?;
        let ods = ods.ok_or_else(unread)?;
        let detail =
            request.blocked.then(|| Detail { reason: request.reason.unwrap_or_default(), text: text.to_owned() });
        invocation.note("blocked", request.blocked);
        let changed = match number {
            Some(number) => {
                let number = number.ok_or_else(unread)?;
                self.is_about(invocation, &ods, &number);
                self.register.set_access(&ods, number.as_str(), detail.as_ref()).await?
            }
            None => {
                invocation.acts_for(ods.as_str());
                self.register.set_organisation(&ods, request.blocked).await?
            }
        };
        Ok(SetLinkageAccessDone { outcome: word(changed) })
    }

    /// Checks an account and key that somebody presents.
    ///
    /// # Errors
    /// Input and store errors.
    pub async fn check_linkage_key(
        &self,
        invocation: &Invocation,
        request: CheckLinkageKey,
    ) -> Result<CheckLinkageKeyDone> {
        let mut check = Check::default();
        let ods = check.read("odsCode", rules::ods_code(&self.config, &request.ods_code));
        check.read("accountId", key::check_foreign(&request.account_id));
        check.read("linkageKey", key::check_foreign(request.linkage_key.expose_secret()));
        check.finish()?;
        let ods = ods.ok_or_else(unread)?;
        invocation.acts_for(ods.as_str());
        let found = self.register.check(&ods, &request.account_id, request.linkage_key.expose_secret()).await?;
        if let Some(number) = &found {
            invocation.is_about(self.vault.pseudonym("nhs number", number));
        }
        let outcome = if found.is_some() { "valid" } else { "notValid" };
        Ok(CheckLinkageKeyDone { outcome, nhs_number: found.map(Sensitive) })
    }

    /// Imports a register.
    ///
    /// # Errors
    /// Input and store errors.
    pub async fn import_register(
        &self,
        invocation: &Invocation,
        request: ImportRegister,
    ) -> Result<ImportRegisterDone> {
        user(invocation)?;
        transfer::import(&self.register, &self.config, invocation, request).await
    }

    /// Exports the register.
    ///
    /// # Errors
    /// Input and store errors.
    pub async fn export_register(
        &self,
        invocation: &Invocation,
        request: ExportRegister,
    ) -> Result<ExportRegisterDone> {
        user(invocation)?;
        transfer::export(&self.register, invocation, request).await
    }

    /// Answers a checked request from the register, as callers of an interface are answered.
    ///
    /// # Errors
    /// As the operations.
    pub async fn retrieve(&self, invocation: &Invocation, query: &Query) -> Result<Said> {
        self.ask_register(invocation, Step::Retrieve, query).await
    }

    /// As [`Linkage::retrieve`], for a new key.
    ///
    /// # Errors
    /// As the operations.
    pub async fn create(&self, invocation: &Invocation, query: &Query) -> Result<Said> {
        self.ask_register(invocation, Step::Create, query).await
    }

    async fn ask(&self, invocation: &Invocation, step: Step, supplier: Option<&str>, query: &Query) -> Result<Said> {
        let Some(name) = supplier.or(self.config.default_supplier.as_deref()) else {
            return self.ask_register(invocation, step, query).await;
        };
        invocation.note("odsCode", query.ods_code.as_str());
        invocation.note("supplier", name);
        invocation.is_about(self.vault.pseudonym("nhs number", query.nhs_number.as_str()));
        let said = match step {
            Step::Retrieve => self.suppliers.retrieve(invocation, name, query).await,
            Step::Create => self.suppliers.create(invocation, name, query).await,
        };
        self.note_either(invocation, &said);
        said
    }

    async fn ask_register(&self, invocation: &Invocation, step: Step, query: &Query) -> Result<Said> {
        self.is_about(invocation, &query.ods_code, &query.nhs_number);
        invocation.is_traced_by(&query.trace_id);
        let said = match step {
            Step::Retrieve => self.register.retrieve(invocation, query).await,
            Step::Create => self.register.create(invocation, query).await,
        };
        self.note_either(invocation, &said);
        said
    }

    fn note_either(&self, invocation: &Invocation, said: &Result<Said>) {
        match said {
            Ok(said) => self.note(invocation, said),
            Err(error) => invocation.note("number", Outcome::of_error(error).number()),
        }
    }

    /// What the audit is to say of an answer.
    fn note(&self, invocation: &Invocation, said: &Said) {
        invocation.note("number", said.outcome.number());
        if let Some(reason) = said.reason {
            invocation.note("reason", reason);
        }
    }

    fn is_about(&self, invocation: &Invocation, ods: &OdsCode, number: &NhsNumber) {
        invocation.acts_for(ods.as_str());
        invocation.note("odsCode", ods.as_str());
        invocation.is_about(self.vault.pseudonym("nhs number", number.as_str()));
    }

    fn subject(&self, check: &mut Check, number: &str, ods: &str) -> Option<(OdsCode, NhsNumber)> {
        let number = check.read("nhsNumber", rules::nhs_number(&self.config, number));
        let ods = check.read("odsCode", rules::ods_code(&self.config, ods));
        Some((ods?, number?))
    }
}

/// The steps of a composed call.
struct Composed<'a> {
    room: &'a Linkage,
    invocation: &'a Invocation,
    query: &'a Query,
    supplier: Option<&'a str>,
}

impl Steps for Composed<'_> {
    async fn take(&self, step: Step) -> Result<Said> {
        self.room.ask(self.invocation, step, self.supplier, self.query).await
    }

    fn fits(&self, said: &Said) -> bool {
        match (&said.linkage, &self.query.demographics) {
            (Some(linkage), Some(asked)) => asked.fit(&linkage.surname, *linkage.date_of_birth),
            _ => false,
        }
    }

    fn remaining(&self) -> Duration {
        compose::remaining(self.invocation)
    }

    fn repeats(&self) -> bool {
        // What our own register cannot do now, it cannot do in a moment.
        self.supplier.is_some() || self.room.config.default_supplier.is_some()
    }
}

fn query(
    subject: Option<(OdsCode, NhsNumber)>,
    demographics: Option<query::Demographics>,
    trace_id: String,
    identity_token: Option<SecretString>,
) -> Result<Query> {
    let (ods_code, nhs_number) = known(subject)?;
    Ok(Query { ods_code, nhs_number, demographics, trace_id, identity_token, email_address: None })
}

/// The caller's reference, or one made for it.
fn trace_id(check: &mut Check, invocation: &Invocation) -> String {
    match &invocation.context.trace_id {
        Some(given) => {
            check.read("traceId", rules::trace_id(given));
            given.clone()
        }
        None => {
            let made = Uuid::new_v4().to_string();
            invocation.is_traced_by(&made);
            made
        }
    }
}

/// Whoever changes the register must be known.
fn user(invocation: &Invocation) -> Result<&str> {
    let user = invocation.context.user.as_deref();
    user.filter(|user| !user.trim().is_empty()).ok_or_else(|| Error::input("user", "is required: who asks for this?"))
}

fn known(subject: Option<(OdsCode, NhsNumber)>) -> Result<(OdsCode, NhsNumber)> {
    subject.ok_or_else(unread)
}

fn unread() -> Error {
    Error::internal("a value was neither read nor refused")
}

fn word(changed: Changed) -> &'static str {
    match changed {
        Changed::Changed => "changed",
        Changed::Unchanged => "unchanged",
        Changed::NoOrganisation => Outcome::OdsNotFound.word(),
        Changed::NoPatient => Outcome::PatientNotFound.word(),
        Changed::NoKey => Outcome::NoLinkageKey.word(),
    }
}
