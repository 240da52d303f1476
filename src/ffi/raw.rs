//! Pointers in and out, and the guard around every export.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ffi_support::FfiStr;

use super::host::{self, Object};
use super::process;
use super::types::{learnerlink_error, learnerlink_status};
use crate::error::{Error, Result, Status};
use crate::operations::{Answer, CATALOGUE};

#[cfg(panic = "abort")]
compile_error!("the library must be built with panic = \"unwind\": a panic would end the host's process");

thread_local! {
    /// Whether this thread is inside an export, where a panic is caught and goes to the log.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether the current thread is inside an export.
pub(super) fn is_guarded() -> bool {
    GUARDED.get()
}

/// Why an export fails: by itself, or because the operation it asks about did.
pub(super) enum Failure {
    Own(Error),
    OfOperation(&'static str, Arc<Result<Answer>>),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Own(error)
    }
}

/// Where a caller wants the error object; NULL when it does not.
pub(super) struct ErrorSlot(Option<Slot<learnerlink_error>>);

/// Where a caller wants a result.
pub(super) struct Out<T: Copy>(Slot<T>);

/// A pointer that the header promises to be writable for the length of the call.
struct Slot<T>(*mut T);

impl<T: Copy> Slot<T> {
    /// # Safety
    /// `pointer` is NULL or writable until the export returns.
    unsafe fn zeroed(pointer: *mut T, zero: T) -> Option<Self> {
        if pointer.is_null() {
            return None;
        }
        let slot = Self(pointer);
        slot.set(zero);
        Some(slot)
    }

    fn set(&self, value: T) {
        // SAFETY: `zeroed` made sure that the pointer is not NULL, and its caller that it is writable. A host may
        // pass a packed or misaligned field, which `write_unaligned` allows.
        unsafe { self.0.write_unaligned(value) }
    }
}

impl ErrorSlot {
    /// # Safety
    /// `pointer` is NULL or writable until the export returns.
    pub(super) unsafe fn new(pointer: *mut learnerlink_error) -> Self {
        // SAFETY: the caller promises what `zeroed` asks for.
        Self(unsafe { Slot::zeroed(pointer, 0) })
    }

    /// The slot of an export that reports by its status alone.
    pub(super) const fn none() -> Self {
        Self(None)
    }
}

impl<T: Copy + Default> Out<T> {
    /// Zeroes what `pointer` points to. In a forked child that is all that is done.
    ///
    /// # Safety
    /// `pointer` is NULL or writable until the export returns.
    pub(super) unsafe fn new(pointer: *mut T, name: &'static str) -> Result<Self> {
        // SAFETY: the caller promises what `zeroed` asks for.
        let slot = unsafe { Slot::zeroed(pointer, T::default()) };
        process::refuse_in_fork()?;
        slot.map(Self).ok_or_else(|| Error::NullArgument { name })
    }

    pub(super) fn set(&self, value: T) {
        self.0.set(value);
    }
}

/// Reads a text argument.
pub(super) fn text<'a>(text: FfiStr<'a>, name: &'static str) -> Result<&'a str> {
    match text.as_opt_str() {
        Some(text) => Ok(text),
        // The crate gives `None` for NULL and for bad UTF-8 alike, but its lossy form only for NULL.
        None if text.into_opt_string().is_none() => Err(Error::NullArgument { name }),
        None => Err(Error::InvalidUtf8 { name }),
    }
}

/// Copies `text` and a NUL into the caller's buffer.
///
/// # Safety
/// `buffer` is NULL or has room for `capacity` bytes.
pub(super) unsafe fn copy(text: &str, buffer: *mut std::ffi::c_char, capacity: u64) -> Result<()> {
    let needed = text.len() as u64 + 1;
    if buffer.is_null() || capacity < needed {
        return Err(Error::BufferTooSmall { capacity, needed });
    }
    let target = buffer.cast::<u8>();
    // SAFETY: the buffer has room for the text and its NUL, as just checked, and cannot overlap our own memory.
    unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), target, text.len()) };
    // SAFETY: `text.len()` is less than the capacity.
    let end = unsafe { target.add(text.len()) };
    // SAFETY: as above; the last byte lies within the buffer.
    unsafe { end.write(0) };
    Ok(())
}

/// Runs the body of the export `function`: catches panics, and turns what it fails with into a status and
/// an error object. In a forked child the body gets as far as zeroing what it is to fill.
pub(super) fn guard(
    function: &'static str,
    slot: ErrorSlot,
    body: impl FnOnce() -> Result<(), Failure>,
) -> learnerlink_status {
    process::note_use();
    // Finding a thread's own in a shared library is a call each time.
    GUARDED.with(|guarded| {
        let outer = guarded.replace(true);
        let result = catch_unwind(AssertUnwindSafe(|| {
            body()?;
            process::refuse_in_fork()?;
            Ok(())
        }));
        let status = match result {
            Ok(Ok(())) => Status::Ok.number(),
            Ok(Err(failure)) => report(function, &slot, &failure),
            // The panic hook has logged where.
            Err(_) => report(function, &slot, &Failure::Own(Error::internal("a panic; the log has file and line"))),
        };
        guarded.set(outer);
        status
    })
}

fn report(function: &'static str, slot: &ErrorSlot, failure: &Failure) -> learnerlink_status {
    if process::refuse_in_fork().is_err() {
        // An error object would need locks that threads of the parent may have held.
        return Status::Forked.number();
    }
    let name = function.strip_prefix("learnerlink_").unwrap_or(function);
    let (error, operation) = match failure {
        Failure::Own(error) => (error, name),
        Failure::OfOperation(operation, outcome) => match outcome.as_ref() {
            Err(error) => (error, *operation),
            Ok(_) => return Status::Internal.number(),
        },
    };
    if let Some(slot) = &slot.0 {
        let system =
            CATALOGUE.iter().find(|known| known.name == operation).map_or("library", |known| known.system.name());
        // Out of handles or panicking a second time, the status alone has to do.
        let stored = catch_unwind(AssertUnwindSafe(|| {
            host::store(Object::Error(Arc::from(error.to_json(operation, system).to_string())))
        }));
        if let Ok(Ok(handle)) = stored {
            slot.set(handle);
        }
    }
    error.status().number()
}
