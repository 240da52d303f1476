//! The server goes away and comes back while callers write.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use learnerlink::store::{LrsAppended, LrsMatch, LrsRule, Store, VeraShare};

use crate::linkage;
use crate::postgres::{Server, Setup};
use crate::stand::{at, chain, entry, plain};

/// What a caller was told is there.
#[derive(Default)]
struct Told {
    entries: BTreeSet<String>,
    matches: BTreeSet<String>,
    shares: BTreeSet<String>,
    keys: BTreeSet<String>,
    failures: usize,
}

struct Load {
    store: Store,
    is_over: AtomicBool,
    done: AtomicUsize,
    failed: AtomicUsize,
}

impl Load {
    /// Writes one thing after another; what fails is repeated as a host does.
    async fn write(self: Arc<Self>, caller: usize) -> Told {
        let mut told = Told::default();
        for number in 0.. {
            if self.is_over.load(Ordering::Acquire) {
                break;
            }
            let name = format!("{caller}-{number}");
            while let Err(error) = self.once(&name, &mut told).await {
                assert!(error.status().retriable(), "a caller was told not to try again: {error:?}");
                told.failures += 1;
                self.failed.fetch_add(1, Ordering::AcqRel);
                // As hosts do; the server is away for longer.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            self.done.fetch_add(1, Ordering::AcqRel);
        }
        told
    }

    async fn once(&self, name: &str, told: &mut Told) -> learnerlink::Result<()> {
        let store = &self.store;
        store.audit.append(entry(name), plain()).await?;
        told.entries.insert(name.into());
        let row = LrsMatch {
            key: uuid::Uuid::new_v4().to_string(),
            person_tag: name.into(),
            uln_tag: Some(name.into()),
            names_tag: None,
            status: LrsMatch::MATCHED.into(),
            created_at: at(0),
            sealed: vec![1],
        };
        match store.lrs_register.append(row, LrsRule::Match { names_matter: false }).await? {
            LrsAppended::Appended(_) | LrsAppended::Unchanged => told.matches.insert(name.into()),
            other => panic!("{other:?}"),
        };
        let share = VeraShare {
            id: uuid::Uuid::new_v4().to_string(),
            profile: "p".into(),
            pattern: "A".into(),
            state: "awaitingLearner".into(),
            correlation_tag: uuid::Uuid::new_v4().to_string(),
            learner_tag: None,
            issued_at: at(0),
            deadline_at: at(9),
            polls: 0,
            updated_at: at(0),
            sealed: vec![],
        };
        let tag = share.correlation_tag.clone();
        store.vera_shares.add(share, None).await?;
        assert!(store.vera_shares.find(&tag, None).await?.is_some());
        told.shares.insert(tag);
        let question = learnerlink::store::LinkageQuestion {
            ods: linkage::ODS.into(),
            tag: "p".into(),
            correlation: None,
            misses: None,
        };
        let patient = store.linkage_register.find(question).await?.patient.expect("the patient is on the register");
        let blocked = learnerlink::store::LinkagePatient { sealed: name.as_bytes().to_vec(), ..patient.patient };
        let change = learnerlink::store::LinkageChange::Patient { patient: blocked };
        if store.linkage_register.change("p", patient.version, change, at(1)).await? {
            told.keys.insert(name.into());
        }
        Ok(())
    }

    async fn until(&self, more: usize, of: &AtomicUsize) {
        let wanted = of.load(Ordering::Acquire) + more;
        tokio::time::timeout(Duration::from_secs(60), async {
            while of.load(Ordering::Acquire) < wanted {
                tokio::task::yield_now().await;
            }
        })
        .await
        .expect("the callers come on");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_or_crashes_under_load_loses_nothing_and_callers_may_try_again() {
    let server = Server::start(Setup::default());
    let database = server.database();
    let store = Store::open(&database.address()).await.unwrap();
    linkage::patients(&store, &["p"]).await;
    let load = Arc::new(Load {
        store: store.clone(),
        is_over: AtomicBool::new(false),
        done: AtomicUsize::new(0),
        failed: AtomicUsize::new(0),
    });
    let callers: Vec<_> = (0..12).map(|caller| tokio::spawn(Arc::clone(&load).write(caller))).collect();
    for round in 0..4 {
        load.until(60, &load.done).await;
        tokio::task::block_in_place(|| if round % 2 == 0 { server.stop() } else { server.crash() });
        load.until(12, &load.failed).await;
        tokio::task::block_in_place(|| server.restart());
    }
    load.until(60, &load.done).await;
    load.is_over.store(true, Ordering::Release);
    let mut all = Told::default();
    for caller in callers {
        let told = caller.await.unwrap();
        all.entries.extend(told.entries);
        all.matches.extend(told.matches);
        all.shares.extend(told.shares);
        all.keys.extend(told.keys);
        all.failures += told.failures;
    }
    assert!(all.failures >= 48);
    let entries: BTreeSet<String> = chain(&store).await.into_iter().map(|entry| entry.entry.operation).collect();
    assert!(all.entries.is_subset(&entries), "an entry that was acknowledged is lost");
    let rows = store.lrs_register.page(0, 1_000_000).await.unwrap();
    let persons: BTreeSet<String> = rows.iter().map(|row| row.row.person_tag.clone()).collect();
    assert_eq!(persons.len(), rows.len(), "a match was written twice");
    assert!(all.matches.is_subset(&persons), "a match that was acknowledged is lost");
    for tag in &all.shares {
        assert!(store.vera_shares.find(tag, None).await.unwrap().is_some(), "a share that was acknowledged is lost");
    }
    let version: usize = database.sql("SELECT version FROM linkage_patients WHERE tag = 'p'").parse().unwrap();
    assert!(version > all.keys.len(), "a change that was acknowledged is lost");
}
