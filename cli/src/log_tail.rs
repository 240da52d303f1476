//! Shows the library's log on standard error.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use learnerlink::log::{self, Level};

use crate::output;

/// A thread that writes log lines as they come; the last are written when this is dropped.
pub struct LogTail {
    done: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl LogTail {
    /// Begins to show lines of this level and above.
    pub fn start(level: Level) -> Self {
        log::set_level(level);
        let done = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&done);
        let thread = std::thread::Builder::new().name("log".into()).spawn(move || {
            while !seen.load(Ordering::Relaxed) {
                show(Duration::from_millis(50));
            }
            while show(Duration::ZERO) {}
        });
        // Without a thread there is no log, which is no reason not to do the work.
        Self { done, thread: thread.ok() }
    }
}

impl Drop for LogTail {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn show(wait: Duration) -> bool {
    let line = log::next(wait);
    if let Some(line) = &line {
        output::note(line);
    }
    line.is_some()
}

/// Reads the name of a level.
///
/// # Errors
/// The names there are.
pub fn level(name: &str) -> Result<Level, &'static str> {
    match name {
        "error" => Ok(Level::Error),
        "warn" => Ok(Level::Warn),
        "info" => Ok(Level::Info),
        "debug" => Ok(Level::Debug),
        "trace" => Ok(Level::Trace),
        _ => Err("the levels are error, warn, info, debug and trace"),
    }
}
