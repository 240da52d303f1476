//! What the fuzz targets do with their input. A test on stable runs the same over the seeds.
//!
//! Nothing here may panic, whatever the input; where an input is refused, the error must have a JSON form
//! that is small and does not repeat it.

use std::sync::{Arc, LazyLock};

use learnerlink::config::Config;
use learnerlink::http::{Answer, StatusCode};
use learnerlink::operations::{CATALOGUE, Operation};
use learnerlink::runtime::Runtime;
use learnerlink::vera::{inside, qr};
use learnerlink::{Error, Plugin};

/// What a target does with an input.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("config", config),
    ("request", request),
    ("qr_data_uri", qr_data_uri),
    ("http_answer", http_answer),
    ("lrs_answer", lrs_answer),
    ("enrollment_start", enrollment_start),
    ("xsre", xsre),
];

/// A configuration document.
pub fn config(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    match Config::read(text) {
        Ok(config) => {
            let _ = (config.http(), config.store_place());
        }
        Err(error) => check(&error, "open", "library"),
    }
}

/// Enough to be somebody, and nowhere to send anything.
const CONFIG: &str =
    r#"{"store":":memory:","enrollment":{"provider":"p","startDeadlineMs":1000,"decideWithinMs":500}}"#;

/// A plugin that reaches nothing, opened once.
static PLUGIN: LazyLock<(Runtime, Arc<Plugin>)> = LazyLock::new(|| {
    let runtime = Runtime::shared().expect("there are threads");
    let plugin = runtime.handle().block_on(Plugin::open(CONFIG)).expect("nothing is needed");
    (runtime, plugin)
});

/// The name of an operation, a line end, and a request for it. The request is read and checked, not carried out.
pub fn request(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (name, request) = text.split_once('\n').unwrap_or(("", text));
    // Any other first line stands for some operation as well, so that few inputs are wasted.
    let operation = Operation::find(name).unwrap_or_else(|_| &CATALOGUE[name.len() % CATALOGUE.len()]);
    if let Err(error) = operation.prepare(&PLUGIN.1, request) {
        check(&error, operation.name, operation.system.name());
    }
}

/// A value of `Accept-Language`, a line end, and what a receiver may have sent. There is an answer that it can read.
pub fn enrollment_start(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (language, body) = text.split_once('\n').unwrap_or(("", text));
    let request = serde_json::json!({ "body": body, "acceptLanguage": language }).to_string();
    let (runtime, plugin) = &*PLUGIN;
    match runtime.handle().block_on(plugin.call("start_enrollment", &request)) {
        Ok(answer) => {
            let done: serde_json::Value = serde_json::from_str(&answer.json).expect("a response is JSON");
            let told = done["body"].as_str().expect("there is a body");
            let told: serde_json::Value = serde_json::from_str(told).expect("it is JSON");
            assert!(told["code"].is_u64() && told["oo-api-offering-id"].is_string());
            let message = told["message"].as_str().expect("there is a message");
            assert!(
                message.chars().count() <= 500 && !message.contains(['<', '>']) && !message.contains(char::is_control)
            );
        }
        Err(error) => check(&error, "start_enrollment", "enrollment"),
    }
}

/// Include statements, each on a line, an empty line, and a student's record. Nothing but what they let through is shown.
pub fn xsre(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (statements, record) = text.split_once("\n\n").unwrap_or(("name", text));
    let objects: Vec<_> = statements
        .lines()
        .take(20)
        .map(|line| serde_json::json!({ "filterType": "include", "includeStatement": line }))
        .collect();
    let request = serde_json::json!({ "xml": record, "dataObjects": objects, "formats": ["xml", "json", "summary"] });
    let (runtime, plugin) = &*PLUGIN;
    if let Err(error) = runtime.handle().block_on(plugin.call("filter_xsre", &request.to_string())) {
        check(&error, "filter_xsre", "sif");
    }
}

/// A data URI, a line end, and the address that a code is to be drawn of.
pub fn qr_data_uri(input: &[u8]) {
    use qr::Format::{Image, Matrix, Svg, Text};
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (uri, url) = text.split_once('\n').unwrap_or((text, ""));
    // Large codes take a hundred times as long to draw and have nothing new in them.
    let url = &url[..url.floor_char_boundary(80)];
    if let Ok(raster) = qr::checked(uri) {
        assert_eq!(*raster.data_uri, uri);
        assert!(!raster.media_type.contains("svg"));
    }
    let scale = 1 + input.len() as u32 % 5;
    for source in [qr::Source::Service, qr::Source::Rendered] {
        let wish = qr::Wish { formats: &[Image, Svg, Text, Matrix], source, scale, light_terminal: scale == 1 };
        match qr::draw(url, Some(uri), &wish) {
            Ok(drawn) => assert!(drawn.image.is_some_and(|image| qr::checked(&image.data_uri).is_ok())),
            Err(error) => check(&error, "generate_qr", "vera"),
        }
    }
}

/// A status, a line end, and the body of an answer.
pub fn http_answer(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let status = std::str::from_utf8(&input[..end]).ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let body = input.get(end + 1..).unwrap_or_default().to_vec();
    inside::read_everyhow(&Answer::made_up("learner-data", status, body));
}

/// The body of an answer of the Learning Records Service or of a gateway to it.
pub fn lrs_answer(input: &[u8]) {
    learnerlink::lrs::inside::read_everyhow(input);
}

/// An error can be shown: it has a JSON form of a bounded size.
fn check(error: &Error, operation: &str, system: &str) {
    assert!(!matches!(error, Error::Internal { .. }), "{error}");
    let json = error.to_json(operation, system).to_string();
    assert!(json.len() < 4096, "an error of {} bytes", json.len());
}
