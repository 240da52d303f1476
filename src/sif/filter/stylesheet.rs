//! The stylesheet that the Privacy Rules Service makes of its data objects: written, and read back from a broker
//! (section 6.2 of the SIF specification). Nothing but the templates that it makes is accepted.

use roxmltree::{Document, Node};

use super::statement::Table;
use super::xpath::Path;
use super::{DataObject, Filter, Kind, MOST, Reading, Refused, Template, includes};

const XSL: &str = "http://www.w3.org/1999/XSL/Transform";

/// Writes the stylesheet of data objects. Whether it compiles is another question, as with the original.
#[must_use]
pub fn written(root: &str, objects: &[DataObject], reading: Reading) -> String {
    let mut text =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xsl:stylesheet xmlns:xsl=\"{XSL}\" version=\"2.0\"");
    if reading == Reading::Fixed {
        text.push_str(" xmlns:psesd=\"psesd\" xmlns:raw=\"raw\"");
    }
    text.push_str(">\n  <xsl:output method=\"xml\" encoding=\"UTF-8\" standalone=\"yes\"/>\n");
    let template =
        |pattern: &str, body: &str| format!("  <xsl:template match=\"{}\">{body}</xsl:template>\n", escaped(pattern));
    let copying = |select: &str| format!("<xsl:copy><xsl:apply-templates select=\"{}\"/></xsl:copy>", escaped(select));
    text.push_str(&template(&format!("/{root}//* | /{root}//@*"), &copying("@* | node()")));
    for object in objects.iter().filter(|object| !object.includes) {
        let statement = object.statement.strip_prefix('/').unwrap_or(&object.statement);
        text.push_str(&template(&format!("/{root}/{statement}"), ""));
    }
    let statements: Vec<&str> = includes(objects).collect();
    for (path, children) in Table::of(root, &statements, reading).paths() {
        let select = children.iter().map(|child| format!("./{child}")).collect::<Vec<_>>().join(" | ");
        text.push_str(&template(&format!("/{path}"), &copying(&select)));
    }
    text.push_str("</xsl:stylesheet>\n");
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Compiles a stylesheet as the Privacy Rules Service makes them.
///
/// # Errors
/// The first template that it does not make, or whose path is not accepted.
pub fn read(document: &Document<'_>) -> Result<Filter, Refused> {
    let sheet = document.root_element();
    let refused = |at: usize, problem: String| Refused { at, problem };
    if !is(sheet, "stylesheet") {
        return Err(refused(0, "is no XSLT stylesheet".into()));
    }
    let prefixes: Vec<(&str, &str)> = sheet
        .namespaces()
        .filter(|namespace| namespace.uri() != XSL)
        .filter_map(|namespace| Some((namespace.name()?, namespace.uri())))
        .collect();
    let (mut root, mut templates) = (None, Vec::new());
    for (at, child) in sheet.children().filter(Node::is_element).enumerate() {
        if at > MOST {
            return Err(refused(at, format!("is beyond the {MOST} that one stylesheet may have")));
        }
        if is(child, "output") {
            continue;
        }
        if !is(child, "template") || child.attributes().any(|attribute| attribute.name() != "match") {
            return Err(refused(
                at,
                format!("is <{}>, which the Privacy Rules Service does not write", child.tag_name().name()),
            ));
        }
        let pattern = child.attribute("match").unwrap_or_default().trim();
        let body = body(child).map_err(|problem| refused(at, problem))?;
        let name = root_of(pattern).ok_or_else(|| refused(at, "matches no path from the root on".into()))?;
        if *root.get_or_insert_with(|| name.to_owned()) != name {
            return Err(refused(at, "matches another root than the templates before it".into()));
        }
        if pattern.split('|').map(str::trim).eq([format!("/{name}//*"), format!("/{name}//@*")]) {
            if body != Body::Copy("@* | node()".into()) && body != Body::Copy("@*|node()".into()) {
                return Err(refused(at, "copies everything in another way".into()));
            }
            continue;
        }
        let below = pattern[1 + name.len()..].strip_prefix('/');
        let path = match below {
            Some(below) => Path::read(below, &prefixes).map_err(|problem| refused(at, problem))?,
            None => Path(Vec::new()),
        };
        let kind = match body {
            Body::Empty => Kind::Exclude,
            Body::Copy(select) => Kind::Include(
                alternatives(&select)
                    .map(|child| Path::read(child, &prefixes))
                    .collect::<Result<_, _>>()
                    .map_err(|problem| refused(at, problem))?,
            ),
        };
        templates.push(Template { path, kind });
    }
    match root {
        // The root is shown with what was chosen, which a sheet without includes leaves to the last template.
        Some(root) => Ok(Filter { root, templates }),
        None => Err(refused(0, "has no templates".into())),
    }
}

#[derive(PartialEq)]
enum Body {
    Empty,
    Copy(String),
}

/// What a template does: nothing, or copy the node and go on with some of what is below it.
fn body(template: Node<'_, '_>) -> Result<Body, String> {
    let content = |node: Node<'_, '_>| {
        node.is_element() || node.text().is_some_and(|text| node.is_text() && !text.trim().is_empty())
    };
    let mut children = template.children().filter(|node| content(*node));
    let (Some(copy), None) = (children.next(), children.next()) else {
        let nothing = template.children().all(|node| !content(node));
        return if nothing { Ok(Body::Empty) } else { Err("does more than one thing".into()) };
    };
    let mut children = copy.children().filter(|node| content(*node));
    match (children.next(), children.next()) {
        (Some(apply), None)
            if is(copy, "copy")
                && copy.attributes().len() == 0
                && is(apply, "apply-templates")
                && apply.attributes().len() == 1
                && !apply.children().any(content) =>
        {
            let select = apply.attribute("select").ok_or("goes on without saying with what")?;
            Ok(Body::Copy(select.trim().to_owned()))
        }
        _ => Err(format!("has <{}>, which the Privacy Rules Service does not write so", copy.tag_name().name())),
    }
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().namespace() == Some(XSL) && node.tag_name().name() == name
}

/// The name of the root element that a pattern begins with.
fn root_of(pattern: &str) -> Option<&str> {
    let rest = pattern.strip_prefix('/')?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// The alternatives of `./x | ./y`, without what they begin with; bars in brackets and texts are none.
fn alternatives(select: &str) -> impl Iterator<Item = &str> {
    let (mut parts, mut begun, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, c) in select.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '|') if depth == 0 => {
                parts.push(&select[begun..at]);
                begun = at + 1;
            }
            (None, _) => {}
        }
    }
    parts.push(&select[begun..]);
    parts.into_iter().map(|part| part.trim()).map(|part| part.strip_prefix("./").unwrap_or(part))
}
