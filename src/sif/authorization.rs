//! Who calls: the header `Authorization` of SIF services, written and checked (section 4 of the SIF specification).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::config::{Behaviour, Method};
use super::timestamp;

/// The longest header that is looked at.
const LONGEST: usize = 4096;
/// How many requests are remembered, so that none is taken twice; when all places are taken, none is taken at all.
const REMEMBERED: usize = 1_000_000;

/// The hash over token and time.
fn hash(token: &str, time: &str, secret: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(token.trim().as_bytes());
    mac.update(b":");
    mac.update(time.trim().as_bytes());
    mac.finalize().into_bytes().into()
}

/// The header of a request at `time`.
#[must_use]
pub fn header(method: Method, token: &str, secret: &SecretString, time: &str) -> Zeroizing<String> {
    let secret = secret.expose_secret();
    let (scheme, pair) = match method {
        Method::Hmac => ("SIF_HMACSHA256", format!("{token}:{}", STANDARD.encode(hash(token, time, secret)))),
        Method::Basic => ("Basic", format!("{token}:{secret}")),
    };
    let pair = Zeroizing::new(pair);
    Zeroizing::new(format!("{scheme} {}", STANDARD.encode(pair.as_bytes())))
}

/// Times for headers: no two of a token are equal, because equal ones would give equal headers.
#[derive(Default)]
pub struct Ticks(Mutex<HashMap<String, i64>>);

impl Ticks {
    /// The time to sign a request with.
    pub fn next(&self, token: &str, now: Timestamp) -> String {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = last.entry(token.to_owned()).or_insert(i64::MIN);
        *last = now.as_millisecond().max(last.saturating_add(1));
        timestamp::written(Timestamp::from_millisecond(*last).unwrap_or(now))
    }
}

/// Why a caller is refused. The words are the original's, which callers may look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no authorization.
    NoAuthorization,
    /// There is no time.
    NoTimestamp,
    /// The time cannot be read.
    BadTimestamp,
    /// The authorization is blank.
    Blank,
    /// The authorization is not good, whatever is wrong with it.
    NotGood,
    /// It is of a kind that is not accepted.
    Method,
    /// The time is too far from ours.
    OutsideWindow,
    /// The same request was received before.
    Repeated,
}

impl Refusal {
    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::NoAuthorization | Self::NoTimestamp | Self::BadTimestamp => 400,
            _ => 401,
        }
    }

    /// What is said.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::NoAuthorization => "The authorization header cannot be null.",
            Self::NoTimestamp => "The timestamp header cannot be null.",
            Self::BadTimestamp => "The timestamp header is invalid.",
            Self::Blank => "The authorization header cannot be null, empty, or whitespace.",
            Self::NotGood => "The authorization header is invalid.",
            Self::Method => "SIF authentication method 'Basic' is invalid.",
            Self::OutsideWindow => "The timestamp header is outside the allowed window.",
            Self::Repeated => "The request was already received.",
        }
    }
}

/// A header taken apart, of which nothing is believed yet.
pub struct Presented {
    /// The session token.
    pub token: String,
    /// The time that the hash must be over.
    time: String,
    at: Timestamp,
    hash: Vec<u8>,
}

