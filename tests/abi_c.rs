//! C and C++ programs, compiled against the headers and linked to the shared library, run against a sandbox.

#![cfg(target_os = "linux")]
// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

#[path = "support/abi.rs"]
mod abi;
#[path = "support/c.rs"]
mod c;

use learnerlink_sandbox::Sandbox;

fn runs(name: &str, rounds: &[&str]) {
    run(&c::compile(name, &abi::library_path()), rounds);
}

fn run(program: &c::Program, rounds: &[&str]) {
    let sandbox = Sandbox::start();
    let url = sandbox.url();
    let arguments: Vec<&str> = [url.as_str()].into_iter().chain(rounds.iter().copied()).collect();
    program.run(&arguments);
}

#[test]
fn the_wrapper_for_cpp_owns_throws_and_keeps_its_promises() {
    run(&c::compile_cpp("wrapper", &abi::library_path()), &[]);
}

#[test]
fn the_examples_compile_without_warnings() {
    c::build("cc", "c99", "examples/c/minimal.c", &abi::library_path());
    c::build("c++", "c++17", "examples/cpp/qr_flow.cpp", &abi::library_path());
}

#[test]
fn a_c_program_calls_every_operation() {
    runs("flow", &[]);
}

#[test]
fn a_c_program_starts_awaits_and_cancels_operations() {
    runs("async", &[]);
}

#[test]
fn a_c_program_may_make_every_mistake() {
    runs("misuse", &[]);
}

#[test]
fn threads_of_a_c_program_share_a_plugin_and_a_queue() {
    runs("threads", &["300"]);
}

#[test]
fn a_c_program_matches_learners_and_fetches_their_records() {
    runs("lrs", &[]);
}

#[test]
fn a_c_program_filters_records_and_checks_callers() {
    runs("sif", &[]);
}

#[test]
fn a_c_program_decides_about_enrolments() {
    runs("enrollment", &[]);
}

#[test]
fn a_c_program_keeps_a_register_of_linkage_keys() {
    runs("linkage", &[]);
}

#[test]
fn a_c_program_runs_an_operation_for_every_row_of_a_file() {
    runs("batch", &[]);
}

#[test]
fn a_c_program_starts_and_stops_the_listener() {
    runs("listener", &[]);
}

#[test]
fn of_64_threads_in_one_process_or_four_one_confirms_a_uln() {
    runs("register", &[]);
}
