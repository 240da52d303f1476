//! Enrolments and what is to be sent for them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use learnerlink::store::{
    Applicant, Begun, Enrollment, EnrollmentFilter, EnrollmentOf, NewEnrollment, OutboxEdit, OutboxEntry, Standing,
    Store, StoredEnrollment,
};

use crate::stand::{Stand, at, on_both};

on_both! {
    an_enrolment_is_begun_once_while_it_lives_and_found_by_all_it_is_known_by
    what_a_new_enrolment_meets_is_counted
    what_a_decision_refuses_is_not_begun
    a_change_needs_the_version_it_was_made_on_and_edits_the_outbox
    lists_filter_and_go_on_after_a_version
    undecided_ones_are_handed_out_to_one_at_a_time
    nobody_sends_what_another_sends
    what_is_due_is_the_first_entry_of_each_and_what_is_to_be_asked
    the_next_start_of_a_person_who_must_log_in_makes_what_waits_due
    a_purge_takes_what_came_with_the_ended_ones
    callers_of_two_stores_begin_one_enrolment_and_take_one_seat_each
}

fn applicant(person: &str, offering: &str) -> Applicant {
    Applicant {
        tag: format!("{person}@{offering}"),
        person_tag: person.into(),
        offering_tag: offering.into(),
        identities: vec![format!("{person}-mail"), format!("{person}-mail")],
        enrolled: Some(10),
    }
}

pub fn enrollment(id: &str, of: &Applicant) -> Enrollment {
    Enrollment {
        id: id.into(),
        profile: "p".into(),
        tag: of.tag.clone(),
        person_tag: of.person_tag.clone(),
        offering_tag: of.offering_tag.clone(),
        is_live: true,
        seat: None,
        host: "pending".into(),
        home: None,
        combined: "pending".into(),
        decision: None,
        delivery: "waiting".into(),
        association_tag: None,
        handed_until: None,
        poll_at: None,
        created_at: at(1),
        updated_at: at(2),
        final_at: None,
        sealed: vec![0, 1, 255],
    }
}

fn entry(id: &str, state: &str, next_at: Timestamp) -> OutboxEntry {
    OutboxEntry {
        id: id.into(),
        kind: "create".into(),
        state: state.into(),
        reason: None,
        attempts: 4_000_000_000,
        next_at,
        created_at: at(3),
        sealed: vec![8],
    }
}

fn new(row: Enrollment, outbox: Vec<OutboxEntry>) -> NewEnrollment {
    NewEnrollment { row, body: vec![6, 6], outbox, sending_until: None }
}

async fn begin(store: &Store, of: Applicant, made: NewEnrollment) -> Begun {
    store.enrollments.begin(of, at(100), Box::new(move |_| Ok(made))).await.unwrap()
}

/// An enrolment with these seals, for the walk over them.
pub async fn begun(store: &Store, id: &str, sealed: Vec<u8>, body: Vec<u8>, outbox: Vec<u8>) -> String {
    let of = applicant("somebody", "something");
    let entry = OutboxEntry { sealed: outbox, ..entry(&format!("{id}-o"), "waiting", at(0)) };
    let made = NewEnrollment { body, ..new(Enrollment { sealed, ..enrollment(id, &of) }, vec![entry]) };
    begin(store, of, made).await.stored.row.id
}

fn shown(found: &StoredEnrollment) -> String {
    format!("{found:?}")
}

