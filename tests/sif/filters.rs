//! The privacy filter: its numbered cases, an XSLT processor as the judge, and hostile documents.

use std::process::Command;

use learnerlink::config::Config;
use learnerlink::sif::filter::{DataObject, Filter, Reading, stylesheet};
use learnerlink::{Clock, Error, Plugin};
use roxmltree::{Document, Node};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "spec")]
    _spec: String,
    #[serde(rename = "about")]
    _about: String,
    document: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: u32,
    rows: Vec<String>,
    document: Option<String>,
    result: Option<String>,
    #[serde(default)]
    error: bool,
    oracle: Option<String>,
}

fn table() -> Table {
    serde_json::from_str(include_str!("../conformance/sif_filters.json")).unwrap()
}

/// Type and statement of a row.
fn row(text: &str) -> (&str, &str) {
    match text.split_at(1) {
        ("+", statement) => ("include", statement),
        ("-", statement) => ("exclude", statement),
        _ => text.split_once(':').unwrap(),
    }
}

fn objects(rows: &[String]) -> Vec<DataObject> {
    rows.iter().map(|text| row(text)).map(|(kind, statement)| DataObject::of(kind, statement)).collect()
}

/// A document without what does not count.
fn tree(text: &str) -> String {
    fn write(node: Node<'_, '_>, to: &mut String) {
        if node.is_text() {
            to.push_str(node.text().unwrap());
        }
        if node.is_element() {
            let attributes: Vec<String> = node.attributes().map(|it| format!("{}={}", it.name(), it.value())).collect();
            to.push_str(&format!("<{:?} {}>", node.tag_name(), attributes.join(" ")));
            node.children().for_each(|child| write(child, to));
            to.push_str("</>");
        }
    }
    let mut whole = String::new();
    write(Document::parse(text).unwrap().root_element(), &mut whole);
    whole
}

