//! VERA's shares.

use jiff::Timestamp;
use learnerlink::Status;
use learnerlink::store::{Guard, VeraShare};

use crate::stand::{Stand, at, on_both};

on_both! {
    a_share_is_stored_found_advanced_listed_and_purged
    a_learner_has_one_live_share_whoever_asks
    a_correlation_id_belongs_to_one_share_of_a_profile
    of_two_who_advance_a_share_from_a_state_one_does
    one_poller_at_a_time_may_ask_about_a_share
}

const LIVE: &[&str] = &["requesting", "awaitingLearner"];

fn share(id: &str, learner: Option<&str>, issued: i64) -> VeraShare {
    VeraShare {
        id: id.into(),
        profile: "p".into(),
        pattern: "C".into(),
        state: "awaitingLearner".into(),
        correlation_tag: format!("c-{id}"),
        learner_tag: learner.map(str::to_owned),
        issued_at: at(issued),
        deadline_at: at(issued + 1000),
        polls: 4_000_000_000,
        updated_at: at(issued),
        sealed: vec![0, 1, 255],
    }
}

fn ids(shares: &[VeraShare]) -> Vec<&str> {
    shares.iter().map(|share| share.id.as_str()).collect()
}

async fn a_share_is_stored_found_advanced_listed_and_purged(stand: Stand) {
    let shares = &stand.store.vera_shares;
    assert!(shares.add(share("a", Some("l"), 1), None).await.unwrap().is_none());
    assert!(shares.add(share("b", Some("l"), 2), None).await.unwrap().is_none());
    assert!(shares.add(VeraShare { profile: "q".into(), ..share("c", None, 2) }, None).await.unwrap().is_none());
    let found = shares.find("c-a", None).await.unwrap().unwrap();
    assert_eq!(format!("{found:?}"), format!("{:?}", share("a", Some("l"), 1)));
    assert!(shares.find("c-a", Some("q")).await.unwrap().is_none());
    assert_eq!(shares.of_learner("p", "l").await.unwrap().unwrap().id, "b");
    assert!(shares.of_learner("q", "l").await.unwrap().is_none());
    let changed = VeraShare {
        state: "shared".into(),
        deadline_at: at(7),
        polls: 3,
        updated_at: at(9),
        sealed: vec![7],
        correlation_tag: "other".into(),
        ..share("a", Some("l"), 1)
    };
    assert!(!shares.advance(changed.clone(), "requesting".into()).await.unwrap());
    assert!(shares.advance(changed.clone(), "awaitingLearner".into()).await.unwrap());
    let found = shares.find("other", Some("p")).await.unwrap().unwrap();
    assert_eq!(format!("{found:?}"), format!("{changed:?}"));
    assert_eq!(ids(&shares.list(None, None, 10).await.unwrap()), ["c", "b", "a"]);
    assert_eq!(ids(&shares.list(None, None, 2).await.unwrap()), ["c", "b"]);
    assert_eq!(ids(&shares.list(Some("p"), None, 10).await.unwrap()), ["b", "a"]);
    assert_eq!(ids(&shares.list(Some("p"), Some("shared"), 10).await.unwrap()), ["a"]);
    assert_eq!(shares.purge(Timestamp::MIN).await.unwrap(), 0);
    assert_eq!(shares.purge(at(9)).await.unwrap(), 2);
    assert_eq!(ids(&shares.list(None, None, 10).await.unwrap()), ["a"]);
    assert_eq!(shares.purge(Timestamp::MAX).await.unwrap(), 1);
}

async fn a_learner_has_one_live_share_whoever_asks(stand: Stand) {
    let stores = [stand.store.clone(), stand.another().await];
    let callers: Vec<_> = (0..32)
        .map(|caller| {
            let store = stores[caller % 2].clone();
            tokio::spawn(async move {
                let guard = Guard { states: LIVE, now: at(500) };
                store.vera_shares.add(share(&format!("s{caller:02}"), Some("l"), 1), Some(guard)).await.unwrap()
            })
        })
        .collect();
    let mut stood = Vec::new();
    let mut added = 0;
    for caller in callers {
        match caller.await.unwrap() {
            Some(standing) => stood.push(standing.id),
            None => added += 1,
        }
    }
    assert_eq!(added, 1);
    let listed = stand.store.vera_shares.list(None, None, 100).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert!(stood.iter().all(|id| *id == listed[0].id));
    let lapsed = Guard { states: LIVE, now: at(1001) };
    assert!(stand.store.vera_shares.add(share("z", Some("l"), 2), Some(lapsed)).await.unwrap().is_none());
}

async fn a_correlation_id_belongs_to_one_share_of_a_profile(stand: Stand) {
    let shares = &stand.store.vera_shares;
    shares.add(share("a", None, 1), None).await.unwrap();
    let again = VeraShare { correlation_tag: "c-a".into(), ..share("b", None, 1) };
    let error = shares.add(again.clone(), None).await.unwrap_err();
    assert_eq!(error.status(), Status::Conflict, "{error}");
    shares.add(VeraShare { profile: "q".into(), ..again }, None).await.unwrap();
}

async fn of_two_who_advance_a_share_from_a_state_one_does(stand: Stand) {
    let other = stand.another().await;
    for round in 0..20 {
        let open = share(&format!("s{round}"), None, 1);
        stand.store.vera_shares.add(open.clone(), None).await.unwrap();
        let to = |state: &str| VeraShare { state: state.into(), ..open.clone() };
        let (one, two) = tokio::join!(
            stand.store.vera_shares.advance(to("shared"), "awaitingLearner".into()),
            other.vera_shares.advance(to("cancelled"), "awaitingLearner".into())
        );
        assert!(one.unwrap() != two.unwrap());
    }
}

async fn one_poller_at_a_time_may_ask_about_a_share(stand: Stand) {
    let (here, there) = (&stand.store.vera_shares, stand.another().await.vera_shares);
    here.add(share("a", None, 1), None).await.unwrap();
    assert!(!here.lease("none", "one", at(0), at(10)).await.unwrap());
    assert!(here.lease("a", "one", at(0), at(10)).await.unwrap());
    assert!(!there.lease("a", "two", at(5), at(15)).await.unwrap());
    assert!(here.lease("a", "one", at(5), at(20)).await.unwrap(), "who has it goes on");
    assert!(!there.lease("a", "two", at(19), at(30)).await.unwrap());
    assert!(there.lease("a", "two", at(20), at(30)).await.unwrap(), "one that does not come back is replaced");
    assert!(!here.lease("a", "one", at(21), at(30)).await.unwrap());
    for round in 0..20 {
        let id = format!("r{round}");
        here.add(share(&id, None, 1), None).await.unwrap();
        let (one, two) = tokio::join!(here.lease(&id, "one", at(0), at(10)), there.lease(&id, "two", at(0), at(10)));
        assert!(one.unwrap() != two.unwrap());
    }
}
