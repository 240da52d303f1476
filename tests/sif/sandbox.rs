//! The client against the sandbox, which was written from the specification and not from the client.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use learnerlink::config::Config;
use learnerlink::{Clock, Plugin};
use learnerlink_sandbox::Sandbox;
use serde_json::{Value, json};

/// The entity of a service of the sandbox, and the service.
const NAMES_ONLY: (i32, i32) = (2, 5);
const MOST: (i32, i32) = (3, 6);

/// The day after the consent of one student ends.
const NOW: Timestamp = Timestamp::constant(1_795_422_600, 0);

/// Plugins with one credential and a clock that stands still must not begin at one moment: the second request of a
/// moment is taken for a repetition.
async fn plugin(sandbox: &str, mode: &str, seconds: i64) -> Arc<Plugin> {
    plugin_with(sandbox, json!({ "mode": mode }), seconds).await
}

async fn plugin_with(sandbox: &str, sif: Value, seconds: i64) -> Arc<Plugin> {
    let config = json!({ "store": ":memory:", "sandbox": sandbox, "sif": sif });
    let clock = Clock::manual(NOW + SignedDuration::from_secs(seconds));
    Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock).await.unwrap()
}

async fn ask(plugin: &Arc<Plugin>, student: &str, (entity, service): (i32, i32)) -> Result<Value, learnerlink::Error> {
    let request = json!({
        "studentId": student, "authorizedEntityId": entity, "externalServiceId": service, "ukprn": "10099901",
    });
    let answer = plugin.call("get_xsre", &request.to_string()).await?;
    Ok(serde_json::from_str(&answer.json).unwrap())
}

/// The tags of a document, with what stands in them.
fn shape(xml: &Value) -> Vec<(String, String)> {
    let document = roxmltree::Document::parse(xml.as_str().unwrap()).unwrap();
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    elements.map(|it| (it.tag_name().name().to_owned(), it.text().unwrap_or_default().trim().to_owned())).collect()
}

#[tokio::test]
async fn a_student_is_shown_the_same_by_a_retrieval_service_and_by_filtering_here() {
    let sandbox = Sandbox::builder().clock_start(NOW.as_second()).start().unwrap();
    let (ears, broker) = (plugin(&sandbox.url(), "ears", 0).await, plugin(&sandbox.url(), "broker", 60).await);
    for student in ["700001", "700003", "700004"] {
        let mut sizes = Vec::new();
        for service in [NAMES_ONLY, MOST] {
            // The consent of this one has ended.
            if (student, service) == ("700001", NAMES_ONLY) {
                assert_eq!(ask(&ears, student, service).await.unwrap()["outcome"], "notFound");
                continue;
            }
            let (there, here) = (ask(&ears, student, service).await, ask(&broker, student, service).await);
            let (there, here) = (there.unwrap(), here.unwrap());
            assert_eq!((&there["outcome"], &here["outcome"]), (&json!("found"), &json!("found")), "{student}");
            assert_eq!(shape(&there["xml"]), shape(&here["xml"]), "{student} {service:?}");
            assert_eq!(there["summary"], here["summary"]);
            assert_eq!(there["summary"]["localId"], student);
            sizes.push(shape(&here["xml"]).len());
        }
        assert!(sizes.is_sorted(), "the second service sees more: {sizes:?}");
    }
    for (student, service) in [("700006", MOST), ("700002", NAMES_ONLY), ("700099", MOST)] {
        assert_eq!(ask(&ears, student, service).await.unwrap()["outcome"], "notFound", "{student}");
        assert_eq!(ask(&broker, student, service).await.unwrap()["outcome"], "notFound", "{student}");
    }
}

#[tokio::test]
async fn a_record_asked_for_as_json_says_the_same_as_one_asked_for_as_xml() {
    let sandbox = Sandbox::builder().clock_start(NOW.as_second()).start().unwrap();
    let (xml, json) =
        (plugin(&sandbox.url(), "ears", 0).await, plugin_with(&sandbox.url(), json!({ "accept": "json" }), 60).await);
    let (xml, json) = (ask(&xml, "700004", MOST).await.unwrap(), ask(&json, "700004", MOST).await.unwrap());
    assert_eq!(xml["json"], json["json"]);
    assert_eq!(xml["summary"], json["summary"]);
    assert!(xml.get("xml").is_some() && json.get("xml").is_none());
}
