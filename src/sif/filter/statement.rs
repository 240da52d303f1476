//! Include statements as the Privacy Rules Service's data objects have them, and how they become paths (section 6 of
//! the SIF specification).

use std::collections::BTreeMap;

/// What stands for a slash inside brackets while a statement is cut into steps.
const MARK: &str = "<!-- SRX -->";

/// How statements become paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// As the original service reads them, quirks included.
    #[default]
    Reference,
    /// As they are meant: brackets are left whole, a statement is swallowed only by one that is above it on its path,
    /// and the prefixes `psesd` and `raw` are known.
    Fixed,
}

/// The paths of include statements, and for each what is selected below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table(BTreeMap<Utf16, Vec<String>>);

/// A text that sorts by its UTF-16 code units, as the original does.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Utf16(String);

impl Ord for Utf16 {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.encode_utf16().cmp(other.0.encode_utf16())
    }
}

impl PartialOrd for Utf16 {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Table {
    /// Builds the table for documents with this root from include statements, in their order.
    #[must_use]
    pub fn of(root: &str, statements: &[&str], reading: Reading) -> Self {
        let statements: Vec<&str> = statements.iter().map(|text| text.strip_prefix('/').unwrap_or(text)).collect();
        let mut table = Self::default();
        table.select(root, "@*");
        for statement in &statements {
            if is_swallowed(statement, &statements, reading) {
                continue;
            }
            let steps = match reading {
                Reading::Reference => reference_steps(statement),
                Reading::Fixed => fixed_steps(statement),
            };
            let Some((last, above)) = steps.split_last() else { continue };
            let mut path = root.to_owned();
            for step in above {
                // The original undoes the mark here and forgets to for the last step.
                let step = step.replace(MARK, "/");
                table.select(&path, &step);
                path = format!("{path}/{step}");
                table.select(&path, "@*");
            }
            table.select(&path, last);
        }
        table
    }

    fn select(&mut self, path: &str, child: &str) {
        let children = self.0.entry(Utf16(path.to_owned())).or_default();
        if children.iter().all(|known| known != child) {
            children.push(child.to_owned());
        }
    }

    /// Every path with what is selected below it, in the order in which the original writes its templates.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(path, children)| (path.0.as_str(), children.as_slice()))
    }
}

/// Whether another statement makes this one superfluous.
fn is_swallowed(statement: &str, all: &[&str], reading: Reading) -> bool {
    all.iter().any(|other| {
        *other != statement
            && match reading {
                // As text, wherever it stands.
                Reading::Reference => statement.contains(other),
                Reading::Fixed => {
                    let other = other.trim_end_matches('/');
                    !other.is_empty()
                        && statement.strip_prefix(other).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1)
                }
            }
    })
}

/// Cuts at slashes as the original does: with the slashes of the first bracket marked, up to as many closing brackets
/// later as opening ones follow anywhere.
fn reference_steps(statement: &str) -> Vec<String> {
    let protected = protect(statement);
    let mut steps: Vec<String> = protected.split('/').map(str::to_owned).collect();
    // Trailing empty parts are dropped, as Java's and Scala's `split` do; all empty leaves one empty step.
    while steps.len() > 1 && steps.last().is_some_and(String::is_empty) {
        steps.pop();
    }
    steps
}

fn protect(statement: &str) -> String {
    let Some(first) = statement.find('[') else { return statement.to_owned() };
    let mut end = statement[first..].find(']').map(|at| first + at);
    let mut from = first + 1;
    while let (Some(open), Some(close)) = (statement[from..].find('[').map(|at| from + at), end) {
        end = statement[close + 1..].find(']').map(|at| close + 1 + at);
        from = open + 1;
    }
    let end = end.unwrap_or(statement.len());
    format!("{}{}{}", &statement[..first], statement[first..end].replace('/', MARK), &statement[end..])
}

/// Cuts at slashes outside brackets and quotes.
fn fixed_steps(statement: &str) -> Vec<String> {
    let (mut steps, mut step, mut depth, mut quote) = (Vec::new(), String::new(), 0_usize, None);
    for c in statement.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') if depth > 0 => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '/') if depth == 0 => {
                steps.push(std::mem::take(&mut step));
                continue;
            }
            (None, _) => {}
        }
        step.push(c);
    }
    if !step.is_empty() || steps.is_empty() {
        steps.push(step);
    }
    steps
}

