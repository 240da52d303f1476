//! The main paths through the store's traits, on PostgreSQL against SQLite.
//!
//! The server is on the same machine and disk, with its commits durable: what a network adds comes on top.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use jiff::Timestamp;
use learnerlink::audit::Audit;
use learnerlink::store::{
    ChainHasher, LinkageAccount, LinkageConflict, LinkageCorrelation, LinkageEntry, LinkageEntryOrganisation,
    LinkageEntryPatient, LinkageIssue, LinkageIssued, LinkageKey, LinkagePatient, LrsAppended, LrsMatch, LrsRule,
    Profile, SealedCredential, Store,
};
use learnerlink::vault::{MasterKey, Vault};
use tokio::runtime::Runtime;

use crate::measure::{Case, interleaved};
use crate::postgres::{Server, Setup, installed};
use crate::report::{Goal, Row};
use crate::store::{entry, folder};
use crate::{Effort, Outcome};

const ODS: &str = "A12345";

/// A store with what the cases need.
struct Side {
    store: Store,
    audit: Audit,
    hasher: Arc<dyn ChainHasher>,
    next: AtomicU64,
    /// Counted by itself, for there are so many patients.
    created: AtomicU64,
}

impl Side {
    async fn open(place: &str, patients: u64) -> Result<Self, Box<dyn std::error::Error>> {
        let store = Store::open(place).await?;
        let vault = Arc::new(Vault::open(Arc::clone(&store.vault_keys), MasterKey::random()?).await?);
        let audit = Audit::new(Arc::clone(&store.audit), vault);
        for number in 0..100_u32 {
            let name = format!("{}", 10_000_000 + number);
            let credential = SealedCredential { system: "vera", tag: name.clone(), sealed: vec![7; 200] };
            let profile = Profile {
                ukprn: Some(name.clone()),
                name,
                display_name: "Invented College".into(),
                updated_at: Timestamp::UNIX_EPOCH,
                systems: Vec::new(),
            };
            store.profiles.put(profile, vec![credential]).await?;
        }
        let entries: Vec<_> = (1..=patients).map(patient).collect();
        for part in entries.chunks(1000) {
            store.linkage_register.stage("bench", part.to_vec(), Timestamp::UNIX_EPOCH).await?;
        }
        store.linkage_register.apply("bench", LinkageConflict::Refuse, true, Timestamp::UNIX_EPOCH).await?;
        let hasher = audit.hasher();
        Ok(Self { store, audit, hasher, next: AtomicU64::new(1), created: AtomicU64::new(1) })
    }

