//! Keeps the match register: an append-only list, and who holds which number.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::DateTime;
use serde::Serialize;

/// The status of a row that gives a person a number.
pub(super) const MATCHED: &str = "Matched";
/// The status of a row that says that a person has no number.
pub(super) const NOT_POSSIBLE: &str = "Cannot be matched";
/// The status of a row that takes back what the rows before said.
pub(super) const UNMATCHED: &str = "Unmatched";

/// A row of the register; text that is not used is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatchRow {
    /// Counts up from 1.
    pub id: u64,
    /// The person.
    pub nomis_id: String,
    /// The number that the person was matched to.
    pub matched_uln: String,
    /// The given name that went with the number.
    pub given_name: String,
    /// The family name that went with the number.
    pub family_name: String,
    /// How the search had ended.
    pub match_type: String,
    /// How many numbers the search had found.
    pub count_of_returned_ulns: String,
    /// `Matched`, `Cannot be matched`, `Unmatched`, or something older.
    pub match_status: String,
    /// When the row was written, in universal time without a zone.
    pub date_created: DateTime,
    /// Who wrote the row; kept by the strict profile only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<String>,
}

/// What a row is to say.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) nomis_id: String,
    pub(super) matched_uln: String,
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) match_type: String,
    pub(super) count_of_returned_ulns: String,
    pub(super) match_status: String,
    pub(super) confirmed_by: Option<String>,
}

/// What the register says of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing<'a> {
    NotFound,
    NoMatch,
    Found(&'a MatchRow),
}

/// Why a match is not entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken;

/// The register. Whoever changes it holds it alone, so that two people cannot take one number.
#[derive(Debug, Default)]
pub(super) struct Register {
    rows: Vec<MatchRow>,
    counted: u64,
    /// The places of each person's rows, in order.
    people: HashMap<String, Vec<usize>>,
    /// Whose latest row holds a number: more than one person only by rows that were not checked.
    holders: BTreeMap<String, BTreeSet<String>>,
}

impl Register {
    /// All rows, the oldest first.
    pub(super) fn rows(&self) -> &[MatchRow] {
        &self.rows
    }

    /// All rows of a person, the oldest first.
    pub(super) fn rows_of(&self, nomis_id: &str) -> impl Iterator<Item = &MatchRow> {
        self.people.get(nomis_id).into_iter().flatten().map(|place| &self.rows[*place])
    }

    fn latest(&self, nomis_id: &str) -> Option<&MatchRow> {
        self.people.get(nomis_id)?.last().map(|place| &self.rows[*place])
    }

