//! The audit trail: one entry per operation outcome, each chained to the one before by a keyed hash.
//!
//! An entry says who asked, on whose behalf, about which learner (as a pseudonym) and what came of it,
//! and never what the record holds.

use std::sync::Arc;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::error::Result;
use crate::store::{AuditChain, AuditEntry, AuditFilter, ChainEnds, ChainHasher, ChainedEntry};
use crate::vault::Vault;

const PAGE: u32 = 1000;

/// Writes and reads the audit trail.
#[derive(Clone)]
pub struct Audit {
    chain: Arc<dyn AuditChain>,
    hasher: Arc<Hasher>,
}

/// What `verify_audit` found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Every entry is as it was written and none is missing.
    Intact,
    /// An entry was altered or its hash does not follow from the one before.
    Altered,
    /// Entries are missing at the beginning, in the middle or at the end.
    Incomplete,
}

/// The result of walking the chain.
#[derive(Clone, Debug)]
pub struct Verification {
    /// What was found.
    pub verdict: Verdict,
    /// How many entries were read.
    pub entries: u64,
    /// The first entry that is not right.
    pub at_seq: Option<u64>,
}

impl Audit {
    /// The trail kept in `chain`, under `vault`'s identity key.
    #[must_use]
    pub fn new(chain: Arc<dyn AuditChain>, vault: Arc<Vault>) -> Self {
        Self { chain, hasher: Arc::new(Hasher(vault)) }
    }

    /// Adds an entry; it is durable when this returns.
    ///
    /// # Errors
    /// A store error.
    pub async fn record(&self, entry: AuditEntry) -> Result<u64> {
        self.chain.append(entry, Arc::clone(&self.hasher) as _).await
    }

    /// What computes the hashes of the chain, for whoever appends to it together with something else.
    #[must_use]
    pub fn hasher(&self) -> Arc<dyn ChainHasher> {
        Arc::clone(&self.hasher) as _
    }

    /// The entries that match, and whether there are more.
    ///
    /// # Errors
    /// A store error.
    pub async fn query(&self, filter: AuditFilter) -> Result<(Vec<ChainedEntry>, bool)> {
        self.chain.query(filter).await
    }

    /// Removes the entries before `before`; the rest still verifies.
    ///
    /// # Errors
    /// A store error.
    pub async fn purge(&self, before: Timestamp) -> Result<u64> {
        self.chain.purge(before, Arc::clone(&self.hasher) as _).await
    }

    /// Walks the whole chain; `seen` is told now and then how many entries were read.
    ///
    /// # Errors
    /// A store error.
    pub async fn verify(&self, seen: impl Fn(u64)) -> Result<Verification> {
        loop {
            let before = self.chain.ends().await?;
            let found = self.walk(before.clone(), &seen).await?;
            let purged = |ends: &Option<ChainEnds>| ends.as_ref().map(|ends| ends.first_seq);
            // A purge under way takes the beginning from under the walk, which proves nothing.
            if found.verdict == Verdict::Intact || purged(&self.chain.ends().await?) == purged(&before) {
                return Ok(found);
            }
        }
    }

    async fn walk(&self, ends: Option<ChainEnds>, seen: &impl Fn(u64)) -> Result<Verification> {
        // Entries added while the walk is under way lie behind these ends and are not its concern.
        let Some(ends) = ends else {
            let (entries, _) = self.query(AuditFilter { limit: 1, ..AuditFilter::default() }).await?;
            let verdict = if entries.is_empty() { Verdict::Intact } else { Verdict::Incomplete };
            return Ok(Verification { verdict, entries: 0, at_seq: entries.first().map(|entry| entry.seq) });
        };
        let mut walk = Walk { hasher: &self.hasher, seq: ends.first_seq, hash: ends.first_hash.clone(), read: 0 };
        if !same(&self.hasher.ends(&ends), &ends.seal) {
            return Ok(walk.found(Verdict::Altered, None));
        }
        let mut after_seq = 0;
        while walk.seq < ends.last_seq {
            let filter = AuditFilter { after_seq, limit: PAGE, ..AuditFilter::default() };
            let (entries, _) = self.query(filter).await?;
            if entries.is_empty() {
                return Ok(walk.found(Verdict::Incomplete, Some(walk.seq + 1)));
            }
            for entry in entries.iter().filter(|entry| entry.seq <= ends.last_seq) {
                if let Some(verdict) = walk.step(entry) {
                    return Ok(walk.found(verdict, Some(walk.seq + 1)));
                }
            }
            after_seq = entries.last().map_or(after_seq, |entry| entry.seq);
            seen(walk.read);
        }
        let verdict = if same(&walk.hash, &ends.last_hash) { Verdict::Intact } else { Verdict::Altered };
        let at_seq = (verdict != Verdict::Intact).then_some(walk.seq);
        Ok(walk.found(verdict, at_seq))
    }
}

