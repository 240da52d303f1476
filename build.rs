//! Links the shared library so that it can be found by name and never be unloaded.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("linux" | "android" | "freebsd" | "netbsd" | "openbsd") => {
            println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,liblearnerlink.so");
            // A library with threads does not survive being unloaded.
            println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
            // Nothing of SQLite or ring may be found by another library of the host.
            println!("cargo:rustc-cdylib-link-arg=-Wl,--exclude-libs,ALL");
        }
        Ok("macos") => println!("cargo:rustc-cdylib-link-arg=-Wl,-install_name,@rpath/liblearnerlink.dylib"),
        _ => {}
    }
}