    /// What the latest row says; nothing before it counts.
    pub(super) fn standing(&self, nomis_id: &str) -> Standing<'_> {
        match self.latest(nomis_id) {
            None => Standing::NotFound,
            Some(row) if row.match_status == UNMATCHED => Standing::NotFound,
            Some(row) if row.match_status == NOT_POSSIBLE => Standing::NoMatch,
            Some(row) => Standing::Found(row),
        }
    }

    /// Whether `entry` is to be written: not when another person holds its number, and not when it
    /// says what stands there already. With `names`, changed names are something new.
    pub(super) fn is_news(&self, entry: &Entry, names: bool) -> Result<bool, Taken> {
        let held = self.holders.get(&entry.matched_uln).filter(|_| entry.match_status == MATCHED);
        if held.is_some_and(|holders| holders.iter().any(|holder| *holder != entry.nomis_id)) {
            return Err(Taken);
        }
        let standing = self.standing(&entry.nomis_id);
        Ok(match entry.match_status.as_str() {
            MATCHED => !matches!(standing, Standing::Found(row) if row.matched_uln == entry.matched_uln
                && (!names || (&row.given_name, &row.family_name) == (&entry.given_name, &entry.family_name))),
            NOT_POSSIBLE => standing != Standing::NoMatch,
            _ => standing != Standing::NotFound,
        })
    }

    /// Appends a row, whatever it says.
    pub(super) fn append(&mut self, entry: Entry, date_created: DateTime) -> &MatchRow {
        if let Some(former) = self.latest(&entry.nomis_id).map(|row| row.matched_uln.clone())
            && let Some(holders) = self.holders.get_mut(&former)
        {
            holders.remove(&entry.nomis_id);
            if holders.is_empty() {
                self.holders.remove(&former);
            }
        }
        if !entry.matched_uln.is_empty() {
            self.holders.entry(entry.matched_uln.clone()).or_default().insert(entry.nomis_id.clone());
        }
        self.counted += 1;
        let place = self.rows.len();
        self.people.entry(entry.nomis_id.clone()).or_default().push(place);
        self.rows.push(MatchRow {
            id: self.counted,
            nomis_id: entry.nomis_id,
            matched_uln: entry.matched_uln,
            given_name: entry.given_name,
            family_name: entry.family_name,
            match_type: entry.match_type,
            count_of_returned_ulns: entry.count_of_returned_ulns,
            match_status: entry.match_status,
            date_created,
            confirmed_by: entry.confirmed_by,
        });
        &self.rows[place]
    }

    /// Removes all rows and goes on counting.
    pub(super) fn clear(&mut self) {
        *self = Self { counted: self.counted, ..Self::default() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(person: &str, uln: &str, status: &str) -> Entry {
        Entry {
            nomis_id: person.to_owned(),
            matched_uln: uln.to_owned(),
            match_status: status.to_owned(),
            ..Entry::default()
        }
    }

    fn enter(register: &mut Register, entry: Entry) -> Result<bool, Taken> {
        let news = register.is_news(&entry, false)?;
        if news {
            register.append(entry, DateTime::default());
        }
        Ok(news)
    }

    #[test]
    fn a_number_is_held_by_one_person_until_it_is_given_up() {
        let mut register = Register::default();
        assert_eq!(enter(&mut register, entry("A", "1", MATCHED)), Ok(true));
        assert_eq!(enter(&mut register, entry("A", "1", MATCHED)), Ok(false));
        assert_eq!(enter(&mut register, entry("B", "1", MATCHED)), Err(Taken));
        assert_eq!(enter(&mut register, entry("B", "01", MATCHED)), Ok(true), "the text is compared");
        assert_eq!(enter(&mut register, entry("A", "2", MATCHED)), Ok(true));
        assert_eq!(enter(&mut register, entry("B", "1", MATCHED)), Ok(true), "history does not count");
        assert_eq!(enter(&mut register, entry("B", "", NOT_POSSIBLE)), Ok(true));
        assert_eq!(enter(&mut register, entry("B", "", NOT_POSSIBLE)), Ok(false));
        assert_eq!(enter(&mut register, entry("C", "1", MATCHED)), Ok(true));
        assert_eq!(enter(&mut register, entry("C", "", UNMATCHED)), Ok(true));
        assert_eq!(enter(&mut register, entry("C", "", UNMATCHED)), Ok(false));
        assert_eq!(register.standing("C"), Standing::NotFound);
        assert_eq!(enter(&mut register, entry("B", "1", MATCHED)), Ok(true));
        assert_eq!(register.rows_of("B").count(), 4);
        assert_eq!(register.holders.len(), 2);
    }

    #[test]
    fn rows_that_were_not_checked_are_judged_by_what_they_say() {
        let mut register = Register::default();
        for (person, uln, status) in [("A", "1", ""), ("B", "1", "Legacy"), ("C", "2", UNMATCHED)] {
            register.append(entry(person, uln, status), DateTime::default());
        }
        assert!(matches!(register.standing("A"), Standing::Found(_)), "an empty status is an old match");
        assert!(matches!(register.standing("B"), Standing::Found(_)));
        assert_eq!(enter(&mut register, entry("A", "1", MATCHED)), Err(Taken), "two hold it");
        assert_eq!(enter(&mut register, entry("D", "2", MATCHED)), Err(Taken), "only the text of the row counts");
        register.append(entry("B", "", UNMATCHED), DateTime::default());
        assert_eq!(enter(&mut register, entry("A", "1", MATCHED)), Ok(false));
    }

    #[test]
    fn clearing_forgets_rows_and_holders_but_goes_on_counting() {
        let mut register = Register::default();
        register.append(entry("A", "1", MATCHED), DateTime::default());
        register.clear();
        assert_eq!(enter(&mut register, entry("B", "1", MATCHED)), Ok(true));
        assert_eq!(register.rows()[0].id, 2);
    }
}
