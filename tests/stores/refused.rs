//! What a server or an address can be wrong by, each told as what it is; and TLS.

use learnerlink::config::Config;
use learnerlink::http::config::Tls;
use learnerlink::store::Store;
use learnerlink::{Error, Plugin, Status};
use serde_json::json;

use crate::postgres::{self, PASSWORD, Server, Setup, USER};
use crate::tls::Authority;

/// The password as an address has it.
const ENCODED: &str = "p%2Fss%3Aw%40rd";

/// Why a place cannot be opened; nothing of it shows the password.
async fn failure(place: &str) -> Error {
    let error = Store::open(place).await.err().unwrap_or_else(|| panic!("{place} opens"));
    let shown = format!("{error:?} {error} {}", error.to_json("open", "library"));
    for secret in [PASSWORD, ENCODED, "wr0ng"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    error
}

async fn is_refused(place: &str, status: Status, words: &str) {
    let error = failure(place).await;
    assert_eq!(error.status(), status, "{place}: {error}");
    assert!(error.to_string().contains(words), "{place}: {error}");
}

#[tokio::test]
async fn what_is_wrong_with_an_address_or_a_server_is_told_as_what_it_is() {
    let server = postgres::server();
    let database = server.database();
    let at = |login: &str, database: &str| server.address(login, "127.0.0.1", database);
    is_refused(
        &at(&format!("{USER}:wr0ng"), &database.name),
        Status::StoreUnavailable,
        "refuses the user name or the password",
    )
    .await;
    is_refused(&at("nobody:wr0ng", &database.name), Status::StoreUnavailable, "refuses the user name or the password")
        .await;
    is_refused(&at(USER, &database.name), Status::StoreUnavailable, "wants a password").await;
    is_refused(&at(&format!("{USER}:{ENCODED}"), "none"), Status::StoreUnavailable, "no database of the name").await;
    is_refused(&(database.address() + "?sslmode=require"), Status::StoreUnavailable, "has no TLS").await;
    is_refused("postgres://what is this", Status::InvalidConfig, "`store`").await;
    is_refused("postgres://u:wr0ng@h/d?ssl=1", Status::InvalidConfig, "has a parameter that is none of").await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = format!("postgres://u:wr0ng@127.0.0.1:{free}/d");
    is_refused(&nobody, Status::StoreBusy, "cannot be reached").await;
    assert!(failure(&nobody).await.status().retriable());
    assert_eq!(database.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0", "nothing was made");
}

#[tokio::test]
async fn a_server_on_this_machine_can_be_reached_by_its_socket() {
    let database = postgres::server().database();
    let place = format!("{}?host={}", database.address(), postgres::server().sockets().display());
    let store = Store::open(&place).await.unwrap();
    assert_eq!(store.audit.append(crate::stand::entry("health"), crate::stand::plain()).await.unwrap(), 1);
    assert_ne!(
        database.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'learnerlink' AND client_addr IS NULL"
        ),
        "0"
    );
    is_refused(&place.replace("learnerlink-postgres-", "none-"), Status::StoreBusy, "cannot be reached").await;
}

#[tokio::test]
async fn a_user_without_rights_is_told_and_one_with_few_can_use_what_is_there() {
    let server = postgres::server();
    let database = server.database();
    let user = format!("clerk_{}", database.name);
    // Servers before 15 let everybody make tables.
    database.sql(&format!("CREATE ROLE {user} LOGIN PASSWORD 'few'; REVOKE CREATE ON SCHEMA public FROM PUBLIC"));
    let place = server.address(&format!("{user}:few"), "127.0.0.1", &database.name);
    is_refused(&place, Status::StoreUnavailable, "may not do this in the database").await;
    drop(Store::open(&database.address()).await.unwrap());
    is_refused(&place, Status::StoreUnavailable, "may not do this in the database").await;
    database.sql(&format!(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user};
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {user}"
    ));
    let store = Store::open(&place).await.unwrap();
    assert_eq!(store.audit.append(crate::stand::entry("health"), crate::stand::plain()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_newer_schema_and_a_database_that_is_not_in_utf_8_are_refused_and_left_alone() {
    let server = postgres::server();
    let database = server.database();
    drop(Store::open(&database.address()).await.unwrap());
    database.sql("UPDATE learnerlink_schema SET version = 99");
    let error = failure(&database.address()).await;
    assert!(matches!(error, Error::StoreSchemaNewer { found: 99, .. }), "{error:?}");
    assert_eq!(database.sql("SELECT version FROM learnerlink_schema"), "99");
    server.sql("postgres", "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
    let latin = server.address(&format!("{USER}:{ENCODED}"), "127.0.0.1", "latin");
    is_refused(&latin, Status::StoreUnavailable, "not in UTF-8").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_database_may_be_opened_by_many_at_once() {
    for _ in 0..8 {
        let database = postgres::server().database();
        let opening: Vec<_> = (0..8)
            .map(|_| {
                let place = database.address();
                tokio::spawn(async move { Store::open(&place).await.map(drop) })
            })
            .collect();
        for opening in opening {
            opening.await.unwrap().unwrap();
        }
        assert_eq!(database.sql("SELECT version FROM learnerlink_schema"), learnerlink::store::SCHEMA.to_string());
    }
}

#[tokio::test]
async fn a_password_shows_in_nothing_that_a_plugin_tells_of_itself() {
    let database = postgres::server().database();
    let document = json!({
        "store": database.address(), "vaultKey": "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", "log": { "level": "trace" },
    });
    let plugin = Plugin::open(&document.to_string()).await.unwrap();
    let health = plugin.call("health", r#"{"probe":true}"#).await.unwrap().json;
    let mut told = format!("{:?} {} {}", plugin.config, &**health, plugin.stats());
    let wrong = document.to_string().replace(ENCODED, "wr0ng");
    let error = Plugin::open(&wrong).await.err().unwrap();
    told += &format!("{:?} {}", Config::read(&wrong).unwrap(), error.to_json("open", "library"));
    while let Some(line) = learnerlink::log::next(std::time::Duration::ZERO) {
        told += &line;
    }
    for secret in [PASSWORD, ENCODED, "wr0ng"] {
        assert!(!told.contains(secret), "{secret} is in {told}");
    }
    assert!(told.contains("postgres://127.0.0.1"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_proves_the_server_unless_told_otherwise() {
    let (authority, other) = (Authority::new(), Authority::new());
    let server = Server::start(Setup { tls: Some(authority.issue("localhost")), ..Setup::default() });
    let database = server.database();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, pem: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, pem).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (right, wrong) = (file("right.pem", &authority.pem), file("wrong.pem", &other.pem));
    let at = |host: &str, parameters: &str| {
        server.address(&format!("{USER}:{ENCODED}"), host, &database.name) + "?" + parameters
    };
    for place in [
        at("localhost", &format!("sslmode=verify-full&sslrootcert={right}")),
        at("127.0.0.1", "sslmode=require"),
        at("127.0.0.1", "sslmode=prefer"),
        at("127.0.0.1", ""),
    ] {
        let store = Store::open(&place).await.unwrap_or_else(|error| panic!("{place}: {error:?}"));
        store.audit.append(crate::stand::entry("health"), crate::stand::plain()).await.unwrap();
    }
    let encrypted = database.sql("SELECT count(*) FROM pg_stat_ssl WHERE ssl");
    assert_ne!(encrypted, "0");
    let trusted = Tls { extra_roots: vec![authority.pem.clone()], ..Tls::default() };
    drop(Store::open_with(&at("localhost", "sslmode=verify-full"), &trusted).await.unwrap());
    for place in [
        at("localhost", "sslmode=verify-full"),
        at("localhost", &format!("sslmode=verify-full&sslrootcert={wrong}")),
        // The certificate is for the name.
        at("127.0.0.1", &format!("sslmode=verify-full&sslrootcert={right}")),
    ] {
        is_refused(&place, Status::StoreUnavailable, "certificate is not accepted").await;
    }
    is_refused(&at("localhost", "sslmode=verify-full&sslrootcert=/none.pem"), Status::InvalidConfig, "cannot be read")
        .await;
    is_refused(&at("127.0.0.1", "sslmode=disable"), Status::StoreUnavailable, "refuses").await;
}
