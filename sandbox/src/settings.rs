//! Holds what can be changed while the sandbox runs.

use serde::{Deserialize, Serialize};

use crate::gateway::GatewayProfile;
use crate::hmpps_auth::GatewayClient;
use crate::linkage::LinkageClient;
use crate::lrs::LrsOrganisation;
use crate::provider::Provider;
use crate::sif::{SifCredential, SifProfile};

/// The longest life a token or a QR code can be given: a year.
const LONGEST_LIFE_SECONDS: u64 = 31_536_000;

/// The longest latency that can be set: ten minutes.
const LONGEST_LATENCY_MS: u64 = 600_000;

/// What can be changed while the sandbox runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The status that `learner-data` answers while the learner has not decided: 202 or 204 (both
    /// without a body), 404 (with a problem document), or 200, which carries the JSON value `null`.
    pub pending_status: u16,
    /// The life of a newly issued token, in seconds.
    pub token_life_seconds: u64,
    /// The life of a newly issued QR code, in seconds.
    pub qr_life_seconds: u64,
    /// How long every emulated endpoint waits, in real time, before it acts.
    pub latency_ms: u64,
    /// How the gateway behaves where the original has defects.
    pub gateway_profile: GatewayProfile,
    /// How long the gateway waits for the Learning Records Service, in milliseconds of real time.
    pub lrs_timeout_ms: u64,
    /// The age below which the linkage suppliers give no key; 0 for none.
    pub linkage_minimum_age_years: u8,
    /// How the SIF exchange behaves where the original has defects.
    pub sif_profile: SifProfile,
    /// How far, in seconds, a timestamp may be from the time at which the SIF exchange gets it, by the
    /// safer rules.
    pub sif_window_seconds: u64,
    /// The life of the tokens of home institutions, in seconds.
    pub enrollment_token_life_seconds: u64,
    /// How long the receiver and the broker wait for an answer, in milliseconds of real time.
    pub enrollment_timeout_ms: u64,
    /// The providers that the sandbox knows, with their credentials.
    #[serde(skip)]
    pub providers: Vec<Provider>,
    /// The organisations that may ask the Learning Records Service.
    #[serde(skip)]
    pub lrs_organisations: Vec<LrsOrganisation>,
    /// The programs that may ask the gateway.
    #[serde(skip)]
    pub gateway_clients: Vec<GatewayClient>,
    /// The programs that may ask the `native` linkage supplier.
    #[serde(skip)]
    pub linkage_clients: Vec<LinkageClient>,
    /// The session tokens that the SIF exchange knows, with their secrets.
    #[serde(skip)]
    pub sif_credentials: Vec<SifCredential>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            pending_status: 404,
            token_life_seconds: 3599,
            qr_life_seconds: 300,
            latency_ms: 0,
            gateway_profile: GatewayProfile::Compat,
            lrs_timeout_ms: 20_000,
            linkage_minimum_age_years: 0,
            sif_profile: SifProfile::Strict,
            sif_window_seconds: 300,
            enrollment_token_life_seconds: 3600,
            enrollment_timeout_ms: 20_000,
            providers: Provider::invented(),
            lrs_organisations: LrsOrganisation::invented(),
            gateway_clients: GatewayClient::invented(),
            linkage_clients: LinkageClient::invented(),
            sif_credentials: SifCredential::invented(),
        }
    }
}

