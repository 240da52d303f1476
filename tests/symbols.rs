//! The shared library exports what the header declares and nothing else, and is linked to stay.

#![cfg(target_os = "linux")]
// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

#[path = "support/abi.rs"]
mod abi;

use std::process::Command;

use abi::{library_path, project};

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).arg(library_path()).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_exported_names_are_those_of_the_list() {
    let listed = std::fs::read_to_string(project().join("include/learnerlink.symbols")).unwrap();
    let listed: Vec<&str> = listed.lines().collect();
    let symbols = run("nm", &["--dynamic", "--defined-only", "--format=posix"]);
    let mut exported: Vec<&str> = symbols.lines().filter_map(|line| line.split(' ').next()).collect();
    exported.sort_unstable();
    assert_eq!(exported, listed);
}

#[test]
fn the_header_declares_the_names_of_the_list() {
    let listed = std::fs::read_to_string(project().join("include/learnerlink.symbols")).unwrap();
    let header = std::fs::read_to_string(project().join("include/learnerlink.h")).unwrap();
    for name in listed.lines() {
        let declaration = format!("LEARNERLINK_CALL {name}(");
        assert_eq!(header.matches(&declaration).count(), 1, "{name}");
    }
    let declared = header.lines().filter(|line| line.starts_with("LEARNERLINK_API "));
    assert_eq!(declared.count(), listed.lines().count());
}

#[test]
fn the_library_is_found_by_its_own_name_and_never_unloaded() {
    let section = run("readelf", &["--dynamic", "--wide"]);
    assert!(section.contains("Library soname: [liblearnerlink.so]"), "{section}");
    assert!(section.lines().any(|line| line.contains("FLAGS_1") && line.contains("NODELETE")), "{section}");
}

#[test]
fn the_library_needs_nothing_but_what_every_system_has() {
    let section = run("readelf", &["--dynamic", "--wide"]);
    let needed = section.lines().filter(|line| line.contains("(NEEDED)"));
    let names: Vec<&str> = needed.filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    let usual = ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "libpthread.so.0", "libdl.so.2", "ld-linux", "libc.musl"];
    for name in names {
        assert!(usual.iter().any(|known| name.starts_with(known)), "{name} is needed");
    }
}