struct Walk<'a> {
    hasher: &'a Hasher,
    seq: u64,
    hash: Vec<u8>,
    read: u64,
}

impl Walk<'_> {
    fn step(&mut self, next: &ChainedEntry) -> Option<Verdict> {
        if next.seq != self.seq + 1 {
            return Some(Verdict::Incomplete);
        }
        let expected = self.hasher.entry(next.seq, &self.hash, &next.entry);
        if !same(&expected, &next.hash) {
            return Some(Verdict::Altered);
        }
        self.seq = next.seq;
        self.hash = expected;
        self.read += 1;
        None
    }

    fn found(&self, verdict: Verdict, at_seq: Option<u64>) -> Verification {
        Verification { verdict, entries: self.read, at_seq }
    }
}

fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

struct Hasher(Arc<Vault>);

impl ChainHasher for Hasher {
    fn entry(&self, seq: u64, before: &[u8], entry: &AuditEntry) -> Vec<u8> {
        let text = |value: &Option<String>| match value {
            // A leading byte tells an absent value from an empty one.
            Some(value) => [b"+", value.as_bytes()].concat(),
            None => Vec::new(),
        };
        let parts: [&[u8]; 12] = [
            &seq.to_be_bytes(),
            before,
            &entry.at.as_microsecond().to_be_bytes(),
            entry.operation.as_bytes(),
            entry.system.as_bytes(),
            &text(&entry.user),
            &text(&entry.profile),
            &text(&entry.subject),
            entry.outcome.as_bytes(),
            &entry.status.to_be_bytes(),
            &text(&entry.trace_id),
            &entry.duration_ms.to_be_bytes(),
        ];
        // Entries without details hash as they did before there were any.
        let details = text(&entry.details);
        let parts: Vec<&[u8]> =
            parts.into_iter().chain(entry.details.is_some().then_some(details.as_slice())).collect();
        self.0.tag("learnerlink audit entry", &parts).to_vec()
    }

    fn ends(&self, ends: &ChainEnds) -> Vec<u8> {
        let parts: [&[u8]; 4] =
            [&ends.first_seq.to_be_bytes(), &ends.first_hash, &ends.last_seq.to_be_bytes(), &ends.last_hash];
        self.0.tag("learnerlink audit ends", &parts).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::vault::MasterKey;

    struct Fixture {
        _folder: tempfile::TempDir,
        path: String,
        audit: Audit,
    }

    async fn fixture(entries: i64) -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.db").to_str().unwrap().to_owned();
        let store = Store::open(&path).await.unwrap();
        let vault = Vault::open(Arc::clone(&store.vault_keys), MasterKey::random().unwrap()).await.unwrap();
        let audit = Audit::new(store.audit, Arc::new(vault));
        for number in 0..entries {
            audit.record(entry(number)).await.unwrap();
        }
        Fixture { _folder: folder, path, audit }
    }

