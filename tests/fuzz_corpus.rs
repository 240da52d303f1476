//! Runs every seed of the fuzz targets through what they do, without a fuzzer.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::path::Path;

#[test]
fn every_seed_is_read_or_refused_in_order() {
    for (name, target) in fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let seeds: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(seeds.len() >= 5, "{name} has too few seeds");
        for seed in seeds {
            // Shown when the test fails, so that one knows which it was.
            println!("{}", seed.display());
            target(&fs::read(&seed).unwrap());
        }
    }
}

#[test]
fn every_target_has_its_program() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml")).unwrap();
    for (name, _) in fuzz::TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}

#[test]
fn every_operation_has_a_seed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/request");
    for operation in learnerlink::operations::CATALOGUE.iter() {
        let seed = fs::read_to_string(folder.join(operation.name)).unwrap();
        assert!(seed.starts_with(&format!("{}\n", operation.name)), "{}", operation.name);
    }
}