async fn an_enrolment_is_begun_once_while_it_lives_and_found_by_all_it_is_known_by(stand: Stand) {
    let store = &stand.store;
    let of = applicant("ann", "maths");
    let row = Enrollment {
        seat: Some(11),
        home: Some("h".into()),
        decision: Some("d".into()),
        association_tag: Some("as".into()),
        handed_until: Some(at(11)),
        poll_at: Some(at(12)),
        final_at: Some(at(13)),
        ..enrollment("e1", &of)
    };
    let made = NewEnrollment {
        sending_until: Some(at(14)),
        ..new(row.clone(), vec![entry("o1", "waiting", at(5)), entry("o2", "parked", at(4))])
    };
    let first = begin(store, of.clone(), made).await;
    assert!(first.is_new && first.logged_in == 0);
    assert_eq!(format!("{:?}", first.stored.row), format!("{row:?}"));
    assert_eq!((first.stored.number, first.stored.version, first.stored.sending_until), (1, 1, Some(at(14))));
    let outbox: Vec<&str> = first.stored.outbox.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(outbox, ["o1", "o2"]);
    assert_eq!(format!("{:?}", first.stored.outbox[0]), format!("{:?}", entry("o1", "waiting", at(5))));
    let again = store.enrollments.begin(of.clone(), at(100), Box::new(|_| panic!("not asked"))).await.unwrap();
    assert!(!again.is_new);
    assert_eq!(shown(&again.stored), shown(&first.stored));
    for by in
        [EnrollmentOf::Id("e1".into()), EnrollmentOf::Association("as".into()), EnrollmentOf::Person("ann".into())]
    {
        let found = store.enrollments.find(by.clone()).await.unwrap();
        assert_eq!(found.as_ref().map(shown), Some(shown(&first.stored)), "{by:?}");
    }
    assert_eq!(store.enrollments.get(1).await.unwrap().as_ref().map(shown), Some(shown(&first.stored)));
    assert!(store.enrollments.get(2).await.unwrap().is_none());
    assert!(store.enrollments.find(EnrollmentOf::Id("x".into())).await.unwrap().is_none());
    assert_eq!(store.enrollments.body(1).await.unwrap(), Some(vec![6, 6]));
    assert_eq!(store.enrollments.body(2).await.unwrap(), None);
    let ended = Enrollment { is_live: false, ..row };
    assert!(store.enrollments.change(1, 1, ended, vec![], true).await.unwrap().is_some());
    let next = begin(store, of.clone(), new(enrollment("e2", &of), vec![])).await;
    assert!(next.is_new);
    assert_eq!((next.stored.number, next.stored.version), (2, 3));
    let newest = store.enrollments.find(EnrollmentOf::Person("ann".into())).await.unwrap().unwrap();
    assert_eq!(newest.row.id, "e2");
}

async fn meets(store: &Store, of: Applicant) -> Standing {
    let (say, hear) = std::sync::mpsc::channel();
    let id = uuid::Uuid::new_v4().to_string();
    let row = Enrollment { is_live: false, ..enrollment(&id, &of) };
    let decide = Box::new(move |standing| {
        say.send(standing).unwrap();
        Ok(new(row, vec![]))
    });
    store.enrollments.begin(of, at(100), decide).await.unwrap();
    hear.recv().unwrap()
}

async fn what_a_new_enrolment_meets_is_counted(stand: Stand) {
    let store = &stand.store;
    for (person, seat) in [("a", Some(9)), ("b", Some(11)), ("c", Some(12)), ("d", None)] {
        let of = applicant(person, "maths");
        begin(store, of.clone(), new(Enrollment { seat, ..enrollment(person, &of) }, vec![])).await;
    }
    let met = meets(store, applicant("x", "maths")).await;
    assert_eq!((met.untold, met.known_otherwise), (2, false));
    let met = meets(store, Applicant { enrolled: None, ..applicant("x", "maths") }).await;
    assert_eq!(met.untold, 0);
    assert_eq!(meets(store, applicant("x", "music")).await.untold, 0);
    let same = |person, offering| Applicant { identities: vec!["a-mail".into()], ..applicant(person, offering) };
    assert!(meets(store, same("x", "maths")).await.known_otherwise);
    assert!(!meets(store, same("x", "music")).await.known_otherwise);
    let stored = store.enrollments.find(EnrollmentOf::Id("a".into())).await.unwrap().unwrap();
    let ended = Enrollment { is_live: false, ..stored.row };
    store.enrollments.change(stored.number, stored.version, ended, vec![], false).await.unwrap().unwrap();
    assert!(!meets(store, same("x", "maths")).await.known_otherwise, "what has ended knows nobody");
}

async fn what_a_decision_refuses_is_not_begun(stand: Stand) {
    let refused = stand.store.enrollments.begin(
        applicant("a", "maths"),
        at(0),
        Box::new(|_| Err(learnerlink::Error::Conflict { problem: "full".into() })),
    );
    assert_eq!(refused.await.unwrap_err().to_string(), "full");
    assert!(stand.store.enrollments.get(1).await.unwrap().is_none());
}