    fn entry(second: i64) -> AuditEntry {
        AuditEntry {
            at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
            operation: "generate_qr".into(),
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

    impl Fixture {
        fn tamper(&self, sql: &str) {
            let connection = rusqlite::Connection::open(&self.path).unwrap();
            connection.execute_batch(&format!("DROP TRIGGER IF EXISTS audit_is_append_only; {sql}")).unwrap();
        }

        async fn verdict(&self) -> (Verdict, Option<u64>) {
            let found = self.audit.verify(|_| {}).await.unwrap();
            (found.verdict, found.at_seq)
        }
    }

    #[tokio::test]
    async fn an_untouched_chain_is_intact_also_when_empty_or_longer_than_a_page() {
        for count in [0, 1, 5] {
            assert_eq!(fixture(count).await.verdict().await, (Verdict::Intact, None), "{count} entries");
        }
        let long = fixture(0).await;
        let writes = (0..2 * i64::from(PAGE) + 7).map(|number| long.audit.record(entry(number)));
        futures_util::future::join_all(writes).await;
        let found = long.audit.verify(|_| {}).await.unwrap();
        assert_eq!((found.verdict, found.entries), (Verdict::Intact, 2 * u64::from(PAGE) + 7));
    }

    #[tokio::test]
    async fn every_kind_of_tampering_shows() {
        for (sql, expected) in [
            ("UPDATE audit SET outcome = 'shared' WHERE seq = 3", (Verdict::Altered, Some(3))),
            ("UPDATE audit SET user = NULL WHERE seq = 2", (Verdict::Altered, Some(2))),
            ("UPDATE audit SET user = '' WHERE seq = 2", (Verdict::Altered, Some(2))),
            ("DELETE FROM audit WHERE seq = 3", (Verdict::Incomplete, Some(3))),
            ("DELETE FROM audit WHERE seq = 1", (Verdict::Incomplete, Some(1))),
            ("DELETE FROM audit WHERE seq = 5", (Verdict::Incomplete, Some(5))),
            ("DELETE FROM audit_ends", (Verdict::Incomplete, Some(1))),
            ("DELETE FROM audit WHERE seq = 5; UPDATE audit_ends SET last_seq = 4", (Verdict::Altered, None)),
            (
                "UPDATE audit SET seq = 9 WHERE seq = 1; UPDATE audit SET seq = 1 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 9",
                (Verdict::Altered, Some(1)),
            ),
        ] {
            let fixture = fixture(5).await;
            fixture.tamper(sql);
            assert_eq!(fixture.verdict().await, expected, "{sql}");
        }
    }

    #[tokio::test]
    async fn the_store_itself_refuses_to_change_an_entry() {
        let fixture = fixture(1).await;
        let connection = rusqlite::Connection::open(&fixture.path).unwrap();
        assert!(connection.execute("UPDATE audit SET outcome = 'x'", []).is_err());
    }

    #[tokio::test]
    async fn after_a_purge_the_rest_still_verifies_and_new_entries_follow() {
        let fixture = fixture(5).await;
        let before = Timestamp::from_second(1_800_000_003).unwrap();
        assert_eq!(fixture.audit.purge(before).await.unwrap(), 3);
        assert_eq!(fixture.verdict().await, (Verdict::Intact, None));
        assert_eq!(fixture.audit.record(entry(9)).await.unwrap(), 6);
        assert_eq!(fixture.verdict().await, (Verdict::Intact, None));
        assert_eq!(fixture.audit.purge(Timestamp::MAX).await.unwrap(), 3);
        assert_eq!(fixture.audit.record(entry(10)).await.unwrap(), 7);
        assert_eq!(fixture.verdict().await, (Verdict::Intact, None));
        fixture.tamper("DELETE FROM audit");
        assert_eq!(fixture.verdict().await, (Verdict::Incomplete, Some(7)));
    }

    #[tokio::test]
    async fn a_query_filters_and_says_whether_there_is_more() {
        let fixture = fixture(5).await;
        let filter = AuditFilter { limit: 2, newest_first: true, user: Some("zoë".into()), ..AuditFilter::default() };
        let (entries, more) = fixture.audit.query(filter).await.unwrap();
        assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [5, 4]);
        assert!(more);
        let none = AuditFilter { limit: 2, user: Some("zoe".into()), ..AuditFilter::default() };
        assert_eq!(fixture.audit.query(none).await.unwrap(), (vec![], false));
    }
}
