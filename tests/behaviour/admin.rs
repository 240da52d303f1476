//! Profiles, audit trail, retention and keys.

use serde_json::{Value, json};

use crate::stand::{Disk, KEY, NORTHBRIDGE, ORLA, Stand, call, open};

fn profile(client_id: &str) -> Value {
    json!({ "displayName": "Zoë Ó Súilleabháin College 🎓", "vera": { "clientId": client_id, "clientSecret": "sëcret" } })
}

fn with(mut request: Value, key: &str, value: &str) -> Value {
    request[key] = json!(value);
    request
}

#[tokio::test]
async fn a_profile_is_stored_listed_without_secrets_and_removed() {
    let stand = Stand::new().await;
    let put = with(profile("cid-z"), "ukprn", "10099903");
    assert_eq!(stand.call("put_profile", put).await.unwrap()["profile"], "10099903");
    let listed = stand.call("list_profiles", json!({})).await.unwrap();
    let found = listed["profiles"].as_array().unwrap().iter().find(|found| found["profile"] == "10099903").unwrap();
    assert_eq!((&found["displayName"], &found["systems"]), (&json!("Zoë Ó Súilleabháin College 🎓"), &json!(["vera"])));
    assert!(!listed.to_string().contains("cret") && !listed.to_string().contains("cid-z"));
    stand.call("remove_profile", json!({ "ukprn": "10099903" })).await.unwrap();
    let error = stand.failure("remove_profile", json!({ "ukprn": "10099903" })).await;
    assert_eq!(error["code"], "NOT_FOUND");
    let error = stand.failure("generate_qr", json!({ "ukprn": "10099903" })).await;
    assert_eq!(error["code"], "NO_CREDENTIAL");
}

