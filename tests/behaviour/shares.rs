//! Shares over time: restarts, several who wait, cancelling, refreshing.

use std::sync::Arc;
use std::time::Duration;

use learnerlink_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use crate::stand::{Disk, NORTHBRIDGE, ORLA, SOUTHMOOR, Stand, call, open, within};

const LIMIT: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_share_survives_a_restart_of_the_host_and_its_handle_is_sealed_on_disk() {
    let (disk, sandbox) = (Disk::new(), Sandbox::builder().virtual_clock(false).start().unwrap());
    let plugin = open(&sandbox, disk.config()).await.unwrap();
    let qr = call(&plugin, "generate_qr", json!({ "ukprn": NORTHBRIDGE })).await.unwrap();
    let id = qr["correlationId"].as_str().unwrap();
    assert!(disk.bytes().len() > 1000);
    for secret in [id, "s3c+ret", "openid-vc", "cid-a"] {
        assert!(!disk.holds(secret), "{secret} can be read from the store");
    }
    plugin.close();
    drop(plugin);
    sandbox.approve(id, learnerlink_sandbox::Approval::by(ORLA)).unwrap();
    let plugin = open(&sandbox, disk.config()).await.unwrap();
    let shares = call(&plugin, "list_shares", json!({ "ukprn": NORTHBRIDGE })).await.unwrap();
    assert_eq!(shares["shares"][0]["correlationId"], id);
    let done = within(LIMIT, call(&plugin, "poll_learner_data", json!({ "correlationId": id, "waitMs": 15_000 })))
        .await
        .unwrap();
    assert_eq!((&done["outcome"], &done["record"]["uln"]), (&json!("shared"), &json!(ORLA)));
    for personal in ["Orla", "Fennimore", ORLA] {
        assert!(!disk.holds(personal), "{personal} can be read from the store");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_who_wait_for_a_share_get_the_record_from_one_poll() {
    let stand = Arc::new(Stand::new().await);
    let id = stand.issued().await;
    stand.approve(&id);
    let waits: Vec<_> = (0..20)
        .map(|_| {
            let (stand, id) = (Arc::clone(&stand), id.clone());
            tokio::spawn(async move {
                stand.call("poll_learner_data", json!({ "correlationId": id, "waitMs": 15_000 })).await
            })
        })
        .collect();
    for wait in waits {
        assert_eq!(within(LIMIT, wait).await.unwrap().unwrap()["record"]["firstName"], "Orla");
    }
    assert_eq!(stand.sandbox.requests_to("learner-data").len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_step_before_its_time_asks_nobody() {
    let stand = Stand::new().await;
    let id = stand.issued().await;
    for _ in 0..3 {
        let step = stand.call("poll_learner_data", json!({ "correlationId": id })).await.unwrap();
        assert_eq!(step["outcome"], "pending");
        assert!((1..=3000).contains(&step["nextPollMs"].as_u64().unwrap()), "{step}");
    }
    assert!(stand.sandbox.requests_to("learner-data").is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_that_runs_out_leaves_the_share_open() {
    let stand = Stand::new().await;
    let id = stand.issued().await;
    let step =
        within(LIMIT, stand.call("poll_learner_data", json!({ "correlationId": id, "waitMs": 50 }))).await.unwrap();
    assert_eq!(step["outcome"], "pending");
    let shares = stand.call("list_shares", json!({ "state": "awaitingLearner" })).await.unwrap();
    assert_eq!(shares["shares"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shared_record_can_be_read_again_until_the_service_forgets_it() {
    let stand = Stand::new().await;
    let id = stand.issued().await;
    stand.approve(&id);
    let poll = json!({ "correlationId": id, "waitMs": 15_000 });
    assert_eq!(within(LIMIT, stand.call("poll_learner_data", poll.clone())).await.unwrap()["outcome"], "shared");
    assert_eq!(stand.call("poll_learner_data", poll.clone()).await.unwrap()["record"]["firstName"], "Orla");
    stand.fault(Fault::on("learner-data").status(408));
    assert_eq!(stand.call("poll_learner_data", poll).await.unwrap()["outcome"], "noLongerAvailable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_raw_record_is_the_services_own_text() {
    let stand = Stand::new().await;
    stand.sandbox.grant(ORLA, NORTHBRIDGE);
    let body = r#"{ "uln":5123456782, "odd":  [1.0, "Zo\u00eb"] }"#;
    stand.fault(Fault::on("learner-data").status(200).content_type("application/json").body(body));
    let request = json!({ "ukprn": NORTHBRIDGE, "uln": ORLA, "recordFormat": "raw" }).to_string();
    let answer = stand.plugin.call("fetch_learner_data", &request).await.unwrap();
    assert!(answer.json.contains(body), "{}", *answer.json);
    let parsed: Value = serde_json::from_str(&answer.json).unwrap();
    assert!(parsed.get("record").is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_ends_the_wait_and_a_second_cancel_says_so() {
    let stand = Arc::new(Stand::new().await);
    let id = stand.issued().await;
    let waiting = {
        let (stand, id) = (Arc::clone(&stand), id.clone());
        tokio::spawn(
            async move { stand.call("poll_learner_data", json!({ "correlationId": id, "waitMs": 60_000 })).await },
        )
    };
    let cancel = json!({ "correlationId": id });
    // Whether the wait has begun or not makes no difference to how it ends.
    assert_eq!(stand.call("cancel_share", cancel.clone()).await.unwrap()["outcome"], "cancelled");
    assert_eq!(within(LIMIT, waiting).await.unwrap().unwrap()["outcome"], "cancelled");
    let again = stand.call("cancel_share", cancel).await.unwrap();
    assert_eq!((&again["outcome"], &again["state"]), (&json!("alreadyEnded"), &json!("cancelled")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_learns_at_its_next_poll_what_another_process_made_of_the_share() {
    let (disk, sandbox) = (Disk::new(), Sandbox::builder().virtual_clock(false).start().unwrap());
    let (one, other) = (open(&sandbox, disk.config()).await.unwrap(), open(&sandbox, disk.config()).await.unwrap());
    for (ending, outcome) in [("cancel_share", "cancelled"), ("poll_learner_data", "shared")] {
        let qr = call(&one, "generate_qr", json!({ "ukprn": NORTHBRIDGE })).await.unwrap();
        let id = qr["correlationId"].clone();
        // The share's first poll is three seconds away for the one who waits and for the other alike.
        let waiting = {
            let (one, id) = (Arc::clone(&one), id.clone());
            tokio::spawn(async move {
                call(&one, "poll_learner_data", json!({ "correlationId": id, "waitMs": 60_000 })).await
            })
        };
        while one.stats()["vera"]["watchedShares"] == 0 {
            tokio::task::yield_now().await;
        }
        let mut request = json!({ "correlationId": id });
        if ending == "poll_learner_data" {
            sandbox.approve(id.as_str().unwrap(), learnerlink_sandbox::Approval::by(ORLA)).unwrap();
            request["waitMs"] = json!(15_000);
        }
        assert_eq!(within(LIMIT, call(&other, ending, request)).await.unwrap()["outcome"], outcome);
        let done = within(LIMIT, waiting).await.unwrap().unwrap();
        assert_eq!(done["outcome"], outcome);
        assert_eq!(done["record"]["uln"] == ORLA, outcome == "shared", "whoever waits gets the record");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_processes_that_wait_for_a_share_one_asks_the_service() {
    let (disk, sandbox) = (Disk::new(), Sandbox::builder().virtual_clock(false).start().unwrap());
    let (one, other) = (open(&sandbox, disk.config()).await.unwrap(), open(&sandbox, disk.config()).await.unwrap());
    let qr = call(&one, "generate_qr", json!({ "ukprn": NORTHBRIDGE })).await.unwrap();
    // Long enough for two polls of one process, and too short for three.
    let wait = json!({ "correlationId": qr["correlationId"], "waitMs": 7_000 });
    let (first, second) =
        tokio::join!(call(&one, "poll_learner_data", wait.clone()), call(&other, "poll_learner_data", wait.clone()));
    assert_eq!((&first.unwrap()["outcome"], &second.unwrap()["outcome"]), (&json!("pending"), &json!("pending")));
    let asked = sandbox.requests_to("learner-data").len();
    assert!((1..=2).contains(&asked), "the service was asked {asked} times");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_provider_can_neither_poll_nor_cancel_nor_list_a_share() {
    let stand = Stand::new().await;
    let id = stand.issued().await;
    for operation in ["poll_learner_data", "cancel_share"] {
        let error = stand.failure(operation, json!({ "ukprn": SOUTHMOOR, "correlationId": id })).await;
        assert_eq!(error["code"], "NOT_FOUND", "{operation}");
    }
    assert_eq!(stand.call("list_shares", json!({ "ukprn": SOUTHMOOR })).await.unwrap()["shares"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_request_to_the_same_phone_returns_the_open_one_unless_forced() {
    let stand = Stand::new().await;
    let learner = json!({ "ukprn": NORTHBRIDGE, "mobileNumber": "07700900123", "dateOfBirth": "2008-09-02" });
    let first = stand.call("request_share", learner.clone()).await.unwrap();
    let second = stand.call("request_share", learner.clone()).await.unwrap();
    assert_eq!(second["outcome"], "existing");
    assert_eq!((&first["correlationId"], &first["code"]), (&second["correlationId"], &second["code"]));
    let mut forced = learner.clone();
    forced["force"] = json!(true);
    let third = stand.call("request_share", forced).await.unwrap();
    assert_eq!(third["outcome"], "requested");
    assert_ne!(first["correlationId"], third["correlationId"]);
    let other = json!({ "ukprn": SOUTHMOOR, "mobileNumber": "07700900123", "dateOfBirth": "2008-09-02" });
    assert_eq!(stand.call("request_share", other).await.unwrap()["outcome"], "requested");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_requests_to_one_phone_at_once_send_one_notification() {
    let stand = Arc::new(Stand::new().await);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let stand = Arc::clone(&stand);
            let learner = json!({ "ukprn": NORTHBRIDGE, "mobileNumber": "07700900123", "dateOfBirth": "2008-09-02" });
            tokio::spawn(async move { stand.call("request_share", learner).await })
        })
        .collect();
    let mut requested = 0;
    for wait in calls {
        let answer = within(LIMIT, wait).await.unwrap().unwrap();
        requested += u32::from(answer["outcome"] == "requested");
        assert!(
            ["requested", "existing", "mayHaveBeenSent"].contains(&answer["outcome"].as_str().unwrap()),
            "{answer}"
        );
    }
    assert_eq!((requested, stand.sandbox.requests_to("learner/share-request").len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_waits_are_ended_by_closing_the_plugin() {
    let stand = Arc::new(Stand::with(json!({ "vera": { "requestsPerSecond": 1000 } })).await);
    let id = stand.issued().await;
    let waits: Vec<_> = (0..2000)
        .map(|_| {
            let (stand, id) = (Arc::clone(&stand), id.clone());
            tokio::spawn(async move {
                stand.call("poll_learner_data", json!({ "correlationId": id, "waitMs": 600_000 })).await
            })
        })
        .collect();
    while stand.plugin.stats()["vera"]["watchedShares"] == 0 {
        tokio::task::yield_now().await;
    }
    stand.plugin.close();
    for wait in waits {
        let error = within(LIMIT, wait).await.unwrap().unwrap_err();
        assert_eq!(error.status().code(), "CLOSED");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_waits_take_no_more_threads_than_a_store_has_readers() {
    let disk = Disk::new();
    let stand = Arc::new(Stand::with(disk.config()).await);
    let id = stand.issued().await;
    let threads = || std::fs::read_dir("/proc/self/task").unwrap().count();
    let before = threads();
    let waits: Vec<_> = (0..1000)
        .map(|_| {
            let (stand, id) = (Arc::clone(&stand), id.clone());
            tokio::spawn(
                async move { stand.call("poll_learner_data", json!({ "correlationId": id, "waitMs": 1 })).await },
            )
        })
        .collect();
    let mut most = 0;
    for wait in waits {
        assert_eq!(within(LIMIT, wait).await.unwrap().unwrap()["outcome"], "pending");
        most = most.max(threads());
    }
    // Other tests of this program come and go; what grew with the callers went into the hundreds.
    assert!(most < before + 100, "{before} threads became {most}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correlation_id_that_was_given_before_is_told_as_what_it_is() {
    let stand = Stand::new().await;
    let request = json!({ "ukprn": NORTHBRIDGE });
    stand.call("generate_qr", request.clone()).await.unwrap();
    // It begins anew, with the same ids.
    stand.sandbox.reset();
    let error = stand.call("generate_qr", request).await.unwrap_err();
    assert_eq!(error.status().code(), "CONFLICT", "{error}");
}