/// Takes a header apart.
///
/// # Errors
/// Why it cannot be.
pub fn presented(behaviour: Behaviour, authorization: Option<&str>, time: Option<&str>) -> Result<Presented, Refusal> {
    let authorization = authorization.ok_or(Refusal::NoAuthorization)?;
    let time = time.ok_or(Refusal::NoTimestamp)?;
    let at = match behaviour {
        Behaviour::Strict => timestamp::strict(time),
        Behaviour::Compat => timestamp::lenient(time),
    };
    let at = at.ok_or(Refusal::BadTimestamp)?;
    if authorization.trim().is_empty() {
        return Err(Refusal::Blank);
    }
    if authorization.len() > LONGEST {
        return Err(Refusal::NotGood);
    }
    let (scheme, encoded) = authorization.split_once(' ').ok_or(Refusal::NotGood)?;
    if encoded.contains(' ') {
        return Err(Refusal::NotGood);
    }
    if scheme.eq_ignore_ascii_case("Basic") {
        return Err(if behaviour == Behaviour::Compat { Refusal::Method } else { Refusal::NotGood });
    }
    let scheme_fits = match behaviour {
        Behaviour::Strict => scheme.eq_ignore_ascii_case("SIF_HMACSHA256"),
        Behaviour::Compat => scheme.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("SIF_HMACSHA256")),
    };
    let decoded = match behaviour {
        Behaviour::Strict => STANDARD.decode(encoded).ok(),
        Behaviour::Compat => lenient_base64(encoded),
    };
    let pair =
        decoded.filter(|_| scheme_fits).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Refusal::NotGood)?;
    let (token, hash) = pair.split_once(':').ok_or(Refusal::NotGood)?;
    let hash = match behaviour {
        Behaviour::Strict => {
            let bytes = STANDARD.decode(hash).ok().filter(|bytes| bytes.len() == 32 && hash.len() == 44);
            bytes.ok_or(Refusal::NotGood)?
        }
        // Compared as text, in which it only has to stand somewhere.
        Behaviour::Compat if !hash.contains(':') => hash.as_bytes().to_vec(),
        Behaviour::Compat => return Err(Refusal::NotGood),
    };
    let time = if behaviour == Behaviour::Strict { time.to_owned() } else { timestamp::written(at) };
    Ok(Presented { token: token.to_owned(), time, at, hash })
}

/// Base64 as the original's decoder takes it: foreign characters are passed over, and both alphabets are known.
fn lenient_base64(text: &str) -> Option<Vec<u8>> {
    let plain: String = text
        .chars()
        .filter_map(|c| match c {
            '-' => Some('+'),
            '_' => Some('/'),
            c if c.is_ascii_alphanumeric() || c == '+' || c == '/' => Some(c),
            _ => None,
        })
        .collect();
    base64::engine::general_purpose::STANDARD_NO_PAD.decode(plain).ok()
}

impl Presented {
    /// Whether the hash is the one that this secret gives. Takes as long for an unknown token, for which there is
    /// none.
    #[must_use]
    pub fn is_good(&self, behaviour: Behaviour, secret: Option<&SecretString>) -> bool {
        let known = hash(&self.token, &self.time, secret.map_or("no secret at all", ExposeSecret::expose_secret));
        let same = match behaviour {
            Behaviour::Strict => bool::from(self.hash.as_slice().ct_eq(&known)),
            Behaviour::Compat => {
                let known = STANDARD.encode(known);
                self.hash.windows(known.len()).any(|part| part == known.as_bytes())
            }
        };
        same && secret.is_some()
    }
}

/// The requests that were taken a moment ago.
#[derive(Default)]
pub struct Memory(Mutex<Taken>);

#[derive(Default)]
struct Taken {
    seen: HashSet<[u8; 32]>,
    by_end: BTreeMap<(i64, u64), [u8; 32]>,
    serial: u64,
}

