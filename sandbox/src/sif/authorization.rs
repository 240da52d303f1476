//! Checks who signed a request, and when, in the way of either profile.

use std::collections::{BTreeSet, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use ring::hmac;

use super::SifProfile;
use super::refusal::Refusal;
use super::request::Call;
use super::timestamp;
use crate::world::World;

/// The one way of signing that is enabled.
pub(super) const METHOD: &str = "SIF_HMACSHA256";

/// The longest authorization that the safer rules look at, in bytes.
const LONGEST: usize = 4096;

/// The most signatures that are remembered.
const MOST_REMEMBERED: usize = 1_000_000;

/// What the retrieval service itself signs with when it asks the broker.
const OWN: [&str; 2] = ["c1f4b6de-90a3-4f57-8d2c-6e5b7a3d1f02", "s3cret-key-ears"];

/// A session token with its shared secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SifCredential {
    /// The session token; one that holds a colon can never sign in.
    pub session_token: String,
    /// The shared secret.
    pub shared_secret: String,
}

impl SifCredential {
    /// The credentials that every sandbox begins with.
    pub fn invented() -> Vec<Self> {
        vec![Self {
            session_token: "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10".to_owned(),
            shared_secret: "s3cret-key-0001".to_owned(),
        }]
    }

    /// The `authorization` value for a timestamp.
    pub fn authorization(&self, timestamp: &str) -> String {
        let hash = STANDARD.encode(hmac::sign(&key(&self.shared_secret), &plain(&self.session_token, timestamp)));
        format!("{METHOD} {}", STANDARD.encode(format!("{}:{hash}", self.session_token)))
    }

    fn own() -> Self {
        let [token, secret] = OWN.map(str::to_owned);
        Self { session_token: token, shared_secret: secret }
    }
}

fn key(secret: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())
}

/// The bytes that are signed.
fn plain(token: &str, timestamp: &str) -> Vec<u8> {
    format!("{}:{}", token.trim(), timestamp.trim()).into_bytes()
}

/// What is remembered of signatures.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// For each token the signed moments, in milliseconds: with the token they determine the signature.
    seen: HashMap<String, BTreeSet<i64>>,
    /// The last moment that the retrieval service signed with.
    own: i64,
}

impl Memory {
    /// Notes a verified signature; false when it was seen before or nothing more can be remembered.
    fn note(&mut self, token: &str, moment: i64, now: i64, window: i64) -> bool {
        let oldest = now.saturating_sub(window.saturating_mul(2));
        for moments in self.seen.values_mut() {
            if moments.first().is_some_and(|first| *first < oldest) {
                *moments = moments.split_off(&oldest);
            }
        }
        let full = self.seen.values().map(BTreeSet::len).sum::<usize>() >= MOST_REMEMBERED;
        // Forgetting would let an old request in again, so a full memory refuses.
        !full && self.seen.entry(token.to_owned()).or_default().insert(moment)
    }
}

/// Signs a request of the retrieval service: the timestamp and the authorization.
pub(super) fn sign(world: &mut World) -> (String, String) {
    let memory = &mut world.sif.memory;
    // Two requests of one millisecond would be alike, and the second a repetition of the first.
    memory.own = world.clock.now().as_millisecond().max(memory.own + 1);
    let timestamp = timestamp::print(timestamp::of_milliseconds(memory.own));
    let authorization = SifCredential::own().authorization(&timestamp);
    (timestamp, authorization)
}

/// Lets a request through whose signature is right, fresh and new, as far as the profile asks for that.
pub(super) fn verify(world: &mut World, call: &Call, profile: SifProfile) -> Result<(), Refusal> {
    let absent = |name| Refusal::bad_request(format!("The {name} header cannot be null."));
    let authorization = call.header("authorization").ok_or_else(|| absent("authorization"))?;
    let told = call.header("timestamp").ok_or_else(|| absent("timestamp"))?;
    let moment = match profile {
        SifProfile::Reference => timestamp::lenient(&told),
        SifProfile::Strict => timestamp::exact(&told),
    };
    let moment = moment.ok_or_else(|| Refusal::bad_request("The timestamp header is invalid."))?;
    if authorization.trim().is_empty() {
        let description = "The authorization header cannot be null, empty, or whitespace.";
        return Err(Refusal::unauthorized(description));
    }
    match profile {
        SifProfile::Reference => as_original(world, &authorization, moment),
        SifProfile::Strict => strictly(world, &authorization, moment),
    }
}

fn invalid() -> Refusal {
    Refusal::unauthorized("The authorization header is invalid.")
}

fn wrong_method(method: &str) -> Refusal {
    Refusal::unauthorized(format!("SIF authentication method '{method}' is invalid."))
}

/// The secret that belongs to a token.
fn secret(world: &World, token: &str) -> Option<String> {
    let own = SifCredential::own();
    let mut known = world.settings.sif_credentials.iter().chain([&own]);
    known.find(|known| known.session_token == token).map(|known| known.shared_secret.clone())
}

