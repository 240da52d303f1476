//! What the library says about itself.

use std::ffi::c_char;

use crate::ffi::host;
use crate::ffi::raw::{self, ErrorSlot, Out};
use crate::ffi::types::{learnerlink_error, learnerlink_status, learnerlink_text};

/// Returns the library's version, such as `1.2.3`. The text is static and never freed.
#[unsafe(no_mangle)]
pub extern "system" fn learnerlink_version() -> *const c_char {
    const { concat!(env!("CARGO_PKG_VERSION"), "\0") }.as_ptr().cast()
}

/// Returns the version of this interface as `major << 16 | minor`.
///
/// Within a major version functions, statuses and keys are added and never changed or removed.
#[unsafe(no_mangle)]
pub extern "system" fn learnerlink_abi_version() -> u32 {
    crate::ABI_MAJOR << 16 | crate::ABI_MINOR
}

/// Returns the catalogue as JSON: versions, operations with their schemas and outcomes, and all errors.
///
/// @param out_text  receives the catalogue; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or why there is none
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_describe(
    out_text: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_describe", slot, || {
        // SAFETY: the header requires `out_text` to be NULL or writable.
        let out = unsafe { Out::new(out_text, "out_text")? };
        out.set(host::store_text(crate::operations::DESCRIPTION.to_owned())?);
        Ok(())
    })
}
