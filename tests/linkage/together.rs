//! Rotation while the interfaces serve.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::json;

use crate::desk::open;
use crate::door::{Door, read};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keys_are_rotated_while_callers_are_served_and_none_of_them_notices() {
    let door = Arc::new(Door::new().await);
    let (done, served) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let callers: Vec<_> = (0..6)
        .map(|_| {
            let (door, done, served) = (Arc::clone(&door), Arc::clone(&done), Arc::clone(&served));
            tokio::spawn(async move {
                while !done.load(Ordering::Acquire) {
                    let (status, _, body) = read(door.retrieve("A12345", "9990123403").send().await.unwrap()).await;
                    // The clock stands still, so the rate is soon used up; that is an answer too.
                    assert!(status == 429 || body["linkageKey"] == "K7CDX4RTMN9PQ3WHJV", "{body}");
                    served.fetch_add(1, Ordering::AcqRel);
                    door.desk.clock.advance(std::time::Duration::from_millis(50));
                }
            })
        })
        .collect();
    let mut key = String::new();
    for round in 1..=5_u8 {
        let before = served.load(Ordering::Acquire);
        use base64::Engine;
        key = base64::engine::general_purpose::STANDARD.encode([round; 32]);
        let rotated = door.desk.call("rotate_key", json!({ "newVaultKey": key, "user": "clerk" })).await.unwrap();
        assert_eq!((&rotated["unreadable"], rotated["resealed"].as_u64() > Some(20)), (&json!(1), true), "{rotated}");
        while served.load(Ordering::Acquire) < before + 12 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }
    done.store(true, Ordering::Release);
    for caller in callers {
        caller.await.unwrap();
    }
    let old = open(&door.desk.place, &json!({}), door.desk.clock.clone()).await;
    assert_eq!(old.err().unwrap().status().code(), "VAULT_KEY_WRONG");
    let again = open(&door.desk.place, &json!({ "vaultKey": key }), door.desk.clock.clone()).await.unwrap();
    let request = json!({ "odsCode": "A12345", "nhsNumber": "9990123403" });
    assert_eq!(crate::desk::call(&again, "retrieve_linkage_key", request).await.unwrap()["outcome"], "ok");
    assert_eq!(crate::desk::call(&again, "verify_audit", json!({})).await.unwrap()["outcome"], "intact");
}
