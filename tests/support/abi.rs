//! The C ABI as a host sees it: the shared library, loaded at run time, and its functions by name.

// Each test program uses its own part of this module.
#![allow(dead_code)]

use std::ffi::{CStr, CString, c_char, c_void};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::Value;

pub const OK: i32 = 0;
pub const NOT_READY: i32 = 1;
pub const TIMED_OUT: i32 = 2;
pub const CANCELLED: i32 = 3;
pub const BUFFER_TOO_SMALL: i32 = 4;
pub const NULL_ARGUMENT: i32 = 100;
pub const INVALID_UTF8: i32 = 101;
pub const INVALID_HANDLE: i32 = 102;
pub const CLOSED: i32 = 103;
pub const FORKED: i32 = 104;
pub const UNKNOWN_OPERATION: i32 = 105;
pub const ALREADY_ENQUEUED: i32 = 107;
pub const INVALID_JSON: i32 = 200;
pub const UNKNOWN_KEY: i32 = 201;
pub const INVALID_INPUT: i32 = 202;
pub const INVALID_CONFIG: i32 = 203;
pub const TOO_LARGE: i32 = 204;
pub const INTERNAL: i32 = 900;

pub const RUNNING: i32 = 1;
pub const DONE: i32 = 2;
pub const FAILED: i32 = 3;
pub const STOPPED: i32 = 4;

pub const FOREVER: u32 = u32::MAX;

/// How long a test waits for something that must happen, in milliseconds.
pub const PATIENCE_MS: u32 = 20_000;
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A name of a person that no code page but Unicode can write.
pub const NAME: &str = "Zoë Ó Súilleabháin 🎓";

type Named = unsafe extern "system" fn(u64, *const c_char, *mut u64, *mut u64) -> i32;

macro_rules! functions {
    ($($field:ident = $name:literal: fn($($argument:ty),*) -> $result:ty;)*) => {
        /// The functions that are no operations.
        pub struct Functions {
            $(pub $field: unsafe extern "system" fn($($argument),*) -> $result,)*
            pub library: Library,
        }

        /// The names of the functions that are no operations.
        pub const NOUNS: &[&str] = &[$($name),*];

        impl Functions {
            pub fn load(path: &Path) -> Self {
                let library = Library::open(path).unwrap();
                Self {
                    $($field: {
                        let address = library.symbol($name);
                        // SAFETY: the type is that of the header, which is checked against the sources.
                        unsafe { std::mem::transmute::<*mut c_void, unsafe extern "system" fn($($argument),*) -> $result>(address) }
                    },)*
                    library,
                }
            }
        }
    };
}

functions! {
    version = "learnerlink_version": fn() -> *const c_char;
    abi_version = "learnerlink_abi_version": fn() -> u32;
    describe = "learnerlink_describe": fn(*mut u64, *mut u64) -> i32;
    open = "learnerlink_open": fn(*const c_char, *mut u64, *mut u64) -> i32;
    close = "learnerlink_close": fn(u64) -> i32;
    stats = "learnerlink_stats": fn(u64, *mut u64, *mut u64) -> i32;
    log_next = "learnerlink_log_next": fn(u32, *mut u64) -> i32;
    shutdown = "learnerlink_shutdown": fn(u32, *mut u64) -> i32;
    text_copy = "learnerlink_text_copy": fn(u64, *mut c_char, u64, *mut u64) -> i32;
    error_json = "learnerlink_error_json": fn(u64, *mut u64) -> i32;
    start = "learnerlink_start": fn(u64, *const c_char, *const c_char, *mut u64, *mut u64) -> i32;
    op_poll = "learnerlink_op_poll": fn(u64, *mut i32, *mut u64) -> i32;
    op_wait = "learnerlink_op_wait": fn(u64, u32, *mut i32, *mut u64) -> i32;
    op_cancel = "learnerlink_op_cancel": fn(u64) -> i32;
    op_progress = "learnerlink_op_progress": fn(u64, *mut u64, *mut u64) -> i32;
    op_result = "learnerlink_op_result": fn(u64, *mut u64, *mut u64) -> i32;
    queue_open = "learnerlink_queue_open": fn(*mut u64, *mut u64) -> i32;
    op_enqueue = "learnerlink_op_enqueue": fn(u64, u64, u64, *mut u64) -> i32;
    queue_next = "learnerlink_queue_next": fn(u64, u32, *mut u64, *mut i32) -> i32;
}