impl Memory {
    /// Takes a request that was found good, unless its time is too far from ours or it was taken before.
    ///
    /// # Errors
    /// `OutsideWindow`, `Repeated`.
    pub fn take(&self, presented: &Presented, now: Timestamp, window: Duration) -> Result<(), Refusal> {
        let window_ms = i64::try_from(window.as_millis()).unwrap_or(i64::MAX / 4);
        let (now_ms, at_ms) = (now.as_millisecond(), presented.at.as_millisecond());
        if now_ms.abs_diff(at_ms) > window_ms.unsigned_abs() {
            return Err(Refusal::OutsideWindow);
        }
        use sha2::Digest;
        let mut digest = Sha256::new();
        digest.update(presented.token.len().to_be_bytes());
        digest.update(&presented.token);
        digest.update(&presented.time);
        digest.update(&presented.hash);
        let key: [u8; 32] = digest.finalize().into();
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(entry) = taken.by_end.first_entry().filter(|entry| entry.key().0 < now_ms) {
            let old = entry.remove();
            taken.seen.remove(&old);
        }
        // Whoever could make us forget could repeat.
        if taken.seen.len() >= REMEMBERED || !taken.seen.insert(key) {
            return Err(Refusal::Repeated);
        }
        taken.serial += 1;
        let end = (at_ms.max(now_ms).saturating_add(2 * window_ms), taken.serial);
        taken.by_end.insert(end, key);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10";
    const TIME: &str = "2026-11-22T08:15:30.000Z";
    const V2: &str = "SIF_HMACSHA256 NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOk5LUm1FM0hBbnBzR1Bzdi9DVC9yRHFXbjdoRjNqUDRsRlFOSnN2RlRpN2s9";
    const V5: &str = "Basic YWQ1M2RiZjYtZTBhMC00NjlmLTg0MjgtYzE3NzM4ZWJhNDNlOllXUTFNMlJpWmpZdFpUQmhNQzAwTmpsbUxUZzBNamd0WXpFM056TTRaV0poTkRObE9qSXdNVFV0TURJdE1qUlVNakE2TlRFNk5Ua3VPRGM0V2c9PQ==";
    const V6: &str = "Basic NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOnMzY3JldC1rZXktMDAwMQ==";
    const V7: &str = "SIF_HMACSHA256 NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOkFBQUFOS1JtRTNIQW5wc0dQc3YvQ1QvckRxV243aEYzalA0bEZRTkpzdkZUaTdrPVpa";

    fn secret() -> SecretString {
        "s3cret-key-0001".into()
    }

    fn check(behaviour: Behaviour, authorization: &str, time: &str) -> Result<(), Refusal> {
        let presented = presented(behaviour, Some(authorization), Some(time))?;
        let known = (presented.token == TOKEN).then(secret);
        if presented.is_good(behaviour, known.as_ref()) { Ok(()) } else { Err(Refusal::NotGood) }
    }

    #[test]
    fn the_worked_vectors_are_written() {
        for (token, secret, time, expected) in [
            (
                "ad53dbf6-e0a0-469f-8428-c17738eba43e",
                "pHkAuxdGGMWS",
                "2015-02-24T20:51:59.878Z",
                "SIF_HMACSHA256 YWQ1M2RiZjYtZTBhMC00NjlmLTg0MjgtYzE3NzM4ZWJhNDNlOmpVSnprUWhBWDBaSHB3a0VPSmMzQnE2dENjSjB2VUd3RGRMRndVdHFPSjA9",
            ),
            (TOKEN, "s3cret-key-0001", TIME, V2),
            (
                TOKEN,
                "s3cret-key-0001",
                "2026-11-22T08:15:30.001Z",
                "SIF_HMACSHA256 NWIwYzdhNTItM2Q2NC00ZjBlLTlhNzctMmY2ZjBkMWM5ZTEwOll4WTEwdjdhUHVVTTRFMnczbk5jSElra0U4OW11VnN6dTdwaEhGTWRSSjA9",
            ),
            (
                "emu-token",
                "clé-ünïcode-密",
                "2026-02-28T23:59:59.999Z",
                "SIF_HMACSHA256 ZW11LXRva2VuOjEwNW9TbFM2MUNDQTVlakhYbit5RVlCR3UvVHl6ekxETFdRaTNFZUcxbEU9",
            ),
        ] {
            assert_eq!(header(Method::Hmac, token, &secret.into(), time).as_str(), expected);
        }
        assert_eq!(
            STANDARD.encode(hash("emu-token", "2026-03-01T00:59:59.999+01:00", "clé-ünïcode-密")),
            "6efVtzAPze559GdlR8XZdkL5ZQJvBBvhCffocPS/E28="
        );
        assert_eq!(header(Method::Basic, TOKEN, &secret(), TIME).as_str(), V6);
    }

    #[test]
    fn a_good_header_is_accepted_and_the_weaknesses_of_the_original_are_in_compat_only() {
        let foreign = V2.replacen("NWI", "NW!I", 1);
        let padded = format!("{V2}=");
        for (authorization, time, strict, compat) in [
            (V2.to_owned(), TIME, Ok(()), Ok(())),
            (V2.replacen("SIF", "sif", 1), TIME, Ok(()), Ok(())),
            (V7.to_owned(), TIME, Err(Refusal::NotGood), Ok(())),
            (V2.replacen("256 ", "256x ", 1), TIME, Err(Refusal::NotGood), Ok(())),
            (V2.replacen("256 ", "256  ", 1), TIME, Err(Refusal::NotGood), Err(Refusal::NotGood)),
            (foreign, TIME, Err(Refusal::NotGood), Ok(())),
            (padded, TIME, Err(Refusal::NotGood), Ok(())),
            (V2.to_owned(), "2026-11-22T09:15:30.000+01:00", Err(Refusal::BadTimestamp), Ok(())),
            (V2.to_owned(), "2026-11-22T08:15:30.001Z", Err(Refusal::NotGood), Err(Refusal::NotGood)),
            (V5.to_owned(), TIME, Err(Refusal::NotGood), Err(Refusal::Method)),
            (V6.to_owned(), TIME, Err(Refusal::NotGood), Err(Refusal::Method)),
            (" ".to_owned(), TIME, Err(Refusal::Blank), Err(Refusal::Blank)),
            ("SIF_HMACSHA256".to_owned(), TIME, Err(Refusal::NotGood), Err(Refusal::NotGood)),
            (format!("SIF_HMACSHA256 {}", "A".repeat(8000)), TIME, Err(Refusal::NotGood), Err(Refusal::NotGood)),
        ] {
            assert_eq!(check(Behaviour::Strict, &authorization, time), strict, "{authorization}");
            assert_eq!(check(Behaviour::Compat, &authorization, time), compat, "{authorization}");
        }
        // No header over this token has either letter in which the alphabets differ.
        assert_eq!(lenient_base64("c2g_-A"), STANDARD.decode("c2g/+A==").ok());
        assert_eq!(presented(Behaviour::Strict, None, Some(TIME)).err(), Some(Refusal::NoAuthorization));
        assert_eq!(presented(Behaviour::Strict, Some(V2), None).err(), Some(Refusal::NoTimestamp));
    }

    #[test]
    fn an_unknown_token_is_refused_in_the_same_words() {
        let unknown = header(Method::Hmac, "another", &secret(), TIME);
        assert_eq!(check(Behaviour::Strict, &unknown, TIME), Err(Refusal::NotGood));
    }

    #[test]
    fn a_request_is_taken_once_and_only_near_its_time() {
        let memory = Memory::default();
        let now: Timestamp = TIME.parse().unwrap();
        let window = Duration::from_secs(300);
        let take = |time: &str, now: Timestamp| {
            let header = header(Method::Hmac, TOKEN, &secret(), time);
            memory.take(&presented(Behaviour::Strict, Some(&header), Some(time)).unwrap(), now, window)
        };
        let later = |seconds: i64| Timestamp::from_second(now.as_second() + seconds).unwrap();
        assert_eq!(take(TIME, now), Ok(()));
        assert_eq!(take(TIME, later(300)), Err(Refusal::Repeated));
        assert_eq!(take(TIME, later(301)), Err(Refusal::OutsideWindow));
        assert_eq!(take("2026-11-22T08:15:30.001Z", now), Ok(()));
        assert_eq!(take("2026-11-22T08:20:31.000Z", now), Err(Refusal::OutsideWindow));
        // Sent early, it is remembered for as long as it could be sent again.
        assert_eq!(take("2026-11-22T08:20:30.000Z", now), Ok(()));
        assert_eq!(take("2026-11-22T08:20:30.000Z", later(600)), Err(Refusal::Repeated));
    }

    #[test]
    fn no_two_headers_of_a_token_have_one_time() {
        let ticks = Ticks::default();
        let now: Timestamp = TIME.parse().unwrap();
        assert_eq!(
            [ticks.next("a", now), ticks.next("a", now), ticks.next("b", now)],
            [TIME, "2026-11-22T08:15:30.001Z", TIME]
        );
    }
}
