//! Whatever a host does wrong, it gets a status and never a crash.

#![cfg(unix)]
// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

#[path = "support/abi.rs"]
mod abi;

use std::collections::BTreeSet;
use std::ffi::{CString, c_char};
use std::ptr::{null, null_mut};
use std::sync::{Mutex, MutexGuard, PoisonError};

use abi::*;
use serde_json::{Value, json};

/// The functions named after operations; each has one test of its own kind of misuse here, and its
/// behaviour elsewhere.
const OPERATIONS: &[&str] = &[
    "learnerlink_generate_qr",
    "learnerlink_poll_learner_data",
    "learnerlink_fetch_learner_data",
    "learnerlink_check_learner",
    "learnerlink_request_share",
    "learnerlink_list_shares",
    "learnerlink_cancel_share",
    "learnerlink_match_learner",
    "learnerlink_fetch_plr",
    "learnerlink_get_match",
    "learnerlink_confirm_match",
    "learnerlink_confirm_no_match",
    "learnerlink_remove_match",
    "learnerlink_subject_access_report",
    "learnerlink_import_matches",
    "learnerlink_export_matches",
    "learnerlink_get_xsre",
    "learnerlink_authorize_sif_request",
    "learnerlink_filter_xsre",
    "learnerlink_import_sif_rules",
    "learnerlink_start_enrollment",
    "learnerlink_list_enrollments",
    "learnerlink_decide_enrollment",
    "learnerlink_create_association",
    "learnerlink_update_association",
    "learnerlink_get_association",
    "learnerlink_get_person",
    "learnerlink_send_results",
    "learnerlink_flush_outbox",
    "learnerlink_resolve_delivery",
    "learnerlink_retrieve_linkage_key",
    "learnerlink_create_linkage_key",
    "learnerlink_retrieve_or_create_linkage_key",
    "learnerlink_revoke_linkage_key",
    "learnerlink_set_linkage_access",
    "learnerlink_check_linkage_key",
    "learnerlink_import_register",
    "learnerlink_export_register",
    "learnerlink_put_profile",
    "learnerlink_list_profiles",
    "learnerlink_remove_profile",
    "learnerlink_query_audit",
    "learnerlink_verify_audit",
    "learnerlink_purge",
    "learnerlink_rotate_key",
    "learnerlink_start_listener",
    "learnerlink_stop_listener",
    "learnerlink_health",
    "learnerlink_start_batch",
    "learnerlink_batch_status",
    "learnerlink_resume_batch",
    "learnerlink_list_batches",
    "learnerlink_cancel_batch",
];

/// One test at a time, because all count the handles of the process; none is left open at the end.
struct Turn {
    before: u64,
    _turn: MutexGuard<'static, ()>,
}

fn turn() -> Turn {
    static ONE: Mutex<()> = Mutex::new(());
    let turn = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    // A test that failed may have left some.
    Turn { before: live_handles(), _turn: turn }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(live_handles(), self.before, "handles were left open");
        }
    }
}

fn plugin() -> u64 {
    open(&json!({ "store": ":memory:" })).unwrap()
}

/// All operations of the catalogue, those included that the list above does not name yet.
fn operations() -> Vec<String> {
    let described = describe();
    described["operations"].as_array().unwrap().iter().map(|op| op["name"].as_str().unwrap().to_owned()).collect()
}

fn status<T>(answer: Answer<T>) -> i32 {
    answer.map_or_else(|failure| failure.status, |_| OK)
}

/// A handle of every kind: plugin, op, text, error, queue.
fn one_of_each() -> [u64; 5] {
    let plugin = plugin();
    let op = start(plugin, "health", &json!({})).unwrap();
    wait(op, FOREVER).unwrap();
    let (mut text, mut error) = (0, 0);
    // SAFETY: the out-pointers are local variables, and NULL is refused.
    unsafe {
        assert_eq!((abi().describe)(&mut text, null_mut()), OK);
        assert_eq!((abi().open)(null(), &mut 0, &mut error), NULL_ARGUMENT);
    }
    [plugin, op, text, error, queue()]
}

