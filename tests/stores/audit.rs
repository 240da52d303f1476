//! The audit chain.

use learnerlink::store::{AuditEntry, AuditFilter};

use crate::stand::{Stand, at, chain, entry, on_both, plain};

on_both! {
    a_chain_begins_empty_and_each_entry_follows_from_the_one_before
    entries_come_back_as_they_went_in
    a_filter_takes_what_matches_in_either_order_and_says_whether_there_is_more
    a_purge_takes_a_beginning_of_the_chain_and_nothing_behind_an_entry_that_is_to_stay
    many_callers_of_two_stores_make_one_chain
}

async fn a_chain_begins_empty_and_each_entry_follows_from_the_one_before(stand: Stand) {
    let store = &stand.store;
    assert_eq!(store.audit.ends().await.unwrap(), None);
    assert_eq!(store.audit.purge(at(100), plain()).await.unwrap(), 0);
    assert_eq!(store.audit.ends().await.unwrap(), None);
    for seq in 1..=3 {
        assert_eq!(store.audit.append(entry("health"), plain()).await.unwrap(), seq);
    }
    assert_eq!(chain(store).await.len(), 3);
}

async fn entries_come_back_as_they_went_in(stand: Stand) {
    let full = AuditEntry {
        at: at(123_456),
        operation: "match_learner".into(),
        system: "lrs".into(),
        user: Some(String::new()),
        profile: None,
        subject: Some("0f0e".into()),
        outcome: "Ülk\u{1F600}\n'\"".into(),
        status: -7,
        trace_id: Some("t".into()),
        duration_ms: 4_000_000_000_000,
        details: Some(r#"{"a":"\u0000"}"#.into()),
    };
    let empty = AuditEntry { user: None, subject: None, trace_id: None, details: None, ..full.clone() };
    for entry in [&full, &empty] {
        stand.store.audit.append(entry.clone(), plain()).await.unwrap();
    }
    let found = chain(&stand.store).await;
    assert_eq!(found.into_iter().map(|found| found.entry).collect::<Vec<_>>(), [full, empty]);
}

async fn a_filter_takes_what_matches_in_either_order_and_says_whether_there_is_more(stand: Stand) {
    let store = &stand.store;
    for number in 0..10_i64 {
        let odd = number % 2 == 1;
        let made = AuditEntry {
            at: at(number),
            operation: if odd { "odd" } else { "even" }.into(),
            system: format!("s{}", number % 3),
            user: (number > 4).then(|| "late".into()),
            profile: Some(format!("p{number}")),
            subject: odd.then(|| "tag".into()),
            outcome: format!("o{}", number / 5),
            trace_id: Some(format!("t{}", number % 5)),
            ..entry("x")
        };
        store.audit.append(made, plain()).await.unwrap();
    }
    let any = AuditFilter { limit: 100, ..AuditFilter::default() };
    let text = |text: &str| Some(text.to_owned());
    for (filter, expected, more) in [
        (AuditFilter { limit: 3, ..any.clone() }, vec![1, 2, 3], true),
        (AuditFilter { limit: 3, newest_first: true, ..any.clone() }, vec![10, 9, 8], true),
        (AuditFilter { after_seq: 8, ..any.clone() }, vec![9, 10], false),
        (AuditFilter { after_seq: u64::MAX / 2, ..any.clone() }, vec![], false),
        (AuditFilter { from: Some(at(2)), to: Some(at(4)), ..any.clone() }, vec![3, 4], false),
        (AuditFilter { operation: text("odd"), ..any.clone() }, vec![2, 4, 6, 8, 10], false),
        (AuditFilter { operation: text("odd"), limit: 5, ..any.clone() }, vec![2, 4, 6, 8, 10], false),
        (AuditFilter { system: text("s0"), ..any.clone() }, vec![1, 4, 7, 10], false),
        (AuditFilter { user: text("late"), outcome: text("o0"), ..any.clone() }, vec![], false),
        (AuditFilter { user: text("late"), outcome: text("o1"), ..any.clone() }, vec![6, 7, 8, 9, 10], false),
        (AuditFilter { profile: text("p3"), ..any.clone() }, vec![4], false),
        (AuditFilter { subject: text("tag"), trace_id: text("t3"), ..any.clone() }, vec![4], false),
        (AuditFilter { user: text("' OR 1=1 --"), ..any.clone() }, vec![], false),
    ] {
        let (found, has_more) = store.audit.query(filter.clone()).await.unwrap();
        let seqs: Vec<u64> = found.iter().map(|found| found.seq).collect();
        assert_eq!((seqs, has_more), (expected, more), "{filter:?}");
    }
}

async fn a_purge_takes_a_beginning_of_the_chain_and_nothing_behind_an_entry_that_is_to_stay(stand: Stand) {
    let store = &stand.store;
    for time in [1, 2, 50, 3, 60] {
        store.audit.append(AuditEntry { at: at(time), ..entry("x") }, plain()).await.unwrap();
    }
    assert_eq!(store.audit.purge(at(10), plain()).await.unwrap(), 2);
    assert_eq!(chain(store).await.len(), 3);
    assert_eq!(store.audit.purge(at(10), plain()).await.unwrap(), 0);
    assert_eq!(store.audit.append(entry("x"), plain()).await.unwrap(), 6);
    assert_eq!(store.audit.purge(at(100), plain()).await.unwrap(), 4);
    assert_eq!(chain(store).await.len(), 0);
    assert_eq!(store.audit.ends().await.unwrap().map(|ends| (ends.first_seq, ends.last_seq)), Some((6, 6)));
    assert_eq!(store.audit.append(entry("x"), plain()).await.unwrap(), 7);
    assert_eq!(chain(store).await.len(), 1);
}

async fn many_callers_of_two_stores_make_one_chain(stand: Stand) {
    let stores = [stand.store.clone(), stand.another().await];
    let callers = (0..64).map(|caller| {
        let store = stores[caller % 2].clone();
        tokio::spawn(async move {
            let mut seqs = Vec::new();
            for number in 0..10 {
                seqs.push(store.audit.append(entry(&format!("{caller} {number}")), plain()).await.unwrap());
            }
            seqs
        })
    });
    let mut seqs = Vec::new();
    for caller in callers.collect::<Vec<_>>() {
        let own = caller.await.unwrap();
        assert!(own.is_sorted(), "a caller's own entries keep their order");
        seqs.extend(own);
    }
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=640).collect::<Vec<_>>());
    assert_eq!(chain(&stand.store).await.len(), 640);
}
