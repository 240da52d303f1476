//! Writes what is generated from the Rust sources: header, symbol list, schemas, tables of the documentation,
//! sources of the C# package, classes of the Java package, modules of the Python package.
//!
//! Every file is a function of the sources alone, so the same sources give the same bytes on every machine.

mod csharp;
mod header;
mod java;
mod model;
mod python;
mod regions;
mod schemas;
mod tables;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The command that brings the generated files up to date.
pub const COMMAND: &str = "cargo run -p headergen";

/// What stands at the head of a generated source.
const MARK: &str = "Generated from the Rust sources by `cargo run -p headergen`; do not edit.";

/// The result of everything here.
pub type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

/// Generated files: their text by their path from the project's folder, with `/` between its parts.
pub type Files = BTreeMap<String, String>;

/// The folders in which nothing is written by hand.
const GENERATED: &[&str] = &[schemas::FOLDER, csharp::MODELS, java::MODELS];

/// How a file on disk differs from what is generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file, from the project's folder.
    pub path: String,
    /// What is wrong with it.
    pub kind: Kind,
}

/// What is wrong with a file on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is not there.
    Missing,
    /// It has other contents, from this line on.
    Differs(usize),
    /// Nothing generates it any more.
    Stale,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Missing => write!(f, "{} is missing", self.path),
            Kind::Differs(line) => write!(f, "{}:{line} is not what the sources give", self.path),
            Kind::Stale => write!(f, "{} belongs to nothing in the sources", self.path),
        }
    }
}

/// The folder of the project this program was built from.
#[must_use]
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or_else(|| Path::new(".")).to_owned()
}

/// Generates all files.
///
/// # Errors
/// A source that cannot be read or understood.
pub fn generate(root: &Path) -> Result<Files> {
    let mut files = Files::new();
    header::generate(root, &mut files)?;
    schemas::generate(&mut files)?;
    tables::generate(&mut files);
    let interface = model::Interface::read()?;
    csharp::generate(&interface, &mut files);
    java::generate(&interface, &mut files);
    python::generate(&interface, &mut files);
    regions::generate(root, &mut files)?;
    Ok(files)
}

/// Compares the files on disk with what is generated.
///
/// # Errors
/// As [`generate`].
pub fn verify(root: &Path) -> Result<Vec<Difference>> {
    compare(root, &generate(root)?)
}

/// Brings the files on disk up to date and tells which it changed.
///
/// # Errors
/// As [`generate`], and a file that cannot be written.
pub fn write(root: &Path) -> Result<Vec<Difference>> {
    let files = generate(root)?;
    let differences = compare(root, &files)?;
    for difference in &differences {
        let path = root.join(&difference.path);
        match files.get(&difference.path) {
            Some(text) => {
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::write(&path, text)?;
            }
            None => fs::remove_file(&path)?,
        }
    }
    Ok(differences)
}

fn compare(root: &Path, files: &Files) -> Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for (path, text) in files {
        let kind = match read(&root.join(path))? {
            None => Kind::Missing,
            Some(found) if found != *text => Kind::Differs(first_difference(&found, text)),
            Some(_) => continue,
        };
        differences.push(Difference { path: path.clone(), kind });
    }
    for folder in GENERATED {
        if !root.join(folder).is_dir() {
            continue;
        }
        let mut paths = Vec::new();
        for entry in fs::read_dir(root.join(folder))? {
            paths.push(format!("{folder}/{}", entry?.file_name().to_string_lossy()));
        }
        paths.sort_unstable();
        let stale = paths.into_iter().filter(|path| !files.contains_key(path));
        differences.extend(stale.map(|path| Difference { path, kind: Kind::Stale }));
    }
    Ok(differences)
}

/// The text of a file, as if it had been written on Unix; `None` when there is none.
fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.replace("\r\n", "\n"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}

fn first_difference(one: &str, other: &str) -> usize {
    let same = one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count();
    same + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generating_twice_gives_the_same() {
        assert_eq!(generate(&project()).unwrap(), generate(&project()).unwrap());
    }

    #[test]
    fn no_generated_file_names_a_place_on_this_machine() {
        let root = project();
        for (path, text) in generate(&root).unwrap() {
            assert!(!text.contains(root.to_str().unwrap()), "{path}");
            assert!(!text.contains(std::env::temp_dir().to_str().unwrap()), "{path}");
        }
    }

    #[test]
    fn what_is_missing_changed_or_stale_is_told_and_repaired() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for part in ["src/ffi/exports", "include"] {
            copy(&project().join(part), &root.join(part));
        }
        fs::copy(project().join("src/ffi/types.rs"), root.join("src/ffi/types.rs")).unwrap();
        write(root).unwrap();
        assert_eq!(verify(root).unwrap(), []);

        let header = root.join("include/learnerlink.h");
        fs::write(&header, fs::read_to_string(&header).unwrap().replacen("UTF-8", "ASCII", 1)).unwrap();
        fs::remove_file(root.join("include/learnerlink.symbols")).unwrap();
        fs::write(root.join("include/schemas/no_such.request.json"), "{}").unwrap();
        let told: Vec<String> = verify(root).unwrap().iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("include/learnerlink.h:"), "{told:?}");
        assert_eq!(
            told[1..],
            [
                "include/learnerlink.symbols is missing",
                "include/schemas/no_such.request.json belongs to nothing in the sources"
            ]
        );
        assert_eq!(write(root).unwrap().len(), 3);
        assert_eq!(verify(root).unwrap(), []);
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let to = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy(&entry.path(), &to);
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
}
