//! Imports into the register of linkage keys: staged row by row, taken over together.

use learnerlink::store::{
    LinkageAccount, LinkageChange, LinkageConflict, LinkageEntry, LinkageEntryOrganisation, LinkageEntryPatient,
    LinkageImported, LinkageIssued, LinkageKey, LinkagePatient, LinkageQuestion, LinkageRevocation, Store,
};

use crate::linkage::{ODS, account, given, imported, key, line, patient, patients};
use crate::stand::{Stand, at, on_both};

on_both! {
    a_row_that_repeats_another_is_told_which
    rows_put_aside_are_forgotten_when_asked_to_or_when_they_are_old
    all_rows_are_taken_or_none
    what_is_on_the_register_already_is_refused_skipped_or_replaced
    an_organisation_needs_a_name_and_is_changed_as_the_rule_says
    accounts_and_keys_of_others_are_refused_also_within_one_import
    keys_end_as_the_file_says_and_never_come_back
    many_rows_are_taken_in_their_order
    an_import_and_keys_issued_meanwhile_keep_one_key_in_force
}

/// A patient with account and key with these seals, for the walk over them.
pub async fn with_seals(
    store: &Store,
    of_patient: Vec<u8>,
    of_account: Vec<u8>,
    of_key: Vec<u8>,
) -> (LinkagePatient, LinkageAccount, LinkageKey) {
    let patient = LinkagePatient { sealed: of_patient, ..patient("p") };
    let account = LinkageAccount { sealed: of_account, ..account("a") };
    let key = LinkageKey { sealed: of_key, ..key(1, "m") };
    let full =
        LinkageEntryPatient { account: Some(account.clone()), keys: vec![key.clone()], ..given(patient.clone()) };
    imported(store, vec![line(1, Some(full))]).await;
    (patient, account, key)
}

async fn apply(store: &Store, entries: Vec<LinkageEntry>, conflict: LinkageConflict, all: bool) -> LinkageImported {
    let register = &store.linkage_register;
    assert!(register.stage("i", entries, at(0)).await.unwrap().iter().all(Option::is_none));
    let done = register.apply("i", conflict, all, at(60)).await.unwrap();
    register.discard("i", at(0)).await.unwrap();
    done
}

async fn refused(store: &Store, entry: LinkageEntry, conflict: LinkageConflict) -> String {
    let line = entry.line;
    let done = apply(store, vec![entry], conflict, true).await;
    assert!(!done.applied && done.refused_rows == 1 && done.imported == 0, "{done:?}");
    assert_eq!(done.refused[0].0, line);
    done.refused[0].1.clone()
}

async fn a_row_that_repeats_another_is_told_which(stand: Stand) {
    let register = &stand.store.linkage_register;
    let with = |at, tag: &str, acc: Option<&str>| {
        line(at, Some(LinkageEntryPatient { account: acc.map(account), ..given(patient(tag)) }))
    };
    let first = vec![with(1, "p", None), with(2, "q", Some("a")), line(3, None), with(4, "p", None)];
    assert_eq!(register.stage("i", first, at(0)).await.unwrap(), [None, None, None, Some(1)]);
    let then = vec![with(5, "r", Some("a")), with(6, "r", Some("b")), line(7, None)];
    assert_eq!(register.stage("i", then, at(0)).await.unwrap(), [Some(2), None, Some(3)]);
    assert_eq!(register.stage("other", vec![with(1, "p", Some("a"))], at(0)).await.unwrap(), [None]);
    let done = register.apply("i", LinkageConflict::Refuse, true, at(1)).await.unwrap();
    assert_eq!((done.imported, done.unchanged, done.applied), (3, 1, true), "{done:?}");
}