async fn a_change_needs_the_version_it_was_made_on_and_edits_the_outbox(stand: Stand) {
    let store = &stand.store;
    let of = applicant("ann", "maths");
    let made = NewEnrollment {
        sending_until: Some(at(50)),
        ..new(enrollment("e1", &of), vec![entry("o1", "waiting", at(5)), entry("o2", "waiting", at(6))])
    };
    begin(store, of.clone(), made).await;
    let row = Enrollment {
        seat: Some(3),
        host: "associated".into(),
        home: Some("x".into()),
        combined: "y".into(),
        decision: Some("accept".into()),
        delivery: "delivered".into(),
        association_tag: Some("as".into()),
        handed_until: Some(at(21)),
        poll_at: Some(at(22)),
        updated_at: at(23),
        final_at: Some(at(24)),
        sealed: vec![9],
        ..enrollment("e1", &of)
    };
    let edits = vec![
        OutboxEdit::Remove("o1".into()),
        OutboxEdit::Add(entry("o3", "waiting", at(7))),
        OutboxEdit::Replace(OutboxEntry {
            state: "parked".into(),
            reason: Some("why".into()),
            attempts: 2,
            sealed: vec![1],
            ..entry("o2", "", at(9))
        }),
    ];
    assert_eq!(store.enrollments.change(1, 7, row.clone(), edits.clone(), true).await.unwrap(), None);
    assert_eq!(store.enrollments.get(1).await.unwrap().unwrap().outbox.len(), 2, "nothing was changed");
    assert_eq!(store.enrollments.change(1, 1, row.clone(), edits, false).await.unwrap(), Some(2));
    let found = store.enrollments.get(1).await.unwrap().unwrap();
    assert_eq!(format!("{:?}", found.row), format!("{row:?}"));
    assert_eq!((found.version, found.sending_until), (2, Some(at(50))));
    let outbox: Vec<_> =
        found.outbox.iter().map(|entry| (entry.id.as_str(), entry.state.as_str(), entry.attempts)).collect();
    assert_eq!(outbox, [("o2", "parked", 2), ("o3", "waiting", 4_000_000_000)]);
    assert_eq!(store.enrollments.change(1, 2, row, vec![], true).await.unwrap(), Some(3));
    assert_eq!(store.enrollments.get(1).await.unwrap().unwrap().sending_until, None);
    let other = stand.another().await;
    for version in 3..13 {
        let row = enrollment("e1", &of);
        let (one, two) = tokio::join!(
            store.enrollments.change(1, version, row.clone(), vec![], false),
            other.enrollments.change(1, version, row.clone(), vec![], false)
        );
        assert!(one.unwrap().is_some() != two.unwrap().is_some());
    }
}

async fn lists_filter_and_go_on_after_a_version(stand: Stand) {
    let store = &stand.store;
    for (id, person, offering, combined, decision, state) in [
        ("e1", "a", "maths", "pending", None, "waiting"),
        ("e2", "b", "maths", "done", Some("accept"), "parked"),
        ("e3", "a", "music", "pending", None, "waiting"),
    ] {
        let of = applicant(person, offering);
        let row =
            Enrollment { combined: combined.into(), decision: decision.map(str::to_owned), ..enrollment(id, &of) };
        begin(store, of, new(row, vec![entry(&format!("{id}-o"), state, at(5))])).await;
    }
    let any = EnrollmentFilter { limit: 10, ..EnrollmentFilter::default() };
    let text = |text: &str| Some(text.to_owned());
    for (filter, expected, more) in [
        (any.clone(), vec!["e1", "e2", "e3"], false),
        (EnrollmentFilter { limit: 2, ..any.clone() }, vec!["e1", "e2"], true),
        (EnrollmentFilter { changed_after: 1, ..any.clone() }, vec!["e2", "e3"], false),
        (EnrollmentFilter { person_tag: text("a"), ..any.clone() }, vec!["e1", "e3"], false),
        (EnrollmentFilter { offering_tag: text("maths"), ..any.clone() }, vec!["e1", "e2"], false),
        (EnrollmentFilter { combined: text("done"), ..any.clone() }, vec!["e2"], false),
        (EnrollmentFilter { undecided: Some(true), ..any.clone() }, vec!["e1", "e3"], false),
        (EnrollmentFilter { undecided: Some(false), ..any.clone() }, vec!["e2"], false),
        (EnrollmentFilter { outbox: text("parked"), ..any.clone() }, vec!["e2"], false),
        (EnrollmentFilter { outbox: text("needsLogin"), ..any.clone() }, vec![], false),
    ] {
        let (found, has_more) = store.enrollments.list(filter.clone()).await.unwrap();
        assert!(found.iter().all(|found| found.outbox.len() == 1));
        let ids: Vec<&str> = found.iter().map(|found| found.row.id.as_str()).collect();
        assert_eq!((ids, has_more), (expected, more), "{filter:?}");
    }
    let first = store.enrollments.get(1).await.unwrap().unwrap();
    store.enrollments.change(1, 1, first.row, vec![], false).await.unwrap().unwrap();
    let (found, _) = store.enrollments.list(EnrollmentFilter { changed_after: 3, ..any }).await.unwrap();
    assert_eq!(found.iter().map(|found| found.row.id.as_str()).collect::<Vec<_>>(), ["e1"]);
}

