//! What the student is told, in Dutch or English (section 9 of the enrolment specification).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that students are spoken to in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// English, also for whoever asks for another.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// The language that an `Accept-Language` header asks for.
    #[must_use]
    pub fn accepted(header: Option<&str>) -> Self {
        let mut best: Option<(u32, Self)> = None;
        for range in header.unwrap_or_default().split(',') {
            let mut parts = range.split(';').map(str::trim);
            let Some(tag) = parts.next().filter(|tag| !tag.is_empty()) else { continue };
            let mut weight = Some(1000);
            for parameter in parts {
                if let Some((name, value)) = parameter.split_once('=')
                    && name.trim().eq_ignore_ascii_case("q")
                {
                    weight = thousandths(value.trim());
                }
            }
            // Other languages do not count beside one of ours.
            let (Some(weight), Some(language)) = (weight, Self::of_tag(tag)) else { continue };
            // Of two that are wanted alike, the first.
            if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language).unwrap_or_default()
    }

    /// The language of a tag such as `nl-BE`; `None` when it is neither of the two.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "nl" => Some(Self::Nl),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Its tag, as it is sent on.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::Nl => "nl-NL",
        }
    }
}

/// A weight of `Accept-Language`, `0` to `1` with up to three decimals.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if !matches!(whole, "0" | "1") || decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = format!("{whole}{decimals:0<3}").parse().ok()?;
    (value <= 1000).then_some(value)
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Text {
    /// In English.
    #[schemars(length(min = 1, max = 500))]
    pub en: String,
    /// In Dutch.
    #[schemars(length(min = 1, max = 500))]
    pub nl: String,
}

impl Text {
    /// The text in a language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Nl => &self.nl,
        }
    }
}

/// What a student can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Message {
    /// Both institutions agree.
    Associated,
    /// The host or the home institution has yet to decide.
    Pending,
    /// On the waiting list.
    Queued,
    /// Enrolled before.
    AlreadyEnrolled,
    /// Applied before, not yet decided.
    AlreadyPending,
    /// On the waiting list before.
    AlreadyQueued,
    /// The host refuses.
    Denied,
    /// The home institution refuses.
    DeniedByHome,
    /// Not actively enrolled at home.
    NotActive,
    /// The window has not begun.
    NotYetOpen,
    /// The window is over.
    Closed,
    /// There is no place left.
    Full,
    /// The request cannot be read.
    InvalidRequest,
    /// Not let through the waiting room.
    QueueFailed,
    /// The home institution wants the student to log in again.
    LoginAgain,
    /// The home institution does not know the student.
    PersonNotFound,
    /// The host's system could not handle it.
    BackendError,
    /// Nothing was accepted, because something is broken.
    InternalError,
}

/// Texts of the host's own, by message; `{offering}` stands for the offering's name.
pub type Overrides = BTreeMap<Message, Text>;

