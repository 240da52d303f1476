//! Makes account ids and linkage keys, from the system's randomness and nothing else.

use crate::error::{Error, Result};
use crate::identifiers::NhsNumber;
use crate::privacy::Wiped;

/// No vowels, so that no words appear, and one of each pair that is easily mistaken for the other.
const ALPHABET: &[u8; 22] = b"34679CDFGHJKMNPQRTVWXY";

/// Makes a linkage key of `length` symbols.
///
/// # Errors
/// `INTERNAL` when the system gives no randomness.
pub fn linkage_key(length: usize) -> Result<Wiped<String>> {
    let mut key = Wiped::from(String::with_capacity(length));
    while key.len() < length {
        let mut bytes = [0_u8; 32];
        fill(&mut bytes)?;
        // 242 is the largest multiple of 22 in a byte; what lies above would favour some symbols.
        for byte in bytes.into_iter().filter(|byte| *byte < 242).take(length - key.len()) {
            key.push(char::from(ALPHABET[usize::from(byte % 22)]));
        }
        zeroize::Zeroize::zeroize(&mut bytes);
    }
    Ok(key)
}

/// Makes an account id: ten digits, the first not zero, that cannot be taken for an NHS number.
///
/// # Errors
/// `INTERNAL` when the system gives no randomness.
pub fn account_id() -> Result<String> {
    loop {
        let mut bytes = [0_u8; 8];
        fill(&mut bytes)?;
        // Of 2^64 values the last few are drawn anew, so that all numbers are equally likely.
        const RANGE: u64 = 9_000_000_000;
        let drawn = u64::from_le_bytes(bytes);
        if drawn >= u64::MAX - u64::MAX % RANGE {
            continue;
        }
        let id = (1_000_000_000 + drawn % RANGE).to_string();
        if NhsNumber::parse(&id).is_err() {
            return Ok(id);
        }
    }
}

fn fill(bytes: &mut [u8]) -> Result<()> {
    crate::failpoint::hit("linkage.randomness");
    getrandom::fill(bytes).map_err(|error| Error::internal(format!("the system gives no randomness: {error}")))
}

/// Checks an account id or a linkage key that comes from elsewhere.
///
/// # Errors
/// What is wrong, as the rest of a sentence that begins with the field's name.
pub fn check_foreign(text: &str) -> Result<(), &'static str> {
    let fits = (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(()) } else { Err("must have 1 to 64 printable ASCII characters and no blanks") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_length_and_the_alphabet_and_every_symbol_appears() {
        let mut seen = std::collections::BTreeMap::new();
        for length in (16..=32).cycle().take(2_000) {
            let key = linkage_key(length).unwrap();
            assert_eq!(key.len(), length);
            for symbol in key.bytes() {
                assert!(ALPHABET.contains(&symbol));
                *seen.entry(symbol).or_insert(0_u32) += 1;
            }
        }
        assert_eq!(seen.len(), ALPHABET.len());
        // About 2,182 of each; a bias of one symbol in twenty would stand out.
        assert!(seen.values().all(|count| (1_800..2_600).contains(count)), "{seen:?}");
    }

    #[test]
    fn account_ids_are_ten_digits_and_no_nhs_numbers() {
        for _ in 0..5_000 {
            let id = account_id().unwrap();
            assert!(id.len() == 10 && !id.starts_with('0') && id.bytes().all(|byte| byte.is_ascii_digit()));
            assert!(NhsNumber::parse(&id).is_err());
        }
    }

    #[test]
    fn what_comes_from_elsewhere_has_no_blanks_and_is_ascii() {
        assert!(check_foreign("aB3$x").is_ok() && check_foreign(&"x".repeat(64)).is_ok());
        for wrong in ["", "a b", "a\n", "é", &"x".repeat(65)] {
            assert!(check_foreign(wrong).is_err(), "{wrong:?}");
        }
    }
}