async fn undecided_ones_are_handed_out_to_one_at_a_time(stand: Stand) {
    let store = &stand.store;
    for number in 0..20 {
        let of = applicant(&format!("p{number}"), "maths");
        let decision = (number == 19).then(|| "accept".into());
        begin(store, of.clone(), new(Enrollment { decision, ..enrollment(&format!("e{number:02}"), &of) }, vec![]))
            .await;
    }
    let first = store.enrollments.hand_out(at(0), at(10), 2).await.unwrap();
    assert_eq!(first.iter().map(|found| found.row.id.as_str()).collect::<Vec<_>>(), ["e00", "e01"]);
    assert_eq!(first[0].row.handed_until, Some(at(10)));
    let other = stand.another().await;
    let (mut one, mut two) = (BTreeSet::new(), BTreeSet::new());
    loop {
        let (here, there) =
            tokio::join!(store.enrollments.hand_out(at(1), at(11), 3), other.enrollments.hand_out(at(1), at(11), 3));
        let (here, there) = (here.unwrap(), there.unwrap());
        if here.is_empty() && there.is_empty() {
            break;
        }
        one.extend(here.into_iter().map(|found| found.number));
        two.extend(there.into_iter().map(|found| found.number));
    }
    assert!(one.is_disjoint(&two), "one was handed to two");
    assert_eq!(one.len() + two.len(), 17);
    let again = store.enrollments.hand_out(at(10), at(20), 10).await.unwrap();
    assert_eq!(again.iter().map(|found| found.row.id.as_str()).collect::<Vec<_>>(), ["e00", "e01"]);
}

async fn nobody_sends_what_another_sends(stand: Stand) {
    let store = &stand.store;
    let of = applicant("ann", "maths");
    begin(store, of.clone(), new(enrollment("e1", &of), vec![])).await;
    let enrollments = &store.enrollments;
    assert_eq!(enrollments.take(9, at(0), at(10)).await.unwrap(), None);
    assert_eq!(enrollments.take(1, at(0), at(10)).await.unwrap(), Some(false));
    assert_eq!(enrollments.take(1, at(9), at(20)).await.unwrap(), None);
    assert_eq!(enrollments.take(1, at(10), at(20)).await.unwrap(), Some(true), "the one before never ended");
    enrollments.release(1).await.unwrap();
    assert_eq!(enrollments.take(1, at(11), at(20)).await.unwrap(), Some(false));
    let other = stand.another().await;
    for round in 1..20 {
        let now = at(round * 100);
        let (one, two) = tokio::join!(
            enrollments.take(1, now, at(round * 100 + 10)),
            other.enrollments.take(1, now, at(round * 100 + 10))
        );
        assert!(one.unwrap().is_some() != two.unwrap().is_some());
    }
}

