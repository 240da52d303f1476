//! A personal learning record of 1 MB read into typed events, against a walk over its tokens that keeps nothing.

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use learnerlink::lrs::inside;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::measure::{Case, interleaved, nanos_per_call};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

/// How many learning events.
const EVENTS: usize = 1500;

/// An invented record with every value that services send, some of them escaped, empty or nil.
fn sample() -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
         <GetLearnerLearningEventsResponse xmlns=\"http://tempuri.org/\"><GetLearnerLearningEventsResult \
         xmlns:a=\"http://api.lrs.qcf.gov.uk/model\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <a:ResponseCode>WSRC0004</a:ResponseCode><a:FoundULN>1000000027</a:FoundULN>\
         <a:IncomingULN>1000000027</a:IncomingULN><a:LearnerRecord>",
    );
    let subjects = ["Mathematics", "English Language", "Biology &amp; Applied Science", "Café Skills", "History"];
    for at in 0..EVENTS {
        text.push_str("<a:LearningEvent>");
        let day = format!("20{:02}-{:02}-{:02}", at % 25, 1 + at % 12, 1 + at % 28);
        for (name, value) in [
            ("AchievementAwardDate", day.as_str()),
            ("AchievementProviderName", "ANYTOWN COLLEGE"),
            ("AchievementProviderUkprn", "10030488"),
            ("AwardingOrganisationName", "PEARSON"),
            ("AwardingOrganisationUkprn", "UNKNWN"),
            ("CollectionType", "W"),
            ("Credits", "12"),
            ("DateLoaded", "2012-05-31 16:47:04"),
            ("Grade", "Pass"),
            ("ID", "100293"),
            ("LanguageForAssessment", ""),
            ("Level", "(nil)"),
            ("ParticipationEndDate", day.as_str()),
            ("ParticipationStartDate", day.as_str()),
            ("QualificationType", "GCE A"),
            ("ReturnNumber", "02"),
            ("Source", "ILR"),
            ("Status", "F"),
            ("Subject", subjects[at % subjects.len()]),
            ("SubjectCode", "K/501/5773"),
            ("UnderDataChallenge", "N"),
        ] {
            // Writing to a text cannot fail.
            let _ = match value {
                "(nil)" => write!(text, "<a:{name} i:nil=\"true\"/>"),
                _ => write!(text, "<a:{name}>{value}</a:{name}>"),
            };
        }
        text.push_str("</a:LearningEvent>");
    }
    text.push_str(
        "</a:LearnerRecord></GetLearnerLearningEventsResult></GetLearnerLearningEventsResponse></s:Body></s:Envelope>",
    );
    text
}

fn tokens(text: &str) -> Result<usize, quick_xml::Error> {
    let (mut reader, mut count) = (Reader::from_str(text), 0);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(count),
            _ => count += 1,
        }
    }
}

pub fn rows(effort: &Effort) -> Outcome {
    let text = sample();
    let bytes = text.as_bytes();
    let read = inside::events(bytes)?;
    if read.events.len() != EVENTS || tokens(&text)? < EVENTS {
        return Err("the record was not read whole".into());
    }
    let span = Duration::from_millis(if effort.quick { 60 } else { 200 });
    let megabytes = |nanos: f64| bytes.len() as f64 / nanos * 1e3;
    let cases: Vec<Case<'_>> = vec![
        Box::new(|| megabytes(nanos_per_call(span, || drop(black_box(inside::events(black_box(bytes))))))),
        Box::new(|| megabytes(nanos_per_call(span, || drop(black_box(tokens(black_box(&text))))))),
    ];
    let results = interleaved(effort.rounds, cases);
    let size = bytes.len() / 1000;
    let what = format!("{size} kB of learning records to {EVENTS} typed events, against tokens alone");
    Ok(vec![Row::ratio(&what, "MB/s", &results[0], &results[1], Goal::AtLeast(0.60))])
}
