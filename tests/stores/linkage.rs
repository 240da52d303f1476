//! The register of linkage keys.

use learnerlink::store::{
    AuditFilter, LinkageAccount, LinkageChange, LinkageConflict, LinkageCorrelation, LinkageEntry,
    LinkageEntryOrganisation, LinkageEntryPatient, LinkageIssue, LinkageIssued, LinkageKey, LinkageOrganisation,
    LinkagePatient, LinkageQuestion, LinkageRevocation, LinkageVersion, Store,
};

use crate::stand::{Stand, at, chain, entry, on_both, plain};

on_both! {
    a_question_is_answered_with_all_that_decides_it
    a_key_is_issued_together_with_its_audit_entry_or_neither_is
    what_has_changed_or_is_taken_is_not_issued_and_leaves_nothing_behind
    a_patient_is_changed_only_on_the_version_that_was_seen
    an_organisation_is_blocked_and_unblocked
    misses_are_counted_until_they_are_forgotten
    pages_have_every_patient_with_every_key
    of_many_callers_at_once_each_is_answered_about_their_own
    of_many_callers_of_two_stores_one_issues_the_key_of_a_patient
    whoever_is_told_that_an_organisation_is_blocked_sees_no_key_issued_after
}

pub const ODS: &str = "A12345";

pub fn patient(tag: &str) -> LinkagePatient {
    LinkagePatient { tag: tag.into(), ods: ODS.into(), registered: true, blocked: false, sealed: vec![0, 1, 255] }
}

pub fn account(tag: &str) -> LinkageAccount {
    LinkageAccount { tag: tag.into(), created_at: at(7), sealed: vec![3] }
}

pub fn key(generation: u32, mac: &str) -> LinkageKey {
    LinkageKey { generation, mac: mac.as_bytes().to_vec(), created_at: at(8), revoked: None, sealed: vec![4] }
}

pub fn line(line: u64, patient: Option<LinkageEntryPatient>) -> LinkageEntry {
    let organisation = LinkageEntryOrganisation { ods: ODS.into(), name: Some("Northgate".into()), blocked: None };
    LinkageEntry { line, organisation, patient }
}

pub fn given(patient: LinkagePatient) -> LinkageEntryPatient {
    LinkageEntryPatient { patient, version: 0, account: None, keys: Vec::new() }
}

/// Takes rows into the register, all of which must be taken.
pub async fn imported(store: &Store, entries: Vec<LinkageEntry>) {
    let count = entries.len() as u64;
    let repeats = store.linkage_register.stage("setup", entries, at(0)).await.unwrap();
    assert!(repeats.iter().all(Option::is_none), "{repeats:?}");
    let done = store.linkage_register.apply("setup", LinkageConflict::Refuse, true, at(0)).await.unwrap();
    assert_eq!((done.imported, done.applied), (count, true), "{done:?}");
    store.linkage_register.discard("setup", at(0)).await.unwrap();
}

pub async fn patients(store: &Store, tags: &[&str]) {
    imported(store, tags.iter().zip(1..).map(|(tag, at)| line(at, Some(given(patient(tag))))).collect()).await;
}

fn issue(tag: &str, version: u64, account: Option<&str>, mac: &str) -> LinkageIssue {
    LinkageIssue {
        tag: tag.into(),
        version,
        account: account.map(self::account),
        key: key(1, mac),
        correlation: LinkageCorrelation {
            tag: format!("cor-{mac}"),
            content_hash: vec![5],
            generation: 1,
            expires_at: at(1000),
        },
        misses: format!("miss-{tag}"),
        now: at(20),
    }
}

async fn issued(store: &Store, issue: LinkageIssue) -> LinkageIssued {
    store.linkage_register.issue(issue, entry("create_linkage_key"), plain()).await.unwrap()
}

fn question(tag: &str) -> LinkageQuestion {
    LinkageQuestion { ods: ODS.into(), tag: tag.into(), correlation: None, misses: None }
}

