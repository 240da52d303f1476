//! A trivial operation through the C ABI of the real shared library.

use std::ffi::{CStr, CString, c_char};
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use libloading::Library;
use serde::{Deserialize, Serialize};

use crate::measure::{Case, interleaved, nanos_per_call};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

const REQUEST: &CStr = c"{\"probe\":false,\"user\":\"reception\"}";

type Open = unsafe extern "C" fn(*const c_char, *mut u64, *mut u64) -> i32;
type Operation = unsafe extern "C" fn(u64, *const c_char, *mut u64, *mut u64) -> i32;
type TextCopy = unsafe extern "C" fn(u64, *mut c_char, u64, *mut u64) -> i32;
type Close = unsafe extern "C" fn(u64) -> i32;

/// The functions of the library that are measured.
pub struct Abi {
    open: Open,
    health: Operation,
    generate_qr: Operation,
    retrieve_linkage_key: Operation,
    create_linkage_key: Operation,
    text_copy: TextCopy,
    close: Close,
    library: Library,
}

/// Where the release build of the library is.
///
/// # Errors
/// How to build it.
pub fn library() -> Result<PathBuf, String> {
    let named = std::env::var_os("LEARNERLINK_LIB").map(PathBuf::from);
    let built = || {
        let target = std::env::current_exe().ok()?.parent()?.parent()?.parent()?.to_owned();
        Some(target.join("ship/release").join(libloading::library_filename("learnerlink")))
    };
    let path = named.or_else(built).ok_or("this program does not know where it is")?;
    if path.is_file() {
        return Ok(path);
    }
    Err(format!("{} is missing, build it with `scripts/release.sh`", path.display()))
}

/// The length of an answer, or a status.
type Answered = Result<usize, i32>;

impl Abi {
    /// Loads the library.
    ///
    /// # Errors
    /// When it is missing or lacks a function.
    pub fn load() -> Result<Self, Box<dyn std::error::Error>> {
        // SAFETY: the library is ours and does nothing when it is loaded.
        let library = unsafe { Library::new(library()?) }?;
        macro_rules! function {
            ($name:literal) => {
                // SAFETY: the types above are those of the header.
                *unsafe { library.get(concat!($name, "\0").as_bytes()) }?
            };
        }
        Ok(Self {
            open: function!("learnerlink_open"),
            health: function!("learnerlink_health"),
            generate_qr: function!("learnerlink_generate_qr"),
            retrieve_linkage_key: function!("learnerlink_retrieve_linkage_key"),
            create_linkage_key: function!("learnerlink_create_linkage_key"),
            text_copy: function!("learnerlink_text_copy"),
            close: function!("learnerlink_close"),
            library,
        })
    }

    /// Opens a plugin.
    ///
    /// # Errors
    /// The status.
    pub fn open(&self, config: &str) -> Result<u64, Box<dyn std::error::Error>> {
        let (config, mut plugin) = (CString::new(config)?, 0);
        // SAFETY: the text is NUL-terminated and the out-pointer is to a local.
        let status = unsafe { (self.open)(config.as_ptr(), &mut plugin, std::ptr::null_mut()) };
        if status == 0 { Ok(plugin) } else { Err(format!("learnerlink_open: status {status}").into()) }
    }

    /// Runs an operation and copies its answer into `buffer`; answers with its length.
    fn call(&self, operation: Operation, plugin: u64, request: &CStr, buffer: &mut [u8]) -> Result<usize, i32> {
        let (mut text, mut length) = (0, 0);
        // SAFETY: the text is NUL-terminated and the out-pointers are to locals or NULL.
        let status = unsafe { operation(plugin, request.as_ptr(), &mut text, std::ptr::null_mut()) };
        if status != 0 {
            return Err(status);
        }
        // SAFETY: the buffer has room for as many bytes as are said.
        let status = unsafe { (self.text_copy)(text, buffer.as_mut_ptr().cast(), buffer.len() as u64, &mut length) };
        self.close(text);
        if status == 0 { Ok(length as usize) } else { Err(status) }
    }

    /// A call of any operation, by its name.
    ///
    /// # Errors
    /// When the library has no function for it.
    pub fn named(
        &self,
        operation: &str,
        request: &str,
    ) -> Result<impl Fn(u64, &mut [u8]) -> Answered, libloading::Error> {
        let request = CString::new(request).expect("no request here has a NUL");
        // SAFETY: every function named after an operation has this type.
        let function: Operation = *unsafe { self.library.get(format!("learnerlink_{operation}\0").as_bytes()) }?;
        Ok(move |plugin: u64, buffer: &mut [u8]| self.call(function, plugin, &request, buffer))
    }

