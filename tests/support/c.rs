//! Compiles the C and C++ programs of the tests against the headers and the library, and runs them.

// Each test program uses its own part of this module.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A compiled program; its file goes with it.
pub struct Program {
    name: String,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

/// Compiles `tests/c/NAME.c` against the library at `library`, which the program finds at run time.
pub fn compile(name: &str, library: &Path) -> Program {
    build("cc", "c99", &format!("tests/c/{name}.c"), library)
}

/// The same for `tests/cpp/NAME.cpp`.
pub fn compile_cpp(name: &str, library: &Path) -> Program {
    build("c++", "c++17", &format!("tests/cpp/{name}.cpp"), library)
}

/// Compiles a file of the project, in the given language.
pub fn build(compiler: &str, language: &str, source: &str, library: &Path) -> Program {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = project.join(source);
    let name = source.file_stem().unwrap().to_string_lossy().into_owned();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(&name);
    let mut command = Command::new(compiler);
    command.arg(format!("-std={language}"));
    command.args(["-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-pthread"]);
    command.arg("-I").arg(project.join("include")).arg(source);
    command.arg("-o").arg(&path).arg(library).arg(format!("-Wl,-rpath,{}", library.parent().unwrap().display()));
    let output = command.arg("-ldl").output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    Program { name, path, _folder: folder }
}

impl Program {
    /// Runs the program, which must succeed, end in time, and write its last line and nothing else.
    pub fn run(&self, arguments: &[&str]) {
        let mut command = Command::new(&self.path);
        // Cargo's own search path would come before the one in the program, and might find an older build.
        command.env_remove("LD_LIBRARY_PATH");
        let output = finish(command.args(arguments), Duration::from_secs(60));
        let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{}: {}\n{out}\n{error}", self.name, output.status);
        assert!(error.is_empty(), "{} writes to standard error: {error}", self.name);
        assert!(out.starts_with(&format!("{}: ", self.name)) && out.lines().count() == 1, "{}: {out}", self.name);
    }
}

/// Runs a command to its end, and ends it when that takes too long.
pub fn finish(command: &mut Command, patience: Duration) -> Output {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    // What these programs write fits into a pipe, so nobody has to read meanwhile.
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > patience {
            child.kill().unwrap();
            let output = child.wait_with_output().unwrap();
            panic!("{command:?} did not end: {}", String::from_utf8_lossy(&output.stderr));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child.wait_with_output().unwrap()
}
