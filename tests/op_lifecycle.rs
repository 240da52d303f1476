//! An operation that was started ends once, whatever happens, and is delivered exactly once.

#![cfg(unix)]
// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

#[path = "support/abi.rs"]
mod abi;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use abi::*;
use learnerlink_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

/// A sandbox whose QR codes never come, and a plugin that talks to it.
struct Stage {
    sandbox: Sandbox,
    plugin: u64,
    // Some tests shut the whole process down, so all take turns.
    _turn: MutexGuard<'static, ()>,
}

fn stage() -> Stage {
    static ONE: Mutex<()> = Mutex::new(());
    let turn = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let sandbox = Sandbox::start();
    let plugin = open(&json!({ "sandbox": sandbox.url() })).unwrap();
    Stage { sandbox, plugin, _turn: turn }
}

impl Stage {
    /// Starts an operation that waits for an answer that does not come.
    fn hung(&self) -> u64 {
        self.sandbox.fault(Fault::on("generate-qr-code").latency(Duration::from_secs(600)));
        let asked = self.sandbox.requests_to("generate-qr-code").len();
        let op = start(self.plugin, "generate_qr", &request()).unwrap();
        assert!(self.sandbox.wait_for(PATIENCE, |all| asked_for_qr(all) > asked), "the request goes out");
        op
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = close(self.plugin);
    }
}

fn asked_for_qr(all: &[learnerlink_sandbox::RecordedRequest]) -> usize {
    all.iter().filter(|request| request.endpoint == "generate-qr-code").count()
}

fn request() -> Value {
    json!({ "ukprn": "10099901" })
}

fn status<T: std::fmt::Debug>(answer: Answer<T>) -> i32 {
    answer.unwrap_err().status
}

#[test]
fn an_operation_runs_ends_once_and_stays_as_it_ended() {
    let stage = stage();
    let op = stage.hung();
    assert_eq!((poll(op).unwrap(), wait(op, 0).unwrap()), (RUNNING, RUNNING));
    let failure = result(op).unwrap_err();
    assert_eq!(failure.status, NOT_READY);
    assert_eq!(failure.error.unwrap()["retriable"], true);
    assert_eq!(cancel(op), OK);
    assert_eq!(wait(op, FOREVER).unwrap(), STOPPED);
    for _ in 0..2 {
        let failure = result(op).unwrap_err();
        assert_eq!(failure.status, CANCELLED);
        let error = failure.error.unwrap();
        assert_eq!((&error["operation"], &error["system"]), (&json!("generate_qr"), &json!("vera")));
        assert_eq!((poll(op).unwrap(), cancel(op)), (STOPPED, OK));
    }
    close(op).unwrap();
}

#[test]
fn a_result_can_be_read_again_and_again() {
    let stage = stage();
    let op = start(stage.plugin, "generate_qr", &request()).unwrap();
    assert_eq!(wait(op, FOREVER).unwrap(), DONE);
    let first = result(op).unwrap();
    assert_eq!(first["outcome"], "issued");
    assert_eq!(cancel(op), OK, "too late to matter");
    close(stage.plugin).unwrap();
    assert_eq!((result(op).unwrap(), poll(op).unwrap()), (first, DONE));
    close(op).unwrap();
}

#[test]
fn an_operation_that_fails_gives_its_error_as_often_as_asked() {
    let stage = stage();
    let op = start(stage.plugin, "generate_qr", &json!({ "ukprn": "10000000" })).unwrap();
    assert_eq!(wait(op, FOREVER).unwrap(), FAILED);
    let first = result(op).unwrap_err();
    assert_eq!(first.status, 205);
    assert_eq!(result(op).unwrap_err().error, first.error);
    close(op).unwrap();
}

#[test]
fn a_wait_ends_with_its_time_and_the_operation_goes_on() {
    let stage = stage();
    let (op, queue) = (stage.hung(), queue());
    let begun = Instant::now();
    assert_eq!(wait(op, 30).unwrap(), RUNNING);
    assert_eq!(next(queue, 30), Err(TIMED_OUT));
    assert_eq!(next(queue, 0), Err(TIMED_OUT));
    assert!(begun.elapsed() >= Duration::from_millis(60));
    assert_eq!(poll(op).unwrap(), RUNNING);
    for handle in [op, queue] {
        close(handle).unwrap();
    }
}

#[test]
fn cancelling_reaches_the_socket() {
    let stage = stage();
    let op = stage.hung();
    assert_eq!(cancel(op), OK);
    assert_eq!(wait(op, PATIENCE_MS).unwrap(), STOPPED);
    let gone = |all: &[learnerlink_sandbox::RecordedRequest]| all.iter().any(|request| request.abandoned);
    assert!(stage.sandbox.wait_for(PATIENCE, gone), "the connection is closed");
    close(op).unwrap();
}

#[test]
fn closing_a_running_operation_cancels_it() {
    let stage = stage();
    let (op, queue) = (stage.hung(), queue());
    enqueue(op, queue, 5).unwrap();
    close(op).unwrap();
    assert_eq!(next(queue, PATIENCE_MS), Ok((5, STOPPED)));
    assert!(stage.sandbox.wait_for(PATIENCE, |all| all.iter().any(|request| request.abandoned)));
    assert_eq!(poll(op).unwrap_err().status, INVALID_HANDLE);
    close(queue).unwrap();
}