async fn filter(request: Value) -> Result<Value, Error> {
    let plugin = Plugin::open_with(
        Config::read(r#"{"store":":memory:","limits":{"maxRequestBytes":67108864}}"#)?,
        Clock::system(),
    )
    .await?;
    let answer = plugin.call("filter_xsre", &request.to_string()).await?;
    Ok(serde_json::from_str(&answer.json).unwrap())
}

#[tokio::test]
async fn every_numbered_case_of_the_filter_holds() {
    let table = table();
    let mut ids: Vec<u32> = table.cases.iter().map(|case| case.id).collect();
    ids.dedup();
    assert_eq!(ids, (38..=57).collect::<Vec<_>>());
    for case in &table.cases {
        let document = case.document.as_ref().unwrap_or(&table.document);
        let rows: Vec<Value> = case
            .rows
            .iter()
            .map(|text| row(text))
            .map(|(kind, statement)| json!({ "filterType": kind, "includeStatement": statement }))
            .collect();
        let done = filter(json!({ "xml": document, "dataObjects": rows })).await;
        match (&case.result, done) {
            (Some(expected), Ok(done)) => {
                assert_eq!(tree(done["xml"].as_str().unwrap()), tree(expected), "case {}", case.id);
            }
            (None, Err(error)) => {
                assert!(case.error, "case {}: {error}", case.id);
                assert_eq!(error.status().code(), "INVALID_INPUT");
            }
            (expected, done) => panic!("case {}: {expected:?}, not {done:?}", case.id),
        }
    }
    println!("filters: {} cases", ids.len());
}

/// What `xsltproc` makes of a document with a stylesheet; `None` when it fails.
fn processed(sheet: &str, document: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let (style, input) = (folder.path().join("filter.xsl"), folder.path().join("in.xml"));
    std::fs::write(&style, sheet).unwrap();
    std::fs::write(&input, document).unwrap();
    let output = Command::new("xsltproc").arg("--nonet").arg(&style).arg(&input).output();
    let output = output.expect("xsltproc is there; `make tools` installs it");
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

#[test]
fn an_xslt_processor_makes_the_same_of_the_stylesheet() {
    let table = table();
    for case in &table.cases {
        let sheet = stylesheet::written("xSre", &objects(&case.rows), Reading::Reference);
        let made = case.oracle.as_ref().map(|_| processed(&sheet, &table.document));
        match (case.oracle.as_deref(), made.flatten()) {
            (Some("same"), Some(made)) => {
                assert_eq!(tree(&made), tree(case.result.as_ref().unwrap()), "case {}", case.id)
            }
            (Some("fails"), None) | (None, _) => {}
            (oracle, made) => panic!("case {}: {oracle:?}, but {made:?}", case.id),
        }
    }
}

/// A record of invented data with a hundred of everything.
fn record() -> String {
    let mut text = String::from(
        "<xSre xmlns:sif='http://www.sifassociation.org/datamodel/na/3.3' xmlns:psesd='psesd' refId='r1'><name><familyName>Ashdown</familyName>\
         <givenName>Rook</givenName></name><localId>700001</localId><otherIds>",
    );
    for number in 0..100 {
        let kind = ["State", "District", "Vendor"][number % 3];
        text.push_str(&format!("<otherId><type>{kind}</type><id>{number}</id></otherId>"));
    }
    text.push_str("</otherIds><attendance><events>");
    for number in 0..100 {
        text.push_str(&format!(
            "<event n='{number}'><calendarEventDate>2026-01-{:02}</calendarEventDate><psesd:x>{number}</psesd:x></event>",
            number % 28 + 1
        ));
    }
    text + "</events></attendance><enrollment><school><schoolName>Alder &amp; Birch</schoolName></school></enrollment></xSre>"
}

#[test]
fn an_xslt_processor_makes_the_same_of_a_larger_record_with_many_rules() {
    let document = record();
    for rows in [
        vec![
            "+name",
            "+otherIds/otherId[type='State']",
            "+attendance/events/event[position()<10]/calendarEventDate",
            "-name/givenName",
        ],
        vec![
            "+*",
            "-otherIds/otherId[last()]",
            "-attendance/events/event[@n='7']",
            "-attendance/events/event/*[local-name()='x']",
        ],
        vec!["+otherIds/otherId[contains(type,'t') and not(id='3')]/id", "+enrollment/school/schoolName", "+@refId"],
        vec![
            "+attendance/events/event[starts-with(calendarEventDate,'2026-01-1') or count(*)=3]",
            "-attendance/events/event[2]",
        ],
        vec!["+otherIds/*[string-length(normalize-space(id))=2][3]", "+otherIds/otherId[id>=97]/type/text()"],
    ] {
        let rows: Vec<String> = rows.into_iter().map(str::to_owned).collect();
        let sheet = stylesheet::written("xSre", &objects(&rows), Reading::Reference);
        let made = processed(&sheet, &document).unwrap_or_else(|| panic!("{rows:?}: {sheet}"));
        let parsed = Document::parse(&document).unwrap();
        let ours = Filter::of("xSre", &objects(&rows), Reading::Reference).unwrap().apply(&parsed).unwrap();
        assert_eq!(tree(&ours), tree(&made), "{rows:?}");
        let read = stylesheet::read(&Document::parse(&sheet).unwrap()).unwrap().apply(&parsed).unwrap();
        assert_eq!(read.as_str(), ours.as_str());
    }
}

#[tokio::test]
async fn documents_made_to_hurt_are_refused_within_limits() {
    let rows = json!([{ "filterType": "include", "includeStatement": "name" }]);
    let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><xSre>&b;</xSre>";
    let outside = "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><xSre/>";
    let deep = format!("<xSre>{}{}</xSre>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let large = format!("<xSre>{}</xSre>", "x".repeat(17 << 20));
    for (document, part) in [
        (bomb, "document type"),
        (outside, "document type"),
        (&deep, "nests deeper"),
        (&large, "larger than 16 MiB"),
        ("<xSre><name>", "not well-formed"),
        ("", "not well-formed"),
    ] {
        let error = filter(json!({ "xml": document, "dataObjects": rows })).await.unwrap_err();
        let shown = error.to_json("filter_xsre", "sif");
        assert_eq!((&shown["code"], &shown["details"]["field"]), (&json!("INVALID_INPUT"), &json!("xml")));
        assert!(shown["message"].as_str().unwrap().contains(part), "{shown}");
    }
    let huge = format!("<xSre>{}</xSre>", "x".repeat(100 << 20));
    let error = filter(json!({ "xml": huge, "dataObjects": rows })).await.unwrap_err();
    assert_eq!(error.status().code(), "TOO_LARGE");
    // Many alike, with a rule that asks for a place among them.
    let many = format!("<xSre>{}</xSre>", "<a/>".repeat(400_000));
    let rows: Vec<Value> =
        (1..90).map(|at| json!({ "filterType": "include", "includeStatement": format!("a[{at}]") })).collect();
    let begun = std::time::Instant::now();
    let done = filter(json!({ "xml": many, "dataObjects": rows })).await.unwrap();
    assert_eq!(done["xml"].as_str().unwrap().matches("<a/>").count(), 89);
    println!("400,000 elements and 89 rules: {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_filter_that_is_not_accepted_is_named_and_nothing_comes_out() {
    let document = table().document;
    for (rows, field) in [
        (
            json!([{ "filterType": "include", "includeStatement": "name" }, { "filterType": "include", "includeStatement": "a[document('x')]" }]),
            "dataObjects[1].includeStatement",
        ),
        (json!([{ "filterType": "exclude", "includeStatement": "name/" }]), "dataObjects[0].includeStatement"),
    ] {
        let error = filter(json!({ "xml": document, "dataObjects": rows })).await.unwrap_err();
        assert_eq!(error.to_json("filter_xsre", "sif")["details"]["field"], field);
    }
    for (request, field) in [
        (json!({ "xml": document }), "dataObjects"),
        (json!({ "xml": document, "stylesheet": "<a/>" }), "stylesheet"),
        (json!({ "xml": document, "stylesheet": "<!DOCTYPE a><a/>" }), "stylesheet"),
        (json!({ "xml": document, "dataObjects": [], "objectType": "a b" }), "objectType"),
    ] {
        let error = filter(request).await.unwrap_err();
        assert_eq!(error.to_json("filter_xsre", "sif")["details"]["field"], field);
    }
    let done = filter(json!({ "xml": document, "dataObjects": [], "formats": ["summary", "json"] })).await.unwrap();
    assert_eq!((&done["json"], done.get("xml")), (&json!({ "refId": "r1" }), None), "no rules, nothing but the root");
}
