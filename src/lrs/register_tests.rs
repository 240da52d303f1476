//! The register against its table of transitions, against a plain model of it, and against others who write.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::store::Store;
use crate::vault::MasterKey;

const T: &str = "1000000027";
const B: &str = "3000000010";

struct Desk {
    store: Store,
    vault: Arc<Vault>,
    clock: Clock,
    register: Register,
}

async fn desk_at(place: &str, master: MasterKey) -> Desk {
    let store = Store::open(place).await.unwrap();
    let vault = Arc::new(Vault::open(Arc::clone(&store.vault_keys), master).await.unwrap());
    let clock = Clock::manual("2026-11-22T10:00:00Z".parse().unwrap());
    let register = Register::new(Arc::clone(&store.lrs_register), Arc::clone(&vault), clock.clone());
    Desk { store, vault, clock, register }
}

async fn desk() -> Desk {
    desk_at(":memory:", MasterKey::random().unwrap()).await
}

fn of(uln: &str, given: &str) -> Confirmation {
    Confirmation {
        uln: uln.to_owned().into(),
        given_name: given.to_owned().into(),
        family_name: "Quillfeather".to_owned().into(),
        match_type: "Exact Match".into(),
        count_of_returned_ulns: "1".into(),
    }
}

impl Desk {
    async fn confirm(&self, person: &str, uln: &str) -> Change {
        self.register.confirm("clerk", person, &of(uln, "Tamsin"), Behaviour::Compat).await.unwrap()
    }

    async fn none(&self, person: &str) -> Change {
        self.register.confirm_none("clerk", person, "No Match", "0").await.unwrap()
    }

    async fn remove(&self, person: &str) -> Change {
        self.register.remove("clerk", person).await.unwrap()
    }

    /// `-` for not found, `0` for no match, else the ULN.
    async fn state(&self, person: &str) -> String {
        match self.register.state(person).await.unwrap() {
            State::NotFound => "-".into(),
            State::NoMatch(row) => {
                assert_eq!((row.matched_uln.as_str(), row.given_name.as_str(), row.family_name.as_str()), ("", "", ""));
                "0".into()
            }
            State::Found(row) => row.matched_uln.0,
        }
    }

    async fn rows(&self, person: &str) -> usize {
        self.register.rows(person, None, None).await.unwrap().len()
    }
}

#[tokio::test]
async fn the_latest_row_alone_says_what_a_person_has() {
    let desk = desk().await;
    assert_eq!(desk.state("A").await, "-");
    assert_eq!(desk.remove("A").await, Change::Unchanged);
    assert_eq!(desk.confirm("A", T).await, Change::Appended);
    assert_eq!(desk.confirm("A", T).await, Change::Unchanged);
    assert_eq!((desk.state("A").await.as_str(), desk.rows("A").await), (T, 1));
    assert_eq!(desk.none("A").await, Change::Appended);
    assert_eq!(desk.none("A").await, Change::Unchanged);
    assert_eq!((desk.state("A").await.as_str(), desk.rows("A").await), ("0", 2));
    assert_eq!(desk.remove("A").await, Change::Appended);
    assert_eq!(desk.remove("A").await, Change::Unchanged);
    assert_eq!((desk.state("A").await.as_str(), desk.rows("A").await), ("-", 3));
    assert_eq!(desk.confirm("A", B).await, Change::Appended);
    assert_eq!(desk.confirm("A", T).await, Change::Appended);
    assert_eq!((desk.state("A").await.as_str(), desk.rows("A").await), (T, 5));
    assert_eq!(desk.rows("B").await, 0);
}

#[tokio::test]
async fn a_uln_has_one_holder_until_that_person_lets_it_go() {
    for free in ["another", "none", "remove"] {
        let desk = desk().await;
        desk.confirm("A", T).await;
        assert_eq!(desk.confirm("B", T).await, Change::Taken, "{free}");
        assert_eq!((desk.state("B").await.as_str(), desk.rows("B").await), ("-", 0));
        match free {
            "another" => desk.confirm("A", B).await,
            "none" => desk.none("A").await,
            _ => desk.remove("A").await,
        };
        assert_eq!(desk.confirm("B", T).await, Change::Appended, "{free}");
        assert_eq!(desk.confirm("A", T).await, Change::Taken, "{free}");
    }
    // The same number in another writing is another text.
    let desk = desk().await;
    assert_eq!(
        (desk.confirm("A", "0012345678").await, desk.confirm("B", "12345678").await),
        (Change::Appended, Change::Appended)
    );
}

