//! Our own Privacy Rules Service: who may see what of whom (section 6.1 of the SIF specification).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::config::Behaviour;
use super::filter;
use crate::error::{Error, Result};
use crate::store::{SifRules, SifStudent};
use crate::vault::Vault;

/// All rules, as they are imported.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Rules {
    /// Organisations that may ask.
    pub authorized_entities: Vec<AuthorizedEntity>,
    /// Their services.
    pub external_services: Vec<ExternalService>,
    /// What a district has agreed with a service.
    pub district_services: Vec<DistrictService>,
    /// Students, each for a service of their district.
    pub students: Vec<Student>,
}

/// An organisation that may ask.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthorizedEntity {
    /// Its number.
    pub id: i32,
    /// What people call it.
    #[serde(default)]
    pub name: String,
}

/// A service of an organisation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExternalService {
    /// Its number.
    pub id: i32,
    /// The organisation's number.
    pub authorized_entity_id: i32,
    /// What people call it.
    #[serde(default)]
    pub name: String,
}

/// What a district has agreed with a service.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DistrictService {
    /// Its number.
    pub id: i32,
    /// The district's zone.
    pub zone_id: String,
    /// The service's number.
    pub external_service_id: i32,
    /// The first day; without one nothing is shown.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub initiation_date: Option<Date>,
    /// The last day; without one nothing is shown.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub expiration_date: Option<Date>,
    /// Whether a person must be named who asks.
    #[serde(default)]
    pub requires_personnel: bool,
    /// The numbers of the people who work for the service.
    #[serde(default)]
    pub personnel: Vec<i32>,
    /// What may be shown.
    #[serde(default)]
    pub data_objects: Vec<DataObject>,
}

/// A row of what may or may not be shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataObject {
    /// The kind of object, `xSre`.
    pub name: String,
    /// `include`; anything else excludes.
    pub filter_type: String,
    /// The path of what it is about.
    pub include_statement: String,
}

/// A student for a service of their district.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Student {
    /// The district's id of the student.
    pub district_student_id: String,
    /// The number of what the district has agreed with the service.
    pub district_service_id: i32,
    /// What the student has consented to.
    #[serde(default)]
    pub consents: Vec<Consent>,
    /// The numbers of the people who are assigned to the student.
    #[serde(default)]
    pub personnel: Vec<i32>,
}

/// A consent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consent {
    /// For what the district has agreed; the student's own service when absent.
    #[serde(default)]
    pub district_service_id: Option<i32>,
    /// The first day.
    #[schemars(with = "String")]
    pub start_date: Date,
    /// The last day.
    #[schemars(with = "String")]
    pub end_date: Date,
}

/// Who asks for whom.
pub(super) struct Question<'a> {
    pub(super) object_type: &'a str,
    pub(super) zone: &'a str,
    pub(super) student_id: &'a str,
    pub(super) authorized_entity_id: i32,
    pub(super) external_service_id: i32,
    pub(super) personnel_id: Option<i32>,
    pub(super) today: Date,
}

impl Rules {
    /// Checks that everything that is referred to is there and that every statement can be used; answers with the
    /// statements that the two readings take differently.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the path of what is wrong.
    pub(super) fn checked(&self, reading: filter::Reading) -> Result<Vec<String>> {
        let refused = |path: String, problem: &str| Err(Error::input(path, problem));
        let mut entities = HashSet::new();
        for (at, entity) in self.authorized_entities.iter().enumerate() {
            if !entities.insert(entity.id) {
                return refused(format!("authorizedEntities[{at}].id"), "stands there twice");
            }
        }
        let mut services = HashSet::new();
        for (at, service) in self.external_services.iter().enumerate() {
            if !services.insert(service.id) {
                return refused(format!("externalServices[{at}].id"), "stands there twice");
            }
            if !entities.contains(&service.authorized_entity_id) {
                return refused(format!("externalServices[{at}].authorizedEntityId"), "is no authorised entity's");
            }
        }
        let (mut agreed, mut differing) = (HashSet::new(), BTreeSet::new());
        for (at, service) in self.district_services.iter().enumerate() {
            let path = |rest: &str| format!("districtServices[{at}].{rest}");
            if !agreed.insert(service.id) {
                return refused(path("id"), "stands there twice");
            }
            if !services.contains(&service.external_service_id) {
                return refused(path("externalServiceId"), "is no external service's");
            }
            if service.zone_id.trim().is_empty() {
                return refused(path("zoneId"), "must not be empty");
            }
            let names: BTreeSet<&str> = service.data_objects.iter().map(|object| object.name.as_str()).collect();
            for name in names {
                let places: Vec<usize> =
                    (0..service.data_objects.len()).filter(|at| service.data_objects[*at].name == name).collect();
                let rows: Vec<filter::DataObject> = places.iter().map(|at| service.data_objects[*at].row()).collect();
                filter::Filter::of(name, &rows, reading).map_err(|wrong| {
                    let place = places.get(wrong.at).copied().unwrap_or_default();
                    Error::input(path(&format!("dataObjects[{place}].includeStatement")), wrong.problem)
                })?;
                let statements: Vec<&str> =
                    rows.iter().filter(|row| row.includes).map(|row| row.statement.as_str()).collect();
                differing.extend(filter::differing(name, &statements));
            }
        }
        for (at, student) in self.students.iter().enumerate() {
            if !agreed.contains(&student.district_service_id) {
                return refused(format!("students[{at}].districtServiceId"), "is no district service's");
            }
            if super::wire::segment(&student.district_student_id).is_err() {
                return refused(format!("students[{at}].districtStudentId"), "cannot be an id");
            }
        }
        Ok(differing.into_iter().collect())
    }