async fn rows_put_aside_are_forgotten_when_asked_to_or_when_they_are_old(stand: Stand) {
    let register = &stand.store.linkage_register;
    for (import, time) in [("one", 10), ("two", 20), ("three", 30)] {
        register.stage(import, vec![line(1, None)], at(time)).await.unwrap();
    }
    register.discard("three", at(20)).await.unwrap();
    for (import, count) in [("one", 0), ("three", 0), ("two", 1)] {
        let done = register.apply(import, LinkageConflict::Refuse, true, at(40)).await.unwrap();
        assert_eq!(done.imported, count, "{import}");
    }
}

async fn all_rows_are_taken_or_none(stand: Stand) {
    let store = &stand.store;
    patients(store, &["p"]).await;
    let rows = || vec![line(1, Some(given(patient("new")))), line(2, Some(given(patient("p"))))];
    let done = apply(store, rows(), LinkageConflict::Refuse, true).await;
    assert_eq!((done.imported, done.refused_rows, done.applied), (1, 1, false), "{done:?}");
    assert_eq!(store.linkage_register.versions(vec!["new".into()]).await.unwrap(), [None]);
    let done = apply(store, rows(), LinkageConflict::Refuse, false).await;
    assert_eq!((done.imported, done.refused_rows, done.applied), (1, 1, true), "{done:?}");
    assert!(store.linkage_register.versions(vec!["new".into()]).await.unwrap()[0].is_some());
}

async fn what_is_on_the_register_already_is_refused_skipped_or_replaced(stand: Stand) {
    let (store, register) = (&stand.store, &stand.store.linkage_register);
    patients(store, &["p"]).await;
    let newer = LinkagePatient { blocked: true, sealed: vec![7], ..patient("p") };
    let row = |version| line(1, Some(LinkageEntryPatient { version, ..given(newer.clone()) }));
    let why = refused(store, row(1), LinkageConflict::Refuse).await;
    assert_eq!(why, "the patient is on the register already");
    let done = apply(store, vec![row(1)], LinkageConflict::Skip, true).await;
    assert_eq!((done.imported, done.unchanged), (0, 1));
    let why = refused(store, row(0), LinkageConflict::Replace).await;
    assert!(why.starts_with("the patient was changed while"), "{why}");
    assert_eq!(apply(store, vec![row(1)], LinkageConflict::Replace, true).await.imported, 1);
    let question = LinkageQuestion { ods: ODS.into(), tag: "p".into(), correlation: None, misses: None };
    let stored = register.find(question).await.unwrap().patient.unwrap();
    assert_eq!((stored.patient, stored.version), (newer.clone(), 2));
    // Who has left is not in the way of the same patient coming back.
    let gone = LinkagePatient { registered: false, ..newer.clone() };
    assert!(register.change("p", 2, LinkageChange::Patient { patient: gone }, at(9)).await.unwrap());
    assert_eq!(apply(store, vec![row(3)], LinkageConflict::Refuse, true).await.imported, 1);
}

async fn an_organisation_needs_a_name_and_is_changed_as_the_rule_says(stand: Stand) {
    let store = &stand.store;
    let row = |name: Option<&str>, blocked, patient: Option<LinkageEntryPatient>| LinkageEntry {
        line: 4,
        organisation: LinkageEntryOrganisation { ods: "B1".into(), name: name.map(str::to_owned), blocked },
        patient,
    };
    let of_b = LinkagePatient { ods: "B1".into(), ..patient("b") };
    let why = refused(store, row(None, None, None), LinkageConflict::Replace).await;
    assert_eq!(why, "its organisation has no name");
    let why = refused(store, row(None, None, Some(given(of_b.clone()))), LinkageConflict::Replace).await;
    assert!(why.starts_with("its organisation is not on the register"), "{why}");
    let done = apply(store, vec![row(Some("B"), Some(true), Some(given(of_b)))], LinkageConflict::Refuse, true).await;
    assert_eq!(done.imported, 1);
    let shown = async || {
        let found = store.linkage_register.organisations().await.unwrap();
        found.iter().map(|found| format!("{} {} {}", found.ods, found.name, found.blocked)).collect::<Vec<_>>()
    };
    assert_eq!(shown().await, ["B1 B true"]);
    assert_eq!(apply(store, vec![row(None, None, None)], LinkageConflict::Refuse, true).await.unchanged, 1);
    let why = refused(store, row(Some("C"), None, None), LinkageConflict::Refuse).await;
    assert_eq!(why, "its organisation is on the register with other values");
    assert_eq!(apply(store, vec![row(Some("C"), None, None)], LinkageConflict::Skip, true).await.unchanged, 1);
    assert_eq!(apply(store, vec![row(Some("C"), Some(false), None)], LinkageConflict::Replace, true).await.imported, 1);
    assert_eq!(shown().await, ["B1 C false"]);
}