/// The statements that the two readings take differently, for whoever writes or imports them.
#[must_use]
pub fn differing(root: &str, statements: &[&str]) -> Vec<String> {
    let alone = |statement: &&str, reading| {
        let stripped: Vec<&str> = statements.iter().map(|text| text.strip_prefix('/').unwrap_or(text)).collect();
        let own = statement.strip_prefix('/').unwrap_or(statement);
        let swallowed = is_swallowed(own, &stripped, reading);
        (swallowed, (!swallowed).then(|| Table::of(root, &[statement], reading)))
    };
    let differs = |statement: &&&str| {
        alone(statement, Reading::Reference) != alone(statement, Reading::Fixed) || has_prefix(statement)
    };
    statements.iter().filter(differs).map(|statement| (*statement).to_owned()).collect()
}

/// Whether a step names an element by a prefix, which the original does not declare.
fn has_prefix(statement: &str) -> bool {
    fixed_steps(statement).iter().any(|step| step.split('[').next().is_some_and(|name| name.contains(':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(statements: &[&str], reading: Reading) -> Vec<String> {
        let table = Table::of("R", statements, reading);
        table.paths().map(|(path, children)| format!("{path}: {}", children.join(" "))).collect()
    }

    #[test]
    fn a_path_selects_attributes_and_what_the_statements_name() {
        assert_eq!(paths(&["/d/s/", "d/b", "name"], Reading::Reference), ["R: @* d name", "R/d: @* s b"]);
    }

    #[test]
    fn the_original_swallows_statements_by_text_and_the_fixed_reading_by_path() {
        assert_eq!(paths(&["name", "enrollment/school/name2"], Reading::Reference), ["R: @* name"]);
        assert_eq!(paths(&["t", "o/i/t"], Reading::Reference), ["R: @* t"]);
        assert_eq!(paths(&["t", "o/i/t"], Reading::Fixed), ["R: @* t o", "R/o: @* i", "R/o/i: @* t"]);
        for reading in [Reading::Reference, Reading::Fixed] {
            assert_eq!(paths(&["name", "name/f"], reading), ["R: @* name"]);
        }
        assert_eq!(paths(&["name", "name2/f"], Reading::Fixed), ["R: @* name name2", "R/name2: @* f"]);
    }

    #[test]
    fn slashes_in_brackets_are_no_ends_of_steps() {
        assert_eq!(
            paths(&["o[i/t='S']/i/v"], Reading::Reference),
            ["R: @* o[i/t='S']", "R/o[i/t='S']: @* i", "R/o[i/t='S']/i: @* v"]
        );
        // Two groups of brackets: the slash between them is marked too, and a step is lost.
        assert_eq!(paths(&["o[i]/i[t='S']/v"], Reading::Reference), ["R: @* o[i]/i[t='S']", "R/o[i]/i[t='S']: @* v"]);
        assert_eq!(
            paths(&["o[i]/i[t='S']/v"], Reading::Fixed),
            ["R: @* o[i]", "R/o[i]: @* i[t='S']", "R/o[i]/i[t='S']: @* v"]
        );
        // The last step keeps its mark, which no stylesheet can have.
        assert_eq!(paths(&["o[i/t]"], Reading::Reference), [format!("R: @* o[i{MARK}t]")]);
        assert_eq!(paths(&["o[i/t]"], Reading::Fixed), ["R: @* o[i/t]"]);
    }

    #[test]
    fn paths_sort_by_utf16_code_units() {
        // U+10000 is two surrogates in UTF-16 and so sorts before U+FFFD.
        assert_eq!(
            paths(&["\u{FFFD}/a", "\u{10000}/a"], Reading::Reference)[1..],
            ["R/\u{10000}: @* a", "R/\u{FFFD}: @* a"]
        );
    }

    #[test]
    fn statements_that_are_read_differently_are_listed() {
        let all = ["name", "localId", "enrollment/school/localId", "o[i]/i[t='S']/v", "o[i/t]", "psesd:x", "d/s"];
        assert_eq!(differing("R", &all), ["enrollment/school/localId", "o[i]/i[t='S']/v", "o[i/t]", "psesd:x"]);
    }
}
