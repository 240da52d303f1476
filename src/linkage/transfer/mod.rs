//! Moves the register in and out of files: CSV and JSON Lines with a patient on each line, and the sealed export.
//!
//! Rows of an import are put aside, sealed, as they are read; then the register takes all of them in one step, or
//! none. So a file may be larger than memory, a crash leaves the register as it was, and other callers wait for the
//! last step only.

mod flat;
mod passphrase;
mod row;
mod sealed;
mod source;
mod target;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use super::config::Config;
use super::model::{
    ExportRegister, ExportRegisterDone, ImportRegister, ImportRegisterDone, OnConflict, OnRefused, RefusedRow,
};
use super::register::{Person, Register};
use crate::error::{Error, Result};
use crate::files::off_the_worker;
use crate::invocation::Invocation;
use crate::store::{
    LinkageConflict, LinkageEntry, LinkageEntryOrganisation, LinkageEntryPatient, LinkageKey, LinkageRegister,
    LinkageRevocation,
};
use row::{Row, RowKey, RowPatient};
use source::Source;
use target::Target;

/// How many rows are put aside in one transaction, and read in one go.
const BATCH: usize = 500;
/// How many refused rows are listed.
const LISTED: usize = 1000;
/// How long the rows of an import that ended without a word are left lying.
const LEFT_LYING: Duration = Duration::from_secs(24 * 3600);

/// Imports a register.
///
/// # Errors
/// `INVALID_INPUT` for a file that cannot be read, a store error.
pub(super) async fn import(
    register: &Register,
    config: &Config,
    invocation: &Invocation,
    request: ImportRegister,
) -> Result<ImportRegisterDone> {
    let import = Uuid::now_v7().to_string();
    let before = register.now().checked_sub(LEFT_LYING).unwrap_or(jiff::Timestamp::MIN);
    register.store().discard(&import, before).await?;
    let aside = Aside { store: Arc::clone(register.store()), import, before };
    let result = staged(register, config, invocation, &request, &aside.import).await;
    aside.discard().await;
    result
}

/// The rows that were put aside, which must not stay there when the import is cancelled.
struct Aside {
    store: Arc<dyn LinkageRegister>,
    import: String,
    before: jiff::Timestamp,
}

impl Aside {
    /// What was imported is imported, whether or not this can be done now; else it is tried again.
    async fn discard(mut self) {
        if self.store.discard(&self.import, self.before).await.is_ok() {
            self.import.clear();
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let (store, import, before) = (Arc::clone(&self.store), std::mem::take(&mut self.import), self.before);
        if import.is_empty() {
            return;
        }
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            // Where that fails, the next import after a day sees to it.
            runtime.spawn(async move { store.discard(&import, before).await });
        }
    }
}

async fn staged(
    register: &Register,
    config: &Config,
    invocation: &Invocation,
    request: &ImportRegister,
    import: &str,
) -> Result<ImportRegisterDone> {
    let (path, passphrase, config) = (request.path.clone(), request.passphrase.clone(), config.clone());
    let now = register.now();
    let mut source = off_the_worker(move || Source::open(&path, passphrase.as_ref(), config, now)).await?;
    let mut refused = Refused::default();
    let mut rows = 0_u64;
    loop {
        let (batch, rest) = off_the_worker(move || source.batch(BATCH)).await?;
        source = rest;
        if batch.is_empty() {
            break;
        }
        rows += batch.len() as u64;
        let mut fitting = Vec::with_capacity(batch.len());
        for (line, row) in batch {
            match row {
                Ok(row) => fitting.push((line, row)),
                Err(reason) => refused.add(line, reason),
            }
        }
        let entries = seal(register, fitting).await?;
        let lines: Vec<u64> = entries.iter().map(|entry| entry.line).collect();
        for (line, repeated) in lines.into_iter().zip(register.store().stage(import, entries, now).await?) {
            if let Some(earlier) = repeated {
                refused
                    .add(line, format!("it repeats the patient, the account id or the organisation of line {earlier}"));
            }
        }
        invocation.report("rows", rows);
    }
    let all = request.on_refused == OnRefused::Stop;
    if all && refused.count > 0 {
        return Ok(refused.done("refused", 0, 0));
    }
    let conflict = match request.on_conflict {
        OnConflict::Fail => LinkageConflict::Refuse,
        OnConflict::Skip => LinkageConflict::Skip,
        OnConflict::Replace => LinkageConflict::Replace,
    };
    let applied = register.store().apply(import, conflict, all, register.now()).await?;
    refused.count += applied.refused_rows;
    let room = LISTED.saturating_sub(refused.listed.len());
    refused.listed.extend(applied.refused.into_iter().take(room).map(|(line, reason)| RefusedRow { line, reason }));
    Ok(match (applied.applied, refused.count) {
        (false, _) => refused.done("refused", 0, 0),
        (true, 0) => refused.done("imported", applied.imported, applied.unchanged),
        (true, _) => refused.done("partlyImported", applied.imported, applied.unchanged),
    })
}

