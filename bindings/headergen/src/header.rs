//! The C header and the list of exported names.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use learnerlink::Status;
use learnerlink::op::State;
use learnerlink::operations::CATALOGUE;

use crate::{Files, MARK, Result};

const EXPORTS: &str = "src/ffi/exports";
const INTRODUCTION: &str = include_str!("introduction.h");

/// The modules that belong to no system, in the order of the header; those of systems follow.
const NOUNS: [(&str, &str); 6] = [
    ("library", "The library"),
    ("plugin", "Plugins and the process"),
    ("text", "Texts and errors"),
    ("operation", "Starting operations"),
    ("op", "Operations that were started"),
    ("queue", "Completion queues"),
];

/// A module of exports.
struct Module {
    heading: String,
    source: String,
    functions: Vec<String>,
}

pub(crate) fn generate(root: &Path, files: &mut Files) -> Result<()> {
    let modules = modules(root)?;
    let mut symbols: Vec<&str> = modules.iter().flat_map(|module| &module.functions).map(String::as_str).collect();
    symbols.sort_unstable();
    files.insert("include/learnerlink.symbols".into(), symbols.join("\n") + "\n");
    files.insert("include/learnerlink.h".into(), header(root, &modules)?);
    Ok(())
}

/// Reads the modules of exports in the order of the header.
fn modules(root: &Path) -> Result<Vec<Module>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join(EXPORTS))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.retain(|name| name != "mod");
    let place = |name: &str| {
        let noun = NOUNS.iter().position(|(noun, _)| *noun == name);
        let system = CATALOGUE.iter().position(|operation| operation.system.name() == name);
        noun.map(|at| (0, at)).or(system.map(|at| (1, at))).unwrap_or((2, 0))
    };
    names.sort_by(|one, other| (place(one), one).cmp(&(place(other), other)));
    names.iter().map(|name| module(root, name)).collect()
}

fn module(root: &Path, name: &str) -> Result<Module> {
    let path = root.join(EXPORTS).join(name).with_extension("rs");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let text = text.replace("\r\n", "\n");
    let about = text.lines().next().and_then(|line| line.strip_prefix("//! ")).unwrap_or(name);
    let noun = NOUNS.iter().find(|(noun, _)| *noun == name).map(|(_, heading)| (*heading).to_owned());
    let heading = noun.unwrap_or_else(|| about.trim_end_matches('.').to_owned());
    let functions: Vec<String> = text.lines().filter_map(exported).map(str::to_owned).collect();
    // cbindgen knows exports by `extern "C"` only, and a NUL-terminated text by its pointer.
    let source: String = text
        .lines()
        .filter(|line| !line.starts_with("//!"))
        .map(|line| line.replace("extern \"system\"", "extern \"C\"").replace("FfiStr<'_>", "*const c_char") + "\n")
        .collect();
    Ok(Module { heading, source, functions })
}

/// The name of the function that a line begins to export.
fn exported(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("extern \"system\" fn ")?;
    before.starts_with("pub ").then(|| rest.split('(').next().unwrap_or(rest))
}

fn header(root: &Path, modules: &[Module]) -> Result<String> {
    let types = fs::read_to_string(root.join("src/ffi/types.rs"))?;
    let types: String = types.lines().filter(|line| !line.starts_with("//!")).map(|line| format!("{line}\n")).collect();
    let combined: String = std::iter::once(types.as_str()).chain(modules.iter().map(|m| m.source.as_str())).collect();
    let folder = tempfile::tempdir()?;
    let source = folder.path().join("learnerlink.rs");
    fs::write(&source, combined)?;

    let mut config = cbindgen::Config::from_file(root.join("include/cbindgen.toml"))?;
    config.header = Some(preamble());
    config.after_includes = Some(definitions());
    let mut bytes = Vec::new();
    cbindgen::Builder::new().with_config(config).with_src(source).generate()?.write(&mut bytes);
    finish(&String::from_utf8(bytes)?, modules)
}

fn preamble() -> String {
    format!(
        "/*\n * LearnerLink {version}, interface {major}.{minor}.\n *\n * {MARK}\n * SPDX-License-Identifier: MIT\n */",
        version = learnerlink::VERSION,
        major = learnerlink::ABI_MAJOR,
        minor = learnerlink::ABI_MINOR,
    )
}