async fn a_question_is_answered_with_all_that_decides_it(stand: Stand) {
    let register = &stand.store.linkage_register;
    let nothing = register.find(question("p")).await.unwrap();
    assert!(nothing.organisation.is_none() && nothing.patient.is_none() && nothing.correlation.is_none());
    patients(&stand.store, &["p", "q"]).await;
    let found = register.find(question("p")).await.unwrap();
    let organisation = LinkageOrganisation { ods: ODS.into(), name: "Northgate".into(), blocked: false };
    assert_eq!(found.organisation, Some(organisation));
    let stored = found.patient.unwrap();
    assert_eq!((&stored.patient, stored.version, stored.last_generation), (&patient("p"), 1, 0));
    assert!(stored.account.is_none() && stored.active.is_none());
    assert_eq!(issued(&stand.store, issue("p", 1, Some("acc"), "mac")).await, LinkageIssued::Issued);
    register.miss("m", at(30), at(0)).await.unwrap();
    register.miss("m", at(10), at(0)).await.unwrap();
    register.miss("m", at(20), at(0)).await.unwrap();
    let asked =
        LinkageQuestion { correlation: Some("cor-mac".into()), misses: Some(("m".into(), at(10))), ..question("p") };
    let found = register.find(asked).await.unwrap();
    let stored = found.patient.unwrap();
    assert_eq!((stored.version, stored.last_generation), (2, 1));
    assert_eq!((stored.account, stored.active), (Some(account("acc")), Some(key(1, "mac"))));
    assert_eq!(found.correlation.unwrap(), issue("p", 1, None, "mac").correlation);
    assert_eq!(found.misses, [at(20), at(30)]);
    assert_eq!(register.of_account("acc").await.unwrap().unwrap().patient.tag, "p");
    assert!(register.of_account("none").await.unwrap().is_none());
}

async fn a_key_is_issued_together_with_its_audit_entry_or_neither_is(stand: Stand) {
    let store = &stand.store;
    patients(store, &["p", "q"]).await;
    assert_eq!(issued(store, issue("p", 1, Some("a1"), "m1")).await, LinkageIssued::Issued);
    assert_eq!(chain(store).await.len(), 1);
    assert_eq!(issued(store, issue("p", 1, Some("a2"), "m2")).await, LinkageIssued::Changed);
    assert_eq!(issued(store, issue("q", 1, Some("a1"), "m3")).await, LinkageIssued::Collision);
    assert_eq!(chain(store).await.len(), 1);
    assert_eq!(store.linkage_register.purge(at(999)).await.unwrap(), 0);
    assert_eq!(store.linkage_register.purge(at(1000)).await.unwrap(), 1);
}

async fn what_has_changed_or_is_taken_is_not_issued_and_leaves_nothing_behind(stand: Stand) {
    let (store, register) = (&stand.store, &stand.store.linkage_register);
    patients(store, &["p", "q", "r"]).await;
    assert_eq!(issued(store, issue("p", 1, Some("a1"), "m1")).await, LinkageIssued::Issued);
    assert_eq!(issued(store, issue("nobody", 1, Some("a2"), "m2")).await, LinkageIssued::Changed);
    // The key collides, the account would not.
    let collides = LinkageIssue { key: key(1, "m1"), ..issue("q", 1, Some("a2"), "m4") };
    assert_eq!(issued(store, collides).await, LinkageIssued::Collision);
    let stored = register.find(question("q")).await.unwrap().patient.unwrap();
    assert!(stored.account.is_none() && stored.version == 1);
    let same = LinkageCorrelation { expires_at: at(900), ..issue("p", 1, None, "m1").correlation };
    let repeated = LinkageIssue { correlation: same, ..issue("q", 1, Some("a2"), "m2") };
    assert_eq!(issued(store, repeated.clone()).await, LinkageIssued::Changed);
    assert_eq!(issued(store, LinkageIssue { now: at(1000), ..repeated }).await, LinkageIssued::Issued);
    register.set_organisation(ODS, true, at(0)).await.unwrap();
    assert_eq!(issued(store, issue("r", 1, Some("a3"), "m3")).await, LinkageIssued::Changed);
    register.set_organisation(ODS, false, at(0)).await.unwrap();
    let gone = LinkagePatient { registered: false, ..patient("r") };
    assert!(register.change("r", 1, LinkageChange::Patient { patient: gone }, at(0)).await.unwrap());
    assert_eq!(issued(store, issue("r", 2, Some("a3"), "m3")).await, LinkageIssued::Changed);
    assert_eq!(chain(store).await.len(), 2);
}

