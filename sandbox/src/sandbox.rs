//! Holds a running sandbox and the ways to steer it from Rust.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::builder::Builder;
use crate::control;
use crate::enrollment::{self, EnrollmentAssociation, EnrollmentBackend, EnrollmentResult, HomeScript};
use crate::faults::Fault;
use crate::gateway::{AuditEntry, MatchRow};
use crate::linkage::{self, LinkageBlockReason, LinkagePatient};
use crate::lrs::{self, LrsReply};
use crate::pfx::{self, ClientCertificate, PfxEncryption};
use crate::recorder::RecordedRequest;
use crate::replies::EndpointReply;
use crate::server::Server;
use crate::settings::Settings;
use crate::sif::{self, SifDecision, SifStudent};
use crate::vera::{self, Approval, ShareRefused, ShareView};
use crate::world::Core;

/// A running sandbox; dropping it stops the server and frees the port.
///
/// No method blocks for longer than a lock is held, except [`Sandbox::wait_for`], so all of them
/// can be called from plain tests and from asynchronous ones.
#[derive(Debug)]
pub struct Sandbox {
    core: Arc<Core>,
    servers: Vec<Server>,
}

impl Sandbox {
    pub(crate) fn new(core: Arc<Core>, servers: Vec<Server>) -> Self {
        Self { core, servers }
    }

    /// Starts a sandbox with the defaults: a free port of 127.0.0.1, plain HTTP, a virtual clock.
    ///
    /// # Panics
    ///
    /// When no port or thread is to be had.
    pub fn start() -> Self {
        Self::builder().start().unwrap_or_else(|error| panic!("the sandbox does not start: {error}"))
    }

    /// Begins to describe a sandbox.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The address for programs on this machine, such as `http://127.0.0.1:8099`.
    pub fn url(&self) -> String {
        self.core.site.url()
    }

    /// The port that is listened on.
    pub fn port(&self) -> u16 {
        self.core.site.address.port()
    }

    /// The address below which the emulated API lies, with a slash at the end.
    pub fn api_url(&self) -> String {
        format!("{}{}", self.url(), self.core.site.prefix)
    }

    /// The certificate of the authority that a client is to trust, when TLS is on.
    pub fn root_pem(&self) -> Option<&str> {
        self.core.site.root_pem.as_deref()
    }

    /// The address where the Learning Records Service and the linkage suppliers demand a client
    /// certificate, when they do.
    pub fn mutual_tls_url(&self) -> Option<String> {
        self.core.site.mutual_url()
    }

    /// A new client identity as a PKCS#12 file, when TLS is on or client certificates are demanded.
    ///
    /// # Panics
    ///
    /// When it cannot be made; the message says why.
    pub fn client_pfx(
        &self,
        certificate: ClientCertificate,
        encryption: PfxEncryption,
        password: &str,
    ) -> Option<Vec<u8>> {
        let made = pfx::make(self.core.authority.as_ref()?, certificate, encryption, password);
        Some(made.unwrap_or_else(|reason| panic!("the client identity cannot be made: {reason}")))
    }

    /// Answers a share with yes, in the learner's place.
    pub fn approve(&self, correlation_id: &str, approval: Approval) -> Result<ShareView, ShareRefused> {
        vera::approve_share(&self.core, correlation_id, &approval)
    }

    /// Answers a share with no, in the learner's place.
    pub fn decline(&self, correlation_id: &str) -> Result<ShareView, ShareRefused> {
        vera::decline_share(&self.core, correlation_id)
    }

    /// All shares, the oldest first.
    pub fn shares(&self) -> Vec<ShareView> {
        vera::shares(&self.core.world())
    }

    /// The share with this correlation id.
    pub fn share(&self, correlation_id: &str) -> Option<ShareView> {
        vera::share(&self.core.world(), correlation_id)
    }

    /// Lets a provider see a learner's record, as after a share on the service's own web site (pattern B).
    pub fn grant(&self, uln: &str, ukprn: &str) {
        self.core.world().vera.grant(uln, ukprn);
    }

    /// Takes back what was granted or approved.
    pub fn withdraw(&self, uln: &str, ukprn: &str) {
        self.core.world().vera.withdraw(uln, ukprn);
    }

    /// Replaces the key that hmpps-auth signs tokens with; earlier tokens open nothing any more.
    pub fn rotate_auth_key(&self) {
        self.core.world().auth.rotations += 1;
    }

    /// Queues a literal reply of the Learning Records Service behind those for the same operation.
    ///
    /// # Panics
    ///
    /// When the reply cannot be given; the message says why.
    pub fn lrs_reply(&self, reply: LrsReply) {
        lrs::queue_reply(&self.core, reply).unwrap_or_else(|reason| panic!("the reply is refused: {reason}"));
    }

