//! What concerns the process as a whole: forks, panics, and staying loaded.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use super::raw;
use crate::error::{Error, Result};

static FORKED: AtomicBool = AtomicBool::new(false);
static USED: Once = Once::new();

/// Fails in a process that is a fork of one that had used the library: threads of the parent may have held
/// any of our locks, so nothing may be touched.
pub(super) fn refuse_in_fork() -> Result<()> {
    if FORKED.load(Ordering::Relaxed) { Err(Error::Forked) } else { Ok(()) }
}

/// Called at the start of every call: from the first on a fork is noticed, unloading prevented, and panics
/// are ours. A fork before that, as pre-forking servers do it, leaves the child free to use the library.
pub(super) fn note_use() {
    USED.call_once(|| {
        watch_forks();
        stay_loaded();
        install_panic_hook();
    });
}

#[cfg(unix)]
fn watch_forks() {
    extern "C" fn in_child() {
        FORKED.store(true, Ordering::Relaxed);
    }
    // SAFETY: the handler lives as long as the library, which is linked never to be unloaded, and does
    // nothing that is not allowed in a forked child.
    let _ = unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
}

#[cfg(not(unix))]
fn watch_forks() {}

/// Pins the module: a library with threads does not survive being unloaded. Elsewhere the linker flag
/// `-z nodelete` does this (see `build.rs`).
#[cfg(windows)]
fn stay_loaded() {
    use windows_sys::Win32::System::LibraryLoader::{
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_PIN, GetModuleHandleExW,
    };
    let mut module = std::ptr::null_mut();
    let inside = stay_loaded as *const u16;
    // SAFETY: the address lies inside this module and the out-pointer is ours.
    let _ = unsafe {
        GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN, inside, &mut module)
    };
}

#[cfg(not(windows))]
fn stay_loaded() {}

/// Sends the library's own panics to the log instead of standard error, without their message, which might
/// quote data. Panics of others go where they went before.
fn install_panic_hook() {
    if std::thread::panicking() {
        // The hook cannot be changed by a thread that is running it.
        return;
    }
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        let ours = raw::is_guarded() || thread.name().is_some_and(|name| name.starts_with("learnerlink"));
        if !ours {
            return before(panic);
        }
        let place = panic.location().map_or_else(|| "unknown".into(), |at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(place, "a panic");
    }));
}