#[test]
fn every_end_is_delivered_exactly_once() {
    let stage = stage();
    let queue = queue();
    let finished = start(stage.plugin, "health", &json!({})).unwrap();
    assert_eq!(wait(finished, FOREVER).unwrap(), DONE);
    enqueue(finished, queue, 1).unwrap();
    assert_eq!(next(queue, 0), Ok((1, DONE)), "at once when it has ended before");
    let failed = start(stage.plugin, "generate_qr", &json!({ "ukprn": "10000000" })).unwrap();
    enqueue(failed, queue, 2).unwrap();
    assert_eq!(next(queue, PATIENCE_MS), Ok((2, FAILED)));
    let cancelled = stage.hung();
    enqueue(cancelled, queue, u64::MAX).unwrap();
    assert_eq!(next(queue, 0), Err(TIMED_OUT));
    cancel(cancelled);
    cancel(cancelled);
    assert_eq!(next(queue, PATIENCE_MS), Ok((u64::MAX, STOPPED)));
    for op in [finished, failed, cancelled] {
        assert_eq!(status(enqueue(op, queue, 3)), ALREADY_ENQUEUED);
        close(op).unwrap();
    }
    let orphaned = stage.hung();
    enqueue(orphaned, queue, 4).unwrap();
    close(stage.plugin).unwrap();
    assert_eq!(next(queue, PATIENCE_MS), Ok((4, STOPPED)), "its plugin was closed");
    assert_eq!(status(result(orphaned)), CLOSED);
    assert_eq!(next(queue, 0), Err(TIMED_OUT), "nothing comes twice");
    for handle in [orphaned, queue] {
        close(handle).unwrap();
    }
}

#[test]
fn an_operation_is_given_to_one_queue_once() {
    let stage = stage();
    let (op, one, other) = (stage.hung(), queue(), queue());
    enqueue(op, one, 1).unwrap();
    let failure = enqueue(op, other, 2).unwrap_err();
    assert_eq!((failure.status, &failure.error.unwrap()["code"]), (ALREADY_ENQUEUED, &json!("ALREADY_ENQUEUED")));
    cancel(op);
    assert_eq!(next(one, PATIENCE_MS), Ok((1, STOPPED)));
    assert_eq!(next(other, 0), Err(TIMED_OUT));
    for handle in [op, one, other] {
        close(handle).unwrap();
    }
}

#[test]
fn shutdown_delivers_what_it_cancels_before_it_closes_the_queues() {
    let stage = stage();
    let (one, other, queue) = (stage.hung(), stage.hung(), queue());
    enqueue(one, queue, 1).unwrap();
    enqueue(other, queue, 2).unwrap();
    shutdown(PATIENCE_MS).unwrap();
    let mut ends = [next(queue, PATIENCE_MS).unwrap(), next(queue, PATIENCE_MS).unwrap()];
    ends.sort_unstable();
    assert_eq!(ends, [(1, STOPPED), (2, STOPPED)]);
    assert_eq!(next(queue, FOREVER), Err(CLOSED));
    assert_eq!((poll(one).unwrap(), status(result(one))), (STOPPED, CLOSED));
    for handle in [one, other, queue] {
        close(handle).unwrap();
    }
}

#[test]
fn shutdown_wakes_all_who_wait_and_delivers_to_each_what_is_its() {
    let stage = stage();
    let (op, queue) = (stage.hung(), queue());
    enqueue(op, queue, 9).unwrap();
    std::thread::scope(|scope| {
        let waiter = scope.spawn(|| wait(op, FOREVER).unwrap());
        let takers: Vec<_> = (0..4).map(|_| scope.spawn(|| next(queue, FOREVER))).collect();
        let caller = scope.spawn(|| {
            stage.sandbox.fault(Fault::on("generate-qr-code").latency(Duration::from_secs(600)));
            call(stage.plugin, "generate_qr", &request()).unwrap_err().status
        });
        assert!(stage.sandbox.wait_for(PATIENCE, |all| asked_for_qr(all) == 2));
        shutdown(PATIENCE_MS).unwrap();
        assert_eq!(waiter.join().unwrap(), STOPPED);
        assert_eq!(caller.join().unwrap(), CLOSED, "a blocking call ends too");
        let mut taken: Vec<_> = takers.into_iter().map(|taker| taker.join().unwrap()).collect();
        taken.sort_unstable();
        assert_eq!(taken, [Ok((9, STOPPED)), Err(CLOSED), Err(CLOSED), Err(CLOSED)]);
    });
    for handle in [op, queue] {
        close(handle).unwrap();
    }
}