#[test]
fn every_exported_name_has_its_place_in_these_tests() {
    let _turn = turn();
    let listed = std::fs::read_to_string(project().join("include/learnerlink.symbols")).unwrap();
    let known: BTreeSet<&str> = NOUNS.iter().chain(OPERATIONS).copied().collect();
    let described: BTreeSet<String> = operations().iter().map(|name| format!("learnerlink_{name}")).collect();
    for name in listed.lines() {
        assert!(known.contains(name) || described.contains(name), "{name}");
        assert!(known.contains(name), "{name} is missing in this file's list of operations");
    }
}

#[test]
fn null_is_refused_by_name_wherever_something_is_required() {
    let _turn = turn();
    let [plugin, op, text, error, queue] = one_of_each();
    let json = c"{}".as_ptr();
    let name = c"health".as_ptr();
    let mut out = 7_u64;
    let first = &raw mut out;
    let mut state = 7;
    let abi = abi();
    // SAFETY: here and below: every pointer is NULL, a static text or a local variable.
    let calls: [(&str, &dyn Fn(*mut u64) -> i32); 12] = unsafe {
        [
            ("out_text", &|error| (abi.describe)(null_mut(), error)),
            ("config_json", &|error| (abi.open)(null(), first, error)),
            ("out_plugin", &|error| (abi.open)(json, null_mut(), error)),
            ("out_text", &|error| (abi.stats)(plugin, null_mut(), error)),
            ("out_op", &|error| (abi.start)(plugin, name, json, null_mut(), error)),
            ("operation", &|error| (abi.start)(plugin, null(), json, first, error)),
            ("request_json", &|error| (abi.start)(plugin, name, null(), first, error)),
            ("out_state", &|error| (abi.op_poll)(op, null_mut(), error)),
            ("out_state", &|error| (abi.op_wait)(op, 0, null_mut(), error)),
            ("out_text", &|error| (abi.op_progress)(op, null_mut(), error)),
            ("out_response", &|error| (abi.op_result)(op, null_mut(), error)),
            ("out_queue", &|error| (abi.queue_open)(null_mut(), error)),
        ]
    };
    for (argument, call) in calls {
        let mut slot = 7;
        let status = call(&mut slot);
        assert_eq!(status, NULL_ARGUMENT, "{argument}");
        assert_eq!(done(status, slot).unwrap_err().argument(), argument);
        assert_eq!(call(null_mut()), NULL_ARGUMENT, "an error is not required");
    }
    assert_eq!(out, 0);
    // SAFETY: as above.
    unsafe {
        assert_eq!((abi.log_next)(0, null_mut()), NULL_ARGUMENT);
        assert_eq!((abi.error_json)(error, null_mut()), NULL_ARGUMENT);
        assert_eq!((abi.queue_next)(queue, 0, null_mut(), &mut state), NULL_ARGUMENT);
        assert_eq!(state, 0, "the other out-parameter is zeroed");
        out = 7;
        assert_eq!((abi.queue_next)(queue, 0, &mut out, null_mut()), NULL_ARGUMENT);
        assert_eq!(out, 0, "the other out-parameter is zeroed");
        // Where NULL says that something is not wanted.
        assert_eq!((abi.text_copy)(text, null_mut(), 0, null_mut()), BUFFER_TOO_SMALL);
        assert_eq!((abi.text_copy)(text, null_mut(), u64::MAX, null_mut()), BUFFER_TOO_SMALL);
    }
    for operation in operations() {
        let (mut response, mut error) = (7, 7);
        // SAFETY: as above.
        unsafe {
            assert_eq!(named(&operation)(plugin, null(), &mut response, &mut error), NULL_ARGUMENT);
            assert_eq!(done(NULL_ARGUMENT, error).unwrap_err().argument(), "request_json");
            assert_eq!(response, 0);
            assert_eq!(named(&operation)(plugin, json, null_mut(), &mut error), NULL_ARGUMENT);
            assert_eq!(done(NULL_ARGUMENT, error).unwrap_err().argument(), "out_response");
            assert_eq!(named(&operation)(plugin, null(), null_mut(), null_mut()), NULL_ARGUMENT);
        }
    }
    for handle in [plugin, op, text, error, queue] {
        close(handle).unwrap();
    }
}