impl Settings {
    /// Says what is wrong with these settings, if anything is.
    pub(crate) fn check(&self) -> Result<(), String> {
        if !matches!(self.pending_status, 200 | 202 | 204 | 404) {
            return Err(format!("the pending status must be 200, 202, 204 or 404, not {}", self.pending_status));
        }
        let lives = [
            ("token", self.token_life_seconds),
            ("QR", self.qr_life_seconds),
            ("enrolment token", self.enrollment_token_life_seconds),
        ];
        for (name, life) in lives {
            if !(1..=LONGEST_LIFE_SECONDS).contains(&life) {
                return Err(format!("the {name} life must be 1 to {LONGEST_LIFE_SECONDS} seconds, not {life}"));
            }
        }
        if self.latency_ms > LONGEST_LATENCY_MS {
            return Err(format!("the latency must be at most {LONGEST_LATENCY_MS} ms, not {}", self.latency_ms));
        }
        for (name, timeout) in [("LRS", self.lrs_timeout_ms), ("enrolment", self.enrollment_timeout_ms)] {
            if !(1..=LONGEST_LATENCY_MS).contains(&timeout) {
                return Err(format!("the {name} timeout must be 1 to {LONGEST_LATENCY_MS} ms, not {timeout}"));
            }
        }
        if !(1..=LONGEST_LIFE_SECONDS).contains(&self.sif_window_seconds) {
            let window = self.sif_window_seconds;
            return Err(format!("the SIF window must be 1 to {LONGEST_LIFE_SECONDS} seconds, not {window}"));
        }
        Provider::check_all(&self.providers)
    }

    /// The provider with this UKPRN.
    pub fn provider(&self, ukprn: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.ukprn == ukprn)
    }

    /// The provider with this UKPRN, to be changed.
    pub fn provider_mut(&mut self, ukprn: &str) -> Option<&mut Provider> {
        self.providers.iter_mut().find(|provider| provider.ukprn == ukprn)
    }

    /// The provider with this client id.
    pub(crate) fn provider_of_client(&self, client_id: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.client_id == client_id)
    }
}

/// A change to some of the settings, as the control interface takes it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SettingsChange {
    pending_status: Option<u16>,
    token_life_seconds: Option<u64>,
    qr_life_seconds: Option<u64>,
    latency_ms: Option<u64>,
    gateway_profile: Option<GatewayProfile>,
    lrs_timeout_ms: Option<u64>,
    linkage_minimum_age_years: Option<u8>,
    sif_profile: Option<SifProfile>,
    sif_window_seconds: Option<u64>,
    enrollment_token_life_seconds: Option<u64>,
    enrollment_timeout_ms: Option<u64>,
}

impl SettingsChange {
    /// Applies what is given and leaves the rest.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        if let Some(status) = self.pending_status {
            settings.pending_status = status;
        }
        if let Some(seconds) = self.token_life_seconds {
            settings.token_life_seconds = seconds;
        }
        if let Some(seconds) = self.qr_life_seconds {
            settings.qr_life_seconds = seconds;
        }
        if let Some(latency) = self.latency_ms {
            settings.latency_ms = latency;
        }
        if let Some(profile) = self.gateway_profile {
            settings.gateway_profile = profile;
        }
        if let Some(timeout) = self.lrs_timeout_ms {
            settings.lrs_timeout_ms = timeout;
        }
        if let Some(years) = self.linkage_minimum_age_years {
            settings.linkage_minimum_age_years = years;
        }
        if let Some(profile) = self.sif_profile {
            settings.sif_profile = profile;
        }
        if let Some(seconds) = self.sif_window_seconds {
            settings.sif_window_seconds = seconds;
        }
        if let Some(seconds) = self.enrollment_token_life_seconds {
            settings.enrollment_token_life_seconds = seconds;
        }
        if let Some(timeout) = self.enrollment_timeout_ms {
            settings.enrollment_timeout_ms = timeout;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_accepted() {
        assert_eq!(Settings::default().check(), Ok(()));
    }

    #[test]
    fn a_setting_out_of_range_is_named() {
        let broken = Settings { pending_status: 418, ..Settings::default() };
        assert!(broken.check().unwrap_err().contains("pending status"));
        let broken = Settings { token_life_seconds: 0, ..Settings::default() };
        assert!(broken.check().unwrap_err().contains("token life"));
        let broken = Settings { latency_ms: u64::MAX, ..Settings::default() };
        assert!(broken.check().unwrap_err().contains("latency"));
    }

    #[test]
    fn two_providers_cannot_share_a_client_id() {
        let mut settings = Settings::default();
        settings.providers[1].client_id = "cid-a".to_owned();
        assert!(settings.check().unwrap_err().contains("cid-a"));
    }
}
