//! The vault's keys, and the walk over all sealed values.

use std::sync::{Arc, Mutex};

use learnerlink::store::{LrsMatch, LrsRule, Profile, ResealAt, SealedCredential, SifStudent, VeraShare, WrappedKey};

use crate::stand::{Stand, at, on_both};
use crate::{enrollments, linkage, linkage_imports};

on_both! {
    the_first_keys_stand_and_are_replaced_only_by_who_knows_them
    of_two_stores_that_found_keys_at_once_both_have_the_same
    a_walk_comes_by_every_sealed_value_with_its_place
}

fn key(id: u32, byte: u8) -> WrappedKey {
    WrappedKey { id, wrapped: vec![byte; 3] }
}

fn shown(keys: &[WrappedKey]) -> Vec<(u32, u8)> {
    keys.iter().map(|key| (key.id, key.wrapped[0])).collect()
}

async fn the_first_keys_stand_and_are_replaced_only_by_who_knows_them(stand: Stand) {
    let keys = &stand.store.vault_keys;
    assert!(keys.load().await.unwrap().is_empty());
    assert_eq!(shown(&keys.found(vec![key(0, 1), key(1, 2)]).await.unwrap()), [(0, 1), (1, 2)]);
    assert_eq!(shown(&keys.found(vec![key(0, 7)]).await.unwrap()), [(0, 1), (1, 2)]);
    assert!(!keys.replace(vec![0], vec![key(0, 9)]).await.unwrap());
    assert_eq!(shown(&keys.load().await.unwrap()), [(0, 1), (1, 2)]);
    assert!(keys.replace(vec![0, 1], vec![key(2, 5), key(0, 4)]).await.unwrap());
    assert_eq!(shown(&keys.load().await.unwrap()), [(0, 4), (2, 5)]);
}

async fn of_two_stores_that_found_keys_at_once_both_have_the_same(stand: Stand) {
    let other = stand.another().await;
    let (one, two) =
        tokio::join!(stand.store.vault_keys.found(vec![key(0, 1)]), other.vault_keys.found(vec![key(0, 2)]));
    assert_eq!(shown(&one.unwrap()), shown(&two.unwrap()));
}

/// A value as the vault seals it: a version, the number of the key, and the rest.
fn sealed(key: u32, rest: &str) -> Vec<u8> {
    [&[1][..], &key.to_be_bytes(), rest.as_bytes()].concat()
}

async fn a_walk_comes_by_every_sealed_value_with_its_place(stand: Stand) {
    let store = &stand.store;
    let profile =
        Profile { name: "p".into(), ukprn: None, display_name: "P".into(), updated_at: at(0), systems: vec![] };
    let credential = |system, key| SealedCredential { system, tag: "t".into(), sealed: sealed(key, system) };
    store.profiles.put(profile, vec![credential("vera", 1), credential("lrs", 2)]).await.unwrap();
    let share = VeraShare {
        id: "s1".into(),
        profile: "p".into(),
        pattern: "A".into(),
        state: "shared".into(),
        correlation_tag: "c".into(),
        learner_tag: None,
        issued_at: at(0),
        deadline_at: at(0),
        polls: 0,
        updated_at: at(0),
        sealed: sealed(1, "share"),
    };
    store.vera_shares.add(share, None).await.unwrap();
    let row = LrsMatch {
        key: "k".into(),
        person_tag: "person".into(),
        uln_tag: Some("uln".into()),
        names_tag: None,
        status: "Matched".into(),
        created_at: at(123_456),
        sealed: sealed(1, "match"),
    };
    let place_of_match = row.place();
    store.lrs_register.append(row, LrsRule::NoMatch).await.unwrap();
    let student = SifStudent { tag: "st".into(), sealed: sealed(1, "student") };
    store.sif_rules.replace(sealed(1, "rules"), vec![student], at(0)).await.unwrap();
    let begun = enrollments::begun(store, "e1", sealed(1, "enrolment"), sealed(1, "body"), sealed(1, "outbox")).await;
    let (patient, account, key) =
        linkage_imports::with_seals(store, sealed(1, "patient"), sealed(1, "account"), sealed(1, "key")).await;
    let mut expected = vec![
        "credential/p/vera".to_owned(),
        "vera_share/s1".into(),
        place_of_match,
        "sif_rules".into(),
        "sif_student/st".into(),
        format!("enrollment/{begun}"),
        format!("enrollment_body/{begun}"),
        format!("enrollment_outbox/{begun}-o"),
        patient.place(),
        account.place(&patient.tag),
        learnerlink::store::LinkageKey::place(linkage::ODS, &patient.tag, &account.tag, key.generation),
    ];
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&seen);
    let reseal: Arc<learnerlink::store::Reseal> = Arc::new(move |place: &str, old: &[u8]| {
        noted.lock().unwrap().push(place.to_owned());
        if place == "sif_rules" {
            return Err(learnerlink::Error::SealBroken { what: "value" });
        }
        Ok(sealed(2, std::str::from_utf8(&old[5..]).unwrap()))
    });
    let (mut at, mut done, mut unreadable) = (Some(ResealAt::default()), 0, 0);
    while let Some(from) = at {
        let part = store.vault_keys.reseal(2, from, 1, Arc::clone(&reseal)).await.unwrap();
        (at, done, unreadable) = (part.next, done + part.done, unreadable + part.unreadable);
    }
    assert_eq!((done, unreadable), (10, 1));
    let mut seen = seen.lock().unwrap().clone();
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
    assert_eq!(store.profiles.credential("p", "vera").await.unwrap().unwrap().1, sealed(2, "vera"));
    assert_eq!(store.sif_rules.rules().await.unwrap().unwrap().1, sealed(1, "rules"));
}
