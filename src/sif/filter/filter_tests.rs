//! Filters against the cases of the specification, and against random documents.

use std::collections::HashSet;

use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::*;

const D: &str = "<xSre refId=\"r1\"><name t=\"x\"><f>A</f><g>B</g></name><localId>7</localId><d><s>F</s><b>1</b></d><o><i k=\"p\"><t>S</t>\
    <v>1</v></i><i k=\"q\"><t>N</t><v>2</v></i></o></xSre>";

/// `+x` includes and `-x` excludes.
fn objects(rows: &[&str]) -> Vec<DataObject> {
    rows.iter().map(|row| DataObject { includes: row.starts_with('+'), statement: row[1..].to_owned() }).collect()
}

fn filtered(rows: &[&str], reading: Reading, text: &str) -> Result<String, String> {
    let filter = Filter::of("xSre", &objects(rows), reading).map_err(|refused| refused.problem)?;
    let document = Document::parse(text).unwrap();
    let shown = filter.apply(&document).map_err(|why| format!("{why:?}"))?;
    Ok(shown.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap().to_owned())
}

#[test]
fn the_fixed_reading_mends_what_the_original_gets_wrong() {
    let fixed = |rows: &[&str]| filtered(rows, Reading::Fixed, D).unwrap();
    assert_eq!(fixed(&["+o[i]/i[t='S']/v"]), "<xSre refId=\"r1\"><o><i k=\"p\"><v>1</v></i></o></xSre>");
    assert_eq!(
        fixed(&["+t", "+o/i/t"]),
        "<xSre refId=\"r1\"><o><i k=\"p\"><t>S</t></i><i k=\"q\"><t>N</t></i></o></xSre>"
    );
    assert_eq!(fixed(&["+o[i/t]"]).matches("<v>").count(), 2);
    let with_prefix = "<xSre xmlns:psesd=\"psesd\" refId=\"r1\"><psesd:x>1</psesd:x><y>2</y></xSre>";
    let shown = filtered(&["+psesd:x"], Reading::Fixed, with_prefix).unwrap();
    assert_eq!(shown, "<xSre xmlns:psesd=\"psesd\" refId=\"r1\"><psesd:x>1</psesd:x></xSre>");
    assert!(filtered(&["+psesd:x"], Reading::Reference, with_prefix).is_err());
}

#[test]
fn namespaces_escapes_and_prefixes_are_read_back_the_same() {
    let text = "<xSre xmlns:a=\"u\" xmlns=\"\"><n a:k=\"1&#10;2&quot;&lt;&#9;\">x &amp; y &lt; z &gt; &#13;</n><!-- c --><?p i?>\
        <m xmlns=\"w\"><k/><l xmlns=\"\">t</l></m></xSre>";
    let shown = filtered(&["+*"], Reading::Reference, text).unwrap();
    let tree = |text: &str| {
        let document = Document::parse(text).unwrap();
        let node = |node: Node<'_, '_>| {
            let attributes: Vec<String> =
                node.attributes().map(|it| format!("{:?}{}={}", it.namespace(), it.name(), it.value())).collect();
            format!("{:?} {attributes:?} {:?}", node.tag_name(), node.text().filter(|_| node.is_text()))
        };
        let nodes = document.descendants().filter(|node| node.is_element() || node.is_text());
        nodes.map(node).collect::<Vec<_>>()
    };
    assert_eq!(tree(&shown), tree(text));
    assert!(!shown.contains("<!--") && !shown.contains("<?p"));
}

#[test]
fn the_statement_that_is_not_accepted_is_named() {
    for (rows, at) in
        [(vec!["+name", "-d/", "+localId"], 1), (vec!["+name", "+a//b"], 1), (vec!["-name", "+localId", "+"], 2)]
    {
        assert_eq!(Filter::of("xSre", &objects(&rows), Reading::Reference).unwrap_err().at, at, "{rows:?}");
    }
    let many = vec![DataObject::of("include", "name"); MOST + 1];
    assert!(Filter::of("xSre", &many, Reading::Reference).is_err());
}

#[test]
fn a_written_stylesheet_is_read_back_as_the_same_filter() {
    for rows in [
        vec!["+name", "-name/g", "+o/i[t='S']", "+d/s/"],
        vec!["-name"],
        vec!["+o[i/t=\"S | <\"]/i/v", "+@refId", "+*", "-o/i[@k='q']/v"],
        vec!["+o[i]/i[t='S']/v"],
    ] {
        let objects = objects(&rows);
        let text = stylesheet::written("xSre", &objects, Reading::Reference);
        let read = stylesheet::read(&Document::parse(&text).unwrap()).unwrap();
        let document = Document::parse(D).unwrap();
        let direct = Filter::of("xSre", &objects, Reading::Reference).unwrap();
        assert_eq!(read.apply(&document).unwrap().as_str(), direct.apply(&document).unwrap().as_str(), "{text}");
    }
}