#[tokio::test]
async fn changed_names_are_worth_a_row_in_strict_only() {
    let desk = desk().await;
    desk.confirm("A", T).await;
    let renamed = of(T, "Tamsyn");
    let compat = desk.register.confirm("clerk", "A", &renamed, Behaviour::Compat).await.unwrap();
    let strict = desk.register.confirm("manager", "A", &renamed, Behaviour::Strict).await.unwrap();
    assert_eq!((compat, strict), (Change::Unchanged, Change::Appended));
    let again = desk.register.confirm("clerk", "A", &renamed, Behaviour::Strict).await.unwrap();
    assert_eq!(again, Change::Unchanged);
    let State::Found(row) = desk.register.state("A").await.unwrap() else { panic!("A has no match") };
    assert_eq!((row.given_name.as_str(), row.by.as_deref(), row.id), ("Tamsyn", Some("manager"), 2));
}

#[tokio::test]
async fn rows_are_found_by_whole_days() {
    let desk = desk().await;
    desk.confirm("A", T).await;
    desk.clock.advance(Duration::from_secs(13 * 3600 + 3599));
    desk.none("A").await;
    desk.clock.advance(Duration::from_secs(1));
    desk.remove("A").await;
    let day = |text: &str| Some(text.parse::<Date>().unwrap());
    for (from, to, expected) in [
        (None, None, vec![1, 2, 3]),
        (day("2026-11-22"), day("2026-11-22"), vec![1, 2]),
        (day("2026-11-23"), None, vec![3]),
        (None, day("2026-11-21"), vec![]),
        (day("2026-11-23"), day("2026-11-22"), vec![]),
        (day("-009999-01-01"), day("9999-12-31"), vec![1, 2, 3]),
    ] {
        let rows = desk.register.rows("A", from, to).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "{from:?} {to:?}");
    }
    let rows = desk.register.rows("A", None, None).await.unwrap();
    assert_eq!(rows[0].match_type, "Exact Match");
    assert_eq!((rows[1].match_status.as_str(), rows[1].count_of_returned_ulns.as_str()), ("Cannot be matched", "0"));
    assert_eq!((rows[2].match_status.as_str(), rows[2].match_type.as_str()), ("Unmatched", ""));
    assert!(!format!("{rows:?}").contains(T) && !format!("{rows:?}").contains("Tamsin"));
}

#[tokio::test]
async fn a_reopened_store_and_rotated_keys_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("x.db").to_str().unwrap().to_owned();
    let (old, new) = (MasterKey::random().unwrap(), MasterKey::random().unwrap());
    {
        let desk = desk_at(&place, old.clone()).await;
        desk.confirm("A", T).await;
        desk.none("C").await;
        assert_eq!(desk.vault.rotate(Some(new.clone())).await.unwrap(), (2, 0), "every row is sealed anew");
        assert_eq!((desk.state("A").await.as_str(), desk.confirm("B", T).await), (T, Change::Taken));
    }
    let desk = desk_at(&place, new).await;
    assert_eq!((desk.state("A").await.as_str(), desk.state("C").await.as_str()), (T, "0"));
    assert_eq!((desk.confirm("A", T).await, desk.confirm("B", T).await), (Change::Unchanged, Change::Taken));
    let State::Found(row) = desk.register.state("A").await.unwrap() else { panic!("A has no match") };
    assert_eq!((row.given_name.as_str(), row.person_id.as_str()), ("Tamsin", "A"));
    let bytes = [std::fs::read(&place).unwrap(), std::fs::read(format!("{place}-wal")).unwrap()].concat();
    for secret in [T, "Tamsin", "Quillfeather", "clerk"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is in clear");
    }
}

#[tokio::test]
async fn a_row_that_was_tampered_with_does_not_open_and_none_can_be_removed() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("x.db").to_str().unwrap().to_owned();
    let desk = desk_at(&place, MasterKey::random().unwrap()).await;
    desk.confirm("A", T).await;
    desk.confirm("B", B).await;
    let raw = rusqlite::Connection::open(&place).unwrap();
    for refused in [
        "DELETE FROM lrs_matches",
        "UPDATE lrs_matches SET status = 'Unmatched'",
        "UPDATE lrs_matches SET person_tag = 'x', uln_tag = NULL",
        "UPDATE lrs_latest SET uln_tag = (SELECT min(uln_tag) FROM lrs_latest)",
    ] {
        assert!(raw.execute(refused, []).is_err(), "{refused}");
    }
    raw.execute_batch("DROP TRIGGER lrs_matches_are_never_changed").unwrap();
    raw.execute_batch("UPDATE lrs_matches SET created_at = '2020-01-01T00:00:00.000000Z' WHERE id = 1").unwrap();
    assert!(matches!(desk.register.state("A").await, Err(Error::SealBroken { what: "match" })));
    raw.execute_batch("UPDATE lrs_matches SET sealed = (SELECT sealed FROM lrs_matches WHERE id = 1) WHERE id = 2")
        .unwrap();
    assert!(matches!(desk.register.state("B").await, Err(Error::SealBroken { what: "match" })));
}