async fn what_is_due_is_the_first_entry_of_each_and_what_is_to_be_asked(stand: Stand) {
    let store = &stand.store;
    assert_eq!(
        format!("{:?}", store.enrollments.due(at(0), 10).await.unwrap()),
        "Due { numbers: [], next: None, any: false }"
    );
    for (id, entries, poll_at, sending_until) in [
        ("e1", vec![entry("a", "waiting", at(30)), entry("b", "waiting", at(10))], None, None),
        ("e2", vec![entry("c", "parked", at(1)), entry("d", "waiting", at(10))], None, None),
        ("e3", vec![], Some(at(20)), None),
        ("e4", vec![entry("e", "waiting", at(5))], None, Some(at(40))),
    ] {
        let of = applicant(id, "maths");
        let row = Enrollment { poll_at, ..enrollment(id, &of) };
        begin(store, of, NewEnrollment { sending_until, ..new(row, entries) }).await;
    }
    for (now, numbers, next) in [
        (9, vec![], Some(at(10))),
        (15, vec![], Some(at(20))),
        (25, vec![3], Some(at(30))),
        (35, vec![3, 1], Some(at(40))),
        (40, vec![4, 3, 1], None),
    ] {
        let due = store.enrollments.due(at(now), 10).await.unwrap();
        assert_eq!((due.numbers, due.next, due.any), (numbers, next, true), "at {now}");
    }
    assert_eq!(store.enrollments.due(at(40), 2).await.unwrap().numbers, [4, 3]);
}

async fn the_next_start_of_a_person_who_must_log_in_makes_what_waits_due(stand: Stand) {
    let store = &stand.store;
    let of = applicant("ann", "maths");
    begin(store, of.clone(), new(enrollment("e1", &of), vec![entry("a", "needsLogin", at(900))])).await;
    let other = applicant("ann", "music");
    let begun = begin(store, other.clone(), new(enrollment("e2", &other), vec![])).await;
    assert_eq!(begun.logged_in, 1);
    let entry = store.enrollments.get(1).await.unwrap().unwrap().outbox.remove(0);
    assert_eq!((entry.state.as_str(), entry.next_at), ("waiting", at(100)));
}

async fn a_purge_takes_what_came_with_the_ended_ones(stand: Stand) {
    let store = &stand.store;
    for (id, final_at) in [("e1", Some(at(10))), ("e2", Some(at(20))), ("e3", None)] {
        let of = applicant(id, "maths");
        begin(store, of.clone(), new(Enrollment { final_at, ..enrollment(id, &of) }, vec![])).await;
    }
    assert_eq!(store.enrollments.purge(at(20)).await.unwrap(), 1);
    assert_eq!(store.enrollments.body(1).await.unwrap(), None);
    assert!(store.enrollments.body(2).await.unwrap().is_some() && store.enrollments.body(3).await.unwrap().is_some());
    assert!(store.enrollments.get(1).await.unwrap().is_some(), "the enrolment itself stays");
}

async fn callers_of_two_stores_begin_one_enrolment_and_take_one_seat_each(stand: Stand) {
    let stores = [stand.store.clone(), stand.another().await];
    let callers: Vec<_> = (0..32)
        .map(|caller| {
            let store = stores[caller % 2].clone();
            tokio::spawn(async move {
                // Two callers for each person; the seat is the first that nobody has.
                let of = applicant(&format!("p{}", caller / 2), "maths");
                let row = enrollment(&format!("e{caller}"), &of);
                let decide =
                    move |standing: Standing| Ok(new(Enrollment { seat: Some(11 + standing.untold), ..row }, vec![]));
                store.enrollments.begin(of, at(0), Box::new(decide)).await.unwrap()
            })
        })
        .collect();
    let mut new = 0;
    for caller in callers {
        new += usize::from(caller.await.unwrap().is_new);
    }
    assert_eq!(new, 16);
    let (all, _) = stand.store.enrollments.list(EnrollmentFilter { limit: 100, ..Default::default() }).await.unwrap();
    let seats: BTreeSet<u64> = all.iter().filter_map(|found| found.row.seat).collect();
    assert_eq!(seats, (11..27).collect());
    let versions: Vec<u64> = all.iter().map(|found| found.version).collect();
    assert_eq!(versions, (1..=16).collect::<Vec<_>>());
}
