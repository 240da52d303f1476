//! Every export has the shape the C ABI promises, read from the sources.

// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use learnerlink::operations::CATALOGUE;
use syn::visit::Visit;

/// An exported function and the module it stands in.
struct Export {
    module: String,
    function: syn::ItemFn,
}

impl Export {
    fn name(&self) -> String {
        self.function.sig.ident.to_string()
    }

    /// The type of every argument, and of the result, without blanks.
    fn types(&self) -> Vec<String> {
        let arguments = self.function.sig.inputs.iter().map(|argument| match argument {
            syn::FnArg::Typed(argument) => text_of(&argument.ty),
            syn::FnArg::Receiver(_) => "self".into(),
        });
        let result = match &self.function.sig.output {
            syn::ReturnType::Default => "()".into(),
            syn::ReturnType::Type(_, result) => text_of(result),
        };
        arguments.chain([result]).collect()
    }
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(node: &impl quote::ToTokens) -> String {
    node.to_token_stream().to_string().replace(' ', "")
}

fn exports() -> Vec<Export> {
    let mut exports = Vec::new();
    for entry in std::fs::read_dir(project().join("src/ffi/exports")).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for item in file.items {
            if let syn::Item::Fn(function) = item
                && function.attrs.iter().any(|attribute| text_of(attribute).contains("no_mangle"))
            {
                exports.push(Export { module: module.clone(), function });
            }
        }
    }
    assert!(exports.len() > 30);
    exports
}

#[test]
fn every_export_is_documented_prefixed_and_undecorated() {
    for export in exports() {
        let name = export.name();
        let function = &export.function;
        assert!(name.starts_with("learnerlink_"), "{name}");
        assert!(matches!(function.vis, syn::Visibility::Public(_)), "{name} is not public");
        assert_eq!(text_of(function.sig.abi.as_ref().unwrap()), "extern\"system\"", "{name}");
        assert!(function.attrs.iter().any(|attribute| text_of(attribute) == "#[unsafe(no_mangle)]"), "{name}");
        let docs: Vec<String> = function.attrs.iter().filter(|at| at.path().is_ident("doc")).map(text_of).collect();
        assert!(!docs.is_empty(), "{name} has no documentation");
        let status = export.types().last().unwrap() == "learnerlink_status";
        assert_eq!(docs.iter().any(|line| line.contains("@return")), status, "{name} says what it returns");
    }
}

#[test]
fn an_export_is_unsafe_exactly_when_it_takes_pointers() {
    for export in exports() {
        let pointers =
            export.types().iter().rev().skip(1).any(|kind| kind.starts_with('*') || kind.starts_with("FfiStr"));
        assert_eq!(export.function.sig.unsafety.is_some(), pointers, "{}", export.name());
    }
}

#[test]
fn only_integers_and_pointers_to_them_cross() {
    let integers = [
        "i32",
        "u32",
        "i64",
        "u64",
        "learnerlink_status",
        "learnerlink_plugin",
        "learnerlink_op",
        "learnerlink_text",
        "learnerlink_error",
        "learnerlink_queue",
        "learnerlink_op_state",
    ];
    for export in exports() {
        for kind in export.types() {
            let known = match kind.strip_prefix("*mut").or_else(|| kind.strip_prefix("*const")) {
                Some(target) => target == "c_char" || integers.contains(&target),
                None => kind == "FfiStr<'_>" || integers.contains(&kind.as_str()),
            };
            assert!(known, "{} has a `{kind}` in its signature", export.name());
        }
        assert!(export.function.sig.variadic.is_none());
    }
}

#[test]
fn the_error_comes_last_and_handles_come_first() {
    for export in exports() {
        let names: Vec<String> = export
            .function
            .sig
            .inputs
            .iter()
            .map(|argument| match argument {
                syn::FnArg::Typed(argument) => text_of(&argument.pat),
                syn::FnArg::Receiver(_) => "self".into(),
            })
            .collect();
        if let Some(at) = names.iter().position(|name| name == "out_error") {
            assert_eq!(at, names.len() - 1, "{}", export.name());
        }
        let first_out = names.iter().position(|name| name.starts_with("out_")).unwrap_or(names.len());
        assert!(names[first_out..].iter().all(|name| name.starts_with("out_")), "{}: {names:?}", export.name());
    }
}

/// What a body does, as far as the rule about guards is concerned.
#[derive(Default)]
struct Calls(Vec<String>);

impl<'a> Visit<'a> for Calls {
    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        self.0.push(text_of(&call.func));
        syn::visit::visit_expr_call(self, call);
    }
}

#[test]
fn every_body_is_an_error_slot_and_one_guarded_call() {
    for export in exports() {
        let name = export.name();
        let statements = &export.function.block.stmts;
        let mut calls = Calls::default();
        calls.visit_block(&export.function.block);
        let count = |wanted: &str| calls.0.iter().filter(|call| *call == wanted).count();
        let own_name = format!("\"{name}\"");

        if count("named") == 1 {
            assert_eq!(statements.len(), 1, "{name}");
            assert!(text_of(&statements[0]).contains(&own_name), "{name} passes another name");
            continue;
        }
        if count("raw::guard") == 0 {
            assert_eq!(export.module, "library", "{name} has no guard");
            assert!(export.function.sig.inputs.is_empty(), "{name} has no guard but takes something");
            assert!(calls.0.is_empty(), "{name} has no guard but calls {:?}", calls.0);
            continue;
        }
        assert_eq!(count("raw::guard"), 1, "{name}");
        let takes_error = export.types().iter().any(|kind| kind == "*mutlearnerlink_error");
        let takes_error = takes_error && text_of(&export.function.sig.inputs).contains("out_error");
        assert_eq!(statements.len(), if takes_error { 2 } else { 1 }, "{name}");
        if takes_error {
            assert_eq!(text_of(&statements[0]), "letslot=unsafe{ErrorSlot::new(out_error)};", "{name}");
        }
        let guard = text_of(statements.last().unwrap());
        assert!(guard.starts_with(&format!("raw::guard({own_name},")), "{name} begins with `{guard}`");
    }
}

#[test]
fn every_operation_has_its_export_and_every_such_export_its_operation() {
    let named: BTreeSet<String> = exports()
        .iter()
        .filter(|export| text_of(&export.function.block).contains("named("))
        .map(|export| {
            let known = CATALOGUE.iter().find(|operation| export.name() == format!("learnerlink_{}", operation.name));
            let operation = known.unwrap_or_else(|| panic!("{} is no operation", export.name()));
            assert_eq!(export.module, operation.system.name(), "{} stands in another room", operation.name);
            let order = ["learnerlink_plugin", "FfiStr<'_>", "*mutlearnerlink_text", "*mutlearnerlink_error"];
            assert_eq!(export.types()[..4], order.map(str::to_owned), "{}", operation.name);
            operation.name.to_owned()
        })
        .collect();
    let catalogue: BTreeSet<String> = CATALOGUE.iter().map(|operation| operation.name.to_owned()).collect();
    assert_eq!(named, catalogue);
}

#[test]
fn every_export_is_used_by_a_test() {
    let mut text = String::new();
    for path in files(&project().join("tests")) {
        if path.file_name().is_some_and(|name| name != "exports_shape.rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap_or_default());
        }
    }
    for export in exports() {
        let name = export.name();
        let operation = format!("\"{}\"", name.trim_start_matches("learnerlink_"));
        let called = [format!("{name}("), format!("\"{name}\"")].iter().any(|form| text.contains(form.as_str()));
        assert!(called || text.contains(&operation), "no test calls {name}");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "c") {
            found.push(path);
        }
    }
    found
}
