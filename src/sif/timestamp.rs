//! The time as SIF writes it: `2026-11-22T08:15:30.000Z` (section 2.4 of the SIF specification).

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Writes a time in UTC with three digits after the second.
#[must_use]
pub fn written(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Reads a time in exactly the form that [`written`] gives it.
#[must_use]
pub fn strict(text: &str) -> Option<Timestamp> {
    let shape = b"0000-00-00T00:00:00.000Z";
    let fits = text.len() == shape.len()
        && text
            .bytes()
            .zip(shape)
            .all(|(byte, form)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form });
    let read: Timestamp = if fits { text.parse().ok()? } else { return None };
    // A leap second or the hour 24 would be another time when it is written again.
    (written(read) == text).then_some(read)
}

/// Reads a time as the original does: with one to nine digits after a dot, and any offset; cut to three digits.
#[must_use]
pub fn lenient(text: &str) -> Option<Timestamp> {
    let upper = text.to_ascii_uppercase();
    let (day, time) = upper.split_once('T')?;
    let (clock, rest) = time.split_once('.')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (fraction, offset) = rest.split_at(digits);
    let plain = |text: &str, form: &[u8]| {
        text.len() == form.len()
            && text
                .bytes()
                .zip(form)
                .all(|(byte, form)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form })
    };
    let offset_fits = offset == "Z"
        || offset
            .strip_prefix(['+', '-'])
            .is_some_and(|offset| plain(offset, b"00:00") || plain(offset, b"0000") || plain(offset, b"00"));
    if !plain(day, b"0000-00-00") || !plain(clock, b"00:00:00") || !(1..=9).contains(&digits) || !offset_fits {
        return None;
    }
    if clock.starts_with("24") || clock.ends_with("60") {
        return None;
    }
    let read: Timestamp = format!("{day}T{clock}.{fraction}{offset}").parse().ok()?;
    let millis = read.as_millisecond();
    Timestamp::from_millisecond(millis).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_form_that_is_written_is_read_strictly() {
        let time: Timestamp = "2026-11-22T08:15:30.0009Z".parse().unwrap();
        assert_eq!(written(time), "2026-11-22T08:15:30.000Z");
        assert_eq!(strict("2026-11-22T08:15:30.000Z").unwrap().to_string(), "2026-11-22T08:15:30Z");
        for other in [
            "2026-11-22T08:15:30:000Z",
            "2026-11-22T08:15:30Z",
            "2026-11-22T08:15:30.0000Z",
            "2026-11-22t08:15:30.000z",
            "2026-11-22T09:15:30.000+01:00",
            "2026-11-22T24:00:00.000Z",
            "2026-11-31T08:15:30.000Z",
            " 2026-11-22T08:15:30.000Z",
            "",
        ] {
            assert_eq!(strict(other), None, "{other}");
        }
    }

    #[test]
    fn the_original_reads_offsets_and_one_to_nine_digits() {
        for (text, read) in [
            ("2026-11-22T08:15:30.5Z", "2026-11-22T08:15:30.500Z"),
            ("2026-11-22T08:15:30.123456789Z", "2026-11-22T08:15:30.123Z"),
            ("2026-03-01T00:59:59.999+01:00", "2026-02-28T23:59:59.999Z"),
            ("2026-03-01T00:59:59.999+0100", "2026-02-28T23:59:59.999Z"),
            ("2026-03-01T00:59:59.999+01", "2026-02-28T23:59:59.999Z"),
            ("2026-11-22t08:15:30.000z", "2026-11-22T08:15:30.000Z"),
        ] {
            assert_eq!(lenient(text).map(written).as_deref(), Some(read), "{text}");
        }
        for other in [
            "2026-11-22T08:15:30Z",
            "2026-11-22T08:15:30.Z",
            "2026-11-22T08:15:30.000",
            "2026-11-22T24:00:00.000Z",
            " 2026-11-22T08:15:30.000Z",
            "2026-11-22T08:15:30:000Z",
            "2026-11-22T08:15:30.1234567890Z",
            "x",
        ] {
            assert_eq!(lenient(other), None, "{other}");
        }
    }
}