    /// The rows that apply, or none: then there is nothing to show.
    pub(super) fn applying(
        &self,
        students: &[Student],
        asked: &Question<'_>,
        behaviour: Behaviour,
    ) -> Vec<filter::DataObject> {
        let strict = behaviour == Behaviour::Strict;
        let within = |from: Option<Date>, until: Option<Date>| match (from, until) {
            (Some(from), Some(until)) => (from..=until).contains(&asked.today),
            _ => false,
        };
        let is_entitled = self.authorized_entities.iter().any(|entity| entity.id == asked.authorized_entity_id)
            && self.external_services.iter().any(|service| {
                service.id == asked.external_service_id && service.authorized_entity_id == asked.authorized_entity_id
            });
        let consents = |student: &Student| {
            student.consents.iter().any(|consent| {
                let own = consent.district_service_id.is_none_or(|id| id == student.district_service_id);
                within(Some(consent.start_date), Some(consent.end_date)) && (own || !strict)
            })
        };
        let knows_person = |service: &DistrictService, student: &Student| match asked.personnel_id {
            Some(person) => student.personnel.contains(&person) && service.personnel.contains(&person),
            None => !strict || !service.requires_personnel,
        };
        let fits = |service: &DistrictService, student: &Student| {
            student.district_student_id == asked.student_id
                && student.district_service_id == service.id
                && service.external_service_id == asked.external_service_id
                && within(service.initiation_date, service.expiration_date)
                // The original compares the zone with itself.
                && (!strict || service.zone_id == asked.zone)
                && consents(student)
                && knows_person(service, student)
        };
        let mut seen = HashSet::new();
        let services = self.district_services.iter().filter(|_| is_entitled);
        let rows = services.filter(|service| students.iter().any(|student| fits(service, student)));
        rows.flat_map(|service| &service.data_objects)
            .filter(|object| object.name == asked.object_type && seen.insert(*object))
            .map(DataObject::row)
            .collect()
    }
}

impl std::hash::Hash for DataObject {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.name, &self.filter_type, &self.include_statement).hash(state);
    }
}

impl DataObject {
    fn row(&self) -> filter::DataObject {
        filter::DataObject::of(&self.filter_type, &self.include_statement)
    }
}

/// The rules in the store.
pub(super) struct Kept {
    store: Arc<dyn SifRules>,
    vault: Arc<Vault>,
    cached: Mutex<Option<(u64, Arc<Rules>)>>,
}

const RULES: &str = "sif_rules";

impl Kept {
    pub(super) fn new(store: Arc<dyn SifRules>, vault: Arc<Vault>) -> Self {
        Self { store, vault, cached: Mutex::default() }
    }

    fn tag(&self, student_id: &str) -> String {
        self.vault.pseudonym("sif student", student_id)
    }

    /// Takes these rules instead of those that are there, in one step.
    pub(super) async fn replace(&self, mut rules: Rules, now: jiff::Timestamp) -> Result<()> {
        let mut students: HashMap<String, Vec<Student>> = HashMap::new();
        for student in std::mem::take(&mut rules.students) {
            students.entry(self.tag(&student.district_student_id)).or_default().push(student);
        }
        let students = students
            .into_iter()
            .map(|(tag, rows)| {
                let sealed = self.vault.seal(&format!("sif_student/{tag}"), &json_of(&rows)?)?;
                Ok(SifStudent { tag, sealed })
            })
            .collect::<Result<_>>()?;
        let sealed = self.vault.seal(RULES, &json_of(&rules)?)?;
        self.store.replace(sealed, students, now).await
    }

    /// The rules without students; `None` when none were ever imported.
    async fn rules(&self) -> Result<Option<Arc<Rules>>> {
        let Some(version) = self.store.version().await? else { return Ok(None) };
        let cached = || self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, rules)) = cached().as_ref().filter(|(known, _)| *known == version) {
            return Ok(Some(Arc::clone(rules)));
        }
        let Some((version, sealed)) = self.store.rules().await? else { return Ok(None) };
        let plain = self.vault.open_sealed("rules", RULES, &sealed).await?;
        let rules = serde_json::from_slice(&plain).map_err(|_| Error::SealBroken { what: "rules" })?;
        let rules = Arc::new(rules);
        *cached() = Some((version, Arc::clone(&rules)));
        Ok(Some(rules))
    }

    /// The rows that apply; none when there is nothing to show.
    pub(super) async fn applying(&self, asked: &Question<'_>, behaviour: Behaviour) -> Result<Vec<filter::DataObject>> {
        let Some(rules) = self.rules().await? else { return Ok(Vec::new()) };
        let tag = self.tag(asked.student_id);
        let mut students: Vec<Student> = Vec::new();
        for sealed in self.store.students(&tag).await? {
            let plain = self.vault.open_sealed("student", &format!("sif_student/{tag}"), &sealed).await?;
            let rows: Vec<Student> =
                serde_json::from_slice(&plain).map_err(|_| Error::SealBroken { what: "student" })?;
            students.extend(rows);
        }
        Ok(rules.applying(&students, asked, behaviour))
    }
}

fn json_of(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>> {
    serde_json::to_vec(value).map(Zeroizing::new).map_err(|_| Error::internal("rules have no JSON form"))
}
