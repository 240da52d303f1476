//! The match register.

use std::collections::{BTreeMap, BTreeSet};

use learnerlink::store::{LrsAppended, LrsMatch, LrsRule, StoredMatch};

use crate::stand::{Stand, at, on_both};

on_both! {
    a_row_is_appended_when_its_rule_says_so
    a_uln_belongs_to_one_person_and_passes_on_when_it_is_given_up
    rows_come_back_as_they_went_in_by_person_time_and_number
    rows_of_another_register_keep_their_numbers
    callers_of_two_stores_make_one_log_and_no_uln_has_two_persons
}

const MATCH: LrsRule = LrsRule::Match { names_matter: true };

fn row(key: &str, person: &str, uln: Option<&str>) -> LrsMatch {
    LrsMatch {
        key: key.into(),
        person_tag: person.into(),
        uln_tag: uln.map(str::to_owned),
        names_tag: uln.map(|_| "names".into()),
        status: if uln.is_some() { LrsMatch::MATCHED } else { LrsMatch::CANNOT_BE_MATCHED }.into(),
        created_at: at(3),
        sealed: vec![0, 9, 255],
    }
}

fn shown(found: &StoredMatch) -> String {
    format!("{found:?}")
}

async fn a_row_is_appended_when_its_rule_says_so(stand: Stand) {
    let register = &stand.store.lrs_register;
    let unmatch = LrsMatch { status: LrsMatch::UNMATCHED.into(), ..row("u", "p", None) };
    use LrsAppended::{Appended, Unchanged};
    for (step, (row, rule, expected)) in [
        (unmatch.clone(), LrsRule::Unmatch, Unchanged),
        (row("a", "p", Some("1")), MATCH, Appended(1)),
        (row("b", "p", Some("1")), MATCH, Unchanged),
        (LrsMatch { names_tag: Some("new".into()), ..row("c", "p", Some("1")) }, MATCH, Appended(2)),
        (row("d", "p", Some("1")), LrsRule::Match { names_matter: false }, Unchanged),
        (row("e", "p", None), LrsRule::NoMatch, Appended(3)),
        (row("f", "p", None), LrsRule::NoMatch, Unchanged),
        (row("g", "p", Some("1")), MATCH, Appended(4)),
        (unmatch.clone(), LrsRule::Unmatch, Appended(5)),
        (LrsMatch { key: "v".into(), ..unmatch }, LrsRule::Unmatch, Unchanged),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(register.append(row, rule).await.unwrap(), expected, "step {step}");
    }
    assert_eq!(register.latest("p").await.unwrap().unwrap().id, 5);
    assert!(register.latest("q").await.unwrap().is_none());
}

async fn a_uln_belongs_to_one_person_and_passes_on_when_it_is_given_up(stand: Stand) {
    let register = &stand.store.lrs_register;
    assert_eq!(register.append(row("a", "p", Some("1")), MATCH).await.unwrap(), LrsAppended::Appended(1));
    assert_eq!(register.append(row("b", "q", Some("1")), MATCH).await.unwrap(), LrsAppended::Taken);
    assert_eq!(register.append(row("c", "p", Some("2")), MATCH).await.unwrap(), LrsAppended::Appended(2));
    assert_eq!(register.append(row("d", "q", Some("1")), MATCH).await.unwrap(), LrsAppended::Appended(3));
    assert_eq!(register.append(row("e", "p", Some("1")), MATCH).await.unwrap(), LrsAppended::Taken);
    assert_eq!(register.latest("p").await.unwrap().unwrap().id, 2);
}

async fn rows_come_back_as_they_went_in_by_person_time_and_number(stand: Stand) {
    let register = &stand.store.lrs_register;
    for (number, micros) in [(1, 10), (2, 20), (3, 30)] {
        let made = LrsMatch { created_at: at(micros), ..row(&format!("k{number}"), "p", Some(&number.to_string())) };
        register.append(made, MATCH).await.unwrap();
    }
    register.append(row("other", "q", None), LrsRule::NoMatch).await.unwrap();
    let all = register.page(0, 100).await.unwrap();
    let first = LrsMatch { created_at: at(10), ..row("k1", "p", Some("1")) };
    assert_eq!(shown(&all[0]), shown(&StoredMatch { id: 1, row: first }));
    let ids = |found: Vec<StoredMatch>| found.iter().map(|found| found.id).collect::<Vec<_>>();
    assert_eq!(ids(register.page(1, 2).await.unwrap()), [2, 3]);
    assert_eq!(ids(register.page(4, 2).await.unwrap()), [0_u64; 0]);
    assert_eq!(ids(register.of_person("p", None, None).await.unwrap()), [1, 2, 3]);
    assert_eq!(ids(register.of_person("p", Some(at(20)), None).await.unwrap()), [2, 3]);
    assert_eq!(ids(register.of_person("p", Some(at(11)), Some(at(30))).await.unwrap()), [2]);
}

async fn rows_of_another_register_keep_their_numbers(stand: Stand) {
    let register = &stand.store.lrs_register;
    let rows = vec![(5, row("a", "p", Some("1"))), (5, row("a", "p", Some("1"))), (4, row("b", "q", None))];
    use LrsAppended::{Appended, Misplaced, Taken, Unchanged};
    assert_eq!(register.import(rows).await.unwrap(), [Appended(5), Unchanged, Misplaced]);
    let rows = vec![
        (5, LrsMatch { status: "x".into(), ..row("a", "p", Some("1")) }),
        (7, row("c", "q", Some("1"))),
        (8, row("d", "p", Some("2"))),
        (9, row("e", "q", Some("1"))),
        (5, row("f", "p", Some("1"))),
    ];
    let expected = [Misplaced, Taken, Appended(8), Appended(9), Unchanged];
    assert_eq!(register.import(rows).await.unwrap(), expected);
    assert_eq!(register.append(row("g", "r", None), LrsRule::NoMatch).await.unwrap(), Appended(10));
    assert_eq!(register.page(0, 10).await.unwrap().len(), 4);
}

async fn callers_of_two_stores_make_one_log_and_no_uln_has_two_persons(stand: Stand) {
    let stores = [stand.store.clone(), stand.another().await];
    let callers: Vec<_> = (0..16_usize)
        .map(|caller| {
            let store = stores[caller % 2].clone();
            tokio::spawn(async move {
                let mut ids = Vec::new();
                for number in 0..20 {
                    let (person, uln) = (format!("p{}", (caller + number) % 12), format!("{}", (caller * number) % 6));
                    let made = row(&format!("{caller}-{number}"), &person, Some(&uln));
                    if let LrsAppended::Appended(id) = store.lrs_register.append(made, MATCH).await.unwrap() {
                        ids.push(id);
                    }
                }
                ids
            })
        })
        .collect();
    let mut ids = BTreeSet::new();
    for caller in callers {
        for id in caller.await.unwrap() {
            assert!(ids.insert(id), "a number was given twice");
        }
    }
    // Played again, the log says who held which number when.
    let mut held: BTreeMap<String, String> = BTreeMap::new();
    for found in stand.store.lrs_register.page(0, 10_000).await.unwrap() {
        assert!(ids.remove(&found.id));
        let uln = found.row.uln_tag.unwrap();
        held.retain(|_, holder| *holder != found.row.person_tag);
        assert_eq!(held.insert(uln, found.row.person_tag), None, "row {} takes a number that is held", found.id);
    }
    assert!(ids.is_empty(), "a row that was acknowledged is lost");
}