    /// Calls `health`.
    pub fn health(&self, plugin: u64, buffer: &mut [u8]) -> Result<usize, i32> {
        self.call(self.health, plugin, REQUEST, buffer)
    }

    /// Calls `generate_qr` for the sandbox's first provider.
    pub fn generate_qr(&self, plugin: u64, buffer: &mut [u8]) -> Result<usize, i32> {
        self.call(self.generate_qr, plugin, c"{\"ukprn\":\"10099901\"}", buffer)
    }

    /// Calls `retrieve_linkage_key`.
    pub fn retrieve_linkage_key(&self, plugin: u64, request: &CStr, buffer: &mut [u8]) -> Result<usize, i32> {
        self.call(self.retrieve_linkage_key, plugin, request, buffer)
    }

    /// Calls `create_linkage_key`.
    pub fn create_linkage_key(&self, plugin: u64, request: &CStr, buffer: &mut [u8]) -> Result<usize, i32> {
        self.call(self.create_linkage_key, plugin, request, buffer)
    }

    /// Closes a handle.
    pub fn close(&self, handle: u64) {
        // SAFETY: any number may be closed.
        unsafe { (self.close)(handle) };
    }
}

/// The request as the operation reads it, the shared keys included.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[derive(Default)]
struct Request {
    probe: bool,
    ukprn: Option<String>,
    profile: Option<String>,
    user: Option<String>,
    trace_id: Option<String>,
    timeout_ms: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    outcome: &'static str,
    version: &'static str,
    left_alone: Vec<String>,
}

/// What a function does that takes JSON and returns JSON and nothing else: no handles, no checks of what
/// the host passes, no limits, no statistics, no guard against panics.
unsafe extern "C" fn bare(request: *const c_char) -> *mut c_char {
    // SAFETY: the one caller passes a NUL-terminated text.
    let text = unsafe { CStr::from_ptr(request) }.to_str().expect("the request is UTF-8");
    let request: Request = serde_json::from_str(text).expect("the request is JSON");
    black_box((&request.ukprn, &request.profile, &request.user, &request.trace_id, request.timeout_ms));
    let outcome = if request.probe { "degraded" } else { "ok" };
    let response = Response { outcome, version: learnerlink::VERSION, left_alone: Vec::new() };
    let json = serde_json::to_vec(&response).expect("the response has a JSON form");
    CString::new(json).expect("JSON has no NUL").into_raw()
}

unsafe extern "C" fn bare_free(text: *mut c_char) {
    // SAFETY: the one caller passes what `bare` returned, once.
    drop(unsafe { CString::from_raw(text) });
}

/// `health`, against the bare function.
pub fn rows(effort: &Effort) -> Outcome {
    const WHAT: &str = "trivial JSON operation through the C ABI";
    if let Err(why) = library() {
        return Ok(vec![Row::skipped(WHAT, &why)]);
    }
    let abi = Abi::load()?;
    let plugin = abi.open(r#"{"store":":memory:"}"#)?;
    let span = Duration::from_millis(if effort.quick { 60 } else { 200 });
    // Reached through pointers that the compiler cannot see through, as a host's are.
    let bare: unsafe extern "C" fn(*const c_char) -> *mut c_char = black_box(bare);
    let bare_free: unsafe extern "C" fn(*mut c_char) = black_box(bare_free);
    let (mut ours, mut theirs) = ([0; 512], [0; 512]);
    let length = abi.health(plugin, &mut ours).map_err(|status| format!("health: status {status}"))?;
    let answer = String::from_utf8_lossy(&ours[..length]).into_owned();
    let cases: Vec<Case<'_>> = vec![
        Box::new(|| {
            nanos_per_call(span, || {
                let _ = black_box(abi.health(plugin, &mut ours));
            })
        }),
        Box::new(|| {
            nanos_per_call(span, || {
                // SAFETY: the request is NUL-terminated.
                let text = unsafe { bare(REQUEST.as_ptr()) };
                // SAFETY: it returns a NUL-terminated text.
                let bytes = unsafe { CStr::from_ptr(text) }.to_bytes();
                theirs[..bytes.len()].copy_from_slice(black_box(bytes));
                // SAFETY: the text is what it returned and is not used again.
                unsafe { bare_free(text) };
            })
        }),
    ];
    let results = interleaved(effort.rounds, cases);
    abi.close(plugin);
    if answer.as_bytes() != &theirs[..length] {
        return Err(format!("the two answers differ: {answer}").into());
    }
    Ok(vec![Row::ratio(WHAT, "ns", &results[0], &results[1], Goal::AtMost(1.5))])
}
