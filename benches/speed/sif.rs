//! SIF student records: filtering one, checking a caller's authorization, and what filtering in-process adds to
//! the two calls that it needs.

mod jdk;
mod libxslt;

use std::hint::black_box;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use learnerlink::Plugin;
use learnerlink::runtime::Runtime;
use learnerlink::sif::document;
use learnerlink::sif::filter::{DataObject, Filter, Reading, stylesheet};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::child::Server;
use crate::measure::{Case, Series, interleaved, nanos_per_call};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

const TOKEN: &str = "5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10";
const SECRET: &str = "s3cret-key-0001";
const PROFILE: &str = "10099901";
const STUDENT: &str = "700001";
/// Rules as they are written for real services: most are plain paths, some look at a value or a place.
const RULES: [&str; 9] = [
    "+name",
    "+localId",
    "+demographics/birthDate",
    "+enrollment/school/schoolName",
    "+otherIds/otherId[type='State']",
    "+attendance/events/event[position()<100]/calendarEventDate",
    "+transcriptTerm/courses/course/courseTitle",
    "-name/givenName",
    "-otherIds/otherId[last()]",
];

/// All of it.
pub fn rows(effort: &Effort) -> Outcome {
    let mut rows = Vec::new();
    for count in [9, 90] {
        rows.extend(filtering(effort, count)?);
    }
    rows.extend(checking(effort)?);
    rows.extend(pipeline(effort)?);
    Ok(rows)
}

/// An invented record of about 100 KB.
pub fn record() -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xSre xmlns:psesd=\"psesd\" refId=\"r1\"><name><familyName>Ashdown</familyName>\
         <givenName>Rook</givenName></name><localId>700001</localId><demographics><birthDate>2009-03-14</birthDate>\
         <sex>F</sex></demographics><otherIds>",
    );
    for number in 0..150 {
        let kind = ["State", "District", "Vendor"][number % 3];
        text += &format!("<otherId><type>{kind}</type><id>{number}</id></otherId>");
    }
    text += "</otherIds><enrollment><school><schoolName>Alder &amp; Birch</schoolName></school></enrollment><attendance><events>";
    for number in 0..460 {
        let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
        text += &format!(
            "<event><calendarEventDate>2026-{month:02}-{day:02}</calendarEventDate><attendanceStatus>Present</attendanceStatus>\
             <psesd:absentReason>none</psesd:absentReason></event>"
        );
    }
    text += "</events></attendance><transcriptTerm><courses>";
    for number in 0..200 {
        text += &format!(
            "<course><courseTitle>Course {number}</courseTitle><marks><mark>{}</mark></marks><creditsEarned>1.0</creditsEarned></course>",
            number % 100
        );
    }
    text + "</courses></transcriptTerm></xSre>"
}

/// The first nine, and then as many more of one kind as a service with many exceptions has.
fn rules(count: usize) -> Vec<DataObject> {
    let more = (0..count.saturating_sub(RULES.len())).map(|number| match number % 3 {
        0 => format!("+attendance/events/event[calendarEventDate='2026-{:02}-01']/attendanceStatus", number % 12 + 1),
        1 => format!("+transcriptTerm/courses/course[{}]/marks/mark", number + 1),
        _ => format!("-otherIds/otherId[id='{number}']"),
    });
    let all = RULES.iter().map(|rule| (*rule).to_owned()).chain(more);
    all.map(|rule| DataObject::of(if rule.starts_with('+') { "include" } else { "exclude" }, &rule[1..])).collect()
}

/// The stylesheet that the original generates from so many rules.
pub fn sheet(count: usize) -> String {
    stylesheet::written("xSre", &rules(count), Reading::Reference)
}

/// From the bytes of a record to the text of what may be seen of it, with the filter compiled.
fn filtering(effort: &Effort, count: usize) -> Outcome {
    let (text, objects) = (record(), rules(count));
    let filter = Filter::of("xSre", &objects, Reading::Reference).map_err(|refused| refused.problem)?;
    let sheet = sheet(count);
    let ours = |text: &str| {
        let checked = document::checked(text.as_bytes()).expect("the record is well");
        let read = document::read(checked).expect("the record is well");
        filter.apply(&read).expect("it is a record")
    };
    let span = Duration::from_millis(if effort.quick { 40 } else { 200 });
    let what = format!("SIF filter, {} KB record, {count} rules", text.len() / 1000);
    let own: Case<'_> = Box::new(|| 1e9 / nanos_per_call(span, || drop(black_box(ours(black_box(&text))))));
    // Each rival in rounds of its own, so that the row of one is there without the other.
    let mut rows = Vec::new();
    match libxslt::Processor::new(&sheet) {
        Ok(processor) => {
            same(&ours(&text), &processor.transform(&text))?;
            let theirs = || 1e9 / nanos_per_call(span, || drop(black_box(processor.transform(black_box(&text)))));
            let results = interleaved(effort.rounds, vec![own, Box::new(theirs)]);
            rows.push(Row::ratio(
                &format!("{what}, against libxslt"),
                "records/s",
                &results[0],
                &results[1],
                Goal::None,
            ));
        }
        Err(problem) => rows.push(Row::skipped(&format!("{what}, against libxslt"), &problem)),
    }
    match jdk::Transformer::start(&sheet, &text) {
        Ok(mut transformer) => {
            same(&ours(&text), &transformer.result)?;
            let own: Case<'_> = Box::new(|| 1e9 / nanos_per_call(span, || drop(black_box(ours(black_box(&text))))));
            let theirs = || 1e9 / transformer.nanos(span).expect("the transformer answers");
            let results = interleaved(effort.rounds, vec![own, Box::new(theirs)]);
            rows.push(Row::ratio(
                &format!("{what}, against the JDK's transformer"),
                "records/s",
                &results[0],
                &results[1],
                Goal::None,
            ));
        }
        Err(problem) => rows.push(Row::skipped(&format!("{what}, against the JDK's transformer"), &problem)),
    }
    Ok(rows)
}