#[test]
fn closing_a_queue_wakes_its_waiters_and_harms_no_operation() {
    let stage = stage();
    let (op, queue) = (stage.hung(), queue());
    enqueue(op, queue, 1).unwrap();
    let begun = std::sync::Barrier::new(9);
    std::thread::scope(|scope| {
        let waiters: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    begun.wait();
                    next(queue, FOREVER)
                })
            })
            .collect();
        begun.wait();
        close(queue).unwrap();
        for waiter in waiters {
            // Whoever came a moment too late finds the handle closed.
            assert!(matches!(waiter.join().unwrap(), Err(CLOSED | INVALID_HANDLE)));
        }
    });
    assert_eq!(poll(op).unwrap(), RUNNING);
    cancel(op);
    assert_eq!(wait(op, PATIENCE_MS).unwrap(), STOPPED);
    close(op).unwrap();
}

#[test]
fn ten_thousand_operations_on_one_queue_with_many_waiters_come_once_each() {
    const COUNT: u64 = 10_000;
    let stage = stage();
    let queue = queue();
    let seen: Mutex<BTreeMap<u64, i32>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                while let Ok((tag, state)) = next(queue, PATIENCE_MS) {
                    let mut seen = seen.lock().unwrap();
                    assert_eq!(seen.insert(tag, state), None, "{tag} came twice");
                    if seen.len() as u64 == COUNT {
                        close(queue).unwrap();
                    }
                }
            });
        }
        let ops: Vec<u64> = (0..COUNT)
            .map(|tag| {
                let op = start(stage.plugin, "health", &json!({})).unwrap();
                // Some are given to the queue while they run, some have ended before, some are cancelled.
                if tag % 3 == 0 {
                    wait(op, FOREVER).unwrap();
                }
                enqueue(op, queue, tag).unwrap();
                if tag % 5 == 0 {
                    cancel(op);
                }
                op
            })
            .collect();
        for op in ops {
            close(op).unwrap();
        }
    });
    let seen = seen.into_inner().unwrap();
    assert_eq!(seen.len() as u64, COUNT);
    assert!(seen.values().all(|state| [DONE, STOPPED].contains(state)));
    assert!(seen.iter().filter(|(tag, _)| *tag % 3 == 0).all(|(_, state)| *state == DONE));
}

#[test]
fn many_threads_wait_for_one_operation() {
    let stage = stage();
    let op = stage.hung();
    std::thread::scope(|scope| {
        let waiters: Vec<_> = (0..16).map(|_| scope.spawn(|| wait(op, FOREVER).unwrap())).collect();
        cancel(op);
        assert!(waiters.into_iter().all(|waiter| waiter.join().unwrap() == STOPPED));
    });
    close(op).unwrap();
}

#[test]
fn progress_tells_how_far_a_wait_for_a_learner_has_come() {
    let stage = stage();
    let issued = call(stage.plugin, "generate_qr", &request()).unwrap();
    let id = issued["correlationId"].as_str().unwrap();
    let op = start(stage.plugin, "poll_learner_data", &json!({ "correlationId": id, "waitMs": 60_000 })).unwrap();
    assert!(stage.sandbox.wait_for(PATIENCE, |all| {
        all.iter().any(|request| request.endpoint == "learner-data" && request.status.is_some())
    }));
    let begun = Instant::now();
    let seen = loop {
        let seen = progress(op).unwrap();
        if seen["polls"] != 0 && !seen["polls"].is_null() {
            break seen;
        }
        assert!(begun.elapsed() < PATIENCE, "{seen}");
        std::thread::yield_now();
    };
    assert_eq!((&seen["operation"], &seen["state"]), (&json!("poll_learner_data"), &json!("running")));
    assert!(seen["elapsedMs"].is_u64() && seen["nextPollMs"].is_u64(), "{seen}");
    cancel(op);
    assert_eq!(wait(op, PATIENCE_MS).unwrap(), STOPPED);
    let ended = progress(op).unwrap();
    assert_eq!(ended["state"], "cancelled");
    assert!(ended.get("elapsedMs").is_none() && ended["polls"].is_u64(), "{ended}");
    close(op).unwrap();
}

#[test]
fn a_deadline_ends_an_operation_as_failed() {
    let stage = stage();
    stage.sandbox.fault(Fault::on("generate-qr-code").latency(Duration::from_secs(600)).forever());
    let op = start(stage.plugin, "generate_qr", &json!({ "ukprn": "10099901", "timeoutMs": 150 })).unwrap();
    assert_eq!(wait(op, PATIENCE_MS).unwrap(), FAILED);
    let failure = result(op).unwrap_err();
    assert_eq!(failure.status, 401);
    assert_eq!(failure.error.unwrap()["retriable"], true);
    close(op).unwrap();
}

#[test]
fn a_blocking_call_ends_when_its_plugin_is_closed_by_another_thread() {
    let stage = stage();
    stage.sandbox.fault(Fault::on("generate-qr-code").latency(Duration::from_secs(600)));
    std::thread::scope(|scope| {
        let caller = scope.spawn(|| call(stage.plugin, "generate_qr", &request()).unwrap_err().status);
        assert!(stage.sandbox.wait_for(PATIENCE, |all| asked_for_qr(all) == 1));
        close(stage.plugin).unwrap();
        assert_eq!(caller.join().unwrap(), CLOSED);
    });
}
