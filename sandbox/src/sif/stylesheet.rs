//! Makes the stylesheet that stands for the data objects which apply.

use std::collections::BTreeMap;

use super::register::DataObject;
use super::xml::escaped;

/// What stands for a slash inside brackets while a statement is split.
const MARK: &str = "<!-- SRX -->";

/// The stylesheet for data objects of one name, at least one.
pub(super) fn generate(objects: &[&DataObject]) -> String {
    let root = objects.first().map(|object| object.name.as_str()).unwrap_or_default();
    let bare = |object: &&DataObject| {
        object.include_statement.strip_prefix('/').unwrap_or(&object.include_statement).to_owned()
    };
    let (includes, excludes): (Vec<_>, Vec<_>) = objects.iter().partition(|object| object.is_include());
    let mut sheet = format!(
        "{}<xsl:stylesheet version=\"2.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">\n  \
         <xsl:output method=\"xml\" encoding=\"UTF-8\" standalone=\"yes\"/>\n",
        super::xml::DECLARATION
    );
    sheet.push_str(&copying(&format!("/{root}//* | /{root}//@*"), "@* | node()"));
    for statement in excludes.iter().map(bare) {
        sheet.push_str(&format!("  <xsl:template match=\"{}\"/>\n", escaped(&format!("/{root}/{statement}"))));
    }
    let table = table(root, &includes.iter().map(bare).collect::<Vec<_>>());
    for (path, children) in table.into_values() {
        let select: Vec<_> = children.iter().map(|child| format!("./{child}")).collect();
        sheet.push_str(&copying(&format!("/{path}"), &select.join(" | ")));
    }
    sheet.push_str("</xsl:stylesheet>\n");
    sheet
}

fn copying(pattern: &str, select: &str) -> String {
    format!(
        "  <xsl:template match=\"{}\">\n    <xsl:copy><xsl:apply-templates select=\"{}\"/></xsl:copy>\n  </xsl:template>\n",
        escaped(pattern),
        escaped(select)
    )
}

/// The paths that are copied, by their UTF-16 code units, each with the children that go along.
type Table = BTreeMap<Vec<u16>, (String, Vec<String>)>;

fn table(root: &str, statements: &[String]) -> Table {
    let mut table = Table::new();
    add(&mut table, root, "@*");
    // Whoever holds another statement anywhere in its text is passed over, not only what lies below it.
    let ignored = |statement: &String| statements.iter().any(|other| other != statement && statement.contains(other));
    for statement in statements.iter().filter(|statement| !ignored(statement)) {
        let protected = protect(statement);
        let mut steps: Vec<&str> = protected.split('/').collect();
        while steps.len() > 1 && steps.last().is_some_and(|step| step.is_empty()) {
            steps.pop();
        }
        let Some((last, middle)) = steps.split_last() else { continue };
        let mut path = root.to_owned();
        for step in middle {
            let name = step.replace(MARK, "/");
            add(&mut table, &path, &name);
            path = format!("{path}/{name}");
            add(&mut table, &path, "@*");
        }
        // The last step keeps its mark, so that a slash in its brackets breaks the stylesheet.
        add(&mut table, &path, last);
    }
    table
}

/// Lets a child of a path go along, once.
fn add(table: &mut Table, path: &str, child: &str) {
    let (_, children) = table.entry(path.encode_utf16().collect()).or_insert_with(|| (path.to_owned(), Vec::new()));
    if !children.iter().any(|known| known == child) {
        children.push(child.to_owned());
    }
}

/// Puts the mark in place of slashes inside brackets: from the first opening one to its closing one, and
/// one closing one further for every further opening one, wherever it stands.
fn protect(statement: &str) -> String {
    let Some(start) = statement.find('[') else { return statement.to_owned() };
    let opened = statement.matches('[').count();
    let closing = statement.match_indices(']').map(|(at, _)| at).filter(|at| *at > start);
    let Some(end) = closing.take(opened).last() else { return statement.to_owned() };
    format!("{}{}{}", &statement[..start], statement[start..end].replace('/', MARK), &statement[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table_of(statements: &[&str]) -> Vec<(String, Vec<String>)> {
        let statements: Vec<_> = statements.iter().map(|statement| (*statement).to_owned()).collect();
        table("R", &statements).into_values().collect()
    }

    #[test]
    fn slashes_inside_and_between_brackets_are_protected() {
        for (statement, expected) in [
            ("a/b", "a/b"),
            ("a[b/c]/d", "a[b<!-- SRX -->c]/d"),
            ("a[b[c/d]/e]/f", "a[b[c<!-- SRX -->d]<!-- SRX -->e]/f"),
            ("a[b]/c[d]/e", "a[b]<!-- SRX -->c[d]/e"),
            ("a[b/c", "a[b/c"),
        ] {
            assert_eq!(protect(statement), expected);
        }
    }

    #[test]
    fn a_statement_that_holds_another_is_ignored() {
        assert_eq!(table_of(&["t", "o/i/t"]), [("R".to_owned(), vec!["@*".to_owned(), "t".to_owned()])]);
        let expected = [("R", vec!["@*", "d"]), ("R/d", vec!["@*", "s", "b"])];
        let expected =
            expected.map(|(path, children)| (path.to_owned(), children.into_iter().map(str::to_owned).collect()));
        assert_eq!(table_of(&["d/s/", "d/b"]), expected);
    }
}
