//! Where the receiver is, who we are to it, and how enrolments are decided.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::language::{Overrides, Text};
use crate::error::{Error, Result};
use crate::http::address::{self, with_slash};
use crate::{privacy, profiles};

/// The `enrollment` section of the configuration.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Config {
    /// Address of the subscription receiver, before `/associations` and `/person`.
    pub receiver_url: Option<String>,
    /// The profile with whose `enrollment` credential the receiver is called.
    pub provider: Option<String>,
    /// How applications come to the host program.
    pub hand_over: HandOver,
    /// When a start must be answered, in milliseconds (1,000 to 18,000).
    #[schemars(range(min = 1000, max = 18_000))]
    pub start_deadline_ms: u64,
    /// With `direct`, how long a start waits for the host program's decision, in milliseconds (100 to 15,000); it must be
    /// less than `startDeadlineMs`.
    #[schemars(range(min = 100, max = 15_000))]
    pub decide_within_ms: u64,
    /// How long an application that was handed out is not handed out again, in seconds (1 to 86,400).
    #[schemars(range(min = 1, max = 86_400))]
    pub lease_seconds: u32,
    /// How often the home institution is asked while it has not decided, in minutes (1 to 10,080).
    #[schemars(range(min = 1, max = 10_080))]
    pub poll_minutes: u32,
    /// For how many seconds a start that comes again, byte for byte, gets the same answer (0 to 86,400).
    #[schemars(range(max = 86_400))]
    pub replay_window_seconds: u32,
    /// The institution's time zone: `Europe/Amsterdam` or another of western and central Europe, or a POSIX rule such as
    /// `CET-1CEST,M3.5.0,M10.5.0/3`.
    pub time_zone: String,
    /// Which of an offering's alliances counts; the only one when absent.
    pub alliance: Option<String>,
    /// What to do with students of whom it is not said whether they are actively enrolled.
    pub missing_active: MissingActive,
    /// Whether to ask, before anything else, if the home institution knows the student.
    pub verify_person_at_start: bool,
    /// Whether to keep national identity numbers.
    pub keep_national_id: bool,
    /// The host institution, as it is named to home institutions.
    pub issuer: Option<Issuer>,
    /// Home institutions that know version 4 only, by their domain.
    pub older_homes: BTreeSet<String>,
    /// Texts of the host's own for students; `{offering}` stands for the offering's name.
    pub messages: Overrides,
    /// Whether what is to be sent is sent in the background while the plugin is open; otherwise by `flush_outbox`.
    pub background: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            receiver_url: None,
            provider: None,
            hand_over: HandOver::default(),
            start_deadline_ms: 10_000,
            decide_within_ms: 5_000,
            lease_seconds: 300,
            poll_minutes: 60,
            replay_window_seconds: 0,
            time_zone: "Europe/Amsterdam".into(),
            alliance: None,
            missing_active: MissingActive::default(),
            verify_person_at_start: false,
            keep_national_id: false,
            issuer: None,
            older_homes: BTreeSet::new(),
            messages: Overrides::new(),
            background: true,
        }
    }
}

/// How applications come to the host program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum HandOver {
    /// The student is told that the application was received; the host program decides when it can.
    #[default]
    Inbox,
    /// The start waits for the host program's decision, which the student is told at once; without one in time, as `inbox`.
    Direct,
}

/// What to do with students of whom it is not said whether they are actively enrolled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum MissingActive {
    /// They are accepted, with a warning.
    #[default]
    Accept,
    /// They are refused.
    Deny,
}

/// The host institution.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Issuer {
    /// Its domain.
    pub schac_home: String,
    /// Its name.
    pub name: Text,
    /// Its short name.
    pub short_name: String,
}

/// The rule of most of western and central Europe.
const CENTRAL: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
/// Time zones by name. A list of all of them would be a good part of the library's size, and hosts are in these.
const ZONES: [(&str, &str); 14] = [
    ("Europe/Amsterdam", CENTRAL),
    ("Europe/Berlin", CENTRAL),
    ("Europe/Brussels", CENTRAL),
    ("Europe/Copenhagen", CENTRAL),
    ("Europe/Luxembourg", CENTRAL),
    ("Europe/Madrid", CENTRAL),
    ("Europe/Oslo", CENTRAL),
    ("Europe/Paris", CENTRAL),
    ("Europe/Rome", CENTRAL),
    ("Europe/Stockholm", CENTRAL),
    ("Europe/Vienna", CENTRAL),
    ("Europe/Dublin", "GMT0BST,M3.5.0/1,M10.5.0"),
    ("Europe/London", "GMT0BST,M3.5.0/1,M10.5.0"),
    ("UTC", "UTC0"),
];