    /// The rows of the gateway's match register, the oldest first.
    pub fn match_rows(&self) -> Vec<MatchRow> {
        self.core.world().gateway.rows().to_vec()
    }

    /// What the gateway wrote down of who asked what, the oldest first.
    pub fn audit(&self) -> Vec<AuditEntry> {
        self.core.world().gateway.audit().to_vec()
    }

    /// Queues a literal reply of a linkage supplier behind those for the same endpoint.
    ///
    /// # Panics
    ///
    /// When the reply cannot be given; the message says why.
    pub fn linkage_reply(&self, reply: EndpointReply) {
        linkage::queue_reply(&self.core, reply).unwrap_or_else(|reason| panic!("the reply is refused: {reason}"));
    }

    /// The patients of the linkage suppliers, keys included.
    pub fn linkage_patients(&self) -> Vec<LinkagePatient> {
        linkage::patients(&self.core.world())
    }

    /// The patient with this NHS number, written in one piece, at an organisation.
    pub fn linkage_patient(&self, ods_code: &str, nhs_number: &str) -> Option<LinkagePatient> {
        linkage::patient(&self.core.world(), ods_code, nhs_number)
    }

    /// Blocks a patient's digital access.
    ///
    /// # Panics
    ///
    /// When there is no such patient.
    pub fn block_linkage_patient(&self, ods_code: &str, nhs_number: &str, reason: LinkageBlockReason, text: &str) {
        patient(linkage::set_block(&self.core, ods_code, nhs_number, Some((reason, text))));
    }

    /// Opens a patient's digital access again.
    ///
    /// # Panics
    ///
    /// When there is no such patient.
    pub fn unblock_linkage_patient(&self, ods_code: &str, nhs_number: &str) {
        patient(linkage::set_block(&self.core, ods_code, nhs_number, None));
    }

    /// Revokes a patient's linkage key, if one is in force.
    ///
    /// # Panics
    ///
    /// When there is no such patient.
    pub fn revoke_linkage_key(&self, ods_code: &str, nhs_number: &str) {
        patient(linkage::revoke(&self.core, ods_code, nhs_number));
    }

    /// Switches the digital services of an organisation of the linkage suppliers off or on.
    ///
    /// # Panics
    ///
    /// When there is no such organisation.
    pub fn block_linkage_organisation(&self, ods_code: &str, blocked: bool) {
        let changed = linkage::set_organisation(&self.core, ods_code, blocked);
        changed.unwrap_or_else(|reason| panic!("the organisation cannot be changed: {reason}"));
    }

    /// Queues a literal reply of the SIF exchange behind those for the same endpoint.
    ///
    /// # Panics
    ///
    /// When the reply cannot be given; the message says why.
    pub fn sif_reply(&self, reply: EndpointReply) {
        sif::queue_reply(&self.core, reply).unwrap_or_else(|reason| panic!("the reply is refused: {reason}"));
    }

    /// The students of the SIF exchange.
    pub fn sif_students(&self) -> Vec<SifStudent> {
        sif::students(&self.core.world())
    }

    /// The student of the SIF exchange with this number.
    pub fn sif_student(&self, student_id: &str) -> Option<SifStudent> {
        sif::find(&self.core.world(), student_id)
    }

    /// How the last request for filters was decided.
    pub fn sif_decision(&self) -> Option<SifDecision> {
        self.core.world().sif.decision.clone()
    }

    /// Changes the first and the last day, as `YYYY-MM-DD`, of a student's consent to an external service.
    ///
    /// # Panics
    ///
    /// When the service does not know the student, or a day is none.
    pub fn set_sif_consent(&self, student_id: &str, external_service_id: i32, start: &str, end: &str) {
        let changed = sif::set_consent(&self.core, student_id, external_service_id, Some(start), Some(end));
        changed.unwrap_or_else(|reason| panic!("the consent cannot be changed: {reason}"));
    }

    /// The record of a student in the store of the SIF exchange.
    pub fn sif_record(&self, zone_id: &str, student_id: &str) -> Option<String> {
        sif::record(&self.core.world(), zone_id, student_id).map(|record| record.to_string())
    }

    /// Puts a record into the store of the SIF exchange as it is, whether or not it is one.
    pub fn set_sif_record(&self, zone_id: &str, student_id: &str, record: &str) {
        sif::set_record(&self.core, zone_id, student_id, record);
    }