/// Rows that were refused: all are counted, the first are listed.
#[derive(Default)]
struct Refused {
    count: u64,
    listed: Vec<RefusedRow>,
}

impl Refused {
    fn add(&mut self, line: u64, reason: impl Into<String>) {
        self.count += 1;
        if self.listed.len() < LISTED {
            self.listed.push(RefusedRow { line, reason: reason.into() });
        }
    }

    fn done(mut self, outcome: &'static str, imported: u64, unchanged: u64) -> ImportRegisterDone {
        self.listed.sort_by_key(|row| row.line);
        ImportRegisterDone { outcome, imported, unchanged, refused_rows: self.count, refused: self.listed }
    }
}

/// Seals rows for this register. New keys follow those that a patient has had.
async fn seal(register: &Register, rows: Vec<(u64, Row)>) -> Result<Vec<LinkageEntry>> {
    let tag = |row: &Row| {
        row.patient.as_ref().map(|patient| register.patient_tag(&row.ods_code, patient.nhs_number.as_str()))
    };
    let tags: Vec<String> = rows.iter().filter_map(|(_, row)| tag(row)).collect();
    let versions = register.store().versions(tags.clone()).await?;
    let versions: HashMap<String, _> = tags.into_iter().zip(versions).collect();
    rows.into_iter()
        .map(|(line, row)| {
            let standing = tag(&row).and_then(|tag| versions.get(&tag).cloned().flatten());
            let organisation = LinkageEntryOrganisation {
                ods: row.ods_code.clone(),
                name: row.organisation_name.clone(),
                blocked: row.organisation_blocked,
            };
            let patient = match &row.patient {
                Some(patient) => {
                    let (version, generation) = standing.map_or((0, 0), |found| (found.version, found.last_generation));
                    let mut sealed = seal_patient(register, &row.ods_code, patient, generation)?;
                    sealed.version = version;
                    Some(sealed)
                }
                None => None,
            };
            Ok(LinkageEntry { line, organisation, patient })
        })
        .collect()
}

