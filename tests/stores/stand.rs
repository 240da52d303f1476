//! A store of each kind, and what is kept in them.

use std::sync::Arc;

use jiff::Timestamp;
use learnerlink::store::{AuditEntry, ChainEnds, ChainHasher, Store};

use crate::postgres;

/// A store, and what it needs to be there.
pub struct Stand {
    pub store: Store,
    place: String,
    _folder: tempfile::TempDir,
}

impl Stand {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("register.db").to_str().unwrap().to_owned();
        Self { store: Store::open(&place).await.unwrap(), place, _folder: folder }
    }

    pub async fn postgres() -> Self {
        let place = postgres::server().database().address();
        Self { store: Store::open(&place).await.unwrap(), place, _folder: tempfile::tempdir().unwrap() }
    }

    /// Another store at the same place, as another process has it.
    pub async fn another(&self) -> Store {
        Store::open(&self.place).await.unwrap()
    }
}

/// Runs each of the tests on both kinds.
macro_rules! on_both {
    ($($test:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(crate::stand::Stand::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(crate::stand::Stand::postgres().await).await;
            })*
        }
    };
}

pub(crate) use on_both;

/// So many microseconds after a certain time.
pub fn at(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(1_796_000_000_000_000 + micros).unwrap()
}

/// Hashes that tell what they were made of.
pub struct Plain;

impl ChainHasher for Plain {
    fn entry(&self, seq: u64, before: &[u8], entry: &AuditEntry) -> Vec<u8> {
        let text = format!("{seq} {} {entry:?}", before.iter().map(|&byte| u64::from(byte)).sum::<u64>());
        text.bytes().rev().take(300).collect()
    }

    fn ends(&self, ends: &ChainEnds) -> Vec<u8> {
        format!("{} {:?} {} {:?}", ends.first_seq, ends.first_hash, ends.last_seq, ends.last_hash).into_bytes()
    }
}

pub fn plain() -> Arc<dyn ChainHasher> {
    Arc::new(Plain)
}

/// An entry of this operation.
pub fn entry(operation: &str) -> AuditEntry {
    AuditEntry {
        at: at(1),
        operation: operation.into(),
        system: "vera".into(),
        user: Some("zoë".into()),
        profile: Some("10099901".into()),
        subject: None,
        outcome: "issued".into(),
        status: 0,
        trace_id: None,
        duration_ms: 12,
        details: None,
    }
}

/// The whole chain; every entry must follow from the one before, and the ends must be its ends.
pub async fn chain(store: &Store) -> Vec<learnerlink::store::ChainedEntry> {
    let filter = learnerlink::store::AuditFilter { limit: 1_000_000, ..Default::default() };
    let (entries, more) = store.audit.query(filter).await.unwrap();
    assert!(!more);
    let Some(ends) = store.audit.ends().await.unwrap() else {
        assert!(entries.is_empty());
        return entries;
    };
    let (mut seq, mut before) = (ends.first_seq, ends.first_hash.clone());
    for entry in &entries {
        assert_eq!(entry.seq, seq + 1, "a number is missing");
        assert_eq!(entry.hash, Plain.entry(entry.seq, &before, &entry.entry), "entry {} does not follow", entry.seq);
        (seq, before) = (entry.seq, entry.hash.clone());
    }
    assert_eq!((seq, &before), (ends.last_seq, &ends.last_hash));
    assert_eq!(ends.seal, Plain.ends(&ends));
    entries
}
