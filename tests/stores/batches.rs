//! Bulk jobs.

use learnerlink::store::{Batch, Held};

use crate::stand::{Stand, at, on_both};

on_both! {
    one_at_a_time_has_a_job_and_who_lost_it_changes_nothing
    a_wish_for_the_end_reaches_the_holder_and_goes_with_it
    jobs_are_listed_newest_first
    finished_jobs_are_removed_after_a_while_and_no_others
}

pub fn job(id: &str, owner: &str, until: Option<i64>) -> Batch {
    Batch {
        id: id.into(),
        operation: "match_learner".into(),
        state: "running".into(),
        owner: Some(owner.into()),
        held_until: until.map(at),
        created_at: at(0),
        updated_at: at(0),
        ended_at: None,
        sealed: vec![1],
    }
}

async fn one_at_a_time_has_a_job_and_who_lost_it_changes_nothing(stand: Stand) {
    let batches = &stand.store.batches;
    batches.add(job("a", "one", Some(10))).await.unwrap();
    assert!(!batches.take("b", "two", "running", at(5), at(15)).await.unwrap());
    assert_eq!(batches.keep(job("a", "two", Some(20))).await.unwrap(), Held::Lost);
    assert_eq!(batches.keep(job("a", "one", Some(20))).await.unwrap(), Held::GoOn);
    let other = stand.another().await;
    assert!(other.batches.take("a", "two", "running", at(20), at(30)).await.unwrap());
    assert_eq!(batches.keep(job("a", "one", Some(40))).await.unwrap(), Held::Lost);
    let kept = batches.get("a").await.unwrap().unwrap();
    assert_eq!((kept.owner.as_deref(), kept.is_held(at(29)), kept.is_held(at(30))), (Some("two"), true, false));
    assert_eq!((kept.created_at, kept.updated_at, kept.sealed), (at(0), at(20), vec![1]));
}

async fn a_wish_for_the_end_reaches_the_holder_and_goes_with_it(stand: Stand) {
    let batches = &stand.store.batches;
    batches.add(job("a", "one", Some(10))).await.unwrap();
    assert!(!batches.ask_to_stop("b", at(5)).await.unwrap());
    assert!(!batches.ask_to_stop("a", at(10)).await.unwrap());
    assert!(stand.another().await.batches.ask_to_stop("a", at(9)).await.unwrap());
    assert_eq!(batches.keep(job("a", "one", Some(20))).await.unwrap(), Held::StopAsked);
    let mut ended = job("a", "one", None);
    ended.state = "cancelled".into();
    ended.ended_at = Some(at(12));
    batches.keep(ended).await.unwrap();
    let kept = batches.get("a").await.unwrap().unwrap();
    assert_eq!((kept.owner, kept.state.as_str(), kept.ended_at), (None, "cancelled", Some(at(12))));
    assert!(!batches.ask_to_stop("a", at(9)).await.unwrap(), "nobody has it");
    assert!(batches.take("a", "two", "running", at(13), at(23)).await.unwrap());
    assert_eq!(batches.keep(job("a", "two", Some(30))).await.unwrap(), Held::GoOn);
    assert_eq!(batches.get("a").await.unwrap().unwrap().ended_at, None);
}

async fn jobs_are_listed_newest_first(stand: Stand) {
    let batches = &stand.store.batches;
    assert!(batches.get("a").await.unwrap().is_none() && batches.list(None, 5).await.unwrap().is_empty());
    for (id, time, state) in [("a", 1, "done"), ("b", 3, "running"), ("c", 3, "running"), ("d", 2, "failed")] {
        let row = Batch { created_at: at(time), state: state.into(), ..job(id, "one", Some(9)) };
        batches.add(row).await.unwrap();
    }
    assert!(batches.add(job("a", "one", None)).await.is_err(), "an id is new");
    let ids = |found: Vec<Batch>| found.into_iter().map(|batch| batch.id).collect::<Vec<_>>();
    assert_eq!(ids(batches.list(None, 9).await.unwrap()), ["c", "b", "d", "a"]);
    assert_eq!(ids(batches.list(None, 2).await.unwrap()), ["c", "b"]);
    assert_eq!(ids(batches.list(Some("running"), 9).await.unwrap()), ["c", "b"]);
    assert!(batches.list(Some("cancelled"), 9).await.unwrap().is_empty());
}

async fn finished_jobs_are_removed_after_a_while_and_no_others(stand: Stand) {
    let batches = &stand.store.batches;
    for (id, state, ended) in [
        ("a", "done", Some(1)),
        ("b", "doneWithErrors", Some(2)),
        ("c", "done", Some(3)),
        ("d", "cancelled", Some(1)),
        ("e", "failed", Some(1)),
        ("f", "running", None),
    ] {
        let row = Batch { state: state.into(), ended_at: ended.map(at), ..job(id, "one", None) };
        batches.add(row).await.unwrap();
    }
    let states = ["done", "doneWithErrors"];
    assert_eq!(batches.purge(&states, at(1)).await.unwrap(), 0);
    assert_eq!(batches.purge(&states, at(3)).await.unwrap(), 2);
    let left: Vec<String> = batches.list(None, 9).await.unwrap().into_iter().map(|batch| batch.id).collect();
    assert_eq!(left, ["f", "e", "d", "c"]);
}