impl Failure {
    fn argument(&self) -> String {
        self.detail("argument")
    }

    fn detail(&self, key: &str) -> String {
        self.error.as_ref().unwrap()["details"][key].as_str().unwrap_or_default().to_owned()
    }
}

#[test]
fn a_handle_that_is_zero_stale_of_another_kind_or_made_up_is_refused_everywhere() {
    let _turn = turn();
    let handles = one_of_each();
    let stale = one_of_each();
    for handle in stale {
        close(handle).unwrap();
    }
    let [plugin, op, text, error, queue] = handles;
    let made_up = [1, u64::MAX, 1 << 63, plugin ^ 1, plugin | 1 << 63, op ^ (1 << 28), text ^ (1 << 48), queue + 1];
    let wrong = |right: u64| {
        let others = handles.into_iter().filter(move |handle| *handle != right);
        [0].into_iter().chain(stale).chain(made_up).chain(others)
    };
    let operations = operations();
    let refused = |answer: Answer<Value>, argument: &str| {
        let failure = answer.unwrap_err();
        assert_eq!((failure.status, failure.argument()), (INVALID_HANDLE, argument.into()));
    };
    for handle in wrong(plugin) {
        for operation in &operations {
            refused(call(handle, operation, &json!({})), "plugin");
        }
        refused(start(handle, "health", &json!({})).map(Value::from), "plugin");
        if handle != 0 {
            refused(stats(handle), "plugin");
        }
    }
    for handle in wrong(op) {
        refused(poll(handle).map(Value::from), "op");
        refused(wait(handle, FOREVER).map(Value::from), "op");
        refused(progress(handle), "op");
        refused(result(handle), "op");
        refused(enqueue(handle, queue, 1).map(Value::from), "op");
        assert_eq!(cancel(handle), INVALID_HANDLE);
    }
    for handle in wrong(queue) {
        refused(enqueue(op, handle, 1).map(Value::from), "queue");
        assert_eq!(next(handle, FOREVER), Err(INVALID_HANDLE));
    }
    for handle in wrong(text) {
        assert_eq!(copy(handle), Err(INVALID_HANDLE));
    }
    for handle in wrong(error) {
        let mut out = 7;
        // SAFETY: the out-pointer is a local variable.
        assert_eq!((unsafe { (abi().error_json)(handle, &mut out) }, out), (INVALID_HANDLE, 0));
    }
    for handle in stale.into_iter().chain(made_up) {
        assert_eq!(close(handle), Err(INVALID_HANDLE), "{handle:#x}");
    }
    for handle in handles {
        close(handle).unwrap();
    }
}

#[test]
fn closing_twice_is_an_error_and_closing_nothing_is_not() {
    let _turn = turn();
    assert_eq!(close(0), Ok(()));
    for handle in one_of_each() {
        assert!(i64::try_from(handle).is_ok_and(|handle| handle > 0));
        assert_eq!(close(handle), Ok(()));
        assert_eq!(close(handle), Err(INVALID_HANDLE));
    }
}

#[test]
fn text_that_is_not_utf8_is_refused_and_never_repaired() {
    let _turn = turn();
    let plugin = plugin();
    let abi = abi();
    for bad in [&b"{\"user\":\"\xff\"}\0"[..], b"\xc3\0", b"{\"user\":\"\xed\xa0\x80\"}\0", b"{}\xf0\x9f\x8e\0"] {
        let text: *const c_char = bad.as_ptr().cast();
        let refused = |call: &dyn Fn(*mut u64, *mut u64) -> i32, argument: &str| {
            let (mut out, mut error) = (7, 7);
            let status = call(&mut out, &mut error);
            assert_eq!((status, out), (INVALID_UTF8, 0));
            assert_eq!(done(status, error).unwrap_err().argument(), argument);
        };
        let (name, request) = (c"health".as_ptr(), c"{}".as_ptr());
        // SAFETY: here and below: all texts end in NUL, and the out-pointers are local variables.
        refused(&|out, error| unsafe { (abi.open)(text, out, error) }, "config_json");
        refused(&|out, error| unsafe { (abi.start)(plugin, text, request, out, error) }, "operation");
        refused(&|out, error| unsafe { (abi.start)(plugin, name, text, out, error) }, "request_json");
        for operation in operations() {
            refused(&|out, error| unsafe { named(&operation)(plugin, text, out, error) }, "request_json");
        }
    }
    close(plugin).unwrap();
}

