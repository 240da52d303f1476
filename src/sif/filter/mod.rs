//! The privacy filter: which parts of a document may be shown (section 6 of the SIF specification).
//!
//! A filter is what the Privacy Rules Service's stylesheet is, without a stylesheet: its templates are compiled to
//! paths, and the last template that matches a node decides. Whatever goes wrong, nothing of the document comes out.

mod emit;
mod statement;
pub mod stylesheet;
mod xpath;

use std::collections::HashMap;

use roxmltree::{Document, NodeId};

use statement::Table;
pub use statement::{Reading, differing};
pub(crate) use xpath::qualified_name;
use xpath::{Item, Path};

use crate::privacy::Wiped;

/// Prefixes that the fixed reading knows.
const PREFIXES: [(&str, &str); 2] = [("psesd", "psesd"), ("raw", "raw")];
/// The most data objects of one filter.
const MOST: usize = 10_000;

/// A row of the Privacy Rules Service: what may or may not be shown of a kind of object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataObject {
    /// Whether the statement includes; it excludes otherwise.
    pub includes: bool,
    /// The statement.
    pub statement: String,
}

impl DataObject {
    /// A row as it stands in the original's table, where only the word `include` includes.
    #[must_use]
    pub fn of(filter_type: &str, statement: &str) -> Self {
        Self { includes: filter_type.eq_ignore_ascii_case("include"), statement: statement.to_owned() }
    }
}

/// Why there is no filter. The number is that of the data object or template, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which of them.
    pub at: usize,
    /// What is wrong with it, as the rest of a sentence that begins with the statement.
    pub problem: String,
}

/// Why a document was not filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfiltered {
    /// It is an object of another kind than the filter is for.
    AnotherRoot,
}

/// A filter, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    root: String,
    /// By rising priority.
    templates: Vec<Template>,
}

#[derive(Clone, Debug, PartialEq)]
struct Template {
    /// From the root element on, which is the first step that is left out.
    path: Path,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Exclude,
    /// What is shown below.
    Include(Vec<Path>),
}

impl Filter {
    /// Compiles the data objects of one kind of object, in their order.
    ///
    /// # Errors
    /// The first statement that is not accepted.
    pub fn of(root: &str, objects: &[DataObject], reading: Reading) -> Result<Self, Refused> {
        if objects.len() > MOST {
            return Err(Refused { at: MOST, problem: format!("is beyond the {MOST} that one filter may have") });
        }
        let prefixes: &[(&str, &str)] = if reading == Reading::Fixed { &PREFIXES } else { &[] };
        let mut templates = Vec::with_capacity(objects.len());
        for (at, object) in objects.iter().enumerate().filter(|(_, object)| !object.includes) {
            let statement = object.statement.strip_prefix('/').unwrap_or(&object.statement);
            let statement = if reading == Reading::Fixed { statement.trim_end_matches('/') } else { statement };
            let path = Path::read(statement, prefixes).map_err(|problem| Refused { at, problem })?;
            templates.push(Template { path, kind: Kind::Exclude });
        }
        let statements: Vec<&str> = includes(objects).collect();
        for (path, children) in Table::of(root, &statements, reading).paths() {
            // Of several statements that lead to a path, the first that is not accepted is told.
            let refused = |problem: String| Refused { at: culprit(root, objects, reading, prefixes), problem };
            let below = path.strip_prefix(root).and_then(|rest| rest.strip_prefix('/'));
            let path = match below {
                Some(below) => Path::read(below, prefixes).map_err(refused)?,
                None => Path(Vec::new()),
            };
            let children =
                children.iter().map(|child| Path::read(child, prefixes)).collect::<Result<_, _>>().map_err(refused)?;
            templates.push(Template { path, kind: Kind::Include(children) });
        }
        Ok(Self { root: root.to_owned(), templates })
    }

    /// The kind of object it is for.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Filters a document.
    ///
    /// # Errors
    /// Why nothing of it comes out.
    pub fn apply(&self, document: &Document<'_>) -> Result<Wiped<String>, Unfiltered> {
        let root = document.root_element();
        if root.tag_name().namespace().is_some_and(|uri| !uri.is_empty()) || root.tag_name().name() != self.root {
            return Err(Unfiltered::AnotherRoot);
        }
        // Every path is followed once from the root, so that a large document with many alike costs no more than
        // its size times the number of templates.
        let mut nodes: HashMap<NodeId, usize> = HashMap::new();
        let mut attributes: HashMap<(NodeId, usize), usize> = HashMap::new();
        for (at, template) in self.templates.iter().enumerate() {
            for item in template.path.select(Item::Node(root)) {
                match item {
                    Item::Node(node) => nodes.insert(node.id(), at),
                    Item::Attribute(owner, place) => attributes.insert((owner.id(), place), at),
                };
            }
        }
        Ok(emit::emitted(root, &self.templates, &nodes, &attributes))
    }
}

fn includes(objects: &[DataObject]) -> impl Iterator<Item = &str> {
    objects.iter().filter(|object| object.includes).map(|object| object.statement.as_str())
}

/// The first include statement that is not accepted even alone; else the first of all.
fn culprit(root: &str, objects: &[DataObject], reading: Reading, prefixes: &[(&str, &str)]) -> usize {
    let broken = |statement: &str| {
        Table::of(root, &[statement], reading).paths().any(|(path, children)| {
            let below = path.strip_prefix(root).and_then(|rest| rest.strip_prefix('/'));
            below.is_some_and(|below| Path::read(below, prefixes).is_err())
                || children.iter().any(|child| Path::read(child, prefixes).is_err())
        })
    };
    objects.iter().position(|object| object.includes && broken(&object.statement)).unwrap_or(0)
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
