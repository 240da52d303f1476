//! Proves that creating a linkage key happens once, whoever asks how often and at the same time.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod linkage;

use std::time::Duration;

use learnerlink_sandbox::{DropPoint, Fault, LinkageBlockReason};
use linkage::*;

const DEMPSEY: [&str; 4] = [OPEN, P2, "O'Dempsey", "1990-02-28"];
const HOUR: Duration = Duration::from_secs(3600);

/// A supplier whose tokens outlast what is waited for.
async fn long_lived(sandbox: &learnerlink_sandbox::Sandbox) -> Native {
    sandbox.configure(|settings| settings.token_life_seconds = 30 * 86_400);
    Native::sign_in(sandbox).await
}

#[test]
fn of_sixteen_threads_that_create_for_one_patient_one_wins() {
    let sandbox = sandbox();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let native = runtime.block_on(Native::sign_in(&sandbox));
    let barrier = std::sync::Barrier::new(16);
    let mut outcomes: Vec<(u16, String)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|index| {
                let (native, barrier, runtime) = (&native, &barrier, &runtime);
                scope.spawn(move || {
                    barrier.wait();
                    let person = [OPEN, P7, "vandermeulen", "1979-06-30"];
                    let answer = runtime.block_on(native.create(&format!("thread-{index}"), person));
                    (answer.status, answer.text("linkageKey").to_owned())
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    outcomes.sort();
    let (status, key) = outcomes.remove(0);
    assert!(status == 201 && is_key(&key), "{status} {key}");
    assert_eq!(outcomes, vec![(409, String::new()); 15]);
    assert_eq!(runtime.block_on(native.retrieve(OPEN, P7)).text("linkageKey"), key);
    assert_eq!(sandbox.linkage_patient(OPEN, P7).unwrap().generations, 1);
}

#[tokio::test]
async fn the_same_correlation_id_gets_the_same_answer_and_no_second_key() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let first = native.create("c-1", DEMPSEY).await;
    assert_eq!((first.status, first.header("idempotent-replay")), (201, None));
    for person in [DEMPSEY, ["a12345", "999 012 3411", "odempsey", "1990-02-28T00:00:00"]] {
        let again = native.create("c-1", person).await;
        assert_eq!((again.status, again.header("idempotent-replay")), (201, Some("true")));
        assert_eq!(again.json, first.json);
    }
    assert_eq!(native.create("c-2", DEMPSEY).await.outcome(), (409, "KEY_ALREADY_EXISTS"));
    assert_eq!(sandbox.linkage_patient(OPEN, P2).unwrap().generations, 1);
}

#[tokio::test]
async fn an_answer_that_was_lost_can_be_asked_for_again() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    sandbox.fault(Fault::on("linkage/native/create").drop(DropPoint::BeforeResponse).after_effect());
    let lost = native.post("create", ("CorrelationID", "c-1"), &request(DEMPSEY)).send().await;
    assert!(lost.is_err());
    let again = native.create("c-1", DEMPSEY).await;
    assert_eq!((again.status, again.header("idempotent-replay")), (201, Some("true")));
    assert_eq!(sandbox.linkage_patient(OPEN, P2).unwrap().generations, 1);
}

#[tokio::test]
async fn the_same_correlation_id_for_other_content_is_a_conflict() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    native.create("c-1", DEMPSEY).await;
    for person in [
        [OPEN, P2, "O'Dempsey", "1990-02-27"],
        [OPEN, P2, "Dempsey", "1990-02-28"],
        [OPEN, P7, "Van der Meulen", "1979-06-30"],
        [OTHER, P2, "O'Dempsey", "1990-02-28"],
    ] {
        let answer = native.create("c-1", person).await;
        assert_eq!(answer.outcome(), (422, "CORRELATION_CONFLICT"), "{person:?}");
        assert_eq!((answer.text("reason"), answer.text("category")), ("content", "generic"));
    }
}

#[tokio::test]
async fn a_key_that_is_no_longer_in_force_is_not_given_again() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    native.create("c-1", DEMPSEY).await;
    sandbox.revoke_linkage_key(OPEN, P2);
    let answer = native.create("c-1", DEMPSEY).await;
    assert_eq!((answer.outcome(), answer.text("reason")), ((422, "CORRELATION_CONFLICT"), "stale"));
    assert_eq!(native.create("c-2", DEMPSEY).await.status, 201);
    assert_eq!(native.create("c-1", DEMPSEY).await.text("reason"), "stale");
    assert_eq!(sandbox.linkage_patient(OPEN, P2).unwrap().generations, 2);
}