fn seal_patient(
    register: &Register,
    ods: &str,
    given: &RowPatient,
    mut generation: u32,
) -> Result<LinkageEntryPatient> {
    let now = register.now();
    let registered = !given.deregistered;
    let blocked = registered && given.blocked.is_some();
    let person = Person {
        nhs_number: given.nhs_number.to_string(),
        surname: if registered { given.surname.to_string() } else { String::new() },
        date_of_birth: given.date_of_birth.filter(|_| registered).map_or_else(String::new, |day| day.to_string()),
        reason: given.blocked.as_ref().filter(|_| blocked).map(|detail| detail.reason),
        text: given.blocked.as_ref().filter(|_| blocked).map(|detail| detail.text.clone()),
    };
    let patient = register.sealed_patient(ods, &person, registered, blocked)?;
    let account = match &given.account_id {
        Some(id) => Some(register.sealed_account(ods, &patient.tag, id, given.account_created_at.unwrap_or(now))?),
        None => None,
    };
    let mut keys: Vec<LinkageKey> = Vec::with_capacity(given.keys.len());
    for RowKey { key, created_at, revoked } in &given.keys {
        let Some(account) = &account else { return Err(Error::internal("a row has a key and no account")) };
        generation += 1;
        let mut sealed =
            register.sealed_key(ods, &patient.tag, &account.tag, generation, key, created_at.unwrap_or(now))?;
        sealed.revoked = revoked.as_ref().map(|(at, reason)| LinkageRevocation {
            at: at.unwrap_or(now),
            reason: reason.clone().unwrap_or_else(|| "imported".into()),
        });
        keys.push(sealed);
    }
    Ok(LinkageEntryPatient { patient, version: 0, account, keys })
}

/// Exports the register. The file is there complete or not at all.
///
/// # Errors
/// `INVALID_INPUT` for a file that exists or cannot be written, a store error.
pub(super) async fn export(
    register: &Register,
    invocation: &Invocation,
    request: ExportRegister,
) -> Result<ExportRegisterDone> {
    let mut done = ExportRegisterDone { outcome: "exported", organisations: 0, patients: 0, keys: 0, unreadable: 0 };
    let now = register.now();
    let mut target = off_the_worker(move || Target::create(request, now)).await?;
    let organisations = register.store().organisations().await?;
    done.organisations = organisations.len() as u64;
    target = off_the_worker(move || target.organisations(&organisations)).await?;
    let mut after = 0;
    loop {
        let page = register.store().page(after, BATCH as u32).await?;
        if page.patients.is_empty() {
            break;
        }
        after = page.after;
        let mut rows = Vec::with_capacity(page.patients.len());
        for (stored, keys) in page.patients {
            match opened(register, &stored, &keys).await {
                Ok(row) => {
                    done.keys += row.patient.as_ref().map_or(0, |patient| patient.keys.len() as u64);
                    rows.push(row);
                }
                Err(Error::SealBroken { .. }) => done.unreadable += 1,
                Err(error) => return Err(error),
            }
        }
        done.patients += rows.len() as u64;
        target = off_the_worker(move || target.patients(&rows)).await?;
        invocation.report("patients", done.patients);
    }
    let counts = done.clone();
    let with_keys = off_the_worker(move || target.finish(&counts)).await?;
    if !with_keys {
        done.keys = 0;
    }
    Ok(done)
}

/// A patient of the register as a row.
async fn opened(register: &Register, stored: &crate::store::StoredPatient, keys: &[LinkageKey]) -> Result<Row> {
    let person = register.person(&stored.patient).await?;
    let mut patient = RowPatient {
        nhs_number: person.nhs_number.clone().into(),
        surname: person.surname.clone().into(),
        date_of_birth: person.date_of_birth.parse().ok(),
        deregistered: !stored.patient.registered,
        blocked: stored.patient.blocked.then(|| super::outcome::Detail {
            reason: person.reason.unwrap_or_default(),
            text: person.text.clone().unwrap_or_default(),
        }),
        account_id: None,
        account_created_at: None,
        keys: Vec::with_capacity(keys.len()),
    };
    if let Some(account) = &stored.account {
        patient.account_id = Some(register.account_id(&stored.patient.tag, account).await?);
        patient.account_created_at = Some(account.created_at);
        for key in keys {
            patient.keys.push(RowKey {
                key: register.linkage_key(&stored.patient, &account.tag, key).await?,
                created_at: Some(key.created_at),
                revoked: key.revoked.clone().map(|revoked| (Some(revoked.at), Some(revoked.reason))),
            });
        }
    }
    Ok(Row { ods_code: stored.patient.ods.clone(), patient: Some(patient), ..Row::default() })
}
