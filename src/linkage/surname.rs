//! When two surnames count as the same (section 5.2 of the linkage specification).

use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Brings a surname into the form that is compared: without case, accents, apostrophes, hyphens, blanks and full stops.
#[must_use]
pub fn normalised(surname: &str) -> Zeroizing<String> {
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    let decomposed = Zeroizing::new(nfkd.normalize(surname).into_owned());
    let folded = Zeroizing::new(CaseMapper::new().fold_string(&decomposed).into_owned());
    let decomposed = Zeroizing::new(nfkd.normalize(&folded).into_owned());
    let mut normalised = Zeroizing::new(String::with_capacity(decomposed.len() * 2));
    for c in decomposed.chars() {
        match replacement(c) {
            Some(letters) => normalised.push_str(letters),
            None if is_left_out(c) => {}
            None => normalised.push(c),
        }
    }
    normalised
}

/// Letters that do not decompose, and what they are taken for.
const fn replacement(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        _ => return None,
    })
}

fn is_left_out(c: char) -> bool {
    const APOSTROPHES: [char; 13] = [
        '\u{27}', '\u{60}', '\u{B4}', '\u{2B9}', '\u{2BB}', '\u{2BC}', '\u{2BD}', '\u{2018}', '\u{2019}', '\u{201A}',
        '\u{201B}', '\u{2032}', '\u{55A}',
    ];
    // Dashes that are not in the category of dashes, and the full stop.
    const OTHERS: [char; 3] = ['\u{2212}', '\u{2043}', '.'];
    if c.is_ascii_alphanumeric() {
        return false;
    }
    APOSTROPHES.contains(&c)
        || OTHERS.contains(&c)
        || c.is_whitespace()
        || matches!(
            CodePointMapData::<GeneralCategory>::new().get(c),
            GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::EnclosingMark
                | GeneralCategory::Format
                | GeneralCategory::DashPunctuation
        )
}

/// Whether two normalised surnames are the same, in a time that depends on their lengths alone.
#[must_use]
pub fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn equal(left: &str, right: &str) -> bool {
        same(&normalised(left), &normalised(right))
    }

    #[test]
    fn the_consequences_that_the_specification_names_hold() {
        for (left, right) in [
            ("O'Dempsey", "ODEMPSEY"),
            ("O'Dempsey", "O\u{2019}Dempsey"),
            ("O'Dempsey", "O Dempsey"),
            ("Krüger", "Kruger"),
            ("Łyszcz", "lyszcz"),
            ("Smith-Jones", "Smith Jones"),
            ("Smith-Jones", "SmithJones"),
            ("Smith\u{2011}Jones", "smith\u{2014}jones"),
            ("St. Orrin", "st orrin"),
            ("Straße", "STRASSE"),
            ("Ærøskøbing", "aeroskobing"),
            ("Þórðarson", "thordarson"),
            ("ﬁnch", "Finch"),
            ("I\u{307}nan", "inan"),
        ] {
            assert!(equal(left, right), "{left} {right}");
        }
        for (left, right) in [
            ("Krüger", "Krueger"),
            ("Smith-Jones", "Jones"),
            ("Macdonald", "McDonald"),
            ("O'Dempsey", "Dempsey"),
            ("Okonkwo-Bright", "Okonkwo"),
            ("Lee", "Leé2"),
        ] {
            assert!(!equal(left, right), "{left} {right}");
        }
    }

    #[test]
    fn a_surname_of_nothing_but_marks_is_empty() {
        for nothing in ["'", " - ", "\u{200D}", "\u{301}.", "\u{2043}\u{2212}"] {
            assert!(normalised(nothing).is_empty(), "{nothing:?}");
        }
    }

    proptest! {
        #[test]
        fn every_surname_equals_itself_and_its_form(surname in "\\PC{0,40}") {
            let once = normalised(&surname);
            prop_assert!(equal(&surname, &once), "{:?}", once.as_str());
        }

        #[test]
        fn case_and_what_is_left_out_make_no_difference(
            name in "[a-zà-öø-ž]{1,20}", at in 0_usize..20, mark in "['’ \\-.\u{2013}\u{301}]"
        ) {
            prop_assert!(equal(&name, &name.to_uppercase()));
            let at = name.char_indices().map(|(at, _)| at).nth(at).unwrap_or(name.len());
            let marked = format!("{}{mark}{}", &name[..at], &name[at..]);
            prop_assert!(equal(&name, &marked), "{marked}");
        }

        #[test]
        fn another_letter_makes_another_surname(name in "[a-z]{1,20}", at in 0_usize..20, letter in "[a-z]") {
            let at = at % name.len();
            let mut other = name.clone();
            other.replace_range(at..=at, &letter);
            prop_assert_eq!(equal(&name, &other), name == other);
            let longer = name.clone() + &letter;
            prop_assert!(!equal(&name, &longer));
        }
    }
}