#[tokio::test]
async fn numbered_rows_come_after_all_others_or_are_there_already() {
    let desk = desk().await;
    let row = |id: u64, person: &str, uln: &str, status: &str| Row {
        id,
        person_id: person.to_owned().into(),
        matched_uln: uln.to_owned().into(),
        given_name: "Tamsin".to_owned().into(),
        family_name: "Quillfeather".to_owned().into(),
        match_type: "Exact Match".into(),
        count_of_returned_ulns: "1".into(),
        match_status: status.into(),
        created_at: "2024-05-01T10:00:00Z".parse().unwrap(),
        by: None,
    };
    let rows = [row(3, "A", T, ""), row(7, "B", T, "Matched"), row(8, "A", "", "Unmatched"), row(9, "B", T, "Matched")];
    use LrsAppended::{Appended, Misplaced, Taken, Unchanged};
    assert_eq!(desk.register.import(&rows).await.unwrap(), [Appended(3), Taken, Appended(8), Appended(9)]);
    assert_eq!(desk.register.import(&rows).await.unwrap(), [Unchanged, Misplaced, Unchanged, Unchanged]);
    assert_eq!((desk.state("A").await.as_str(), desk.state("B").await.as_str()), ("-", T));
    assert_eq!(desk.confirm("C", B).await, Change::Appended);
    let ids: Vec<u64> = desk.register.page(3, 10).await.unwrap().iter().map(|row| row.id).collect();
    assert_eq!(ids, [8, 9, 10]);
    // An old row without a status is a match like any other.
    assert_eq!(desk.register.import(&[row(20, "D", "42", "")]).await.unwrap(), [Appended(20)]);
    assert_eq!((desk.state("D").await.as_str(), desk.confirm("E", "42").await), ("42", Change::Taken));
    assert_eq!(desk.confirm("D", "42").await, Change::Unchanged);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_confirm_one_uln_at_once_exactly_one_wins() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("x.db").to_str().unwrap().to_owned();
    let master = MasterKey::random().unwrap();
    // Two stores on one file are as good as two processes to SQLite.
    let desks = [desk_at(&place, master.clone()).await, desk_at(&place, master).await].map(Arc::new);
    let tasks: Vec<_> = (0..64)
        .map(|at| {
            let desk = Arc::clone(&desks[at % 2]);
            tokio::spawn(async move { desk.confirm(&format!("P{at}"), T).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Change::Appended => won += 1,
            Change::Taken => {}
            Change::Unchanged => panic!("nobody asked twice"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(desks[0].register.page(0, 100).await.unwrap().len(), 1);
}

/// The register as its description has it, one look over everybody's latest row at a time.
#[derive(Default)]
struct Model {
    latest: BTreeMap<usize, (String, String)>,
    rows: usize,
}

impl Model {
    fn set(&mut self, person: usize, status: &str, uln: &str) -> Change {
        self.rows += 1;
        self.latest.insert(person, (status.into(), uln.into()));
        Change::Appended
    }

    fn step(&mut self, person: usize, step: &Step) -> Change {
        let latest = self.latest.get(&person).cloned();
        let status = latest.as_ref().map(|(status, _)| status.as_str());
        match step {
            Step::Match(uln) => {
                if self.latest.iter().any(|(other, (_, held))| *other != person && held == uln) {
                    Change::Taken
                } else if status == Some("Matched") && latest.is_some_and(|(_, held)| held == *uln) {
                    Change::Unchanged
                } else {
                    self.set(person, "Matched", uln)
                }
            }
            Step::None if status == Some("Cannot be matched") => Change::Unchanged,
            Step::None => self.set(person, "Cannot be matched", ""),
            Step::Remove if matches!(status, None | Some("Unmatched")) => Change::Unchanged,
            Step::Remove => self.set(person, "Unmatched", ""),
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Match(String),
    None,
    Remove,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn the_register_does_what_its_description_says(
        steps in proptest::collection::vec((0..4_usize, prop_oneof![
            3 => (1..4_u32).prop_map(|uln| Step::Match(uln.to_string())), 1 => Just(Step::None), 1 => Just(Step::Remove),
        ]), 1..60)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let desk = desk().await;
            let mut model = Model::default();
            for (person, step) in &steps {
                let name = format!("P{person}");
                let found = match step {
                    Step::Match(uln) => desk.confirm(&name, uln).await,
                    Step::None => desk.none(&name).await,
                    Step::Remove => desk.remove(&name).await,
                };
                assert_eq!(found, model.step(*person, step), "{step:?} of {name}");
            }
            assert_eq!(desk.store.lrs_register.page(0, 1000).await.unwrap().len(), model.rows);
            for (person, (status, uln)) in &model.latest {
                let expected = match status.as_str() { "Matched" => uln.as_str(), "Unmatched" => "-", _ => "0" };
                assert_eq!(desk.state(&format!("P{person}")).await, expected);
            }
        });
    }
}
