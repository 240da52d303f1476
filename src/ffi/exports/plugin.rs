//! Opening a plugin, ending any handle, and what concerns all of them.

use ffi_support::FfiStr;
use serde_json::json;

use super::wait_limit;
use crate::error::Error;
use crate::ffi::host;
use crate::ffi::raw::{self, ErrorSlot, Out};
use crate::ffi::types::{learnerlink_error, learnerlink_plugin, learnerlink_status, learnerlink_text};
use crate::handle::Kind;

/// Opens a plugin: its store, its vault and its way to the services.
///
/// @param config_json  the configuration, see `include/schemas/configuration.json`; `{"sandbox":"http://127.0.0.1:8099"}` is one
/// @param out_plugin   receives the plugin; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or why it could not be opened
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_open(
    config_json: FfiStr<'_>,
    out_plugin: *mut learnerlink_plugin,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_open", slot, || {
        // SAFETY: the header requires `out_plugin` to be NULL or writable.
        let out = unsafe { Out::new(out_plugin, "out_plugin")? };
        out.set(host::open(raw::text(config_json, "config_json")?)?);
        Ok(())
    })
}

/// Ends a handle of any kind. Never blocks.
///
/// Closing a plugin ends its operations as cancelled; closing a running operation cancels it; closing a
/// queue wakes its waiters. Calls under way on other threads finish safely.
///
/// @param handle  any handle the library returned; 0 does nothing
/// @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE for one that is not open
#[unsafe(no_mangle)]
pub extern "system" fn learnerlink_close(handle: u64) -> learnerlink_status {
    raw::guard("learnerlink_close", ErrorSlot::none(), || {
        if handle != 0 {
            host::close(handle)?;
        }
        Ok(())
    })
}

/// Returns counters as JSON: calls by operation and outcome, latency, retries, tokens, open handles.
///
/// @param plugin    the plugin whose counters to include; 0 for those of the process alone
/// @param out_text  receives the counters; 0 on failure
/// @return LEARNERLINK_STATUS_OK, or why there are none
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_stats(
    plugin: learnerlink_plugin,
    out_text: *mut learnerlink_text,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_stats", slot, || {
        // SAFETY: the header requires `out_text` to be NULL or writable.
        let out = unsafe { Out::new(out_text, "out_text")? };
        let opened = if plugin == 0 { None } else { Some(host::plugin(plugin)?) };
        let mut stats = opened.map_or_else(|| json!({}), |opened| opened.plugin.stats());
        stats["handles"] =
            Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), json!(host::live(kind)))).collect();
        out.set(host::store_text(stats.to_string())?);
        Ok(())
    })
}

/// Takes the oldest line of the log, waiting for one if there is none.
///
/// The level is set by `log.level` in the configuration; by default only defects of the library are. Only a line ends the
/// wait, not a shutdown, so a thread that pulls the log should wait a second at a time.
///
/// @param timeout_ms  how long to wait; 0 not at all, LEARNERLINK_WAIT_FOREVER some fifty days
/// @param out_text    receives a JSON object; 0 when there was none
/// @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_TIMED_OUT
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_log_next(
    timeout_ms: u32,
    out_text: *mut learnerlink_text,
) -> learnerlink_status {
    raw::guard("learnerlink_log_next", ErrorSlot::none(), || {
        // SAFETY: the header requires `out_text` to be NULL or writable.
        let out = unsafe { Out::new(out_text, "out_text")? };
        let line = crate::log::next(wait_limit(timeout_ms));
        let line = line.ok_or(Error::TimedOut { waited_ms: u64::from(timeout_ms) })?;
        out.set(host::store_text(line)?);
        Ok(())
    })
}

/// Ends all work of the library in this process.
///
/// Plugins refuse new work, and operations are cancelled and waited for; one that does not stop in time is
/// given up and ends as cancelled all the same. Queues hand out what is left and are then closed. Handles stay
/// to be closed. A plugin may be opened afresh afterwards.
///
/// @param timeout_ms  how long to wait for operations to end; 0 not at all, LEARNERLINK_WAIT_FOREVER some fifty days
/// @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_TIMED_OUT with the names of those left in `details.operations`
#[unsafe(no_mangle)]
pub unsafe extern "system" fn learnerlink_shutdown(
    timeout_ms: u32,
    out_error: *mut learnerlink_error,
) -> learnerlink_status {
    // SAFETY: the header requires `out_error` to be NULL or writable.
    let slot = unsafe { ErrorSlot::new(out_error) };
    raw::guard("learnerlink_shutdown", slot, || Ok(host::shutdown(wait_limit(timeout_ms))?))
}