#[tokio::test]
async fn a_block_since_then_stands_before_what_would_be_repeated() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    native.create("c-1", DEMPSEY).await;
    sandbox.block_linkage_patient(OPEN, P2, LinkageBlockReason::AccountDisabled, "");
    assert_eq!(native.create("c-1", DEMPSEY).await.outcome(), (403, "PATIENT_BLOCKED"));
    sandbox.unblock_linkage_patient(OPEN, P2);
    sandbox.block_linkage_organisation(OPEN, true);
    assert_eq!(native.create("c-1", DEMPSEY).await.outcome(), (403, "ODS_BLOCKED"));
    sandbox.block_linkage_organisation(OPEN, false);
    assert_eq!(native.create("c-1", DEMPSEY).await.status, 201);
}

#[tokio::test]
async fn a_correlation_id_is_the_callers_own_and_is_kept_for_a_day() {
    let sandbox = sandbox();
    let native = long_lived(&sandbox).await;
    native.create("c-1", DEMPSEY).await;
    let url = format!("{}/linkage/header/patient/linkage", sandbox.url());
    let body =
        serde_json::json!({ "OdsCode": OPEN, "NhsNumber": P2, "Surname": "O'Dempsey", "DateOfBirth": "1990-02-28" });
    assert_eq!(told(native.http.post(url).header("CorrelationID", "c-1").json(&body)).await.status, 409);
    sandbox.advance(24 * HOUR - Duration::from_secs(1));
    assert_eq!(native.create("c-1", DEMPSEY).await.status, 201);
    sandbox.advance(Duration::from_secs(1));
    assert_eq!(native.create("c-1", DEMPSEY).await.status, 409);
}

#[tokio::test]
async fn only_a_success_is_kept_for_a_correlation_id() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    assert_eq!(native.create("c-1", [OPEN, P2, "Dempsey", "1990-02-28"]).await.status, 404);
    assert_eq!(native.create("c-1", DEMPSEY).await.status, 201);
}

#[tokio::test]
async fn after_five_wrong_guesses_about_a_patient_an_hour_must_pass() {
    let sandbox = sandbox();
    let native = long_lived(&sandbox).await;
    for number in [P2, NOBODY] {
        let wrong = [OPEN, number, "Dempsey", "1990-02-28"];
        for guess in 0..5 {
            assert_eq!(native.create(&format!("g-{guess}"), wrong).await.status, 404);
        }
        let limited = native.create("g-5", wrong).await;
        assert_eq!((limited.outcome(), limited.text("category")), ((429, "RATE_LIMITED"), "generic"));
        assert_eq!(limited.header("retry-after"), Some("3600"));
    }
    assert_eq!(native.create("right", DEMPSEY).await.status, 429, "even the right answer is not heard");
    assert_eq!(native.create("other", [OPEN, P7, "Van der Meulen", "1979-06-30"]).await.status, 201);
    assert_eq!(native.retrieve(OPEN, P2).await.status, 404, "retrieving is not limited");
    sandbox.advance(HOUR - Duration::from_secs(1));
    assert_eq!(native.create("right", DEMPSEY).await.header("retry-after"), Some("1"));
    sandbox.advance(Duration::from_secs(1));
    assert_eq!(native.create("right", DEMPSEY).await.status, 201);
}

#[tokio::test]
async fn a_success_forgets_wrong_guesses_and_an_invalid_request_is_none() {
    let sandbox = sandbox();
    let native = Native::sign_in(&sandbox).await;
    let wrong = [OPEN, P2, "Dempsey", "1990-02-28"];
    for guess in 0..4 {
        assert_eq!(native.create(&format!("g-{guess}"), wrong).await.status, 404);
        assert_eq!(native.create(&format!("i-{guess}"), [OPEN, P2, "", "1990-02-28"]).await.status, 400);
    }
    assert_eq!(native.create("right", DEMPSEY).await.status, 201);
    for guess in 4..9 {
        assert_eq!(native.create(&format!("g-{guess}"), wrong).await.status, 404);
    }
    assert_eq!(native.create("g-9", wrong).await.status, 429);
    assert_eq!(native.create("right", DEMPSEY).await.status, 201, "what was made stands before the limit");
}

#[tokio::test]
async fn the_same_seed_makes_the_same_keys() {
    let mut made = Vec::new();
    for seed in [7, 7, 8] {
        let sandbox = learnerlink_sandbox::Sandbox::builder().seed(seed).start().unwrap();
        let native = Native::sign_in(&sandbox).await;
        made.push(native.create("c-1", DEMPSEY).await.text("linkageKey").to_owned());
        sandbox.reset();
        let native = Native::sign_in(&sandbox).await;
        assert_eq!(native.create("c-1", DEMPSEY).await.text("linkageKey"), made[made.len() - 1]);
    }
    assert!(made[0] == made[1] && made[1] != made[2], "{made:?}");
}