    fn fresh(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    async fn look_up(&self) {
        let name = format!("{}", 10_000_000 + self.fresh() % 100);
        let found = self.store.profiles.credential(&name, "vera").await.expect("the store reads");
        assert!(found.is_some());
    }

    async fn append(&self) {
        self.audit.record(entry()).await.expect("the store takes it");
    }

    async fn create(&self) {
        let at = self.created.fetch_add(1, Ordering::Relaxed);
        let issue = LinkageIssue {
            tag: format!("patient {at}"),
            version: 1,
            account: Some(LinkageAccount {
                tag: format!("account {at}"),
                created_at: Timestamp::UNIX_EPOCH,
                sealed: vec![7; 60],
            }),
            key: LinkageKey {
                generation: 1,
                mac: at.to_be_bytes().to_vec(),
                created_at: Timestamp::UNIX_EPOCH,
                revoked: None,
                sealed: vec![7; 60],
            },
            correlation: LinkageCorrelation {
                tag: format!("correlation {at}"),
                content_hash: vec![7; 32],
                generation: 1,
                expires_at: Timestamp::MAX,
            },
            misses: String::new(),
            now: Timestamp::UNIX_EPOCH,
        };
        let issued = self.store.linkage_register.issue(issue, entry(), Arc::clone(&self.hasher)).await;
        assert_eq!(issued.expect("the store takes it"), LinkageIssued::Issued);
    }

    async fn match_(&self) {
        let at = self.fresh();
        let row = LrsMatch {
            key: format!("key {at}"),
            person_tag: format!("person {at}"),
            uln_tag: Some(format!("uln {at}")),
            names_tag: Some("names".into()),
            status: LrsMatch::MATCHED.into(),
            created_at: Timestamp::UNIX_EPOCH,
            sealed: vec![7; 200],
        };
        let appended = self.store.lrs_register.append(row, LrsRule::Match { names_matter: true }).await;
        assert!(matches!(appended, Ok(LrsAppended::Appended(_))), "{appended:?}");
    }
}

fn patient(line: u64) -> LinkageEntry {
    let patient = LinkagePatient {
        tag: format!("patient {line}"),
        ods: ODS.into(),
        registered: true,
        blocked: false,
        sealed: vec![7; 200],
    };
    LinkageEntry {
        line,
        organisation: LinkageEntryOrganisation { ods: ODS.into(), name: Some("Northgate".into()), blocked: None },
        patient: Some(LinkageEntryPatient { patient, version: 0, account: None, keys: Vec::new() }),
    }
}

/// Calls per second of so many tasks that do one thing after another.
fn rate<F>(
    runtime: &Runtime,
    side: &Arc<Side>,
    callers: usize,
    each: usize,
    call: impl Fn(Arc<Side>) -> F + Copy + Send + 'static,
) -> f64
where
    F: Future<Output = ()> + Send,
{
    let began = Instant::now();
    let tasks: Vec<_> = (0..callers)
        .map(|_| {
            let side = Arc::clone(side);
            runtime.spawn(async move {
                for _ in 0..each {
                    call(Arc::clone(&side)).await;
                }
            })
        })
        .collect();
    for task in tasks {
        runtime.block_on(task).expect("no caller panics");
    }
    (callers * each) as f64 / began.elapsed().as_secs_f64()
}

/// Look-ups, audit entries, keys and matches.
pub fn rows(effort: &Effort) -> Outcome {
    if installed().is_none() {
        return Ok(vec![Row::skipped("PostgreSQL against SQLite", "PostgreSQL is not installed")]);
    }
    let folder = folder()?;
    let parent = Some(folder.path().to_owned());
    let server = Server::start(Setup { durable: true, parent, tls: None });
    let database = server.database();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let rounds = effort.rounds.min(5);
    let each = if effort.quick { 20 } else { 60 };
    // Enough for every round of one and of 16 callers.
    let patients = (rounds * each * (4 + 16)) as u64;
    let file = folder.path().join("store.db").to_str().ok_or("the folder's name is not UTF-8")?.to_owned();
    let ours = Arc::new(runtime.block_on(Side::open(&database.address(), patients))?);
    let theirs = Arc::new(runtime.block_on(Side::open(&file, patients))?);
    let mut rows = Vec::new();
    macro_rules! compare {
        ($what:literal, $callers:expr, $each:expr, $call:ident) => {{
            let case = |side: &Arc<Side>| {
                let (side, runtime) = (Arc::clone(side), &runtime);
                Box::new(move || {
                    rate(runtime, &side, $callers, $each, |side: Arc<Side>| async move { side.$call().await })
                }) as Case<'_>
            };
            let results = interleaved(rounds, vec![case(&ours), case(&theirs)]);
            let what = format!("PostgreSQL against SQLite: {}, {} callers", $what, $callers);
            rows.push(Row::ratio(&what, "/s", &results[0], &results[1], Goal::None));
        }};
    }
    compare!("credential looked up", 1, each * 20, look_up);
    compare!("credential looked up", 16, each * 4, look_up);
    compare!("audit entry", 1, each * 4, append);
    compare!("audit entry", 16, each, append);
    compare!("audit entry", 64, each, append);
    compare!("key made and audited", 1, each * 4, create);
    compare!("key made and audited", 16, each, create);
    compare!("match appended", 1, each * 4, match_);
    compare!("match appended", 16, each, match_);
    compare!("match appended", 64, each, match_);
    Ok(rows)
}
