//! What the host holds: the process's handle table and the objects in it.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::process;
use super::raw::Failure;
use crate::error::{Error, Result};
use crate::handle::{Kind, Table};
use crate::op::{Op, Queue};
use crate::operations::{Answer, Operation};
use crate::plugin::Plugin;
use crate::privacy::Wiped;
use crate::runtime::Runtime;

/// An object behind a handle.
#[derive(Clone)]
pub(super) enum Object {
    Plugin(Arc<Opened>),
    Op(Arc<Op>),
    Text(Wiped<String>),
    Error(Arc<str>),
    Queue(Arc<Queue>),
}

/// A plugin with its share in the runtime.
pub(super) struct Opened {
    pub(super) plugin: Arc<Plugin>,
    /// Taken at shutdown, so that the runtime's threads end although the host still holds the handle.
    runtime: Mutex<Option<Runtime>>,
}

static TABLE: LazyLock<Table<Object>> = LazyLock::new(|| {
    let mut salt = [0];
    // Without randomness the salt is 0, which costs nothing but a chance to find out stale handles.
    let _ = getrandom::fill(&mut salt);
    Table::new(salt[0])
});

impl Object {
    const fn kind(&self) -> Kind {
        match self {
            Self::Plugin(_) => Kind::Plugin,
            Self::Op(_) => Kind::Op,
            Self::Text(_) => Kind::Text,
            Self::Error(_) => Kind::Error,
            Self::Queue(_) => Kind::Queue,
        }
    }
}

/// The table; a forked child has none.
fn table() -> Result<&'static Table<Object>> {
    process::refuse_in_fork()?;
    crate::failpoint::hit("ffi.handle");
    Ok(&TABLE)
}

pub(super) fn store(object: Object) -> Result<u64> {
    table()?.insert(object.kind(), object)
}

pub(super) fn store_text(text: impl Into<Wiped<String>>) -> Result<u64> {
    store(Object::Text(text.into()))
}

/// How many handles of a kind are open.
pub(super) fn live(kind: Kind) -> u64 {
    TABLE.live(kind)
}

pub(super) fn plugin(handle: u64) -> Result<Arc<Opened>> {
    match table()?.get(Kind::Plugin, handle) {
        Some(Object::Plugin(opened)) => Ok(opened),
        _ => Err(Error::InvalidHandle { name: "plugin", expected: "plugin" }),
    }
}

pub(super) fn op(handle: u64) -> Result<Arc<Op>> {
    match table()?.get(Kind::Op, handle) {
        Some(Object::Op(op)) => Ok(op),
        _ => Err(Error::InvalidHandle { name: "op", expected: "op" }),
    }
}

pub(super) fn queue(handle: u64) -> Result<Arc<Queue>> {
    match table()?.get(Kind::Queue, handle) {
        Some(Object::Queue(queue)) => Ok(queue),
        _ => Err(Error::InvalidHandle { name: "queue", expected: "queue" }),
    }
}

pub(super) fn error(handle: u64) -> Result<Arc<str>> {
    match table()?.get(Kind::Error, handle) {
        Some(Object::Error(error)) => Ok(error),
        _ => Err(Error::InvalidHandle { name: "error", expected: "error" }),
    }
}

pub(super) fn with_text<T>(handle: u64, read: impl FnOnce(&str) -> Result<T>) -> Result<T> {
    let wrong = || Err(Error::InvalidHandle { name: "text", expected: "text" });
    let found = table()?.with(Kind::Text, handle, |object| match object {
        Object::Text(text) => read(text),
        _ => wrong(),
    });
    found.unwrap_or_else(wrong)
}

/// Ends a handle of whatever kind; what hangs on it ends too, without waiting.
pub(super) fn close(handle: u64) -> Result<()> {
    match table()?.remove(handle) {
        Some((_, Object::Plugin(opened))) => opened.plugin.close(),
        Some((_, Object::Op(op))) => op.cancel(),
        Some((_, Object::Queue(queue))) => queue.close(),
        Some(_) => {}
        None => return Err(Error::InvalidHandle { name: "handle", expected: "open" }),
    }
    Ok(())
}

/// Opens a plugin; the calling thread waits, the work is done on the runtime.
pub(super) fn open(config: &str) -> Result<u64> {
    let runtime = Runtime::shared()?;
    let config = Zeroizing::new(config.to_owned());
    let (sender, receiver) = std::sync::mpsc::channel();
    runtime.handle().spawn(async move {
        // The host's thread waits for this; it cannot have gone away.
        let _ = sender.send(Plugin::open(&config).await);
    });
    let plugin = receiver.recv().map_err(|_| Error::internal("opening a plugin did not finish"))??;
    store(Object::Plugin(Arc::new(Opened { plugin, runtime: Mutex::new(Some(runtime)) })))
}

impl Opened {
    fn runtime(&self) -> Result<Runtime> {
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner);
        runtime.clone().ok_or(Error::Closed { what: "plugin" })
    }

    /// Begins an operation on the runtime.
    pub(super) fn start(&self, operation: &'static Operation, request: &str) -> Result<Arc<Op>, Failure> {
        let refused = |error| Failure::OfOperation(operation.name, Arc::new(Err(error)));
        let prepared = operation.prepare(&self.plugin, request).map_err(refused)?;
        Ok(Op::start(&self.runtime()?, &self.plugin, prepared))
    }

    /// Runs an operation while the calling thread waits.
    pub(super) fn call(&self, operation: &'static Operation, request: &str) -> Result<Answer, Failure> {
        if let Some(answer) = operation.answer_at_once(&self.plugin, request)? {
            return Ok(answer);
        }
        let op = self.start(operation, request)?;
        let _ = op.wait(None);
        let outcome = op.outcome()?;
        drop(op);
        // Taken where nobody else holds it, which spares a record's copy.
        match Arc::try_unwrap(outcome) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(Failure::OfOperation(operation.name, Arc::new(Err(error)))),
            Err(shared) => match shared.as_ref() {
                Ok(answer) => Ok(answer.clone()),
                Err(_) => Err(Failure::OfOperation(operation.name, shared)),
            },
        }
    }
}

/// Ends everything: plugins refuse new work, operations are cancelled, queues wake their waiters.
pub(super) fn shutdown(timeout: Duration) -> Result<()> {
    let started = Instant::now();
    let table = table()?;
    let mut runtimes = Vec::new();
    for object in table.values(Kind::Plugin) {
        if let Object::Plugin(opened) = object {
            opened.plugin.close();
            runtimes.extend(opened.runtime.lock().unwrap_or_else(PoisonError::into_inner).take());
        }
    }
    let left = crate::op::await_all(timeout);
    for object in table.values(Kind::Queue) {
        if let Object::Queue(queue) = object {
            queue.close();
        }
    }
    drop(runtimes);
    if left.is_empty() {
        return Ok(());
    }
    let waited_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Err(Error::StillRunning { operations: left, waited_ms })
}