impl Message {
    /// The code of the start response.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Associated | Self::Pending | Self::Queued => 200,
            Self::BackendError => 400,
            Self::PersonNotFound => 404,
            Self::QueueFailed => 409,
            Self::InvalidRequest => 412,
            Self::LoginAgain => 417,
            Self::AlreadyEnrolled
            | Self::AlreadyPending
            | Self::AlreadyQueued
            | Self::Denied
            | Self::DeniedByHome
            | Self::NotActive
            | Self::NotYetOpen
            | Self::Closed
            | Self::Full => 422,
            Self::InternalError => 500,
        }
    }

    /// The outcome's word in our own answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Associated => "associated",
            Self::Pending => "pending",
            Self::Queued => "queued",
            Self::AlreadyEnrolled => "alreadyEnrolled",
            Self::AlreadyPending => "alreadyPending",
            Self::AlreadyQueued => "alreadyQueued",
            Self::Denied => "denied",
            Self::DeniedByHome => "deniedByHome",
            Self::NotActive => "notActive",
            Self::NotYetOpen => "notYetOpen",
            Self::Closed => "closed",
            Self::Full => "full",
            Self::InvalidRequest => "invalidRequest",
            Self::QueueFailed => "queueFailed",
            Self::LoginAgain => "loginAgain",
            Self::PersonNotFound => "personNotFound",
            Self::BackendError => "backendError",
            Self::InternalError => "internalError",
        }
    }

    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Associated => ("You are enrolled for {offering}.", "Je bent ingeschreven voor {offering}."),
            Self::Pending => (
                "Your application for {offering} has been received. You will hear from us when it has been decided.",
                "Je aanvraag voor {offering} is ontvangen. Je hoort van ons zodra erover is besloten.",
            ),
            Self::Queued => {
                ("You are on the waiting list for {offering}.", "Je staat op de wachtlijst voor {offering}.")
            }
            Self::AlreadyEnrolled => {
                ("You are already enrolled for {offering}.", "Je bent al ingeschreven voor {offering}.")
            }
            Self::AlreadyPending => (
                "You have already applied for {offering}; a decision has not been made yet.",
                "Je hebt je al aangemeld voor {offering}; er is nog niet over besloten.",
            ),
            Self::AlreadyQueued => {
                ("You are already on the waiting list for {offering}.", "Je staat al op de wachtlijst voor {offering}.")
            }
            Self::Denied => ("You cannot enrol for {offering}.", "Je kunt je niet inschrijven voor {offering}."),
            Self::DeniedByHome => (
                "Your own institution does not agree to your enrolment for {offering}.",
                "Je eigen instelling gaat niet akkoord met je inschrijving voor {offering}.",
            ),
            Self::NotActive => (
                "You are not actively enrolled at your own institution, so you cannot enrol for {offering}.",
                "Je bent niet actief ingeschreven bij je eigen instelling en kunt je daarom niet inschrijven voor {offering}.",
            ),
            Self::NotYetOpen => {
                ("Enrolment for {offering} has not opened yet.", "De inschrijving voor {offering} is nog niet geopend.")
            }
            Self::Closed => ("Enrolment for {offering} has closed.", "De inschrijving voor {offering} is gesloten."),
            Self::Full => ("{offering} is full.", "{offering} is vol."),
            Self::InvalidRequest => (
                "Your application could not be read. Please start again.",
                "Je aanvraag kon niet worden gelezen. Begin opnieuw.",
            ),
            Self::QueueFailed => (
                "You were not let through the waiting room. Please start again.",
                "Je bent niet door de wachtkamer gekomen. Begin opnieuw.",
            ),
            Self::LoginAgain => (
                "Your application has been kept, but your login has expired. Please log in and start again.",
                "Je aanvraag is bewaard, maar je bent niet meer ingelogd. Log opnieuw in en begin opnieuw.",
            ),
            Self::PersonNotFound => (
                "Your own institution does not know you. Please contact it.",
                "Je eigen instelling kent je niet. Neem contact met haar op.",
            ),
            Self::BackendError => (
                "Your application for {offering} could not be handled. Please contact the institution.",
                "Je aanvraag voor {offering} kon niet worden verwerkt. Neem contact op met de instelling.",
            ),
            Self::InternalError => (
                "Something went wrong and your application was not accepted. Please try again later.",
                "Er ging iets mis en je aanvraag is niet aangenomen. Probeer het later opnieuw.",
            ),
        }
    }

    /// The text for a student.
    #[must_use]
    pub fn text(self, overrides: &Overrides, language: Language, offering: &str) -> String {
        let (en, nl) = self.texts();
        let own = overrides.get(&self).map(|text| text.get(language));
        let text = own.unwrap_or(if language == Language::Nl { nl } else { en });
        plain(&text.replace("{offering}", offering))
    }
}

/// The longest text that a student is shown, in characters.
const LONGEST: usize = 500;

/// A text without tags and control characters, cut to what a student is shown.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let begins_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        rest = match (begins_tag, after.find('>')) {
            (true, Some(end)) => &after[end + 1..],
            // Whatever is left of it must not be taken for a tag either.
            (true, None) => "",
            (false, _) => after,
        };
    }
    plain.push_str(rest);
    let spaced = plain.chars().map(|c| if c.is_control() { ' ' } else { c });
    let plain: String = spaced.filter(|c| !matches!(c, '<' | '>')).take(LONGEST).collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_wanted_most_is_taken_and_english_otherwise() {
        for (header, expected) in [
            ("nl-NL", Language::Nl),
            ("NL", Language::Nl),
            ("nl-BE,nl;q=0.9", Language::Nl),
            ("fr-FR, nl;q=0.4, en;q=0.3", Language::Nl),
            ("fr;q=0.2, nl;q=0.2, en;q=0.3", Language::En),
            ("en;q=0.5,nl;q=0.5", Language::En),
            ("nl;q=0, en", Language::En),
            ("nl;q=0", Language::En),
            ("*;q=0.5, nl;q=0.4", Language::Nl),
            ("*", Language::En),
            ("fr", Language::En),
            ("nl;q=2", Language::En),
            ("nl;q=0.5, nl;q=", Language::Nl),
            (";;,=,", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(Language::accepted(Some(header)), expected, "{header}");
        }
        assert_eq!(Language::accepted(None), Language::En);
    }

    #[test]
    fn no_tag_and_no_more_than_fits_reaches_a_student() {
        assert_eq!(plain("a <b>c</b> <script>d</script><!-- e -->\nf"), "a c d f");
        assert_eq!(plain("1 < 2 > 0 <img src=x"), "1  2  0");
        assert_eq!(plain("<<b>script>alert(1)"), "script>alert(1)".replace('>', ""));
        assert_eq!(plain(&"é".repeat(600)).chars().count(), 500);
    }

    #[test]
    fn a_text_of_the_hosts_own_replaces_ours() {
        let text = Text { en: "Welcome to {offering}!".into(), nl: "Welkom bij {offering}!".into() };
        let overrides = Overrides::from([(Message::Associated, text)]);
        assert_eq!(Message::Associated.text(&overrides, Language::Nl, "Water <b>"), "Welkom bij Water !");
        assert_eq!(Message::Full.text(&overrides, Language::En, "Water"), "Water is full.");
    }
}