async fn accounts_and_keys_of_others_are_refused_also_within_one_import(stand: Stand) {
    let store = &stand.store;
    let full = |tag: &str, acc: &str, mac: &str| LinkageEntryPatient {
        account: Some(account(acc)),
        keys: vec![key(1, mac)],
        ..given(patient(tag))
    };
    imported(store, vec![line(1, Some(full("p", "a", "m")))]).await;
    let why = refused(store, line(2, Some(full("q", "a", "n"))), LinkageConflict::Refuse).await;
    assert_eq!(why, "its account id belongs to another patient of the organisation");
    let why = refused(store, line(2, Some(full("q", "b", "m"))), LinkageConflict::Refuse).await;
    assert_eq!(why, "its linkage key belongs to another patient of the organisation");
    let other = LinkageEntryPatient { version: 1, ..full("p", "b", "m") };
    let why = refused(store, line(2, Some(other)), LinkageConflict::Replace).await;
    assert_eq!(why, "the patient has another account id on the register");
    let rows = vec![line(3, Some(full("q", "b", "n"))), line(4, Some(full("r", "c", "n")))];
    let done = apply(store, rows, LinkageConflict::Refuse, false).await;
    assert_eq!((done.imported, done.refused_rows), (1, 1), "{done:?}");
    assert_eq!(done.refused[0], (4, "its linkage key belongs to another patient of the organisation".into()));
}

async fn keys_end_as_the_file_says_and_never_come_back(stand: Stand) {
    let (store, register) = (&stand.store, &stand.store.linkage_register);
    let row = |version, patient: LinkagePatient, keys: Vec<LinkageKey>| {
        line(1, Some(LinkageEntryPatient { version, account: Some(account("a")), keys, ..given(patient) }))
    };
    let keys = async || register.page(0, 10).await.unwrap().patients.remove(0).1;
    imported(store, vec![row(0, patient("p"), vec![key(1, "m1")])]).await;
    // The same again changes no key.
    let done = apply(store, vec![row(1, patient("p"), vec![key(1, "m1")])], LinkageConflict::Replace, true).await;
    assert_eq!(done.imported, 1);
    assert_eq!(keys().await, [key(1, "m1")]);
    // Another takes its place.
    let done = apply(store, vec![row(2, patient("p"), vec![key(2, "m2")])], LinkageConflict::Replace, true).await;
    assert_eq!(done.imported, 1);
    let ended = |reason: &str| Some(LinkageRevocation { at: at(60), reason: reason.into() });
    let first = LinkageKey { revoked: ended("replaced"), ..key(1, "m1") };
    assert_eq!(keys().await, [first.clone(), key(2, "m2")]);
    // What was revoked is refused as valid.
    let why = refused(store, row(3, patient("p"), vec![key(3, "m1")]), LinkageConflict::Replace).await;
    assert_eq!(why, "its linkage key was revoked and never becomes valid again");
    // The file says that it has ended.
    let over = LinkageKey { revoked: ended("x"), ..key(2, "m2") };
    let done = apply(store, vec![row(3, patient("p"), vec![over])], LinkageConflict::Replace, true).await;
    assert_eq!(done.imported, 1);
    assert_eq!(keys().await[1].revoked, ended("replaced"));
    let done = apply(store, vec![row(4, patient("p"), vec![key(3, "m3")])], LinkageConflict::Replace, true).await;
    assert_eq!(done.imported, 1);
    // Who leaves has no key in force.
    let gone = LinkagePatient { registered: false, ..patient("p") };
    assert_eq!(apply(store, vec![row(5, gone, vec![])], LinkageConflict::Replace, true).await.imported, 1);
    assert_eq!(keys().await[2].revoked, ended("deregistered"));
}

