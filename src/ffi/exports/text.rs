//! Reading texts and errors.

use std::ffi::c_char;

use crate::ffi::host;
use crate::ffi::raw::{self, ErrorSlot, Out};
use crate::ffi::types::{learnerlink_error, learnerlink_status, learnerlink_text};

/// Copies a text into the caller's buffer as UTF-8, followed by a NUL.
///
/// Call it with no buffer to learn the length first. The text stays until it is closed.
///
/// @param buffer    receives the text and its NUL; may be NULL when `capacity` is 0
/// @param capacity  the buffer's size in bytes
/// @param out_len   receives the text's length in bytes without the NUL, also when the buffer is too small; may be NULL
/// @return LEARNERLINK_STATUS_OK, LEARNERLINK_STATUS_BUFFER_TOO_SMALL or LEARNERLINK_STATUS_INVALID_HANDLE
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_text_copy(
    text: learnerlink_text,
    buffer: *mut c_char,
    capacity: u64,
    out_len: *mut u64,
) -> learnerlink_status {
    raw::guard("learnerlink_text_copy", ErrorSlot::none(), || {
        // SAFETY: the header requires `out_len` to be NULL or writable.
        let length = unsafe { Out::new(out_len, "out_len") }.ok();
        host::with_text(text, |text| {
            if let Some(length) = length {
                length.set(text.len() as u64);
            }
            // SAFETY: the header requires `buffer` to be NULL or to have room for `capacity` bytes.
            unsafe { raw::copy(text, buffer, capacity) }
        })?;
        Ok(())
    })
}

/// Returns an error object as JSON: `status`, `code`, `message`, `retriable`, `operation`, `system`,
/// `upstream`, `details`, `causes`.
///
/// @param error     an error that a failed call left; close it afterwards
/// @param out_text  receives the JSON; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_error_json(
    error: learnerlink_error,
    out_text: *mut learnerlink_text,
) -> learnerlink_status {
    raw::guard("learnerlink_error_json", ErrorSlot::none(), || {
        // SAFETY: the header requires `out_text` to be NULL or writable.
        let out = unsafe { Out::new(out_text, "out_text")? };
        out.set(host::store_text(host::error(error)?.to_string())?);
        Ok(())
    })
}
