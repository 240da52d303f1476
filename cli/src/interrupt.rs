//! Ctrl-C and requests to terminate: the first stops the work cleanly, the second at once.

use std::io;

use tokio::sync::watch;

use crate::exit;

/// Tells when the program was asked to stop.
#[derive(Clone)]
pub struct Interrupt(watch::Receiver<bool>);

impl Interrupt {
    /// Begins to listen; call it on the runtime.
    pub fn listen() -> Self {
        let (sender, receiver) = watch::channel(false);
        if let Ok(mut signals) = Signals::new() {
            tokio::spawn(async move {
                signals.next().await;
                sender.send_replace(true);
                signals.next().await;
                std::process::exit(i32::from(exit::INTERRUPTED));
            });
        }
        Self(receiver)
    }

    /// Completes when the program is asked to stop.
    pub async fn wait(mut self) {
        if self.0.wait_for(|asked| *asked).await.is_err() {
            // Without a way to hear of it, the program runs until it is ended from outside.
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals {
    ctrl_c: tokio::signal::windows::CtrlC,
    close: tokio::signal::windows::CtrlClose,
}

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self { ctrl_c: tokio::signal::windows::ctrl_c()?, close: tokio::signal::windows::ctrl_close()? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.ctrl_c.recv() => {}
            _ = self.close.recv() => {}
        }
    }
}
