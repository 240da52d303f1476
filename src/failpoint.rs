//! Named points at which tests make the library fail, to see what becomes of everybody else.
//!
//! Without the feature `failpoints`, which no release has, a point is nothing at all. With it, the
//! environment variable `LEARNERLINK_FAILPOINTS` names a file, which may change at any time, with lines
//! like `store.write panic` or `store.write panic 2` (the first two times only). Actions are `panic` and
//! `abort`, which ends the process as if it had been killed, and `full` where something is written.

/// Does what a test wants done at the point `name`.
#[cfg(not(feature = "failpoints"))]
#[inline(always)]
pub const fn hit(_name: &'static str) {}

/// Does what a test wants done at the point `name`.
///
/// # Panics
/// When the test wants that.
#[cfg(feature = "failpoints")]
#[track_caller]
pub fn hit(name: &'static str) {
    match wanted(name).as_deref() {
        Some("panic") => panic!("the failpoint {name}"),
        Some("abort") => std::process::abort(),
        _ => {}
    }
}

#[cfg(feature = "failpoints")]
fn wanted(name: &str) -> Option<String> {
    use std::collections::HashMap;
    use std::sync::{LazyLock, Mutex, PoisonError};

    static PLACE: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("LEARNERLINK_FAILPOINTS").ok());
    static DONE: LazyLock<Mutex<HashMap<String, u64>>> = LazyLock::new(Mutex::default);

    let text = std::fs::read_to_string(PLACE.as_ref()?).ok()?;
    let line = text.lines().find(|line| line.split(' ').next() == Some(name))?;
    let mut words = line.split(' ').skip(1);
    let action = words.next()?.to_owned();
    if let Some(times) = words.next().and_then(|times| times.parse::<u64>().ok()) {
        let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
        let done = done.entry(line.to_owned()).or_default();
        *done += 1;
        if *done > times {
            return None;
        }
    }
    Some(action)
}

/// Fails as a full disk does, when a test wants that with the action `full`.
///
/// # Errors
/// When the test wants that.
#[cfg(not(feature = "failpoints"))]
#[inline(always)]
pub const fn io(_name: &'static str) -> std::io::Result<()> {
    Ok(())
}

/// Fails as a full disk does, when a test wants that with the action `full`.
///
/// # Errors
/// When the test wants that.
#[cfg(feature = "failpoints")]
pub fn io(name: &'static str) -> std::io::Result<()> {
    match wanted(name).as_deref() {
        Some("full") => Err(std::io::ErrorKind::StorageFull.into()),
        _ => Ok(()),
    }
}