#[test]
fn a_stylesheet_that_the_service_would_not_write_is_refused_by_what_it_has() {
    let sheet = |inner: &str| {
        format!(
            "<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" version=\"2.0\">{inner}</xsl:stylesheet>"
        )
    };
    for (inner, part) in [
        ("", "no templates"),
        ("<xsl:include href='file:///etc/passwd'/>", "<include>"),
        ("<xsl:template name='x'/>", "<template>"),
        ("<xsl:template match='/xSre' mode='m'/>", "<template>"),
        ("<xsl:template match='name'/>", "no path from the root"),
        ("<xsl:template match='/xSre/a'/><xsl:template match='/other/a'/>", "another root"),
        ("<xsl:template match='/xSre/a'><xsl:value-of select='document(\"x\")'/></xsl:template>", "<value-of>"),
        ("<xsl:template match='/xSre/a'>text</xsl:template>", "does not write so"),
        ("<xsl:template match='/xSre/a'><xsl:copy/><xsl:copy/></xsl:template>", "more than one"),
        (
            "<xsl:template match='/xSre/a'><xsl:copy><xsl:apply-templates/></xsl:copy></xsl:template>",
            "does not write so",
        ),
        (
            "<xsl:template match='/xSre/a'><xsl:copy><xsl:apply-templates select='document(\"x\")'/></xsl:copy></xsl:template>",
            "where that",
        ),
        ("<xsl:template match='/xSre//a'/>", "where that"),
        ("<xsl:template match='/xSre//* | /xSre//@*'/>", "another way"),
    ] {
        let text = sheet(inner);
        let problem = stylesheet::read(&Document::parse(&text).unwrap()).unwrap_err().problem;
        assert!(problem.contains(part), "{inner}: {problem}");
    }
    assert!(stylesheet::read(&Document::parse("<a/>").unwrap()).is_err());
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// A document of nested elements, each with its own number as its text.
fn document() -> impl Strategy<Value = String> {
    let leaf = (0..NAMES.len()).prop_map(|name| format!("<{0}>#</{0}>", NAMES[name]));
    let element = leaf.prop_recursive(4, 40, 5, |inner| {
        (0..NAMES.len(), prop::collection::vec(inner, 0..5), any::<bool>()).prop_map(|(name, children, attribute)| {
            let attribute = if attribute { " k='#'" } else { "" };
            format!("<{0}{attribute}>#{1}</{0}>", NAMES[name], children.concat())
        })
    });
    prop::collection::vec(element, 0..6).prop_map(|children| {
        let text = format!("<xSre>{}</xSre>", children.concat());
        let mut parts = text.split('#');
        let mut numbered = parts.next().unwrap_or_default().to_owned();
        for (number, part) in parts.enumerate() {
            numbered.push_str(&format!("t{number};{part}"));
        }
        numbered
    })
}

fn statement() -> impl Strategy<Value = String> {
    let step = (0..NAMES.len() + 1, 0..6_u8).prop_map(|(name, predicate)| {
        let name = NAMES.get(name).copied().unwrap_or("*");
        let predicate = ["", "", "", "[1]", "[b]", "[@k]"][usize::from(predicate)];
        format!("{name}{predicate}")
    });
    prop::collection::vec(step, 1..4).prop_map(|steps| steps.join("/"))
}

/// Whether a node may be shown, said in the plainest way: it or one above it is named by an include, nothing between
/// is an element that only some of may be seen, and no exclude names it or one above it below the include.
fn may_be_shown(node: Node<'_, '_>, included: &HashSet<NodeId>, above: &HashSet<NodeId>) -> bool {
    let mut next = Some(node);
    while let Some(node) = next {
        if included.contains(&node.id()) {
            return true;
        }
        next = node.parent();
    }
    above.contains(&node.id())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_outside_what_the_statements_allow_is_ever_shown(
        text in document(),
        statements in prop::collection::vec((any::<bool>(), statement()), 0..6),
        fixed in any::<bool>(),
    ) {
        let reading = if fixed { Reading::Fixed } else { Reading::Reference };
        let objects: Vec<DataObject> =
            statements.iter().map(|(includes, text)| DataObject { includes: *includes, statement: text.clone() }).collect();
        let Ok(filter) = Filter::of("xSre", &objects, reading) else { return Ok(()) };
        let document = Document::parse(&text).unwrap();
        let shown = filter.apply(&document).unwrap();
        let shown = Document::parse(&shown).unwrap();

        // What the include statements name, whole, and the elements on the way there.
        let (mut included, mut above) = (HashSet::new(), HashSet::from([document.root_element().id()]));
        for statement in includes(&objects) {
            let path = Path::read(statement, &[]).unwrap();
            for item in path.select(Item::Node(document.root_element())) {
                let Item::Node(node) = item else { continue };
                included.insert(node.id());
                above.extend(node.ancestors().map(|node| node.id()));
            }
        }
        let excluded: HashSet<NodeId> = objects.iter().filter(|object| !object.includes)
            .flat_map(|object| Path::read(&object.statement, &[]).unwrap().select(Item::Node(document.root_element())))
            .filter_map(|item| if let Item::Node(node) = item { Some(node.id()) } else { None }).collect();

        for text in shown.descendants().filter(Node::is_text).filter_map(|node| node.text()) {
            for number in text.split(';').filter(|part| part.starts_with('t')) {
                let original = document.descendants().filter(Node::is_text)
                    .find(|node| node.text().unwrap().split(';').any(|part| part == number)).unwrap();
                let owner = original.parent_element().unwrap();
                prop_assert!(may_be_shown(owner, &included, &above), "{number} of {text} is shown: {statements:?}");
                // Its own text is shown of no element that is only on the way, nor of one that is excluded.
                let whole = owner.ancestors().any(|node| included.contains(&node.id()));
                prop_assert!(whole, "the text of an element on the way is shown: {statements:?}");
                prop_assert!(!excluded.contains(&owner.id()) || above.contains(&owner.id()), "{statements:?}");
            }
        }
    }
}