/// The library under test.
pub fn abi() -> &'static Functions {
    static FUNCTIONS: LazyLock<Functions> = LazyLock::new(|| Functions::load(&library_path()));
    &FUNCTIONS
}

/// The shared library that was built together with this test program.
pub fn library_path() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let folder = program.parent().unwrap();
    let name = format!("{}learnerlink{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let path = folder.join(&name);
    if path.is_file() { path } else { folder.parent().unwrap().join(&name) }
}

/// The project's folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Why a call failed: its status, and the error object when it left one.
#[derive(Debug)]
pub struct Failure {
    pub status: i32,
    pub error: Option<Value>,
}

pub type Answer<T> = Result<T, Failure>;

/// Turns a status and an error handle into a result; the error object is checked and closed.
pub fn done(status: i32, error: u64) -> Answer<()> {
    if status == OK {
        assert_eq!(error, 0, "a call that succeeds leaves no error");
        return Ok(());
    }
    Err(Failure { status, error: (error != 0).then(|| checked(status, error)) })
}

/// Reads and closes an error object, which must have all its keys and fit the status.
fn checked(status: i32, error: u64) -> Value {
    let mut text = 0;
    // SAFETY: the out-pointer is a local variable.
    assert_eq!(unsafe { (abi().error_json)(error, &mut text) }, OK);
    let value: Value = serde_json::from_str(&take(text)).unwrap();
    close(error).unwrap();
    for key in ["status", "code", "message", "retriable", "operation", "system", "upstream", "details", "causes"] {
        assert!(value.get(key).is_some(), "{key} is missing in {value}");
    }
    assert_eq!(value["status"], status, "{value}");
    assert!(value["details"].is_object() && value["causes"].is_array(), "{value}");
    assert!(!value["message"].as_str().unwrap().is_empty(), "{value}");
    value
}

/// Copies a text out and closes it.
pub fn take(text: u64) -> String {
    let copied = copy(text).unwrap();
    close(text).unwrap();
    copied
}

/// Copies a text out.
pub fn copy(text: u64) -> Result<String, i32> {
    let mut length = 0;
    // SAFETY: a length is asked for without a buffer.
    let status = unsafe { (abi().text_copy)(text, std::ptr::null_mut(), 0, &mut length) };
    if status != BUFFER_TOO_SMALL {
        return Err(status);
    }
    let mut buffer = vec![0xAA_u8; usize::try_from(length).unwrap() + 1];
    // SAFETY: the buffer has the capacity that is given.
    let status = unsafe { (abi().text_copy)(text, buffer.as_mut_ptr().cast(), length + 1, &mut length) };
    assert_eq!(status, OK);
    assert_eq!(buffer.pop(), Some(0), "a copy ends in NUL");
    Ok(String::from_utf8(buffer).unwrap())
}

pub fn close(handle: u64) -> Result<(), i32> {
    // SAFETY: a number is all it takes.
    match unsafe { (abi().close)(handle) } {
        OK => Ok(()),
        status => Err(status),
    }
}

pub fn open(config: &Value) -> Answer<u64> {
    open_text(&config.to_string())
}

pub fn open_text(config: &str) -> Answer<u64> {
    let config = CString::new(config).unwrap();
    let (mut plugin, mut error) = (7, 7);
    // SAFETY: the text ends in NUL and the out-pointers are local variables.
    let status = unsafe { (abi().open)(config.as_ptr(), &mut plugin, &mut error) };
    done(status, error).inspect_err(|_| assert_eq!(plugin, 0))?;
    Ok(plugin)
}