/// Speed is worth nothing when something else comes out.
fn same(ours: &str, theirs: &str) -> Result<(), Box<dyn std::error::Error>> {
    let texts = |document: &str| -> Result<Vec<(String, String)>, roxmltree::Error> {
        let document = roxmltree::Document::parse(document)?;
        let elements = document.descendants().filter(roxmltree::Node::is_element);
        Ok(elements
            .map(|it| (it.tag_name().name().to_owned(), it.text().unwrap_or_default().trim().to_owned()))
            .collect())
    };
    if texts(ours)? == texts(theirs)? { Ok(()) } else { Err("the processors make different documents".into()) }
}

fn config(broker: &str) -> Value {
    json!({
        "store": ":memory:",
        "sif": { "mode": "broker", "url": broker, "environmentUrl": broker, "zoneId": "alder" },
        "profiles": { PROFILE: { "displayName": "Alder District", "sif": {
            "sessionToken": TOKEN, "sharedSecret": SECRET,
        } } },
    })
}

/// A caller's header: the bare hash, and the whole check with the look-up of the secret and the memory of what came
/// before.
fn checking(effort: &Effort) -> Outcome {
    let runtime = Runtime::shared()?;
    let plugin = runtime.handle().block_on(Plugin::open(&config("http://127.0.0.1:9").to_string()))?;
    let calls = if effort.quick { 500 } else { 4_000 };
    let mut at = jiff::Timestamp::now();
    let mut headers = || {
        let one = |_| {
            at = at.saturating_add(jiff::SignedDuration::from_millis(1)).expect("the end of time is far away");
            let time = format!("{at:.3}");
            let hash = bare(&time);
            use base64::Engine;
            let base64 = base64::engine::general_purpose::STANDARD;
            let pair = format!("{TOKEN}:{}", base64.encode(hash));
            (format!("SIF_HMACSHA256 {}", base64.encode(pair)), time)
        };
        (0..calls).map(one).collect::<Vec<_>>()
    };
    let rate = |work: &mut dyn FnMut()| {
        let began = Instant::now();
        work();
        calls as f64 / began.elapsed().as_secs_f64()
    };
    let cases: Vec<Case<'_>> = vec![
        Box::new(|| {
            let headers = headers();
            rate(&mut || {
                runtime.handle().block_on(async {
                    for (authorization, time) in &headers {
                        let done = plugin.sif.authorized(Some(authorization), Some(time)).await;
                        assert_eq!(done.expect("the store can be read"), Ok(PROFILE.to_owned()));
                    }
                });
            })
        }),
        Box::new(|| {
            rate(&mut || {
                for call in 0..calls {
                    black_box(bare(black_box(&format!("2026-11-22T08:15:30.{call:03}Z"))));
                }
            })
        }),
    ];
    let rounds = effort.rounds;
    let results = interleaved(rounds, cases);
    plugin.close();
    Ok(vec![
        Row::value("SIF authorization checked", "checks/s", results[0].median(), Goal::None),
        Row::value("SIF authorization, its HMAC-SHA256 alone", "hashes/s", results[1].median(), Goal::None),
    ])
}

fn bare(time: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key will do");
    mac.update(TOKEN.as_bytes());
    mac.update(b":");
    mac.update(time.as_bytes());
    mac.finalize().into_bytes().into()
}

/// What `get_xsre` takes beyond asking a broker for the filter and the record.
fn pipeline(effort: &Effort) -> Outcome {
    let server = Server::start()?;
    let runtime = Runtime::shared()?;
    let plugin = runtime.handle().block_on(Plugin::open(&config(&server.url("/broker")).to_string()))?;
    let request = json!({
        "studentId": STUDENT, "authorizedEntityId": 2, "externalServiceId": 5, "ukprn": PROFILE,
        "formats": ["xml"],
    });
    let request = request.to_string();
    let client = reqwest::Client::builder().no_proxy().tcp_nodelay(true).build()?;
    let urls = [server.url("/broker/filters"), server.url(&format!("/broker/masterXsres/{STUDENT}"))];
    let calls = if effort.quick { 20 } else { 100 };
    let median = |call: &dyn Fn()| {
        let one = |_| {
            let began = Instant::now();
            call();
            began.elapsed().as_secs_f64() * 1e6
        };
        Series((0..calls).map(one).collect()).median()
    };
    let ours = || {
        let answer = runtime.handle().block_on(plugin.call("get_xsre", &request)).expect("the broker answers");
        assert!(answer.json.contains("\"outcome\":\"found\""));
    };
    let theirs = || {
        runtime.handle().block_on(async {
            for url in &urls {
                let answer = client.get(url).send().await.expect("the broker answers");
                black_box(answer.bytes().await.expect("the answer is complete"));
            }
        });
    };
    ours();
    let cases: Vec<Case<'_>> = vec![Box::new(|| median(&ours)), Box::new(|| median(&theirs))];
    let results = interleaved(effort.rounds, cases);
    plugin.close();
    let added = Series(results[0].0.iter().zip(&results[1].0).map(|(ours, theirs)| ours - theirs).collect());
    Ok(vec![
        Row::ratio(
            "SIF record through the broker and filtered, against its two calls alone",
            "µs",
            &results[0],
            &results[1],
            Goal::None,
        ),
        Row::value("SIF pipeline: time added to the two calls", "µs", added.median(), Goal::None),
    ])
}
