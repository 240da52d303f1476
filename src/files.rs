//! Files of the caller's: work on them holds nobody up, and what is written is for its owner only.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Does work on a file where blocking holds nobody up.
///
/// # Errors
/// Those of the work, and `INTERNAL` when it panicked.
pub(crate) async fn off_the_worker<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    crate::runtime::blocking(work).await.ok_or_else(|| Error::internal("work on a file did not finish"))?
}

/// Lets only its owner read a file that is created.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Creates the file that a request names in `path`, which must not exist.
///
/// # Errors
/// `INVALID_INPUT`.
pub(crate) fn create(path: &str) -> Result<(File, Unfinished)> {
    let file = private(OpenOptions::new().write(true).create_new(true)).open(path).map_err(|error| {
        Error::input(
            "path",
            match error.kind() {
                ErrorKind::AlreadyExists => "names a file that exists; choose another name",
                ErrorKind::NotFound => "lies in a folder that does not exist",
                _ => "names a file that cannot be written",
            },
        )
    })?;
    Ok((file, Unfinished::at(path.into())))
}

/// Removes a file unless it was finished.
pub(crate) struct Unfinished(Option<PathBuf>);

impl Unfinished {
    /// The file at `path` is not finished yet.
    pub(crate) const fn at(path: PathBuf) -> Self {
        Self(Some(path))
    }

    /// Where it is, while it is not finished.
    pub(crate) fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    /// It is finished, and stays.
    pub(crate) fn finished(mut self) {
        self.0 = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Nobody is left to be told.
            let _ = std::fs::remove_file(path);
        }
    }
}