#[tokio::test]
async fn a_client_id_belongs_to_one_provider_whatever_its_case() {
    let stand = Stand::new().await;
    let error = stand.failure("put_profile", with(profile("CID-A"), "ukprn", "10099903")).await;
    assert_eq!(error["code"], "DUPLICATE_CLIENT_ID");
    assert!(!error.to_string().to_lowercase().contains("cid-a"), "{error}");
    let listed = stand.call("list_profiles", json!({})).await.unwrap();
    assert_eq!(listed["profiles"].as_array().unwrap().len(), 2, "nothing was stored of the refused profile");
    // Its own provider may store it again, and a removed one frees it.
    stand.call("put_profile", with(profile("cid-a"), "ukprn", NORTHBRIDGE)).await.unwrap();
    stand.call("remove_profile", json!({ "ukprn": NORTHBRIDGE })).await.unwrap();
    stand.call("put_profile", with(profile("cid-a"), "ukprn", "10099903")).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_a_profile_is_named() {
    let stand = Stand::new().await;
    for (request, code, field) in [
        (json!({ "displayName": "x" }), "INVALID_INPUT", json!("ukprn")),
        (json!({ "ukprn": "123", "displayName": "x" }), "INVALID_INPUT", json!("ukprn")),
        (json!({ "ukprn": NORTHBRIDGE, "profile": "x", "displayName": "x" }), "INVALID_INPUT", json!("profile")),
        (json!({ "ukprn": "10099903", "displayName": " " }), "INVALID_INPUT", json!("displayName")),
        (json!({ "ukprn": "10099903" }), "INVALID_INPUT", json!("displayName")),
        (
            json!({ "ukprn": "10099903", "displayName": "x", "vera": { "clientId": "", "clientSecret": "y" } }),
            "INVALID_INPUT",
            json!("vera.clientId"),
        ),
        (
            json!({ "ukprn": "10099903", "displayName": "x", "vera": { "clientId": "c", "clientSecret": "y", "baseUrl": "http://h/" } }),
            "INVALID_INPUT",
            json!("vera.baseUrl"),
        ),
        (
            json!({ "ukprn": "10099903", "displayName": "x", "vera": { "clientId": "c", "clientSecret": "y", "secret": 1 } }),
            "UNKNOWN_KEY",
            Value::Null,
        ),
    ] {
        let error = stand.failure("put_profile", request.clone()).await;
        assert_eq!((&error["code"], &error["details"]["field"]), (&json!(code), &field), "{request}: {error}");
    }
}

#[tokio::test]
async fn every_outcome_is_entered_in_the_audit_trail_with_who_and_whom() {
    let stand = Stand::new().await;
    let fetch = json!({ "ukprn": NORTHBRIDGE, "uln": ORLA, "user": "zoë", "traceId": "t-1" });
    stand.call("fetch_learner_data", fetch).await.unwrap();
    stand.failure("generate_qr", json!({ "ukprn": "10099909", "user": "sam" })).await;
    let audit = stand.call("query_audit", json!({ "system": "vera" })).await.unwrap();
    let entries = audit["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2, "{audit}");
    let first = &entries[0];
    assert_eq!(
        (
            &first["operation"],
            &first["user"],
            &first["profile"],
            &first["outcome"],
            &first["status"],
            &first["traceId"]
        ),
        (
            &json!("fetch_learner_data"),
            &json!("zoë"),
            &json!(NORTHBRIDGE),
            &json!("notShared"),
            &json!(0),
            &json!("t-1")
        )
    );
    assert_eq!((&entries[1]["outcome"], &entries[1]["status"]), (&json!("NO_CREDENTIAL"), &json!(205)));
    assert!(!audit.to_string().contains(ORLA));
    let about = stand.call("query_audit", json!({ "uln": ORLA })).await.unwrap();
    assert_eq!(about["entries"].as_array().unwrap().len(), 1);
    let verified = stand.call("verify_audit", json!({})).await.unwrap();
    assert_eq!(verified["outcome"], "intact");
}

#[tokio::test]
async fn the_audit_trail_is_paged() {
    let stand = Stand::new().await;
    for _ in 0..5 {
        stand.call("list_shares", json!({})).await.unwrap();
    }
    let page = |after: u64| json!({ "operation": "list_shares", "limit": 2, "afterSeq": after });
    let (mut after, mut sizes) = (0, Vec::new());
    loop {
        let answer = stand.call("query_audit", page(after)).await.unwrap();
        let entries = answer["entries"].as_array().unwrap();
        sizes.push(entries.len());
        after = entries.last().unwrap()["seq"].as_u64().unwrap();
        if answer["more"] == false {
            break;
        }
    }
    assert_eq!(sizes, [2, 2, 1]);
}

#[tokio::test]
async fn purge_removes_what_is_older_than_its_retention_and_the_trail_still_verifies() {
    let stand = Stand::new().await;
    stand.issued().await;
    let kept = stand.call("purge", json!({ "auditDays": 1 })).await.unwrap();
    assert_eq!((&kept["shares"], &kept["auditEntries"]), (&json!(0), &json!(0)));
    let gone = stand.call("purge", json!({ "auditDays": 0, "shareDays": 0 })).await.unwrap();
    assert_eq!((&gone["shares"], &gone["auditEntries"]), (&json!(1), &json!(2)));
    assert_eq!(stand.call("verify_audit", json!({})).await.unwrap()["outcome"], "intact");
    let trail = stand.call("query_audit", json!({})).await.unwrap();
    assert_eq!(trail["entries"][0]["operation"], "purge", "a purge is itself entered");
}

#[tokio::test]
async fn after_a_rotation_the_old_vault_key_opens_nothing_and_the_new_one_everything() {
    let disk = Disk::new();
    let stand = Stand::with(disk.config()).await;
    let id = stand.issued().await;
    let new_key = "IB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE=";
    let rotated = stand.call("rotate_key", json!({ "newVaultKey": new_key })).await.unwrap();
    assert_eq!(rotated["resealed"], 10, "nine credentials and a share");
    // It goes on working without being opened again.
    assert_eq!(stand.call("list_shares", json!({})).await.unwrap()["shares"][0]["correlationId"], id);
    stand.issued().await;
    stand.plugin.close();
    let old = open(&stand.sandbox, disk.config()).await;
    assert_eq!(old.err().unwrap().status().code(), "VAULT_KEY_WRONG");
    let plugin = open(&stand.sandbox, json!({ "store": disk.address(), "vaultKey": new_key })).await.unwrap();
    let shares = call(&plugin, "list_shares", json!({})).await.unwrap();
    assert_eq!(shares["shares"][1]["correlationId"], id);
    assert_eq!(call(&plugin, "verify_audit", json!({})).await.unwrap()["outcome"], "intact");
    for (request, problem) in [
        (json!({ "newVaultKey": "short" }), "newVaultKey"),
        (json!({ "newVaultKey": KEY, "newVaultKeyFile": "x" }), "newVaultKeyFile"),
        (json!({ "newVaultKeyFile": "/nonexistent" }), "newVaultKeyFile"),
    ] {
        let error = call(&plugin, "rotate_key", request).await.unwrap_err().to_json("", "");
        assert_eq!(error["details"]["field"], problem, "{error}");
    }
}

#[tokio::test]
async fn a_sealed_credential_moved_to_another_row_does_not_open() {
    let disk = Disk::new();
    let stand = Stand::with(disk.config()).await;
    let moved = "UPDATE credentials SET sealed = (SELECT sealed FROM credentials WHERE profile = '10099902' AND system = 'vera')
                 WHERE profile = '10099901'";
    disk.run(moved).unwrap();
    let error = stand.failure("generate_qr", json!({ "ukprn": NORTHBRIDGE })).await;
    assert_eq!(error["code"], "SEAL_BROKEN");
    assert!(stand.sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_store_on_disk_needs_a_vault_key_and_its_own() {
    let disk = Disk::new();
    let stand = Stand::with(disk.config()).await;
    let missing = open(&stand.sandbox, json!({ "store": disk.address() })).await.err().unwrap();
    assert_eq!(missing.status().code(), "VAULT_KEY_MISSING");
    let wrong = json!({ "store": disk.address(), "vaultKey": "IB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE=" });
    assert_eq!(open(&stand.sandbox, wrong).await.err().unwrap().status().code(), "VAULT_KEY_WRONG");
}
