//! Keeps what the receiver remembers: enrolments with their tokens, and which association is whose.

use std::collections::HashMap;

/// An enrolment that a student has begun by logging in.
#[derive(Clone, Debug)]
pub(super) struct Enrolment {
    pub(super) correlation_id: String,
    /// The domain of the home institution.
    pub(super) home: String,
    /// The person, as the receiver knows them: the eduID, or what the home institution calls them, once known.
    pub(super) key: Option<String>,
    /// Whether the eduID takes the place of what the home institution calls the person.
    pub(super) has_eduid: bool,
    pub(super) access_token: Option<String>,
    pub(super) refresh_token: Option<String>,
}

impl Enrolment {
    /// How the receiver prints an enrolment in its errors.
    pub(super) fn printed(&self) -> String {
        format!("EnrollmentRequest(identifier={}, homeInstitution={})", self.correlation_id, self.home)
    }
}

/// What the receiver remembers.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The oldest first.
    enrolments: Vec<Enrolment>,
    /// The correlation ids of the enrolments that created associations.
    associations: HashMap<String, String>,
}

impl Ledger {
    pub(super) fn add(&mut self, enrolment: Enrolment) {
        self.enrolments.push(enrolment);
    }

    /// The enrolment with a correlation id.
    pub(super) fn enrolment(&self, correlation_id: &str) -> Option<&Enrolment> {
        self.enrolments.iter().find(|known| known.correlation_id == correlation_id)
    }

    /// The same, to be changed.
    pub(super) fn enrolment_mut(&mut self, correlation_id: &str) -> Option<&mut Enrolment> {
        self.enrolments.iter_mut().find(|known| known.correlation_id == correlation_id)
    }

    /// The newest enrolment of a person; without one, the newest of which the person is not known.
    pub(super) fn newest(&self, key: Option<&str>) -> Option<&Enrolment> {
        self.enrolments.iter().rev().find(|known| known.key.as_deref() == key)
    }

    /// Remembers which enrolment created an association.
    pub(super) fn remember(&mut self, association_id: String, correlation_id: String) {
        self.associations.insert(association_id, correlation_id);
    }

    /// The enrolment that created an association.
    pub(super) fn creator(&self, association_id: &str) -> Option<&Enrolment> {
        self.enrolment(self.associations.get(association_id)?)
    }
}