async fn many_rows_are_taken_in_their_order(stand: Stand) {
    const ROWS: u64 = 1_250;
    let store = &stand.store;
    let rows: Vec<_> = (1..=ROWS)
        .map(|at| {
            let full = LinkageEntryPatient {
                account: Some(account(&format!("a{at}"))),
                keys: vec![key(1, &format!("m{at}"))],
                ..given(patient(&format!("p{at}")))
            };
            line(at, Some(full))
        })
        .collect();
    for part in rows.chunks(700) {
        store.linkage_register.stage("i", part.to_vec(), at(0)).await.unwrap();
    }
    let done = store.linkage_register.apply("i", LinkageConflict::Refuse, true, at(1)).await.unwrap();
    assert_eq!((done.imported, done.refused_rows), (ROWS, 0));
    let page = store.linkage_register.page(0, 2_000).await.unwrap();
    let tags: Vec<_> = page.patients.iter().map(|(stored, _)| stored.patient.tag.clone()).collect();
    assert_eq!(tags, (1..=ROWS).map(|at| format!("p{at}")).collect::<Vec<_>>());
    assert!(page.patients.iter().all(|(stored, _)| stored.active.is_some() && stored.account.is_some()));
    // More are refused than are listed.
    let done = store.linkage_register.apply("i", LinkageConflict::Refuse, true, at(2)).await.unwrap();
    assert_eq!((done.refused_rows, done.refused.len(), done.refused[0].0), (ROWS, 1000, 1));
}

async fn an_import_and_keys_issued_meanwhile_keep_one_key_in_force(stand: Stand) {
    let tags: Vec<String> = (0..60).map(|number| format!("p{number}")).collect();
    patients(&stand.store, &tags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let rows = tags
        .iter()
        .zip(1..)
        .map(|(tag, at)| {
            let full = LinkageEntryPatient {
                version: 1,
                account: Some(account(&format!("i-{tag}"))),
                keys: vec![key(1, &format!("i-{tag}"))],
                ..given(patient(tag))
            };
            line(at, Some(full))
        })
        .collect();
    let other = stand.another().await;
    other.linkage_register.stage("i", rows, at(0)).await.unwrap();
    let issuing = async {
        let mut count = 0;
        for tag in &tags {
            let issue = learnerlink::store::LinkageIssue {
                tag: tag.clone(),
                version: 1,
                account: Some(account(&format!("x-{tag}"))),
                key: key(1, &format!("x-{tag}")),
                correlation: learnerlink::store::LinkageCorrelation {
                    tag: tag.clone(),
                    content_hash: vec![],
                    generation: 1,
                    expires_at: at(1000),
                },
                misses: String::new(),
                now: at(5),
            };
            let entry = crate::stand::entry("create_linkage_key");
            let issued = stand.store.linkage_register.issue(issue, entry, crate::stand::plain()).await.unwrap();
            count += u64::from(issued == LinkageIssued::Issued);
        }
        count
    };
    let (issued, done) =
        tokio::join!(issuing, other.linkage_register.apply("i", LinkageConflict::Replace, false, at(6)));
    let done = done.unwrap();
    assert_eq!((done.imported + issued, done.refused_rows), (60, issued), "{done:?}");
    let page = stand.store.linkage_register.page(0, 100).await.unwrap();
    assert!(page.patients.iter().all(|(stored, keys)| keys.len() == 1 && stored.active.is_some()));
}
