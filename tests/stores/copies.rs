//! Whole stores copied from one engine to the other and back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use learnerlink::http::config::Tls;
use learnerlink::store::copy::{Copied, TABLES, copy};
use learnerlink::store::{
    LinkageCorrelation, LinkageIssue, LinkageIssued, LrsMatch, LrsRule, Profile, SealedCredential, SifStudent, Store,
    VeraShare, WrappedKey,
};
use learnerlink::{Error, Result, Status};

use crate::linkage::{self, given, line, patient};
use crate::postgres::{self, Database};
use crate::stand::{at, chain, entry, plain};
use crate::{batches, enrollments, linkage_imports};

fn file(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

async fn copied(from: &str, to: &str) -> Result<Copied> {
    copy(from, to, &Tls::default(), Arc::new(|_, _, _| ())).await
}

/// Something in every table.
async fn fill(store: &Store) {
    store.vault_keys.found(vec![WrappedKey { id: 0, wrapped: vec![0, 255] }]).await.unwrap();
    let profile = Profile {
        name: "Ä b".into(),
        ukprn: None,
        display_name: "P\t'\"\\".into(),
        updated_at: at(123_456),
        systems: vec![],
    };
    let credential = SealedCredential { system: "vera", tag: "t".into(), sealed: vec![] };
    store.profiles.put(profile, vec![credential]).await.unwrap();
    for number in 0..1_200 {
        store.audit.append(entry(&format!("o{number}")), plain()).await.unwrap();
    }
    let share = VeraShare {
        id: "s".into(),
        profile: "p".into(),
        pattern: "A".into(),
        state: "awaitingLearner".into(),
        correlation_tag: "c".into(),
        learner_tag: None,
        issued_at: at(1),
        deadline_at: at(2),
        polls: 3,
        updated_at: at(4),
        sealed: vec![9; 70_000],
    };
    store.vera_shares.add(share, None).await.unwrap();
    assert!(store.vera_shares.lease("s", "holder", at(0), at(9)).await.unwrap());
    let row = LrsMatch {
        key: "k".into(),
        person_tag: "person".into(),
        uln_tag: Some("uln".into()),
        names_tag: None,
        status: "Matched".into(),
        created_at: at(123_456),
        sealed: vec![1],
    };
    store.lrs_register.append(row, LrsRule::NoMatch).await.unwrap();
    let student = |tag: &str| SifStudent { tag: tag.into(), sealed: vec![2] };
    store.sif_rules.replace(vec![1], vec![student("a"), student("a"), student("b")], at(0)).await.unwrap();
    store.batches.add(batches::job("b", "one", Some(3))).await.unwrap();
    enrollments::begun(store, "e1", vec![1], vec![2], vec![3]).await;
    linkage_imports::with_seals(store, vec![1], vec![2], vec![3]).await;
    linkage::imported(store, vec![line(1, Some(given(patient("q"))))]).await;
    assert_eq!(issue(store, "q").await, LinkageIssued::Issued);
    // The same twice: these rows have no key.
    for _ in 0..2 {
        store.linkage_register.miss("m", at(5), at(0)).await.unwrap();
    }
    store.linkage_register.stage("left over", vec![line(7, Some(given(patient("r"))))], at(1)).await.unwrap();
}

async fn issue(store: &Store, tag: &str) -> LinkageIssued {
    let issue = LinkageIssue {
        tag: tag.into(),
        version: 1,
        account: Some(linkage::account(&format!("a-{tag}"))),
        key: linkage::key(1, &format!("m-{tag}")),
        correlation: LinkageCorrelation {
            tag: format!("c-{tag}"),
            content_hash: vec![4],
            generation: 1,
            expires_at: at(1000),
        },
        misses: String::new(),
        now: at(0),
    };
    store.linkage_register.issue(issue, entry("create_linkage_key"), plain()).await.unwrap()
}

/// Goes on in a store that was copied: numbers go on behind those that are there.
async fn go_on(store: &Store, name: &str) {
    let before = chain(store).await.len();
    store.audit.append(entry("after"), plain()).await.unwrap();
    linkage::imported(store, vec![line(1, Some(given(patient(name))))]).await;
    assert_eq!(issue(store, name).await, LinkageIssued::Issued);
    assert_eq!(chain(store).await.len(), before + 2);
    let found = store.enrollments.get(1).await.unwrap().unwrap();
    let entry = learnerlink::store::OutboxEntry { id: name.into(), ..found.outbox[0].clone() };
    let add = vec![learnerlink::store::OutboxEdit::Add(entry)];
    store.enrollments.change(1, found.version, found.row, add, true).await.unwrap().unwrap();
    let outbox = store.enrollments.get(1).await.unwrap().unwrap().outbox;
    assert_eq!(outbox.last().unwrap().id, name, "what is put last is sent last");
    let tags: Vec<String> = store
        .linkage_register
        .page(0, 100)
        .await
        .unwrap()
        .patients
        .into_iter()
        .map(|(stored, _)| stored.patient.tag)
        .collect();
    assert_eq!(tags.last().unwrap(), name);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_goes_to_a_server_and_back_and_to_another_of_its_kind_and_nothing_differs() {
    let folder = tempfile::tempdir().unwrap();
    let (first, there, again, back) = (
        file(&folder, "first.db"),
        postgres::server().database(),
        postgres::server().database(),
        file(&folder, "back.db"),
    );
    fill(&Store::open(&first).await.unwrap()).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&told);
    let progress = Arc::new(move |table: &str, done, total| {
        noted.lock().unwrap().push((table.to_owned(), done, total));
    });
    let sent = copy(&first, &there.address(), &Tls::default(), progress).await.unwrap();
    for (table, content) in &sent.tables {
        assert!(content.rows > 0, "the test has nothing in {table}");
    }
    let told = told.lock().unwrap().clone();
    let total = sent.rows();
    assert!(told.iter().all(|(.., of)| *of == total) && told.is_sorted_by_key(|(_, done, _)| *done), "{told:?}");
    assert_eq!(told.last().map(|(_, done, _)| *done), Some(total));
    let onward = copied(&there.address(), &again.address()).await.unwrap();
    let returned = copied(&again.address(), &back).await.unwrap();
    assert_eq!(format!("{:?}", sent.tables), format!("{:?}", onward.tables));
    assert_eq!(format!("{:?}", sent.tables), format!("{:?}", returned.tables));
    let (original, server, file) = (
        Store::open(&first).await.unwrap(),
        Store::open(&again.address()).await.unwrap(),
        Store::open(&back).await.unwrap(),
    );
    assert_eq!(original.audit.ends().await.unwrap(), server.audit.ends().await.unwrap());
    let shown = async |store: &Store| format!("{:?}", store.linkage_register.page(0, 100).await.unwrap().patients);
    assert_eq!(shown(&original).await, shown(&server).await);
    assert_eq!(shown(&original).await, shown(&file).await);
    go_on(&server, "x").await;
    go_on(&file, "y").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_store_is_copied_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let (from, there, back) = (file(&folder, "a.db"), postgres::server().database(), file(&folder, "b.db"));
    drop(Store::open(&from).await.unwrap());
    assert_eq!(copied(&from, &there.address()).await.unwrap().rows(), 0);
    assert_eq!(copied(&there.address(), &back).await.unwrap().rows(), 0);
    for place in [there.address(), back] {
        let store = Store::open(&place).await.unwrap();
        assert_eq!(store.audit.ends().await.unwrap(), None);
        assert_eq!(store.audit.append(entry("first"), plain()).await.unwrap(), 1);
    }
}

fn status(copied: Result<Copied>) -> (Status, Error) {
    let error = copied.map(drop).unwrap_err();
    (error.status(), error)
}

fn rows(database: &Database<'_>) -> u64 {
    let counts = TABLES.iter().filter(|table| table.name != "audit_ends");
    counts.map(|table| database.sql(&format!("SELECT count(*) FROM {}", table.name)).parse::<u64>().unwrap()).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_copied_leaves_the_target_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (from, there) = (file(&folder, "from.db"), postgres::server().database());
    let (missing, new) = (file(&folder, "none.db"), file(&folder, "new.db"));
    assert_eq!(status(copied(&missing, &there.address()).await).0, Status::NotFound);
    assert!(!std::path::Path::new(&missing).exists());
    assert_eq!(status(copied(&there.address(), &new).await).0, Status::NotFound, "a database without a store");
    assert!(!std::path::Path::new(&new).exists());
    assert_eq!(status(copied(&from, &from).await).0, Status::InvalidInput);
    assert_eq!(status(copied(":memory:", &from).await).0, Status::InvalidInput);
    std::fs::write(file(&folder, "letters"), "no database at all, but some letters that somebody wrote").unwrap();
    assert_eq!(status(copied(&file(&folder, "letters"), &there.address()).await).0, Status::StoreCorrupt);

    fill(&Store::open(&from).await.unwrap()).await;
    // A target with something in it keeps that and gets nothing.
    let store = Store::open(&there.address()).await.unwrap();
    store.linkage_register.miss("mine", at(0), at(0)).await.unwrap();
    let (found, error) = status(copied(&from, &there.address()).await);
    assert_eq!(found, Status::Conflict);
    assert!(error.to_string().contains("`linkage_misses` has rows"), "{error}");
    assert_eq!(rows(&there), 1);
    let other = file(&folder, "other.db");
    let store = Store::open(&other).await.unwrap();
    store.audit.append(entry("mine"), plain()).await.unwrap();
    assert_eq!(status(copied(&from, &other).await).0, Status::Conflict);
    assert_eq!(chain(&store).await.len(), 1);

    // A value that is of no use is found on the way, and what went before it is taken back.
    let connection = rusqlite::Connection::open(&from).unwrap();
    connection.execute("UPDATE enrollment_outbox SET next_at = 'tomorrow'", []).unwrap();
    let empty = postgres::server().database();
    for to in [empty.address(), new.clone()] {
        let (found, error) = status(copied(&from, &to).await);
        assert_eq!(found, Status::StoreCorrupt, "{error:?}");
        assert!(error.to_json("copy", "store").to_string().contains("enrollment_outbox.next_at"), "{error:?}");
    }
    assert_eq!(rows(&empty), 0);
    assert!(!std::path::Path::new(&new).exists());
    connection.pragma_update(None, "user_version", 1).unwrap();
    let (found, error) = status(copied(&from, &empty.address()).await);
    assert_eq!(found, Status::StoreUnavailable);
    assert!(error.to_string().contains("older schema"), "{error}");
    connection.pragma_update(None, "user_version", 99).unwrap();
    assert_eq!(status(copied(&from, &empty.address()).await).0, Status::StoreSchemaNewer);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_of_every_table_is_copied() {
    let folder = tempfile::tempdir().unwrap();
    let (from, there) = (file(&folder, "a.db"), postgres::server().database());
    drop((Store::open(&from).await.unwrap(), Store::open(&there.address()).await.unwrap()));
    let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for table in TABLES {
        let columns = table.columns.iter().map(|(name, _)| (*name).to_owned());
        listed.entry(table.name.into()).or_default().extend(columns);
    }
    let connection = rusqlite::Connection::open(&from).unwrap();
    let mut select = connection
        .prepare(
            "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'",
        )
        .unwrap();
    let mut in_file: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut found = select.query([]).unwrap();
    while let Some(row) = found.next().unwrap() {
        in_file.entry(row.get(0).unwrap()).or_default().insert(row.get(1).unwrap());
    }
    assert_eq!(in_file, listed);
    // On a server some tables have a number more, which is its own; and the schema's number is a table.
    let own = [
        "batches number",
        "credentials number",
        "vera_shares number",
        "learnerlink_schema id",
        "learnerlink_schema version",
    ];
    let on_server: BTreeSet<String> = there
        .sql("SELECT table_name || ' ' || column_name FROM information_schema.columns WHERE table_schema = 'public'")
        .lines()
        .map(str::to_owned)
        .filter(|column| !own.contains(&column.as_str()))
        .collect();
    let listed =
        listed.iter().flat_map(|(table, columns)| columns.iter().map(move |column| format!("{table} {column}")));
    assert_eq!(on_server, listed.collect());
}