    /// Queues a literal reply of the receiver or a home institution behind those for the same endpoint.
    ///
    /// # Panics
    ///
    /// When the reply cannot be given; the message says why.
    pub fn enrollment_reply(&self, reply: EndpointReply) {
        enrollment::queue_reply(&self.core, reply).unwrap_or_else(|reason| panic!("the reply is refused: {reason}"));
    }

    /// Logs a student in at home, and gives the correlation id to start an enrolment with.
    pub fn enrollment_login(&self, person_id: &str) -> Result<String, String> {
        enrollment::login_as(&self.core, person_id)
    }

    /// Chooses the backend that the receiver asks at the start of an enrolment.
    ///
    /// # Panics
    ///
    /// When it cannot be one; the message says why.
    pub fn enrollment_backend(&self, backend: EnrollmentBackend) {
        let changed = enrollment::set_backend(&self.core, backend);
        changed.unwrap_or_else(|reason| panic!("the backend is refused: {reason}"));
    }

    /// Lets home institutions treat a student in this way, instead of as an earlier script about the same said.
    ///
    /// # Panics
    ///
    /// When there is no such student, or the script cannot be played; the message says why.
    pub fn script_home(&self, person_id: &str, script: HomeScript) {
        let changed = enrollment::script_home(&self.core, person_id, script);
        changed.unwrap_or_else(|reason| panic!("the script is refused: {reason}"));
    }

    /// The associations that home institutions keep, the oldest first.
    pub fn enrollment_associations(&self) -> Vec<EnrollmentAssociation> {
        enrollment::associations(&self.core.world())
    }

    /// The results that home institutions were told in the older way, the oldest first.
    pub fn enrollment_results(&self) -> Vec<EnrollmentResult> {
        self.core.world().enrollment.results().to_vec()
    }

    /// The sandbox's time.
    pub fn now(&self) -> SystemTime {
        self.core.world().clock.now().into()
    }

    /// The sandbox's time in whole Unix seconds.
    pub fn unix_now(&self) -> i64 {
        self.core.world().clock.unix()
    }

    /// Moves the sandbox's clock forward.
    pub fn advance(&self, by: Duration) {
        self.core.world().clock.advance(by);
    }

    /// Queues a fault behind those that wait for the same endpoint.
    ///
    /// # Panics
    ///
    /// When the fault cannot be carried out; the message says why.
    pub fn fault(&self, fault: Fault) {
        control::queue_fault(&self.core, fault).unwrap_or_else(|reason| panic!("the fault is refused: {reason}"));
    }

    /// The faults that wait for their requests.
    pub fn faults(&self) -> Vec<Fault> {
        self.core.world().faults.all().cloned().collect()
    }

    /// Forgets all faults.
    pub fn clear_faults(&self) {
        self.core.world().faults.clear();
    }

    /// The requests that the emulated services received, the oldest first, secrets included.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.core.world().recorder.all().cloned().collect()
    }

    /// The requests to one endpoint, the oldest first.
    pub fn requests_to(&self, endpoint: &str) -> Vec<RecordedRequest> {
        self.core.world().recorder.all().filter(|request| request.endpoint == endpoint).cloned().collect()
    }

    /// Forgets the recorded requests.
    pub fn clear_requests(&self) {
        self.core.world().recorder.clear();
    }

    /// Waits in real time until the recorded requests meet `condition`; false when they do not in time.
    ///
    /// This blocks the thread, so an asynchronous test should call it through `spawn_blocking`
    /// unless the requests come from elsewhere.
    pub fn wait_for(&self, timeout: Duration, mut condition: impl FnMut(&[RecordedRequest]) -> bool) -> bool {
        let deadline = Instant::now() + timeout;
        let mut world = self.core.world();
        loop {
            if condition(world.recorder.contiguous()) {
                return true;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            world = self.core.wait(world, left);
        }
    }

    /// The settings in force.
    pub fn settings(&self) -> Settings {
        self.core.world().settings.clone()
    }

    /// Changes settings while the sandbox runs.
    ///
    /// # Panics
    ///
    /// When a setting is out of range; the message says which.
    pub fn configure(&self, change: impl FnOnce(&mut Settings)) {
        if let Err(reason) = control::configure(&self.core, change) {
            panic!("the settings are refused: {reason}");
        }
    }

    /// Goes back to the beginning: clock, seed, settings, and nothing issued, faulty or recorded.
    pub fn reset(&self) {
        self.core.reset();
    }

    /// Stops the servers and frees the ports, as dropping does.
    pub fn stop(self) {
        drop(self.servers);
    }
}

/// Hands on a patient, who must have been there to be changed.
fn patient(changed: Result<LinkagePatient, String>) {
    changed.unwrap_or_else(|reason| panic!("the patient cannot be changed: {reason}"));
}
