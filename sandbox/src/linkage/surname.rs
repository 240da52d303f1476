//! Compares surnames in the way in which people write one and the same name.

use std::sync::OnceLock;

use caseless::Caseless as _;
use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

/// Letters that have an accent or a ligature in them and yet do not decompose.
const REPLACED: [(char, &str); 11] = [
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ł', "l"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŋ', "n"),
    ('ŧ', "t"),
];

/// What counts as an apostrophe.
const APOSTROPHES: [char; 13] = [
    '\u{27}', '\u{60}', '\u{b4}', '\u{2b9}', '\u{2bb}', '\u{2bc}', '\u{2bd}', '\u{2018}', '\u{2019}', '\u{201a}',
    '\u{201b}', '\u{2032}', '\u{55a}',
];

/// Marks, invisible signs, hyphens and dashes.
const OVERLOOKED: &str = r"[\p{M}\p{Cf}\p{Pd}\x{2212}\x{2043}]";

/// Whether two surnames are the same one.
pub(super) fn same(one: &str, other: &str) -> bool {
    normalised(one) == normalised(other)
}

/// What remains of a surname to be compared.
pub(super) fn normalised(text: &str) -> String {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(OVERLOOKED).expect("the pattern is well-formed"));
    let folded: String = text.nfkd().default_case_fold().nfkd().collect();
    let mut rest = String::with_capacity(folded.len());
    for letter in pattern.replace_all(&folded, "").chars() {
        match REPLACED.iter().find(|(known, _)| *known == letter) {
            Some((_, replacement)) => rest.push_str(replacement),
            None if APOSTROPHES.contains(&letter) || letter == '.' || letter.is_whitespace() => {}
            None => rest.push(letter),
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_several_spellings_is_the_same() {
        for (one, other) in [
            ("O'Dempsey", "ODEMPSEY"),
            ("O'Dempsey", "O’Dempsey"),
            ("O'Dempsey", "O Dempsey"),
            ("O'Dempsey", "o\u{2bc}dempsey"),
            ("Krüger", "KRUGER"),
            ("Krüger", "Kru\u{308}ger"),
            ("Łyszcz", "lyszcz"),
            ("Weiß", "WEISS"),
            ("Smith-Jones", "Smith Jones"),
            ("Smith\u{2013}Jones", "SmithJones"),
            ("Smith\u{2212}Jones", "Smith\u{ad}Jones"),
            ("St. Orrin", "st orrin"),
            ("Van der Meulen", "vandermeulen"),
            ("Ægir", "aegir"),
            ("Ørsted", "orsted"),
            ("Þór", "Thor"),
            ("İnan", "inan"),
            ("Ｋｒｕｇｅｒ", "kruger"),
            ("ﬁsher", "Fisher"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn different_names_stay_different() {
        for (one, other) in
            [("Krüger", "Krueger"), ("Smith-Jones", "Jones"), ("O'Dempsey", "Dempsey"), ("MacRae", "McRae")]
        {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
