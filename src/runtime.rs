//! The one tokio runtime of the process: started on first use, gone when its last user is.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::runtime::{Builder, Handle};

use crate::error::{Error, Result};

static SHARED: Mutex<Weak<Inner>> = Mutex::new(Weak::new());

/// A share in the process's runtime; the threads end soon after the last share is dropped.
#[derive(Clone, Debug)]
pub struct Runtime(Arc<Inner>);

#[derive(Debug)]
struct Inner(Option<tokio::runtime::Runtime>);

impl Runtime {
    /// Takes a share in the runtime, starting it when nobody has one.
    ///
    /// # Errors
    /// `INTERNAL` when the system gives no threads.
    pub fn shared() -> Result<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(inner) = shared.upgrade() {
            return Ok(Self(inner));
        }
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("learnerlink")
            .enable_all()
            .build()
            .map_err(|error| Error::internal(format!("the runtime did not start: {error}")))?;
        let inner = Arc::new(Inner(Some(runtime)));
        *shared = Arc::downgrade(&inner);
        Ok(Self(inner))
    }

    /// Takes a share in the runtime when the caller is one of its tasks.
    #[must_use]
    pub fn of_this_task() -> Option<Self> {
        let inner = SHARED.lock().unwrap_or_else(PoisonError::into_inner).upgrade()?;
        let shared = Self(inner);
        Handle::try_current().is_ok_and(|own| own.id() == shared.handle().id()).then_some(shared)
    }

    /// The runtime's handle, to start tasks with.
    #[must_use]
    pub fn handle(&self) -> &Handle {
        self.0.0.as_ref().expect("the runtime is there until the last share is dropped").handle()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // The last share may be dropped by one of the runtime's own threads or by `close`, and neither may block.
            runtime.shutdown_background();
        }
    }
}

/// Runs `work` where blocking holds nobody up; `None` when it panicked or the runtime ended first.
///
/// To the runtime all such work is of one type: everything it compiles for a type of task would otherwise be
/// there for each of dozens.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let done = Arc::new(Mutex::new(None));
    let keep = Arc::clone(&done);
    let work: Box<dyn FnOnce() + Send> = Box::new(move || {
        let result = work();
        *keep.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    });
    tokio::task::spawn_blocking(work).await.ok()?;
    done.lock().unwrap_or_else(PoisonError::into_inner).take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_starts_again_after_its_last_user_left() {
        for _ in 0..3 {
            let runtime = Runtime::shared().unwrap();
            let again = Runtime::shared().unwrap();
            assert_eq!(runtime.handle().id(), again.handle().id());
            assert_eq!(runtime.handle().block_on(async { 7 }), 7);
        }
    }
}