#[test]
fn a_request_that_breaks_a_rule_fails_both_call_and_start_with_its_own_status() {
    let _turn = turn();
    let plugin = plugin();
    let deep = format!("{{\"user\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_object = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let long_key = format!("{{\"{}\":1}}", "k".repeat(1 << 20));
    let long_text = format!("{{\"user\":\"{}\"}}", "u".repeat(15 << 20));
    let cases = [
        ("health", "", INVALID_JSON),
        ("health", "[]", INVALID_JSON),
        ("health", "null", INVALID_JSON),
        ("health", "\"{}\"", INVALID_JSON),
        ("health", "{", INVALID_JSON),
        ("health", "{} {}", INVALID_JSON),
        ("health", "{'probe':true}", INVALID_JSON),
        ("health", "{\"probe\":tru}", INVALID_JSON),
        ("health", "{\"user\":\"\\ud800\"}", INVALID_JSON),
        ("health", "{\"user\":\"a\\u0000b\"}", INVALID_JSON),
        ("health", "{\"a\\u0000\":1}", INVALID_JSON),
        ("health", "{\"prob\":true}", UNKNOWN_KEY),
        ("health", "{\"Probe\":true}", UNKNOWN_KEY),
        ("health", "{\"\":1}", UNKNOWN_KEY),
        ("health", &long_key, UNKNOWN_KEY),
        ("health", &deep_object, UNKNOWN_KEY),
        ("health", "{\"probe\":1}", INVALID_INPUT),
        ("health", "{\"probe\":\"true\"}", INVALID_INPUT),
        ("health", "{\"probe\":true,\"probe\":true}", INVALID_INPUT),
        ("health", "{\"user\":\"a\",\"user\":\"a\"}", INVALID_INPUT),
        ("health", "{\"user\":\"\"}", INVALID_INPUT),
        ("health", "{\"user\":\"a\\nb\"}", INVALID_INPUT),
        ("health", &long_text, INVALID_INPUT),
        ("health", &deep, INVALID_INPUT),
        ("health", "{\"timeoutMs\":0}", INVALID_INPUT),
        ("health", "{\"timeoutMs\":-1}", INVALID_INPUT),
        ("health", "{\"timeoutMs\":1.5}", INVALID_INPUT),
        ("health", "{\"timeoutMs\":86400001}", INVALID_INPUT),
        ("health", "{\"timeoutMs\":18446744073709551616}", INVALID_INPUT),
        ("health", "{\"timeoutMs\":1e400}", INVALID_JSON),
        ("health", "{\"ukprn\":\"10099901\",\"profile\":\"x\"}", INVALID_INPUT),
        ("health", "{\"ukprn\":10099901}", INVALID_INPUT),
        ("health", "{\"ukprn\":\"00099901\"}", INVALID_INPUT),
        ("generate_qr", "{\"source\":1}", INVALID_INPUT),
        ("generate_qr", "{\"source\":\"x\"}", INVALID_INPUT),
        ("generate_qr", "{\"formats\":{}}", INVALID_INPUT),
        ("query_audit", "{\"limit\":4294967296}", INVALID_INPUT),
        ("query_audit", "{\"from\":\"yesterday\"}", INVALID_INPUT),
        ("fetch_learner_data", "{}", INVALID_INPUT),
        ("fetch_learner_data", "{\"uln\":\"5123456783\"}", INVALID_INPUT),
        ("poll_learner_data", "{\"correlationId\":\"x\",\"waitMs\":\"1\"}", INVALID_INPUT),
        (
            "put_profile",
            "{\"displayName\":\"x\",\"vera\":{\"clientId\":\"c\",\"clientSecret\":\"s\",\"extra\":1}}",
            UNKNOWN_KEY,
        ),
    ];
    for (operation, request, expected) in cases {
        let shown = &request[..request.len().min(60)];
        let named = call_text(plugin, operation, request).expect_err(shown);
        assert_eq!(named.status, expected, "{operation} {shown}: {:?}", named.error);
        let error = named.error.unwrap();
        assert_eq!((&error["operation"], error["code"].as_str().unwrap()), (&json!(operation), &*code(expected)));
        assert!(error.to_string().len() < 1000, "{operation} {shown}: the error is too long");
        let request = CString::new(request).unwrap();
        let name = CString::new(operation).unwrap();
        let (mut op, mut error) = (7, 7);
        // SAFETY: the texts end in NUL and the out-pointers are local variables.
        let started = unsafe { (abi().start)(plugin, name.as_ptr(), request.as_ptr(), &mut op, &mut error) };
        let started = done(started, error).unwrap_err();
        assert_eq!((started.status, op), (expected, 0), "start of {operation}: {shown}");
        assert_eq!(started.error.unwrap()["operation"], operation, "{shown}");
    }
    assert_eq!(status(start(plugin, "no_such_operation", &json!({}))), UNKNOWN_OPERATION);
    assert_eq!(status(start(plugin, "", &json!({}))), UNKNOWN_OPERATION);
    assert_eq!(status(start(plugin, "Health", &json!({}))), UNKNOWN_OPERATION);
    assert_eq!(status(call(plugin, "health", &json!({}))), OK, "nothing of this has harmed the plugin");
    close(plugin).unwrap();
}

#[test]
fn null_and_absent_mean_the_same_in_every_request() {
    let _turn = turn();
    let plugin = plugin();
    for operation in describe()["operations"].as_array().unwrap() {
        let name = operation["name"].as_str().unwrap();
        let required: Vec<&str> =
            operation["request"]["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for key in operation["request"]["properties"].as_object().unwrap().keys() {
            let failure = call(plugin, name, &json!({ key: null })).err();
            let absent = call(plugin, name, &json!({})).err();
            let told = |failure: &Option<Failure>| {
                failure.as_ref().and_then(|failure| failure.error.as_ref()).map(|error| error["message"].clone())
            };
            if required.is_empty() || !required.contains(&key.as_str()) {
                assert_eq!(told(&failure), told(&absent), "{name} with `{key}` null");
            } else {
                assert_eq!(failure.unwrap().status, INVALID_INPUT, "{name} with `{key}` null");
            }
        }
    }
    close(plugin).unwrap();
}

#[test]
fn a_request_of_64_megabytes_is_refused_by_its_size() {
    let _turn = turn();
    let plugin = plugin();
    let request = format!("{{\"user\":\"{}\"}}", "u".repeat(64 << 20));
    let failure = call_text(plugin, "health", &request).unwrap_err();
    assert_eq!(failure.status, TOO_LARGE);
    assert_eq!(failure.error.unwrap()["details"], json!({ "size": request.len(), "limit": 16 << 20 }));
    close(plugin).unwrap();
}

#[test]
fn a_configuration_that_breaks_a_rule_opens_nothing() {
    let _turn = turn();
    let deep = format!("{{\"store\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_object = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    for (config, expected) in [
        ("", INVALID_JSON),
        ("[]", INVALID_JSON),
        ("{\"store\":\":memory:\"", INVALID_JSON),
        ("{\"store\":\":memory:\\u0000\"}", INVALID_JSON),
        ("{\"store\":\":memory:\",\"stroe\":1}", UNKNOWN_KEY),
        ("{\"store\":\":memory:\",\"log\":{\"levle\":1}}", UNKNOWN_KEY),
        ("{\"store\":\":memory:\",\"store\":\":memory:\"}", INVALID_CONFIG),
        ("{}", INVALID_CONFIG),
        ("{\"store\":7}", INVALID_CONFIG),
        ("{\"store\":\":memory:\",\"timeouts\":{\"connectMs\":-1}}", INVALID_CONFIG),
        ("{\"sandbox\":\"nowhere\"}", INVALID_CONFIG),
        ("{\"store\":\"/no/such/folder/x.db\",\"vaultKey\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}", 300),
        ("{\"store\":\"x.db\"}", 209),
        (&deep, INVALID_CONFIG),
        (&deep_object, UNKNOWN_KEY),
    ] {
        let shown = &config[..config.len().min(60)];
        let failure = open_text(config).expect_err(shown);
        assert_eq!(failure.status, expected, "{shown}: {:?}", failure.error);
        let error = failure.error.unwrap();
        assert_eq!((&error["operation"], &error["system"]), (&json!("open"), &json!("library")));
    }
}

#[test]
fn a_copy_fits_exactly_or_leaves_the_buffer_alone() {
    let _turn = turn();
    let [plugin, op, text, error, queue] = one_of_each();
    let whole = copy(text).unwrap();
    let mut buffer = vec![0xAA_u8; whole.len() + 2];
    let mut length = 0;
    for capacity in [0, 1, whole.len()] {
        // SAFETY: the buffer is larger than the capacity that is given.
        let status = unsafe { (abi().text_copy)(text, buffer.as_mut_ptr().cast(), capacity as u64, &mut length) };
        assert_eq!((status, length), (BUFFER_TOO_SMALL, whole.len() as u64));
        assert!(buffer.iter().all(|byte| *byte == 0xAA));
    }
    // SAFETY: as above.
    let status = unsafe { (abi().text_copy)(text, buffer.as_mut_ptr().cast(), whole.len() as u64 + 1, null_mut()) };
    assert_eq!(status, OK);
    assert_eq!(&buffer[..whole.len()], whole.as_bytes());
    assert_eq!(buffer[whole.len()..], [0, 0xAA]);
    for handle in [plugin, op, text, error, queue] {
        close(handle).unwrap();
    }
}

#[test]
fn out_pointers_need_no_alignment() {
    let _turn = turn();
    let mut packed = [0xAA_u8; 32];
    // SAFETY: both addresses have room for eight bytes.
    let status = unsafe {
        let mut at = |offset: usize| packed.as_mut_ptr().add(offset).cast::<u64>();
        (abi().open)(c"{\"store\":\":memory:\"}".as_ptr(), at(1), at(17))
    };
    assert_eq!(status, OK);
    assert_eq!(packed[17..25], [0; 8]);
    close(u64::from_ne_bytes(packed[1..9].try_into().unwrap())).unwrap();
}

#[test]
fn after_its_plugin_was_closed_nothing_works_and_nothing_breaks() {
    let _turn = turn();
    let plugin = plugin();
    let op = start(plugin, "health", &json!({})).unwrap();
    wait(op, FOREVER).unwrap();
    close(plugin).unwrap();
    assert_eq!(status(call(plugin, "health", &json!({}))), INVALID_HANDLE);
    assert_eq!(status(start(plugin, "health", &json!({}))), INVALID_HANDLE);
    assert_eq!(poll(op).unwrap(), DONE, "what is finished stays readable");
    assert_eq!(result(op).unwrap()["outcome"], "ok");
    close(op).unwrap();
}

#[test]
fn after_shutdown_open_plugins_report_that_they_were_closed_and_new_ones_work() {
    let _turn = turn();
    let (before, queue) = (plugin(), queue());
    shutdown(PATIENCE_MS).unwrap();
    for operation in operations() {
        assert_eq!(status(call(before, &operation, &json!({}))), CLOSED, "{operation}");
        assert_eq!(status(start(before, &operation, &json!({}))), CLOSED, "{operation}");
    }
    assert_eq!(next(queue, FOREVER), Err(CLOSED));
    assert!(stats(before).is_ok(), "counters stay readable");
    shutdown(0).unwrap();
    let after = plugin();
    assert_eq!(status(call(after, "health", &json!({}))), OK);
    let op = start(after, "health", &json!({})).unwrap();
    assert_eq!(status(enqueue(op, queue, 1)), CLOSED);
    for handle in [before, after, queue, op] {
        close(handle).unwrap();
    }
}

/// Repeatable chance; the seed is in every message of the test that uses it.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

#[test]
fn random_calls_of_many_threads_on_shared_handles_give_statuses_only() {
    let _turn = turn();
    let known: BTreeSet<i64> =
        describe()["errors"].as_array().unwrap().iter().map(|error| error["status"].as_i64().unwrap()).collect();
    let pool = Mutex::new(vec![plugin(), plugin(), queue()]);
    std::thread::scope(|scope| {
        for thread in 0..8_u64 {
            let (pool, known) = (&pool, &known);
            scope.spawn(move || {
                let seed = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(thread + 1);
                let mut chance = Chance(seed);
                for step in 0..1500 {
                    let mut pick = || {
                        let pool = pool.lock().unwrap();
                        match chance.below(8) {
                            0 => chance.0 >> chance.below(40),
                            _ if pool.is_empty() => 0,
                            _ => pool[chance.below(pool.len())],
                        }
                    };
                    let (handle, other) = (pick(), pick());
                    let action = if chance.below(200) == 0 { 100 } else { chance.below(15) };
                    let status = act(action, handle, other, pool, &mut chance);
                    assert!(
                        known.contains(&i64::from(status)) && status != INTERNAL,
                        "status {status}: action {action}, seed {seed}, step {step}"
                    );
                }
            });
        }
    });
    for handle in pool.into_inner().unwrap() {
        let _ = close(handle);
    }
}

fn act(action: usize, handle: u64, other: u64, pool: &Mutex<Vec<u64>>, chance: &mut Chance) -> i32 {
    let (mut out, mut error, mut state) = (7, 7, 7);
    let mut buffer = [0_u8; 64];
    let request = [c"{}", c"{\"probe\":true}", c"{\"x\":1}", c"{\"displayName\":\"x\",\"profile\":\"y\"}"]
        [chance.below(4)]
    .as_ptr();
    let abi = abi();
    // SAFETY: texts are static, the buffer has its capacity, and out-pointers are local variables.
    let status = unsafe {
        match action {
            0 => (abi.start)(
                handle,
                [c"health", c"put_profile", c"query_audit"][chance.below(3)].as_ptr(),
                request,
                &mut out,
                &mut error,
            ),
            1 => (abi.op_poll)(handle, &mut state, &mut error),
            2 => (abi.op_wait)(handle, chance.below(3) as u32, &mut state, &mut error),
            3 => (abi.op_cancel)(handle),
            4 => (abi.op_progress)(handle, &mut out, &mut error),
            5 => (abi.op_result)(handle, &mut out, &mut error),
            6 => (abi.op_enqueue)(handle, other, 1, &mut error),
            7 => (abi.queue_next)(handle, chance.below(3) as u32, &mut out, &mut state),
            8 => (abi.queue_open)(&mut out, &mut error),
            9 => (abi.text_copy)(handle, buffer.as_mut_ptr().cast(), chance.below(65) as u64, null_mut()),
            10 => (abi.error_json)(handle, &mut out),
            11 => named("health")(handle, request, &mut out, &mut error),
            12 => (abi.stats)(handle, &mut out, &mut error),
            13 | 14 => (abi.close)(handle),
            _ => (abi.open)(c"{\"store\":\":memory:\"}".as_ptr(), &mut out, &mut error),
        }
    };
    let mut pool = pool.lock().unwrap();
    let made = if action == 7 { 7 } else { out };
    pool.extend([made, error].into_iter().filter(|made| ![0, 7].contains(made)));
    if [13, 14].contains(&action) {
        pool.retain(|known| *known != handle);
    }
    status
}