impl Config {
    /// Points the section at a sandbox.
    pub fn point_at_sandbox(&mut self, sandbox: &Url) {
        let base = with_slash(sandbox.clone());
        self.receiver_url.get_or_insert_with(|| format!("{base}enrollment/receiver"));
        self.provider.get_or_insert_with(|| of_sandbox().0.into());
        self.issuer.get_or_insert_with(|| Issuer {
            schac_home: "gouwe.example".into(),
            name: Text { en: "Gouwe University".into(), nl: "Hogeschool Gouwe".into() },
            short_name: "HG".into(),
        });
    }

    /// The institution's time zone.
    ///
    /// # Errors
    /// `INVALID_CONFIG`.
    pub fn zone(&self) -> Result<TimeZone> {
        let named = ZONES.iter().find(|(name, _)| *name == self.time_zone).map(|(_, rule)| *rule);
        TimeZone::posix(named.unwrap_or(&self.time_zone)).map_err(|_| {
            let problem = "must be the name of a time zone like `Europe/Amsterdam`, or a POSIX rule like \
                           `CET-1CEST,M3.5.0,M10.5.0/3`";
            Error::config("enrollment.timeZone", problem)
        })
    }

    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_CONFIG` with the value's path.
    pub fn validate(&self, sandboxed: bool) -> Result<()> {
        if let Some(text) = &self.receiver_url {
            address::checked(text, sandboxed).map_err(|problem| Error::config("enrollment.receiverUrl", problem))?;
        }
        for (path, value, least, most) in [
            ("startDeadlineMs", self.start_deadline_ms, 1000, 18_000),
            ("decideWithinMs", self.decide_within_ms, 100, 15_000),
            ("leaseSeconds", self.lease_seconds.into(), 1, 86_400),
            ("pollMinutes", self.poll_minutes.into(), 1, 10_080),
            ("replayWindowSeconds", self.replay_window_seconds.into(), 0, 86_400),
        ] {
            if !(least..=most).contains(&value) {
                let problem = format!("must be between {least} and {most}");
                return Err(Error::config(format!("enrollment.{path}"), problem));
            }
        }
        if self.decide_within_ms >= self.start_deadline_ms {
            return Err(Error::config("enrollment.decideWithinMs", "must be less than `startDeadlineMs`"));
        }
        if let Some(issuer) = &self.issuer
            && (issuer.schac_home.trim().is_empty() || issuer.name.en.trim().is_empty())
        {
            return Err(Error::config("enrollment.issuer", "must have a domain and a name"));
        }
        for (message, text) in &self.messages {
            for text in [&text.en, &text.nl] {
                if text.trim().is_empty() || text.chars().count() > 500 {
                    let problem = "must have 1 to 500 characters in each language";
                    return Err(Error::config(format!("enrollment.messages.{}", message.word()), problem));
                }
            }
        }
        self.zone().map(drop)
    }
}

/// A credential for the receiver.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    /// The user name that the receiver knows our system by; never shared with another profile.
    #[schemars(length(min = 1, max = 200))]
    pub user: String,
    /// The password.
    #[serde(serialize_with = "privacy::expose")]
    #[schemars(with = "String")]
    pub password: SecretString,
}

impl profiles::Credential for Credential {
    const SYSTEM: &'static str = "enrollment";

    fn identity(&self) -> &str {
        &self.user
    }
}

impl Credential {
    /// Checks every value.
    ///
    /// # Errors
    /// `INVALID_INPUT` with the value's path.
    pub fn validate(&self) -> Result<()> {
        if self.user.is_empty() || self.user.len() > 200 || self.user.contains(|c: char| c == ':' || c.is_control()) {
            return Err(Error::input("enrollment.user", "must have 1 to 200 characters and no colon"));
        }
        let password = self.password.expose_secret();
        if password.is_empty() || password.len() > 1000 || password.contains(char::is_control) {
            return Err(Error::input("enrollment.password", "must have 1 to 1000 characters"));
        }
        Ok(())
    }
}

/// The credential that the sandbox knows, with the UKPRN of the profile that has it.
pub(crate) fn of_sandbox() -> (&'static str, Credential) {
    ("10099901", Credential { user: "sis-gouwe".into(), password: "s3c+ret/=sis".into() })
}