/// What stands before the types: versions, calling convention, constants.
fn definitions() -> String {
    let mut text = format!("\n{}\n", INTRODUCTION.trim_end());
    let _ = write!(
        text,
        r#"
/** The version of the library this header belongs to; compare learnerlink_version(). */
#define LEARNERLINK_VERSION "{}"
/** The major version of this interface. */
#define LEARNERLINK_ABI_MAJOR {}
/** The minor version of this interface. */
#define LEARNERLINK_ABI_MINOR {}
/** The version of this interface in one number; compare learnerlink_abi_version(). */
#define LEARNERLINK_ABI_VERSION ((uint32_t)LEARNERLINK_ABI_MAJOR << 16 | LEARNERLINK_ABI_MINOR)

/** The calling convention, between a function's return type and its name. */
#if defined(_WIN32) && (defined(_M_IX86) || defined(__i386__))
#define LEARNERLINK_CALL __stdcall
#else
#define LEARNERLINK_CALL
#endif

/** Where a function is found; define LEARNERLINK_STATIC when linking the static library on Windows. */
#if defined(_WIN32) && !defined(LEARNERLINK_STATIC)
#define LEARNERLINK_API __declspec(dllimport)
#else
#define LEARNERLINK_API
#endif
"#,
        learnerlink::VERSION,
        learnerlink::ABI_MAJOR,
        learnerlink::ABI_MINOR,
    );
    constants(
        &mut text,
        "The values of a learnerlink_status.",
        Status::ALL.iter().map(|status| {
            let repeat = if status.retriable() { " The same call may succeed later." } else { "" };
            (format!("LEARNERLINK_STATUS_{}", status.code()), status.number(), format!("{}{repeat}", status.meaning()))
        }),
    );
    constants(
        &mut text,
        "The values of a learnerlink_op_state.",
        State::ALL.iter().map(|(state, name, meaning)| {
            (format!("LEARNERLINK_OP_STATE_{name}"), *state as i32, (*meaning).to_owned())
        }),
    );
    text
}

fn constants(text: &mut String, about: &str, values: impl Iterator<Item = (String, i32, String)>) {
    let values: Vec<String> =
        values.map(|(name, number, meaning)| format!("  /** {meaning} */\n  {name} = {number}")).collect();
    let _ = write!(text, "\n/** {about} */\nenum {{\n{}\n}};\n", values.join(",\n"));
}

/// Puts the macros before each name and a heading before the first function of each module.
fn finish(text: &str, modules: &[Module]) -> Result<String> {
    let mut finished = text.to_owned();
    for module in modules {
        for function in &module.functions {
            let at = declaration(&finished, function).ok_or_else(|| {
                format!("cbindgen has left out `{function}`; is it `pub` and `#[unsafe(no_mangle)]`?")
            })?;
            let start = finished[..at].rfind('\n').map_or(0, |end| end + 1);
            let result = finished[start..at].trim_end().to_owned();
            let joint = if result.ends_with('*') { "" } else { " " };
            let line = format!("LEARNERLINK_API {result}{joint}LEARNERLINK_CALL {function}");
            finished.replace_range(start..at + function.len(), &line);
        }
        if let Some(first) = module.functions.first().and_then(|first| declaration(&finished, first)) {
            let comment = finished[..first].rfind("/**").ok_or("an exported function has no documentation")?;
            finished.insert_str(comment, &format!("/* {} */\n\n", module.heading));
        }
    }
    // Compilers for some languages of Windows stumble over anything but ASCII.
    let finished = aligned(&finished.replace('…', "..."));
    match finished.lines().find(|line| !line.is_ascii()) {
        Some(line) => Err(format!("the header may hold ASCII only: {}", line.trim()).into()),
        None => Ok(finished),
    }
}

/// Where the name of a function stands in its declaration.
fn declaration(text: &str, function: &str) -> Option<usize> {
    let call = format!(" {function}(");
    let pointer = format!("*{function}(");
    text.match_indices(&call).chain(text.match_indices(&pointer)).map(|(at, _)| at + 1).find(|at| {
        let start = text[..*at].rfind('\n').map_or(0, |end| end + 1);
        !text[start..].starts_with([' ', '/', '*'])
    })
}

/// Moves the parameters of a declaration that grew below its parenthesis again.
fn aligned(text: &str) -> String {
    let mut lines = Vec::new();
    let mut shift = None;
    for line in text.lines() {
        match shift {
            Some(column) if line.starts_with(' ') => {
                lines.push(format!("{}{}", " ".repeat(column), line.trim_start()));
                if line.ends_with(';') {
                    shift = None;
                }
            }
            _ => {
                shift = (line.starts_with("LEARNERLINK_API") && line.ends_with(',')).then_some(4);
                match (shift, line.split_once('(')) {
                    (Some(column), Some((start, first))) => {
                        lines.push(format!("{start}("));
                        lines.push(format!("{}{first}", " ".repeat(column)));
                    }
                    _ => lines.push(line.to_owned()),
                }
            }
        }
    }
    lines.join("\n") + "\n"
}
