//! Eight processes on one register. Seconds by default; `LEARNERLINK_TEST_SECONDS` makes it longer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use learnerlink::store::{
    Applicant, Enrollment, EnrollmentFilter, Guard, LinkageCorrelation, LinkageIssue, LinkageIssued, LinkageQuestion,
    LrsAppended, LrsMatch, LrsRule, NewEnrollment, OutboxEdit, OutboxEntry, Store, VeraShare,
};

use crate::enrollments::enrollment;
use crate::linkage;
use crate::player::{AMOUNT, PREFIX, Player, STORE, THREADS, acknowledge, number, ready};
use crate::postgres;
use crate::stand::{at, chain, entry, plain};

const PROCESSES: usize = 8;
const TASKS: usize = 4;
const PATIENTS: usize = 400;
const OFFERINGS: usize = 5;

/// What a process was told, told on.
struct Worker {
    store: Store,
    name: String,
}

impl Worker {
    async fn play(self, seconds: u64) {
        let until = Instant::now() + Duration::from_secs(seconds);
        let mut round = 0;
        while Instant::now() < until {
            self.step(round).await;
            round += 1;
        }
        acknowledge(&format!("rounds {round}"));
    }

    /// A number that differs between workers and rounds.
    fn pick(&self, round: usize, below: usize) -> usize {
        let mixed = self.name.bytes().fold(round * 7919, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        mixed % below
    }

    async fn step(&self, round: usize) {
        let id = format!("{}-{round}", self.name);
        self.store.audit.append(entry(&format!("step {id}")), plain()).await.unwrap();
        self.create(round, &id).await;
        self.match_(round, &id).await;
        self.share(round, &id).await;
        self.enroll(round, &id).await;
        self.send().await;
    }

    async fn create(&self, round: usize, id: &str) {
        let tag = format!("p{}", self.pick(round, PATIENTS));
        let question = LinkageQuestion { ods: linkage::ODS.into(), tag: tag.clone(), correlation: None, misses: None };
        let found = self.store.linkage_register.find(question).await.unwrap().patient.unwrap();
        if found.active.is_some() {
            return;
        }
        let issue = LinkageIssue {
            tag: tag.clone(),
            version: found.version,
            account: found.account.is_none().then(|| linkage::account(&format!("a-{id}"))),
            key: linkage::key(found.last_generation + 1, id),
            correlation: LinkageCorrelation {
                tag: id.into(),
                content_hash: vec![],
                generation: found.last_generation + 1,
                expires_at: at(1000),
            },
            misses: String::new(),
            now: at(1),
        };
        let issued = self.store.linkage_register.issue(issue, entry(&format!("key {tag}")), plain()).await.unwrap();
        if issued == LinkageIssued::Issued {
            acknowledge(&format!("key {tag} {id}"));
        }
    }

    async fn match_(&self, round: usize, id: &str) {
        let row = LrsMatch {
            key: id.into(),
            person_tag: format!("person {}", self.pick(round, 60)),
            uln_tag: Some(format!("uln {}", self.pick(round * 3, 40))),
            names_tag: None,
            status: LrsMatch::MATCHED.into(),
            created_at: at(0),
            sealed: vec![1],
        };
        let appended = self.store.lrs_register.append(row, LrsRule::Match { names_matter: true }).await.unwrap();
        if let LrsAppended::Appended(number) = appended {
            acknowledge(&format!("match {number} {id}"));
        }
    }

    async fn share(&self, round: usize, id: &str) {
        let learner = format!("learner {}", self.pick(round, 50));
        let share = VeraShare {
            id: id.into(),
            profile: "p".into(),
            pattern: "C".into(),
            state: "awaitingLearner".into(),
            correlation_tag: id.into(),
            learner_tag: Some(learner.clone()),
            issued_at: at(0),
            deadline_at: at(1000),
            polls: 0,
            updated_at: at(0),
            sealed: vec![],
        };
        let guard = Guard { states: &["awaitingLearner"], now: at(5) };
        if self.store.vera_shares.add(share, Some(guard)).await.unwrap().is_none() {
            acknowledge(&format!("share {learner}"));
        }
    }

    async fn enroll(&self, round: usize, id: &str) {
        let (person, offering) = (self.pick(round, 400), round % OFFERINGS);
        let of = Applicant {
            tag: format!("{person}@{offering}"),
            person_tag: person.to_string(),
            offering_tag: offering.to_string(),
            identities: vec![],
            enrolled: Some(0),
        };
        let row = enrollment(id, &of);
        let entry = OutboxEntry {
            id: format!("out-{id}"),
            kind: "create".into(),
            state: "waiting".into(),
            reason: None,
            attempts: 0,
            next_at: Timestamp::UNIX_EPOCH,
            created_at: at(0),
            sealed: vec![],
        };
        let decide = move |standing: learnerlink::store::Standing| {
            let row = Enrollment { seat: Some(standing.untold + 1), ..row };
            Ok(NewEnrollment { row, body: vec![1], outbox: vec![entry], sending_until: None })
        };
        if self.store.enrollments.begin(of, at(1), Box::new(decide)).await.unwrap().is_new {
            acknowledge(&format!("enrolled {id}"));
        }
    }

    /// Sends what is due, as a courier does: what is acknowledged here has gone out.
    async fn send(&self) {
        let now = Timestamp::now();
        let until = now + Duration::from_secs(120);
        let due = self.store.enrollments.due(now, 3).await.unwrap();
        for number in due.numbers {
            if self.store.enrollments.take(number, now, until).await.unwrap().is_none() {
                continue;
            }
            let found = self.store.enrollments.get(number).await.unwrap().unwrap();
            match found.outbox.first().filter(|entry| entry.state == "waiting") {
                None => self.store.enrollments.release(number).await.unwrap(),
                Some(entry) => {
                    acknowledge(&format!("sent {}", entry.id));
                    let sent = vec![OutboxEdit::Remove(entry.id.clone())];
                    let changed = self.store.enrollments.change(number, found.version, found.row, sent, true).await;
                    assert!(changed.unwrap().is_some(), "somebody else changed what was taken");
                }
            }
        }
    }
}

/// Not a test of its own: one of the processes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "played by other tests"]
async fn worker() {
    let Ok(place) = std::env::var(STORE) else { return };
    let store = Store::open(&place).await.unwrap();
    let (prefix, seconds) = (std::env::var(PREFIX).unwrap(), number(AMOUNT) as u64);
    ready();
    let workers = (0..number(THREADS)).map(|task| Worker { store: store.clone(), name: format!("{prefix}{task}") });
    futures_util::future::join_all(workers.map(|worker| worker.play(seconds))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_processes_on_one_register_keep_its_rules() {
    let seconds = std::env::var("LEARNERLINK_TEST_SECONDS").map_or(4, |text| text.parse().unwrap());
    let database = postgres::server().database();
    let store = Store::open(&database.address()).await.unwrap();
    let tags: Vec<String> = (0..PATIENTS).map(|at| format!("p{at}")).collect();
    linkage::patients(&store, &tags.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let place = database.address();
    let told = tokio::task::block_in_place(|| {
        let mut players: Vec<_> = (0..PROCESSES)
            .map(|at| Player::start("together::worker", Path::new(&place), &format!("w{at}-"), TASKS, seconds))
            .collect();
        players.iter_mut().for_each(Player::begin);
        let readers: Vec<_> = players
            .into_iter()
            .map(|mut player| {
                std::thread::spawn(move || {
                    let told: Vec<String> = std::iter::from_fn(|| player.next()).collect();
                    assert!(player.ended_well(), "a process failed");
                    told
                })
            })
            .collect();
        readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect::<Vec<_>>()
    });
    let of = |kind: &str| -> Vec<String> {
        told.iter().filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' ')).map(str::to_owned).collect()
    };
    let rounds: usize = of("rounds").iter().map(|count| count.parse::<usize>().unwrap()).sum();
    println!("{rounds} rounds of eight processes in {seconds} s");

    // One chain, with an entry for every step and every key.
    let trail = chain(&store).await;
    let entries = |kind: &str| trail.iter().filter(|entry| entry.entry.operation.starts_with(kind)).count();
    assert_eq!(entries("step "), rounds);
    let keys = of("key");
    assert_eq!(entries("key "), keys.len());
    // No patient has had two keys, and each has the one that was given out.
    let mut given: BTreeMap<&str, &str> = BTreeMap::new();
    for line in &keys {
        let (tag, key) = line.split_once(' ').unwrap();
        assert_eq!(given.insert(tag, key), None, "{tag} was given two keys");
    }
    let page = store.linkage_register.page(0, 10_000).await.unwrap();
    for (patient, keys) in &page.patients {
        let key = given.get(patient.patient.tag.as_str()).map(|key| key.as_bytes().to_vec());
        assert_eq!(keys.iter().map(|key| key.mac.clone()).collect::<Vec<_>>(), key.into_iter().collect::<Vec<_>>());
    }
    // The match register is one log, and no number has ever had two persons at a time.
    let rows = store.lrs_register.page(0, 10_000_000).await.unwrap();
    let logged: BTreeSet<String> = rows.iter().map(|row| format!("{} {}", row.id, row.row.key)).collect();
    assert_eq!(logged, of("match").into_iter().collect());
    let mut held: BTreeMap<String, String> = BTreeMap::new();
    for row in rows {
        held.retain(|_, holder| *holder != row.row.person_tag);
        assert_eq!(held.insert(row.row.uln_tag.unwrap(), row.row.person_tag), None, "row {}", row.id);
    }
    // One live share for each learner.
    let shares = of("share");
    assert_eq!(shares.iter().collect::<BTreeSet<_>>().len(), shares.len(), "a learner was asked twice");
    // One enrolment for each person and offering, each with a place of its own, its outbox sent once.
    let all = EnrollmentFilter { limit: 1_000_000, ..EnrollmentFilter::default() };
    let (enrolled, _) = store.enrollments.list(all).await.unwrap();
    assert_eq!(enrolled.len(), of("enrolled").len());
    let places: BTreeSet<(String, Option<u64>)> =
        enrolled.iter().map(|found| (found.row.offering_tag.clone(), found.row.seat)).collect();
    assert_eq!(places.len(), enrolled.len(), "a place was given twice");
    let sent = of("sent");
    assert_eq!(sent.iter().collect::<BTreeSet<_>>().len(), sent.len(), "something was sent twice");
    let waiting: usize = enrolled.iter().map(|found| found.outbox.len()).sum();
    assert_eq!(sent.len() + waiting, enrolled.len(), "something was neither sent nor waits");
    for (kind, count) in
        [("keys", keys.len()), ("shares", shares.len()), ("enrolments", enrolled.len()), ("sent", sent.len())]
    {
        println!("{kind}: {count}");
        assert!(count > 0, "nothing was done of {kind}");
    }
}
