//! Links the shared library so that it can be found by name and never be unloaded, and tells Windows what it is.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("linux" | "android" | "freebsd" | "netbsd" | "openbsd") => {
            println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,liblearnerlink.so");
            // A library with threads does not survive being unloaded.
            println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
            // Nothing of SQLite or ring may be found by another library of the host.
            println!("cargo:rustc-cdylib-link-arg=-Wl,--exclude-libs,ALL");
        }
        Ok("macos") => println!("cargo:rustc-cdylib-link-arg=-Wl,-install_name,@rpath/liblearnerlink.dylib"),
        Ok("windows") => version_resource(),
        _ => {}
    }
}

/// What the properties of the DLL show. Only GNU's resource compiler is known here, which comes with mingw-w64.
fn version_resource() {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    if variable("CARGO_CFG_TARGET_ENV") != "gnu" {
        println!("cargo:warning=the DLL gets no version resource: that needs the windows-gnu target");
        return;
    }
    let version = variable("CARGO_PKG_VERSION");
    let numbers =
        ["MAJOR", "MINOR", "PATCH"].map(|part| variable(&format!("CARGO_PKG_VERSION_{part}"))).join(",") + ",0";
    let text = format!(
        r#"1 VERSIONINFO
FILEVERSION {numbers}
PRODUCTVERSION {numbers}
FILEOS 0x40004
FILETYPE 2
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904B0"
    BEGIN
      VALUE "CompanyName", "The LearnerLink contributors"
      VALUE "FileDescription", "{}"
      VALUE "FileVersion", "{version}"
      VALUE "InternalName", "learnerlink"
      VALUE "LegalCopyright", "Copyright the LearnerLink contributors; MIT License"
      VALUE "OriginalFilename", "learnerlink.dll"
      VALUE "ProductName", "LearnerLink"
      VALUE "ProductVersion", "{version}"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 0x4B0
  END
END
"#,
        variable("CARGO_PKG_DESCRIPTION"),
    );
    let folder = variable("OUT_DIR");
    let (source, object) = (Path::new(&folder).join("version.rc"), Path::new(&folder).join("version.o"));
    let arch = match variable("CARGO_CFG_TARGET_ARCH") {
        arch if arch == "x86" => "i686".to_owned(),
        arch => arch,
    };
    let tool = format!("{arch}-w64-mingw32-windres");
    fs::write(&source, text).expect("the folder of the build can be written");
    match Command::new(&tool).arg("-O").arg("coff").arg(&source).arg(&object).status() {
        Ok(status) if status.success() => println!("cargo:rustc-cdylib-link-arg={}", object.display()),
        outcome => println!("cargo:warning=the DLL gets no version resource: {tool}: {outcome:?}"),
    }
}
