//! What people do to the register: revoke, block, check, rotate, restart.

use std::time::Duration;

use serde_json::{Value, json};

use crate::desk::{Desk, VAULT_KEY, open};

const OKONKWO: &str = "9990123403";

async fn done(desk: &Desk, operation: &str, request: Value) -> Value {
    let mut request = request;
    request["user"] = json!("clerk");
    desk.call(operation, request).await.unwrap()["outcome"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_twice_keeps_the_first_time_and_a_new_key_leaves_it_in_history() {
    let desk = Desk::new().await;
    let before = desk.retrieve("A12345", OKONKWO).await;
    let revoke = json!({ "odsCode": "a12345", "nhsNumber": "999 012 3403", "reason": "lost phone" });
    assert_eq!(done(&desk, "revoke_linkage_key", revoke.clone()).await, "revoked");
    desk.clock.advance(Duration::from_secs(60));
    assert_eq!(done(&desk, "revoke_linkage_key", revoke).await, "unchanged");
    let time = desk.place.value("SELECT CAST(revoked_at AS TEXT) FROM linkage_keys WHERE revoke_reason = 'lost phone'");
    assert!(["2026-11-22T10:00:00.000000Z", "2026-11-22 10:00:00+00"].contains(&time.as_str()), "{time}");
    assert_eq!(desk.retrieve("A12345", OKONKWO).await["outcome"], "keyRevoked");
    let after = desk.create("A12345", OKONKWO, "Okonkwo-Bright", "1984-03-12").await;
    assert_eq!((&after["outcome"], &after["accountId"]), (&json!("ok"), &before["accountId"]));
    assert_ne!(after["linkageKey"], before["linkageKey"]);
    assert_eq!(desk.generations(OKONKWO), 2);
    for (request, outcome) in [
        (json!({ "odsCode": "Z99999", "nhsNumber": OKONKWO }), "odsNotFound"),
        (json!({ "odsCode": "A12345", "nhsNumber": "9995550164" }), "patientNotFound"),
        (json!({ "odsCode": "A12345", "nhsNumber": "9990123411" }), "noLinkageKey"),
        // A key that does not open can be revoked all the same.
        (json!({ "odsCode": "A12345", "nhsNumber": "9990123462" }), "revoked"),
    ] {
        let mut request = request;
        request["reason"] = json!("test");
        assert_eq!(done(&desk, "revoke_linkage_key", request).await, outcome);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_itself_lets_no_revoked_key_come_back_and_no_second_one_in() {
    let desk = Desk::new().await;
    for forbidden in [
        "UPDATE linkage_keys SET state = 'active' WHERE state = 'revoked'",
        "DELETE FROM linkage_keys",
        "UPDATE linkage_keys SET patient = 1",
        "INSERT INTO linkage_keys (patient, generation, mac, state, created_at, sealed)
         SELECT patient, 9, substr(mac, 1, 3), 'active', created_at, sealed FROM linkage_keys WHERE state = 'active' LIMIT 1",
    ] {
        assert!(desk.place.run(forbidden).is_err(), "{forbidden}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_hides_the_key_and_lifting_it_shows_the_same_one() {
    let desk = Desk::new().await;
    let before = desk.retrieve("A12345", OKONKWO).await;
    let block = json!({ "odsCode": "A12345", "nhsNumber": OKONKWO, "blocked": true, "reason": "ACCOUNT_DISABLED", "text": "Ask us" });
    assert_eq!(done(&desk, "set_linkage_access", block.clone()).await, "changed");
    assert_eq!(done(&desk, "set_linkage_access", block).await, "unchanged");
    let said = desk.retrieve("A12345", OKONKWO).await;
    assert_eq!(said["outcome"], "patientBlocked");
    assert_eq!(said["detail"], json!({ "reason": "ACCOUNT_DISABLED", "text": "Ask us" }));
    let unblock = json!({ "odsCode": "A12345", "nhsNumber": OKONKWO, "blocked": false });
    assert_eq!(done(&desk, "set_linkage_access", unblock.clone()).await, "changed");
    assert_eq!(done(&desk, "set_linkage_access", unblock).await, "unchanged");
    assert_eq!(desk.retrieve("A12345", OKONKWO).await["linkageKey"], before["linkageKey"]);

    let organisation = |blocked: bool| json!({ "odsCode": "A12345", "blocked": blocked });
    assert_eq!(done(&desk, "set_linkage_access", organisation(true)).await, "changed");
    assert_eq!(done(&desk, "set_linkage_access", organisation(true)).await, "unchanged");
    assert_eq!(desk.retrieve("A12345", OKONKWO).await["outcome"], "odsBlocked");
    assert_eq!(desk.create("A12345", "9990123411", "O'Dempsey", "1990-02-28").await["outcome"], "odsBlocked");
    assert_eq!(done(&desk, "set_linkage_access", organisation(false)).await, "changed");
    assert_eq!(desk.retrieve("A12345", OKONKWO).await["outcome"], "ok");
    assert_eq!(done(&desk, "set_linkage_access", json!({ "odsCode": "Z99999", "blocked": true })).await, "odsNotFound");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_the_register_must_say_who_and_what() {
    let desk = Desk::new().await;
    let number = json!({ "odsCode": "A12345", "nhsNumber": OKONKWO, "blocked": true });
    let changed = |key: &str, value: Value| {
        let mut request = number.clone();
        request["user"] = json!("clerk");
        request[key] = value;
        request
    };
    for (operation, request, field) in [
        ("set_linkage_access", number.clone(), "user"),
        ("set_linkage_access", changed("text", json!("x".repeat(257))), "text"),
        ("set_linkage_access", changed("nhsNumber", json!("9990123404")), "nhsNumber"),
        ("set_linkage_access", changed("odsCode", json!("")), "odsCode"),
        (
            "set_linkage_access",
            json!({ "odsCode": "A12345", "blocked": true, "reason": "OTHER", "user": "c" }),
            "reason",
        ),
        (
            "revoke_linkage_key",
            json!({ "odsCode": "A12345", "nhsNumber": OKONKWO, "reason": " ", "user": "c" }),
            "reason",
        ),
        ("revoke_linkage_key", json!({ "odsCode": "A12345", "nhsNumber": OKONKWO, "reason": "x" }), "user"),
        ("import_register", json!({ "path": "x" }), "user"),
        ("export_register", json!({ "path": "x" }), "user"),
        ("check_linkage_key", json!({ "odsCode": "A12345", "accountId": "a b", "linkageKey": "x" }), "accountId"),
        ("retrieve_linkage_key", json!({ "odsCode": "A12345", "nhsNumber": OKONKWO, "surname": "x" }), "dateOfBirth"),
        ("retrieve_linkage_key", json!({ "odsCode": "A12345", "nhsNumber": OKONKWO, "traceId": "a b" }), "traceId"),
    ] {
        let error = desk.failure(operation, request).await;
        assert_eq!((&error["code"], &error["details"]["field"]), (&json!("INVALID_INPUT"), &json!(field)), "{error}");
    }
    let both = json!({ "odsCode": "A1 345", "nhsNumber": "1", "surname": "", "dateOfBirth": "x", "traceId": " " });
    let error = desk.failure("retrieve_or_create_linkage_key", both).await;
    assert_eq!(error["details"]["fields"], json!(["nhsNumber", "odsCode", "surname", "dateOfBirth", "traceId"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_presented_key_is_valid_only_with_its_own_account_while_both_are_in_force() {
    let desk = Desk::new().await;
    let check = |account: &str, key: &str| {
        desk.call("check_linkage_key", json!({ "odsCode": "A12345", "accountId": account, "linkageKey": key }))
    };
    let good = check("4071836250", "K7CDX4RTMN9PQ3WHJV").await.unwrap();
    assert_eq!((&good["outcome"], &good["nhsNumber"]), (&json!("valid"), &json!(OKONKWO)));
    for (account, key) in [
        ("4071836250", "K7CDX4RTMN9PQ3WHJW"),
        ("4071836250", "k7cdx4rtmn9pq3whjv"),
        ("4071836251", "K7CDX4RTMN9PQ3WHJV"),
        // Revoked, no key at all, and the key of another organisation.
        ("5120094477", "HJ4RT9XKWQ37CDMNPV"),
        ("6233310985", "K7CDX4RTMN9PQ3WHJV"),
        ("9034417728", "KCD4GHJMN9PQRT37VW"),
    ] {
        let said = check(account, key).await.unwrap();
        assert_eq!((&said["outcome"], said.get("nhsNumber")), (&json!("notValid"), None), "{account}");
    }
    let block = json!({ "odsCode": "A12345", "blocked": true });
    done(&desk, "set_linkage_access", block).await;
    assert_eq!(check("4071836250", "K7CDX4RTMN9PQ3WHJV").await.unwrap()["outcome"], "notValid");
}

#[tokio::test(flavor = "multi_thread")]
async fn sealed_values_moved_to_another_row_do_not_open() {
    for sql in [
        // The key of one patient under the account of another.
        "UPDATE linkage_keys SET sealed = (SELECT sealed FROM linkage_keys WHERE generation = 1 AND id <> ?2 AND state = 'active'
             ORDER BY id DESC LIMIT 1) WHERE patient = ?2",
        "UPDATE linkage_accounts SET sealed = (SELECT sealed FROM linkage_accounts WHERE patient <> ?2 LIMIT 1)
             WHERE patient = ?2",
        "UPDATE linkage_patients SET sealed = (SELECT sealed FROM linkage_patients WHERE id <> ?2 LIMIT 1) WHERE id = ?2",
        // What stands in clear is bound as well.
        "UPDATE linkage_accounts SET tag = 'x' WHERE patient = ?2",
        "UPDATE linkage_patients SET sealed = sealed, blocked = NOT blocked WHERE id = ?2",
    ] {
        let desk = Desk::new().await;
        let tag = desk.plugin.linkage.register().patient_tag("A12345", OKONKWO);
        let id = desk.place.value(&format!("SELECT id FROM linkage_patients WHERE tag = '{tag}'"));
        desk.place.run(&sql.replace("?2", &id)).unwrap();
        let said = desk.retrieve("A12345", OKONKWO).await;
        assert_eq!(said["outcome"], "retrieveFailed", "{sql}");
        assert_eq!(desk.audit().await.last().unwrap()["details"]["reason"].as_str().unwrap_or("SEAL_BROKEN"), "SEAL_BROKEN");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn patients_below_the_minimum_age_are_blocked_until_their_birthday() {
    let desk = Desk::with(json!({ "linkage": { "minimumAgeYears": 16 } })).await;
    let rows = "odsCode,nhsNumber,surname,dateOfBirth\nA12345,9995550164,Young,2010-11-23\n";
    assert_eq!(desk.import(rows, json!({})).await["outcome"], "imported");
    let said = desk.create("A12345", "9995550164", "Young", "2010-11-23").await;
    assert_eq!(said["detail"]["reason"], "UNDER_MINIMUM_AGE_OR_NOT_COMPETENT");
    desk.clock.advance(Duration::from_secs(24 * 3600));
    assert_eq!(desk.create("A12345", "9995550164", "Young", "2010-11-23").await["outcome"], "ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_test_range_and_other_codes_follow_the_configuration() {
    let desk = Desk::new().await;
    let strict = json!({ "linkage": { "rejectTestRange": true, "odsFormat": "any", "keyLength": 32 } });
    let again = open(&desk.place, &strict, desk.clock.clone()).await.unwrap();
    let ask = |ods: &str, number: &str| {
        let request = json!({ "odsCode": ods, "nhsNumber": number });
        let again = std::sync::Arc::clone(&again);
        async move { crate::desk::call(&again, "retrieve_linkage_key", request).await }
    };
    let error = ask("A12345", OKONKWO).await.unwrap_err();
    assert!(error.to_string().contains("range for tests"), "{error}");
    assert_eq!(ask("X2Y", "9434765919").await.unwrap()["outcome"], "odsNotFound");
    for (section, path) in [
        (json!({ "keyLength": 15 }), "linkage.keyLength"),
        (json!({ "minimumAgeYears": 121 }), "linkage.minimumAgeYears"),
        (json!({ "defaultSupplier": "x" }), "linkage.defaultSupplier"),
        (json!({ "suppliers": { "x": { "wire": "emis", "url": "https://h/" } } }), "linkage.suppliers.x.applicationId"),
        (json!({ "suppliers": { "x": { "wire": "tpp", "url": "https://h/" } } }), "linkage.suppliers.x.providerId"),
        (json!({ "suppliers": { "x": { "wire": "vision", "url": "http://h.example/" } } }), "linkage.suppliers.x.url"),
        (
            json!({ "suppliers": { "x": { "wire": "vision", "url": "https://h/", "headers": { "a b": "c" } } } }),
            "linkage.suppliers.x.headers",
        ),
    ] {
        let opened = open(&desk.place, &json!({ "linkage": section }), desk.clock.clone()).await;
        let error = opened.err().unwrap().to_json("open", "library");
        assert_eq!((&error["code"], &error["details"]["path"]), (&json!("INVALID_CONFIG"), &json!(path)), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_of_the_audit_trail_says_which_key_and_why() {
    let desk = Desk::new().await;
    let request = json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "surname": "O'Dempsey", "dateOfBirth": "1990-02-28",
        "traceId": "c-1", "user": "nhs-login" });
    for replayed in [false, true] {
        assert_eq!(desk.call("create_linkage_key", request.clone()).await.unwrap()["replayed"], replayed);
    }
    let asked = json!({ "nhsNumber": "999 012 3411", "system": "linkage", "withTraceId": "c-1" });
    let entries = desk.call("query_audit", asked).await.unwrap()["entries"].clone();
    let expected = |details: Value| {
        json!({ "operation": "create_linkage_key", "outcome": "ok", "status": 0, "user": "nhs-login",
        "profile": "A12345", "traceId": "c-1", "details": details })
    };
    for (at, details) in [
        json!({ "generation": 1, "number": 0, "odsCode": "A12345" }),
        json!({ "generation": 1, "number": 0, "odsCode": "A12345", "replayed": true }),
    ]
    .into_iter()
    .enumerate()
    {
        for (key, value) in expected(details).as_object().unwrap() {
            assert_eq!(&entries[at][key], value, "{key} of {}", entries[at]);
        }
    }
    assert_eq!(entries.as_array().unwrap().len(), 2);
    assert_eq!(desk.call("verify_audit", json!({})).await.unwrap()["outcome"], "intact");
    desk.place.drop_trigger("audit_is_append_only", "audit");
    desk.place.run("UPDATE audit SET details = NULL WHERE trace_id = 'c-1'").unwrap();
    assert_eq!(desk.call("verify_audit", json!({})).await.unwrap()["outcome"], "altered", "details are in the hash");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correlation_id_is_the_callers_own_and_is_forgotten_after_a_day() {
    let desk = Desk::new().await;
    let request = |user: &str| {
        json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "surname": "O'Dempsey",
        "dateOfBirth": "1990-02-28", "traceId": "c-1", "user": user })
    };
    let first = desk.call("create_linkage_key", request("one")).await.unwrap();
    assert_eq!(first["outcome"], "ok");
    assert_eq!(desk.call("create_linkage_key", request("two")).await.unwrap()["outcome"], "keyAlreadyExists");
    assert_eq!(desk.call("create_linkage_key", request("one")).await.unwrap()["linkageKey"], first["linkageKey"]);
    let revoke = json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "reason": "x" });
    done(&desk, "revoke_linkage_key", revoke).await;
    let error = desk.failure("create_linkage_key", request("one")).await;
    assert_eq!((&error["code"], &error["details"]["reason"]), (&json!("CONFLICT"), &json!("stale")));
    assert_eq!(desk.generations("9990123411"), 1, "a replay never makes a key");
    // A block is looked at before a key is given again.
    let second = json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "surname": "O'Dempsey", "dateOfBirth": "1990-02-28", "traceId": "c-2" });
    assert_eq!(desk.call("create_linkage_key", second.clone()).await.unwrap()["outcome"], "ok");
    let block = json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "blocked": true });
    done(&desk, "set_linkage_access", block).await;
    assert_eq!(desk.call("create_linkage_key", second).await.unwrap()["outcome"], "patientBlocked");
    done(&desk, "set_linkage_access", json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "blocked": false }))
        .await;
    desk.clock.advance(Duration::from_secs(24 * 3600 + 1));
    assert_eq!(desk.call("create_linkage_key", request("one")).await.unwrap()["outcome"], "keyAlreadyExists");
    assert_eq!(desk.correlations(), 2);
    desk.call("purge", json!({})).await.unwrap();
    assert_eq!(desk.correlations(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_opens_again_with_its_key_and_with_no_other() {
    let desk = Desk::new().await;
    let again = open(&desk.place, &json!({}), desk.clock.clone()).await.unwrap();
    let request = json!({ "odsCode": "A12345", "nhsNumber": OKONKWO });
    assert_eq!(crate::desk::call(&again, "retrieve_linkage_key", request).await.unwrap()["outcome"], "ok");
    let wrong = json!({ "vaultKey": VAULT_KEY.replace("AAEC", "BBEC") });
    assert_eq!(open(&desk.place, &wrong, desk.clock.clone()).await.err().unwrap().status().code(), "VAULT_KEY_WRONG");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_stands_in_the_file() {
    let desk = Desk::new().await;
    desk.create("A12345", "9990123411", "O'Dempsey", "1990-02-28").await;
    for secret in ["9990123403", "9990123411", "Okonkwo", "Dempsey", "1984-03-12", "K7CDX4RTMN9PQ3WHJV", "4071836250"] {
        assert!(!desk.place.holds(secret), "{secret} is in the store");
    }
}
