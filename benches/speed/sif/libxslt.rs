//! The system's libxslt, in this process: the library that `xsltproc` is a front of.

use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut};

use libloading::{Library, Symbol};

type Pointer = *mut c_void;
type ReadMemory = unsafe extern "C" fn(*const c_char, c_int, *const c_char, *const c_char, c_int) -> Pointer;
type ParseStylesheet = unsafe extern "C" fn(Pointer) -> Pointer;
type Apply = unsafe extern "C" fn(Pointer, Pointer, *mut *const c_char) -> Pointer;
type Save = unsafe extern "C" fn(*mut *mut u8, *mut c_int, Pointer, Pointer) -> c_int;
type Free = unsafe extern "C" fn(Pointer);

/// `XML_PARSE_NONET` of libxml2.
const NO_NETWORK: c_int = 1 << 11;

/// A stylesheet, compiled. Lives as long as the program: it is measured, not kept.
pub struct Processor {
    style: Pointer,
    read: ReadMemory,
    apply: Apply,
    save: Save,
    free_document: Free,
    free: Free,
}

impl Processor {
    /// Compiles a stylesheet.
    ///
    /// # Errors
    /// When there is no libxslt, or it does not take the stylesheet.
    pub fn new(sheet: &str) -> Result<Self, String> {
        // SAFETY: both are ordinary system libraries; what is taken from them has the types of their headers, and
        // they are never unloaded.
        unsafe {
            let open = |name: &str| {
                Library::new(name).map(|library| &*Box::leak(Box::new(library))).map_err(|error| error.to_string())
            };
            let (xml, xslt) = (open("libxml2.so.2")?, open("libxslt.so.1")?);
            let parse: ParseStylesheet = *symbol(xslt, "xsltParseStylesheetDoc")?;
            let free: *const Free = *symbol(xml, "xmlFree")?;
            let new = Self {
                style: null_mut(),
                read: *symbol(xml, "xmlReadMemory")?,
                apply: *symbol(xslt, "xsltApplyStylesheet")?,
                save: *symbol(xslt, "xsltSaveResultToString")?,
                free_document: *symbol(xml, "xmlFreeDoc")?,
                free: *free,
            };
            let style = parse(new.document(sheet));
            if style.is_null() { Err("libxslt does not take the stylesheet".into()) } else { Ok(Self { style, ..new }) }
        }
    }

    fn document(&self, text: &str) -> Pointer {
        let length = c_int::try_from(text.len()).expect("a record is small");
        // SAFETY: the text lives until the call returns, and the library copies what it keeps.
        unsafe { (self.read)(text.as_ptr().cast(), length, null(), null(), NO_NETWORK) }
    }

    /// Reads, transforms and writes.
    ///
    /// # Panics
    /// When it cannot.
    pub fn transform(&self, text: &str) -> String {
        let document = self.document(text);
        // SAFETY: the pointers are from the library and freed once, as its documentation says.
        unsafe {
            let made = (self.apply)(self.style, document, null_mut());
            assert!(!document.is_null() && !made.is_null(), "libxslt transforms the record");
            let (mut bytes, mut length) = (null_mut(), 0);
            assert_eq!((self.save)(&mut bytes, &mut length, made, self.style), 0, "libxslt writes the result");
            let length = usize::try_from(length).expect("a length");
            let result = String::from_utf8_lossy(std::slice::from_raw_parts(bytes, length)).into_owned();
            (self.free)(bytes.cast());
            (self.free_document)(made);
            (self.free_document)(document);
            result
        }
    }
}

/// # Safety
/// The type must be that of the function.
unsafe fn symbol<'a, T>(library: &'a Library, name: &str) -> Result<Symbol<'a, T>, String> {
    // SAFETY: as the caller says.
    unsafe { library.get(name.as_bytes()) }.map_err(|error| error.to_string())
}