/// The function named after an operation.
pub fn named(operation: &str) -> Named {
    let address = abi().library.symbol(&format!("learnerlink_{operation}"));
    // SAFETY: all operations have this signature; `exports_shape.rs` checks it.
    unsafe { std::mem::transmute::<*mut c_void, Named>(address) }
}

/// Calls an operation by its own function.
pub fn call(plugin: u64, operation: &str, request: &Value) -> Answer<Value> {
    let text = call_text(plugin, operation, &request.to_string())?;
    Ok(serde_json::from_str(&text).unwrap())
}

pub fn call_text(plugin: u64, operation: &str, request: &str) -> Answer<String> {
    let request = CString::new(request).unwrap();
    let (mut response, mut error) = (7, 7);
    // SAFETY: the text ends in NUL and the out-pointers are local variables.
    let status = unsafe { named(operation)(plugin, request.as_ptr(), &mut response, &mut error) };
    done(status, error).inspect_err(|_| assert_eq!(response, 0))?;
    Ok(take(response))
}

/// Starts an operation; the texts it is given are gone when this returns.
pub fn start(plugin: u64, operation: &str, request: &Value) -> Answer<u64> {
    let mut operation = CString::new(operation).unwrap().into_bytes_with_nul();
    let mut request = CString::new(request.to_string()).unwrap().into_bytes_with_nul();
    let (mut op, mut error) = (7, 7);
    // SAFETY: the texts end in NUL and the out-pointers are local variables.
    let status =
        unsafe { (abi().start)(plugin, operation.as_ptr().cast(), request.as_ptr().cast(), &mut op, &mut error) };
    operation.fill(b'?');
    request.fill(b'?');
    done(status, error).inspect_err(|_| assert_eq!(op, 0))?;
    Ok(op)
}

pub fn poll(op: u64) -> Answer<i32> {
    let (mut state, mut error) = (7, 7);
    // SAFETY: the out-pointers are local variables.
    let status = unsafe { (abi().op_poll)(op, &mut state, &mut error) };
    done(status, error).inspect_err(|_| assert_eq!(state, 0))?;
    Ok(state)
}

pub fn wait(op: u64, timeout_ms: u32) -> Answer<i32> {
    let (mut state, mut error) = (7, 7);
    // SAFETY: the out-pointers are local variables.
    let status = unsafe { (abi().op_wait)(op, timeout_ms, &mut state, &mut error) };
    done(status, error).inspect_err(|_| assert_eq!(state, 0))?;
    Ok(state)
}

pub fn cancel(op: u64) -> i32 {
    // SAFETY: a number is all it takes.
    unsafe { (abi().op_cancel)(op) }
}

pub fn result(op: u64) -> Answer<Value> {
    let (mut text, mut error) = (7, 7);
    // SAFETY: the out-pointers are local variables.
    let status = unsafe { (abi().op_result)(op, &mut text, &mut error) };
    done(status, error).inspect_err(|_| assert_eq!(text, 0))?;
    Ok(serde_json::from_str(&take(text)).unwrap())
}

pub fn progress(op: u64) -> Answer<Value> {
    let (mut text, mut error) = (7, 7);
    // SAFETY: the out-pointers are local variables.
    let status = unsafe { (abi().op_progress)(op, &mut text, &mut error) };
    done(status, error).inspect_err(|_| assert_eq!(text, 0))?;
    Ok(serde_json::from_str(&take(text)).unwrap())
}

pub fn queue() -> u64 {
    let (mut queue, mut error) = (7, 7);
    // SAFETY: the out-pointers are local variables.
    let status = unsafe { (abi().queue_open)(&mut queue, &mut error) };
    done(status, error).unwrap();
    queue
}