async fn a_patient_is_changed_only_on_the_version_that_was_seen(stand: Stand) {
    let (store, register) = (&stand.store, &stand.store.linkage_register);
    patients(store, &["p"]).await;
    let blocked = LinkagePatient { blocked: true, sealed: vec![9], ..patient("p") };
    let change = LinkageChange::Patient { patient: blocked.clone() };
    assert!(!register.change("p", 2, change.clone(), at(1)).await.unwrap());
    assert!(!register.change("x", 1, change.clone(), at(1)).await.unwrap());
    assert!(register.change("p", 1, change.clone(), at(1)).await.unwrap());
    let stored = register.find(question("p")).await.unwrap().patient.unwrap();
    assert_eq!((stored.patient, stored.version), (blocked, 2));
    assert_eq!(issued(store, issue("p", 2, Some("a"), "m")).await, LinkageIssued::Issued);
    let revocation = LinkageRevocation { at: at(40), reason: "why".into() };
    assert!(register.change("p", 3, LinkageChange::Revoke { revocation: revocation.clone() }, at(40)).await.unwrap());
    let stored = register.find(question("p")).await.unwrap().patient.unwrap();
    assert!(stored.active.is_none());
    assert_eq!((stored.version, stored.last_generation), (4, 1));
    let page = register.page(0, 10).await.unwrap();
    assert_eq!(page.patients[0].1, [LinkageKey { revoked: Some(revocation), ..key(1, "m") }]);
    let other = stand.another().await;
    for version in 4..14 {
        let (one, two) = tokio::join!(
            register.change("p", version, change.clone(), at(50)),
            other.linkage_register.change("p", version, change.clone(), at(50))
        );
        assert!(one.unwrap() != two.unwrap());
    }
}

async fn an_organisation_is_blocked_and_unblocked(stand: Stand) {
    let register = &stand.store.linkage_register;
    assert_eq!(register.set_organisation(ODS, true, at(0)).await.unwrap(), None);
    patients(&stand.store, &["p"]).await;
    assert_eq!(register.set_organisation(ODS, true, at(0)).await.unwrap(), Some(true));
    assert_eq!(register.set_organisation(ODS, true, at(0)).await.unwrap(), Some(false));
    assert!(register.organisations().await.unwrap()[0].blocked);
    assert_eq!(register.set_organisation(ODS, false, at(0)).await.unwrap(), Some(true));
    assert!(!register.find(question("p")).await.unwrap().organisation.unwrap().blocked);
}

async fn misses_are_counted_until_they_are_forgotten(stand: Stand) {
    let register = &stand.store.linkage_register;
    patients(&stand.store, &["p"]).await;
    let misses = async |tag: &str| {
        let asked = LinkageQuestion { misses: Some((tag.into(), at(0))), ..question("p") };
        register.find(asked).await.unwrap().misses
    };
    register.miss("miss-p", at(5), at(0)).await.unwrap();
    register.miss("other", at(6), at(0)).await.unwrap();
    assert_eq!((misses("miss-p").await, misses("other").await), (vec![at(5)], vec![at(6)]));
    assert_eq!(issued(&stand.store, issue("p", 1, Some("a"), "m")).await, LinkageIssued::Issued);
    assert_eq!((misses("miss-p").await, misses("other").await), (vec![], vec![at(6)]));
    register.miss("new", at(9), at(7)).await.unwrap();
    assert_eq!(misses("other").await, []);
}

async fn pages_have_every_patient_with_every_key(stand: Stand) {
    let register = &stand.store.linkage_register;
    let revoked = LinkageKey { revoked: Some(LinkageRevocation { at: at(3), reason: "lost".into() }), ..key(1, "m1") };
    let keys = vec![revoked, key(2, "m2")];
    let full = LinkageEntryPatient { account: Some(account("a")), keys: keys.clone(), ..given(patient("p1")) };
    let rest = (2..=5).map(|at| line(at, Some(given(patient(&format!("p{at}"))))));
    imported(&stand.store, [line(1, Some(full))].into_iter().chain(rest).collect()).await;
    let (mut after, mut tags) = (0, Vec::new());
    loop {
        let page = register.page(after, 2).await.unwrap();
        if page.patients.is_empty() {
            assert_eq!(page.after, after);
            break;
        }
        after = page.after;
        for (stored, found) in page.patients {
            let first = stored.patient.tag == "p1";
            assert_eq!(found, if first { keys.clone() } else { vec![] });
            assert_eq!(
                (stored.active, stored.last_generation),
                if first { (Some(keys[1].clone()), 2) } else { (None, 0) }
            );
            tags.push(stored.patient.tag);
        }
    }
    assert_eq!(tags, ["p1", "p2", "p3", "p4", "p5"]);
    let versions = register.versions(vec!["p2".into(), "x".into(), "p1".into()]).await.unwrap();
    let version = |account: Option<&str>, last_generation| {
        Some(LinkageVersion { version: 1, last_generation, account_tag: account.map(str::to_owned) })
    };
    assert_eq!(versions, [version(None, 0), None, version(Some("a"), 2)]);
}

