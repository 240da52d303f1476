//! The generated files are as the sources give them, and the header is what C and C++ compilers accept.

// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_generated_file_is_up_to_date() {
    let differences = headergen::verify(project()).unwrap();
    let told: Vec<String> = differences.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "run `{}`:\n{}", headergen::COMMAND, told.join("\n"));
}

#[test]
fn the_header_is_c99_without_a_warning() {
    compile("cc", &["-std=c99"], "c");
}

#[test]
fn the_header_is_cpp11_without_a_warning() {
    compile("c++", &["-std=c++11"], "cc");
}

#[test]
fn the_macros_stand_where_a_windows_compiler_wants_them() {
    // On Windows both macros say something; here they are given a meaning that shows a wrong place.
    compile("cc", &["-std=c99", "-U__linux__", "-D_WIN32", "-D__i386__", "-D__stdcall=", "-D__declspec(x)="], "c");
}

/// Compiles a program that includes the header twice and uses types and constants of every sort.
fn compile(compiler: &str, options: &[&str], suffix: &str) {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join(format!("program.{suffix}"));
    let text = r#"
        #include "learnerlink.h"
        #include "learnerlink.h"
        int main(void) {
            learnerlink_status status = LEARNERLINK_STATUS_OK;
            learnerlink_op_state state = LEARNERLINK_OP_STATE_RUNNING;
            learnerlink_plugin plugin = 0;
            learnerlink_text text = 0;
            learnerlink_error error = 0;
            uint32_t forever = LEARNERLINK_WAIT_FOREVER;
            if (learnerlink_abi_version() >> 16 != LEARNERLINK_ABI_MAJOR) return 1;
            if (LEARNERLINK_ABI_VERSION != ((LEARNERLINK_ABI_MAJOR << 16) | LEARNERLINK_ABI_MINOR)) return 2;
            status = learnerlink_generate_qr(plugin, "{}", &text, &error);
            switch (status) {
                case LEARNERLINK_STATUS_OK: case LEARNERLINK_STATUS_INTERNAL: break;
                default: state = LEARNERLINK_OP_STATE_CANCELLED;
            }
            return state == LEARNERLINK_OP_STATE_DONE && forever && sizeof LEARNERLINK_VERSION > 1;
        }
    "#;
    std::fs::write(&source, text).unwrap();
    let mut command = Command::new(compiler);
    command.args(options).args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]);
    let output = command.arg("-I").arg(project().join("include")).arg(&source).output().unwrap();
    assert!(output.status.success(), "{compiler}: {}", String::from_utf8_lossy(&output.stderr));
}