/// The check of the original, with its holes.
fn as_original(world: &World, authorization: &str, moment: Timestamp) -> Result<(), Refusal> {
    let parts = split(authorization, ' ');
    let [method, credentials] = parts[..] else { return Err(invalid()) };
    let credentials = decode_loosely(credentials).ok_or_else(invalid)?;
    let [token, hash] = split(&credentials, ':')[..] else { return Err(invalid()) };
    let begins = method.get(..METHOD.len()).is_some_and(|start| start.eq_ignore_ascii_case(METHOD));
    if !begins {
        return Err(wrong_method(method));
    }
    let unknown = || Refusal::unauthorized(format!("SIF user or session '{token}' not authorized."));
    let secret = secret(world, token).ok_or_else(unknown)?;
    let right = STANDARD.encode(hmac::sign(&key(&secret), &plain(token, &timestamp::print(moment))));
    if hash.contains(&right) { Ok(()) } else { Err(invalid()) }
}

/// Splits as the original's platform does, which leaves empty parts at the end out.
fn split(text: &str, delimiter: char) -> Vec<&str> {
    text.trim_end_matches(delimiter).split(delimiter).collect()
}

/// Decodes Base64 of either alphabet and passes over everything else.
fn decode_loosely(text: &str) -> Option<String> {
    let symbols: String = text
        .chars()
        .filter_map(|symbol| match symbol {
            '-' => Some('+'),
            '_' => Some('/'),
            '+' | '/' => Some(symbol),
            _ => symbol.is_ascii_alphanumeric().then_some(symbol),
        })
        .collect();
    let decoded = STANDARD_NO_PAD.decode(symbols).ok()?;
    Some(String::from_utf8_lossy(&decoded).into_owned())
}

/// The check by the safer rules.
fn strictly(world: &mut World, authorization: &str, moment: Timestamp) -> Result<(), Refusal> {
    if authorization.len() > LONGEST {
        return Err(invalid());
    }
    let (method, credentials) = authorization.split_once(' ').ok_or_else(invalid)?;
    let credentials = STANDARD.decode(credentials).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let credentials = credentials.ok_or_else(invalid)?;
    let (token, hash) = credentials.split_once(':').ok_or_else(invalid)?;
    if !method.eq_ignore_ascii_case(METHOD) {
        return Err(wrong_method(method));
    }
    let hash = STANDARD.decode(hash).ok().filter(|hash| hash.len() == 32).ok_or_else(invalid)?;
    let secret = secret(world, token);
    // An unknown token costs what a known one does, so that time does not tell them apart.
    let key = key(secret.as_deref().unwrap_or("nobody's secret"));
    let fits = hmac::verify(&key, &plain(token, &timestamp::print(moment)), &hash).is_ok();
    if !fits || secret.is_none() {
        return Err(invalid());
    }
    if token == OWN[0] {
        // Its moments run ahead of a clock that stands still, and would leave the window in the end.
        return Ok(());
    }
    let seconds = i64::try_from(world.settings.sif_window_seconds).unwrap_or(i64::MAX);
    let now = world.clock.now();
    if timestamp::apart(now, moment) > SignedDuration::from_secs(seconds) {
        return Err(Refusal::unauthorized("The timestamp header is outside the allowed window."));
    }
    let window = seconds.saturating_mul(1000);
    if world.sif.memory.note(token, moment.as_millisecond(), now.as_millisecond(), window) {
        Ok(())
    } else {
        Err(Refusal::unauthorized("The request was already received."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_equal_the_worked_vectors() {
        for (token, secret, timestamp, hash) in [
            (
                "ad53dbf6-e0a0-469f-8428-c17738eba43e",
                "pHkAuxdGGMWS",
                "2015-02-24T20:51:59.878Z",
                "jUJzkQhAX0ZHpwkEOJc3Bq6tCcJ0vUGwDdLFwUtqOJ0=",
            ),
            ("emu-token", "clé-ünïcode-密", "2026-02-28T23:59:59.999Z", "105oSlS61CCA5ejHXn+yEYBGu/TyzzLDLWQi3EeG1lE="),
            (
                "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10",
                "s3cret-key-0001",
                "2026-11-22T08:15:30.001Z",
                "YxY10v7aPuUM4E2w3nNcHIkkE89muVszu7phHFMdRJ0=",
            ),
            (
                "emu-token",
                "clé-ünïcode-密",
                "2026-03-01T00:59:59.999+01:00",
                "6efVtzAPze559GdlR8XZdkL5ZQJvBBvhCffocPS/E28=",
            ),
        ] {
            let credential = SifCredential { session_token: token.to_owned(), shared_secret: secret.to_owned() };
            let expected = format!("{METHOD} {}", STANDARD.encode(format!("{token}:{hash}")));
            assert_eq!(credential.authorization(timestamp), expected);
        }
    }

    #[test]
    fn a_signature_is_remembered_for_two_windows() {
        let mut memory = Memory::default();
        assert!(memory.note("a", 1000, 1000, 300));
        assert!(!memory.note("a", 1000, 1600, 300));
        assert!(memory.note("b", 1000, 1600, 300), "of another token");
        assert!(memory.note("a", 1000, 1601, 300), "nothing is kept for ever");
    }

    #[test]
    fn a_full_memory_refuses_what_is_new() {
        let mut memory = Memory::default();
        memory.seen.insert("a".to_owned(), (0..MOST_REMEMBERED as i64).collect());
        assert!(!memory.note("b", 1, 1, i64::MAX));
    }

    #[test]
    fn loose_decoding_passes_over_foreign_characters() {
        assert_eq!(decode_loosely("YT!pi\u{e9}").as_deref(), Some("a:b"));
        assert_eq!(split("a:b:", ':'), ["a", "b"]);
    }
}
