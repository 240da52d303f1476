//! Proves the subcommands around operations.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::fs;

use learnerlink_sandbox::Sandbox;
use support::{piped, run};

#[test]
fn the_catalogue_is_a_table_or_json() {
    let table = run(&["operations"]);
    assert_eq!(table.code, Some(0));
    for operation in learnerlink::operations::CATALOGUE.iter() {
        assert!(
            table.stdout.lines().any(|line| line.starts_with(&format!("{} ", operation.name))),
            "{}",
            operation.name
        );
    }
    let json = run(&["operations", "--json"]).stdout;
    assert!(
        json.contains("\"name\": \"poll_learner_data\"") && json.contains("\"name\": \"declinedOrExpired\""),
        "{json}"
    );
}

#[test]
fn schemas_are_those_of_the_operation_asked_for() {
    let one = run(&["describe", "poll_learner_data"]).stdout;
    assert!(one.contains("\"waitMs\"") && one.contains("Response of poll_learner_data"), "{one}");
    assert!(!one.contains("Request of generate_qr"), "{one}");
    let all = run(&["describe"]).stdout;
    assert!(all.contains("Request of generate_qr") && all.contains("\"code\": \"STORE_BUSY\""));
    assert_eq!(run(&["describe", "make_tea"]).code, Some(2));
}

#[test]
fn a_new_key_opens_a_store_and_is_never_overwritten() {
    let key = run(&["new-key"]).stdout;
    assert_eq!((key.len(), key.ends_with("=\n")), (45, true));
    assert_ne!(key, run(&["new-key"]).stdout);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vault.key");
    let out = ["new-key", "--out", file.to_str().unwrap()];
    let written = run(&out);
    assert_eq!((written.code, written.stdout.as_str()), (Some(0), ""), "{}", written.stderr);
    let key = fs::read_to_string(&file).unwrap();
    let again = run(&out);
    assert_eq!(again.code, Some(3));
    assert!(again.stderr.contains("never overwritten"), "{}", again.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), key);
    assert_eq!(run(&["new-key", "--out", "/does/not/exist/vault.key"]).code, Some(3));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    let config = format!(r#"{{"store":{:?},"vaultKeyFile":{:?}}}"#, folder.path().join("s.db"), file);
    let health = piped(&["call", "health", "--config", "-"], config);
    assert_eq!(health.code, Some(0), "{}", health.stderr);
}

#[test]
fn a_configuration_is_checked_without_opening_anything() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    let key = run(&["new-key"]).stdout;
    let with = |rest: &str| piped(&["check-config", "-"], format!(r#"{{"store":{store:?}{rest}}}"#));
    let key = format!(r#","vaultKey":"{}""#, key.trim());
    let good = with(&key);
    assert_eq!((good.code, good.stdout.as_str()), (Some(0), "-: the configuration is valid\n"), "{}", good.stderr);
    let credential = r#"{"displayName":"A","vera":{"clientId":"one","clientSecret":"x"}}"#;
    for (rest, path) in [
        ("".to_owned(), "vault key"),
        (format!(r#"{key},"timeouts":{{"connectMs":1}}"#), "`timeouts.connectMs`"),
        (format!(r#"{key},"timeout":{{}}"#), "`timeout`"),
        (format!(r#"{key},"tls":{{"extraRoots":["/no/such.pem"]}}"#), "`tls.extraRoots[0]`"),
        (format!(r#"{key},"vera":{{"baseUrl":"http://h/"}}"#), "`vera.baseUrl`"),
        (format!(r#"{key},"profiles":{{"10099901":{{"displayName":""}}}}"#), "`profiles.10099901.displayName`"),
        (format!(r#"{key},"profiles":{{"10099901":{credential},"10099902":{credential}}}"#), "10099902"),
        (format!(r#"{key},"log":{{"level":"${{LEARNERLINK_NOT_SET}}"}}"#), "`log.level`"),
    ] {
        let ran = with(&rest);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(3), ""), "{rest}");
        assert!(ran.stderr.contains(path), "{rest}: {}", ran.stderr);
    }
    assert!(!store.exists());
}

#[test]
fn the_doctor_tells_what_is_there_without_secrets() {
    let sandbox = Sandbox::start();
    let ran = run(&["doctor", "--sandbox", &sandbox.url()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    for part in [
        learnerlink::VERSION,
        std::env::consts::ARCH,
        "Northbridge College",
        "(lrs, lrsGateway, vera)",
        "unaltered",
        "in order",
    ] {
        assert!(ran.stdout.contains(part), "{part} is not in {}", ran.stdout);
    }
    assert!(!ran.stdout.contains("s3c") && !ran.stdout.contains("cid-a"), "{}", ran.stdout);
    assert!(sandbox.requests().is_empty());
}

#[test]
fn the_doctor_finds_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.db");
    fs::write(&store, "somebody's letters, which are not a database at all").unwrap();
    let key = run(&["new-key"]).stdout;
    let config = format!(r#"{{"store":{store:?},"vaultKey":"{}"}}"#, key.trim());
    let corrupt = piped(&["doctor", "--config", "-"], config);
    assert_eq!(corrupt.code, Some(4));
    assert!(corrupt.stdout.contains("NOT RIGHT") && corrupt.stdout.contains("STORE_CORRUPT"), "{}", corrupt.stdout);
    let wrong = piped(&["doctor", "--config", "-"], "{\"stroe\":1}");
    assert_eq!(wrong.code, Some(3));
    assert!(wrong.stdout.contains("`stroe`"), "{}", wrong.stdout);
}

#[test]
fn help_is_given_with_examples_and_the_version() {
    for command in ["call", "operations", "describe", "new-key", "check-config", "doctor", "store copy"] {
        let help = run(&command.split(' ').chain(["--help"]).collect::<Vec<_>>());
        assert_eq!(help.code, Some(0));
        assert!(
            help.stdout.contains("Examples:") && help.stdout.contains(&format!("learnerlink {command}")),
            "{}",
            help.stdout
        );
    }
    assert!(run(&["--help"]).stdout.contains("Exit codes:"));
    assert_eq!(run(&["--version"]).stdout.trim(), concat!("learnerlink ", env!("CARGO_PKG_VERSION")));
}