pub fn enqueue(op: u64, queue: u64, tag: u64) -> Answer<()> {
    let mut error = 7;
    // SAFETY: the out-pointer is a local variable.
    let status = unsafe { (abi().op_enqueue)(op, queue, tag, &mut error) };
    done(status, error)
}

/// The tag and the state of the next operation that ended, or the status.
pub fn next(queue: u64, timeout_ms: u32) -> Result<(u64, i32), i32> {
    let (mut tag, mut state) = (7, 7);
    // SAFETY: the out-pointers are local variables.
    let status = unsafe { (abi().queue_next)(queue, timeout_ms, &mut tag, &mut state) };
    if status == OK {
        return Ok((tag, state));
    }
    assert_eq!((tag, state), (0, 0), "nothing is left in out-parameters on failure");
    Err(status)
}

pub fn shutdown(timeout_ms: u32) -> Answer<()> {
    let mut error = 7;
    // SAFETY: the out-pointer is a local variable.
    let status = unsafe { (abi().shutdown)(timeout_ms, &mut error) };
    done(status, error)
}

pub fn log_next(timeout_ms: u32) -> Result<Value, i32> {
    let mut text = 7;
    // SAFETY: the out-pointer is a local variable.
    match unsafe { (abi().log_next)(timeout_ms, &mut text) } {
        OK => Ok(serde_json::from_str(&take(text)).unwrap()),
        status => {
            assert_eq!(text, 0);
            Err(status)
        }
    }
}

pub fn describe() -> Value {
    let (mut text, mut error) = (7, 7);
    // SAFETY: the out-pointers are local variables.
    let status = unsafe { (abi().describe)(&mut text, &mut error) };
    done(status, error).unwrap();
    serde_json::from_str(&take(text)).unwrap()
}

pub fn stats(plugin: u64) -> Answer<Value> {
    let (mut text, mut error) = (7, 7);
    // SAFETY: the out-pointers are local variables.
    let status = unsafe { (abi().stats)(plugin, &mut text, &mut error) };
    done(status, error).inspect_err(|_| assert_eq!(text, 0))?;
    Ok(serde_json::from_str(&take(text)).unwrap())
}

/// How many handles of any kind are open.
pub fn live_handles() -> u64 {
    stats(0).unwrap()["handles"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum()
}

pub fn version() -> String {
    // SAFETY: the text is static.
    unsafe { CStr::from_ptr((abi().version)()) }.to_str().unwrap().to_owned()
}

/// The words that a status number has in the table of errors.
pub fn code(status: i32) -> String {
    let errors = describe()["errors"].clone();
    let found = errors.as_array().unwrap().iter().find(|error| error["status"] == status).unwrap()["code"].clone();
    found.as_str().unwrap().to_owned()
}

/// A shared library loaded at run time.
pub struct Library(*mut c_void);

// SAFETY: a handle of the dynamic linker may be used from any thread.
unsafe impl Send for Library {}
// SAFETY: as above.
unsafe impl Sync for Library {}

impl Library {
    pub fn open(path: &Path) -> Result<Self, String> {
        let name = CString::new(path.to_str().unwrap()).unwrap();
        // SAFETY: the text ends in NUL.
        let handle = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
        if handle.is_null() {
            // SAFETY: after a failure there is a message.
            return Err(unsafe { CStr::from_ptr(libc::dlerror()) }.to_string_lossy().into_owned());
        }
        Ok(Self(handle))
    }

    pub fn symbol(&self, name: &str) -> *mut c_void {
        let text = CString::new(name).unwrap();
        // SAFETY: the handle is open and the text ends in NUL.
        let address = unsafe { libc::dlsym(self.0, text.as_ptr()) };
        assert!(!address.is_null(), "the library has no `{name}`");
        address
    }

    pub fn close(self) -> i32 {
        // SAFETY: the handle is open, and gone afterwards.
        unsafe { libc::dlclose(self.0) }
    }
}
