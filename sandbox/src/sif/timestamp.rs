//! Reads and prints the timestamps that requests are signed with.

use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use regex::{Captures, Regex};

/// What the original parses: a fraction is mandatory, and so is an offset.
static LENIENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})\\.([0-9]{1,9})\
         (?:[Zz]|([+-])([0-9]{2})(?::?([0-9]{2}))?)$",
    )
    .ok()
});

/// The moment in whole milliseconds that a timestamp of any accepted spelling names.
pub(super) fn lenient(text: &str) -> Option<Timestamp> {
    let parts = LENIENT.as_ref()?.captures(text)?;
    let number = |index| part(&parts, index)?.parse::<i8>().ok();
    let year = part(&parts, 1)?.parse().ok()?;
    let milliseconds: i32 = format!("{:0<3}", part(&parts, 7)?).get(..3)?.parse().ok()?;
    let [month, day, hour, minute, second] = [2, 3, 4, 5, 6].map(number);
    let local = DateTime::new(year, month?, day?, hour?, minute?, second?, milliseconds * 1_000_000).ok()?;
    let ahead = match (number(9), number(10).unwrap_or(0)) {
        (None, _) => 0,
        (Some(hours), minutes) if hours < 24 && minutes < 60 => (i32::from(hours) * 60 + i32::from(minutes)) * 60,
        _ => return None,
    };
    let ahead = if part(&parts, 8) == Some("-") { -ahead } else { ahead };
    Offset::from_seconds(ahead).ok()?.to_timestamp(local).ok()
}

fn part<'a>(parts: &Captures<'a>, index: usize) -> Option<&'a str> {
    parts.get(index).map(|part| part.as_str())
}

/// The moment that a timestamp names which is spelt in the one way that is signed as it is.
pub(super) fn exact(text: &str) -> Option<Timestamp> {
    lenient(text).filter(|moment| print(*moment) == text)
}

/// Spells a moment: UTC, three digits of milliseconds.
pub(super) fn print(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// The moment this many milliseconds after the epoch.
pub(super) fn of_milliseconds(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
}

/// How far two moments are apart.
pub(super) fn apart(one: Timestamp, other: Timestamp) -> SignedDuration {
    one.duration_since(other).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_of_a_moment_are_only_read_leniently() {
        let moment = "2026-11-22T08:15:30.500Z";
        assert_eq!(exact(moment).map(print).as_deref(), Some(moment));
        for text in [
            "2026-11-22T08:15:30.5Z",
            "2026-11-22t08:15:30.500999999z",
            "2026-11-22T09:15:30.500+01:00",
            "2026-11-22T09:15:30.500+0100",
            "2026-11-22T07:15:30.500-01",
            "2026-11-22T08:15:30.500+00:00",
        ] {
            assert_eq!(lenient(text).map(print).as_deref(), Some(moment), "{text}");
            assert_eq!(exact(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_timestamp_is_not_read() {
        for text in [
            "2026-11-22T08:15:30:000Z",
            "2026-11-22T08:15:30Z",
            "2026-11-22T08:15:30.Z",
            "2026-11-22T08:15:30.000",
            "2026-11-22T24:00:00.000Z",
            "2026-11-22T08:15:60.000Z",
            "2026-02-30T08:15:30.000Z",
            " 2026-11-22T08:15:30.000Z",
            "2026-11-22T08:15:30.0000000000Z",
            "2026-11-22T08:15:30.000+24:00",
            "",
        ] {
            assert_eq!(lenient(text), None, "{text}");
        }
    }
}
