//! Why a batch ends before its last row.

use std::sync::Arc;

use tokio::sync::watch;

use crate::error::Error;

/// The reason.
#[derive(Clone, Debug)]
pub(super) enum Why {
    /// Somebody wants it.
    Cancelled,
    /// The plugin is being closed.
    Interrupted,
    /// Another process has taken the batch.
    Lost,
    /// It cannot go on.
    Failed(Arc<Error>),
}

/// Tells everybody who works on a batch to stop; the first reason counts.
#[derive(Clone)]
pub(super) struct Stop(watch::Sender<Option<Why>>);

impl Stop {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(None))
    }

    pub(super) fn because(&self, why: Why) {
        self.0.send_if_modified(|reason| {
            let first = reason.is_none();
            if first {
                *reason = Some(why);
            }
            first
        });
    }

    pub(super) fn fail(&self, error: Error) {
        self.because(Why::Failed(Arc::new(error)));
    }

    pub(super) fn why(&self) -> Option<Why> {
        self.0.borrow().clone()
    }

    pub(super) fn is_wanted(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Resolves when there is a reason.
    pub(super) fn wanted(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut reason = self.0.subscribe();
        async move {
            // The sender lives as long as anybody who works on the batch; its end means the same.
            let _ = reason.wait_for(Option::is_some).await;
        }
    }
}
