//! Emulates the record services that LearnerLink talks to, for development and tests without a network.
//!
//! The sandbox is a small HTTP server that behaves like the DfE View Education Record API ("VERA")
//! and the Microsoft Entra token endpoint in front of it, like the Learning Records Service ("LRS"),
//! like the learner-records gateway over that with hmpps-auth, like suppliers of NHS linkage keys in
//! five dialects, like the SIF Student Record Exchange, and like the receiver and the home institutions of
//! student-mobility enrolment. It knows two invented providers and some invented learners, patients and
//! students, lets a test or a person answer in a learner's place, goes wrong on request, and remembers what
//! it was asked.
//!
//! ```
//! use learnerlink_sandbox::{Fault, Sandbox};
//!
//! let sandbox = Sandbox::start();
//! sandbox.fault(Fault::on("learner-data").status(503).retry_after(7));
//! assert!(sandbox.url().starts_with("http://127.0.0.1:"));
//! assert!(sandbox.requests().is_empty());
//! ```
//!
//! # Credentials
//!
//! All of them are invented and known to nobody but sandboxes.
//!
//! | What | Value |
//! |---|---|
//! | tenant | `5a9db0c5-0d4a-4f3b-9a7e-2b1f5c0de001` ([`TENANT_ID`]) |
//! | resource | `api://view-education-record.sandbox` ([`RESOURCE`]) |
//! | provider `10099901`, Northbridge College | client id `cid-a`, secret `s3c+ret/=1` |
//! | provider `10099902`, Southmoor Sixth Form | client id `cid-b`, secret `s3c~ret&=2` |
//!
//! The token endpoint is `{url}/{tenant}/oauth2/token`; the API lies at `{url}/`.
//!
//! | What | Value |
//! |---|---|
//! | LRS organisation `10099901`, vendor `1` | password `Or&chard<Gate>1` |
//! | LRS organisation `10099902`, vendor `1` | password `pass"word'2` |
//! | gateway clients `ui-client`, `ro-client`, `sar-client`, `all-client`, `none-client` | secrets `s3c+ret/=ui`, … |
//!
//! The SOAP services are `{url}/lrs/LearnerService.svc` and `{url}/lrs/LearnerServiceR9.svc`, the
//! gateway is `{url}/learner-records`, and hmpps-auth is `{url}/hmpps-auth/auth`. With
//! [`Builder::mutual_tls`] the SOAP services are also at the root of a second port that demands a
//! client certificate, and so are the linkage suppliers below `/linkage` of that port.
//!
//! | Linkage supplier | Address | Needs |
//! |---|---|---|
//! | `native` | `{url}/linkage/native/im1/linkage/v1/` | a token of `{url}/linkage/native/oauth/token` |
//! | | scopes `linkage.retrieve`, `linkage.create` | client `linkage-client`, secret `s3c+ret/=linkage` |
//! | | scope `linkage.retrieve` | client `linkage-reader`, secret `s3c+ret/=reader` |
//! | `emis` | `{url}/linkage/emis/` | application `D66BA979-60D2-49AA-BE82-AEC06356E41F` ([`LINKAGE_EMIS_APPLICATION`]), version `2.1.0.0` |
//! | `tpp` | `{url}/linkage/tpp` | provider `7d3f5a2c9b1e4680` ([`LINKAGE_TPP_PROVIDER`]) |
//! | `vision` | `{url}/linkage/vision/` | nothing |
//! | `header` | `{url}/linkage/header/` | nothing |
//!
//! | SIF exchange | Value |
//! |---|---|
//! | retrieval service (EARS) | `{url}/sif/ears`, records at `/xSres/{id};zoneId=alder;contextId=DEFAULT` |
//! | environment of the broker | `{url}/sif/requestProvider`, with `filters`, `masterXsres` and `srxMessages` |
//! | session token | `5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10`, secret `s3cret-key-0001` |
//! | entity 2 | service 5: name and number of `700001`, `700003`, `700004` |
//! | entity 3 | service 6: also enrollment, attendance and transcript; service 7: only with `personnelId` 2, `700008` |
//!
//! | Enrolment | Value |
//! |---|---|
//! | receiver | `{url}/enrollment/receiver` |
//! | student administration | user `sis-gouwe`, password `s3c+ret/=sis` |
//! | broker | user `broker`, password `s3c+ret/=broker` |
//! | home institutions | `{url}/enrollment/home/merwede.example`, `…/fjord.example`, `…/linge.example` |
//!
//! # Time
//!
//! [`Sandbox::start`] uses a virtual clock, which stands still until [`Sandbox::advance`] moves it:
//! tokens, QR codes, shares and the `Date` header all follow it. Only latency is real.

mod builder;
mod chance;
mod clock;
mod console;
mod control;
mod enrollment;
mod faults;
mod gate;
mod gateway;
mod hmpps_auth;
mod learner;
mod linkage;
mod lrs;
mod percent;
mod pfx;
mod problem;
mod provider;
mod recorder;
mod replies;
mod router;
mod sandbox;
mod server;
mod settings;
mod sif;
mod soap;
mod tls;
mod upstream;
mod vera;
mod world;

pub use builder::{Builder, StartError};
pub use enrollment::{
    EnrollmentAccess, EnrollmentAssociation, EnrollmentBackend, EnrollmentOAuth, EnrollmentRemoteResult,
    EnrollmentRemoteState, EnrollmentResult, HomeMessage, HomeScript, HomeState, HomeTimes,
};
pub use faults::{DropPoint, EVERY_ENDPOINT, Fault, FaultKind, RetryAfter, SecondsAhead};
pub use gateway::{AuditEntry, GatewayProfile, MatchRow};
pub use hmpps_auth::{GatewayClient, GatewayRole};
pub use learner::LearnersRefused;
pub use linkage::{
    LINKAGE_EMIS_APPLICATION, LINKAGE_TPP_PROVIDER, LinkageBlock, LinkageBlockReason, LinkageClient, LinkageKeyState,
    LinkagePatient,
};
pub use lrs::{LrsOrganisation, LrsReply};
pub use pfx::{ClientCertificate, PfxEncryption};
pub use provider::{Provider, RESOURCE, TENANT_ID};
pub use recorder::RecordedRequest;
pub use replies::EndpointReply;
pub use sandbox::Sandbox;
pub use settings::Settings;
pub use sif::{SifAssignment, SifCredential, SifDecision, SifProfile, SifStudent};
pub use tls::TlsMode;
pub use vera::{Approval, Pattern, ShareRefused, ShareState, ShareView};
