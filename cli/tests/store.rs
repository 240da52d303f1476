//! Proves `learnerlink store copy` between a file and a server.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../tests/support/postgres.rs"]
mod postgres;
mod support;

use support::{piped, program, run};

#[test]
fn a_register_moves_to_a_server_and_back_and_opens_with_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let (first, back) = (folder.path().join("first.db"), folder.path().join("back.db"));
    let key = run(&["new-key"]).stdout;
    let doctor = |store: &str| {
        let config = format!(
            r#"{{"store":{store:?},"vaultKey":"{}","profiles":{{"10099901":{{"displayName":"Northbridge"}}}}}}"#,
            key.trim()
        );
        piped(&["doctor", "--config", "-"], config)
    };
    assert_eq!(doctor(first.to_str().unwrap()).code, Some(0));
    let database = postgres::server().database();
    let address = database.address();
    // The password comes from the environment, as it is to.
    let (before, rest) = address.split_once(':').unwrap();
    let (user, rest) = rest.split_once(':').unwrap();
    let (password, rest) = rest.split_once('@').unwrap();
    let hidden = format!("{before}:{user}:${{REGISTER_PASSWORD}}@{rest}");
    let copy = |from: &str, to: &str| -> support::Ran {
        program(&["store", "copy", "--from", from, "--to", to])
            .env("REGISTER_PASSWORD", password)
            .output()
            .unwrap()
            .into()
    };
    let there = copy(first.to_str().unwrap(), &hidden);
    assert_eq!(there.code, Some(0), "{}", there.stderr);
    assert!(there.stdout.contains("verified: every table") && there.stdout.contains("  profiles "), "{}", there.stdout);
    assert!(there.stderr.contains("100 %"), "{}", there.stderr);
    let again = copy(&hidden, back.to_str().unwrap());
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    let table = |ran: &support::Ran| ran.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(table(&there), table(&again), "what was sent and what came back differ");
    for (ran, place) in [(doctor(&address), "opened postgres://127.0.0.1"), (doctor(back.to_str().unwrap()), "opened ")]
    {
        assert_eq!(ran.code, Some(0), "{}", ran.stdout);
        assert!(ran.stdout.contains(place) && ran.stdout.contains("unaltered"), "{}", ran.stdout);
    }
    let full = copy(first.to_str().unwrap(), &hidden);
    assert_eq!(full.code, Some(3), "{}", full.stderr);
    assert!(full.stderr.contains("is not empty"), "{}", full.stderr);
    let unset = run(&["store", "copy", "--from", "x", "--to", "postgres://u:${LEARNERLINK_NOT_SET}@h/d"]);
    assert!(unset.stderr.contains("LEARNERLINK_NOT_SET"), "{}", unset.stderr);
    for shown in [&there, &again, &full, &doctor(&address)] {
        for secret in [password, postgres::PASSWORD] {
            assert!(!shown.stdout.contains(secret) && !shown.stderr.contains(secret));
        }
    }
}