async fn of_many_callers_at_once_each_is_answered_about_their_own(stand: Stand) {
    let store = &stand.store;
    let tags: Vec<String> = (0..20).map(|number| format!("p{number}")).collect();
    patients(store, &tags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut all = Vec::new();
    for (number, tag) in tags.iter().enumerate() {
        // Two want the account of the first patient; every patient is asked for twice, and one version is old.
        let account = if number == 7 { "a0".to_owned() } else { format!("a{number}") };
        let version = if number == 5 { 0 } else { 1 };
        all.extend(["x", "y"].map(|who| issued(store, issue(tag, version, Some(&account), &format!("{tag}{who}")))));
    }
    let answers = futures_util::future::join_all(all).await;
    let mut with_key = 0;
    for (tag, told) in tags.iter().zip(answers.chunks(2)) {
        let found = store.linkage_register.find(question(tag)).await.unwrap().patient.unwrap();
        with_key += usize::from(found.active.is_some());
        let mut told: Vec<_> = told.iter().map(|answer| format!("{answer:?}")).collect();
        told.sort();
        match tag.as_str() {
            "p5" => assert_eq!(told, ["Changed", "Changed"]),
            _ if found.active.is_some() => assert_eq!(told, ["Changed", "Issued"]),
            "p0" | "p7" => assert_eq!(told, ["Collision", "Collision"]),
            _ => panic!("{tag}: {told:?}"),
        }
    }
    assert_eq!((with_key, chain(store).await.len()), (18, 18));
}

async fn of_many_callers_of_two_stores_one_issues_the_key_of_a_patient(stand: Stand) {
    const PATIENTS: usize = 10;
    let tags: Vec<String> = (0..PATIENTS).map(|number| format!("p{number}")).collect();
    patients(&stand.store, &tags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let stores = [stand.store.clone(), stand.another().await];
    let callers: Vec<_> = (0..24)
        .map(|caller| {
            let (store, tags) = (stores[caller % 2].clone(), tags.clone());
            tokio::spawn(async move {
                let mut count = 0;
                for tag in &tags {
                    let one = issue(tag, 1, Some(&format!("a-{tag}-{caller}")), &format!("m-{tag}-{caller}"));
                    count += usize::from(issued(&store, one).await == LinkageIssued::Issued);
                }
                count
            })
        })
        .collect();
    let mut count = 0;
    for caller in callers {
        count += caller.await.unwrap();
    }
    assert_eq!(count, PATIENTS);
    assert_eq!(chain(&stand.store).await.len(), PATIENTS);
    let page = stand.store.linkage_register.page(0, 100).await.unwrap();
    assert!(page.patients.iter().all(|(stored, keys)| keys.len() == 1 && stored.active.is_some()));
}

async fn whoever_is_told_that_an_organisation_is_blocked_sees_no_key_issued_after(stand: Stand) {
    let tags: Vec<String> = (0..40).map(|number| format!("p{number}")).collect();
    patients(&stand.store, &tags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let other = stand.another().await;
    let issuing = tokio::spawn({
        let (store, tags) = (stand.store.clone(), tags.clone());
        async move {
            for tag in &tags {
                let one = issue(tag, 1, Some(&format!("a-{tag}")), &format!("m-{tag}"));
                if issued(&store, one).await == LinkageIssued::Changed {
                    return;
                }
            }
        }
    });
    let count = async || {
        let newest = AuditFilter { newest_first: true, limit: 1, ..AuditFilter::default() };
        other.audit.query(newest).await.unwrap().0.first().map_or(0, |entry| entry.seq)
    };
    while count().await < 3 {
        tokio::task::yield_now().await;
    }
    other.linkage_register.set_organisation(ODS, true, at(0)).await.unwrap();
    let then = count().await;
    issuing.await.unwrap();
    assert_eq!(count().await, then);
}
