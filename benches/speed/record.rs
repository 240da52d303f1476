//! A record passed on as it came, against reading it into types and writing it again.

use std::hint::black_box;
use std::time::Duration;

use learnerlink::http::{Answer, StatusCode};
use learnerlink::vera::inside;
use learnerlink::vera::model::RecordFormat;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::measure::{Case, interleaved, nanos_per_call};
use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

/// An invented record of the size that records have.
pub fn sample() -> String {
    let qualifications: Vec<_> = (0..12)
        .map(|at| {
            json!({
                "title": format!("GCSE (9-1) in Subject {at} — \"Higher\""), "qan": format!("601/{at:04}/X"),
                "awardDate": "2025-08-21", "providerName": "Nether Wick Academy",
                "awardingBody": "Invented Examinations Board", "level": "Level 1/Level 2", "grade": "7",
                "underDataChallenge": "N", "displaySort": at,
            })
        })
        .collect();
    let schools: Vec<_> = (0..3)
        .map(|at| {
            json!({
                "name": "Coláiste Nether Wick", "urn": 199_901 + at, "academicYearStart": "2020/21",
                "academicYearEnd": null, "termStart": 1, "termEnd": null, "displaySort": at,
            })
        })
        .collect();
    let record = json!({
        "uln": 5_123_456_782_u64, "firstName": "Órla", "middleNames": "Maeve", "lastName": "Fennimore", "gender": "F",
        "dateOfBirth": "2008-09-02", "postcode": "ZZ99 3VZ", "addressLine1": "14 Larkspur Row",
        "addressLine2": "Nether Wick", "addressLine3": "Northbridge", "addressLine4": null, "addressLine5": null,
        "senProvision": "K", "senProvisionDescription": "SEN support", "primarySENType": "SPLD",
        "primarySENTypeDescription": "Specific learning difficulty", "secondarySENType": null,
        "secondarySENTypeDescription": null, "freeSchoolMealEligible": 1,
        "freeSchoolMealEligibleLatest": { "term": 2, "academicYear": "2024/25" },
        "qualifications": qualifications, "schools": schools,
    });
    record.to_string()
}

type Text = Option<String>;

/// The record in types made for exactly this shape: stricter than ours may be, and so faster.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    uln: u64,
    first_name: Text,
    middle_names: Text,
    last_name: Text,
    gender: Text,
    date_of_birth: Text,
    postcode: Text,
    address_line1: Text,
    address_line2: Text,
    address_line3: Text,
    address_line4: Text,
    address_line5: Text,
    sen_provision: Text,
    sen_provision_description: Text,
    #[serde(rename = "primarySENType")]
    primary_sen_type: Text,
    #[serde(rename = "primarySENTypeDescription")]
    primary_sen_type_description: Text,
    #[serde(rename = "secondarySENType")]
    secondary_sen_type: Text,
    #[serde(rename = "secondarySENTypeDescription")]
    secondary_sen_type_description: Text,
    free_school_meal_eligible: Option<u8>,
    free_school_meal_eligible_latest: Option<Eligible>,
    qualifications: Vec<Qualification>,
    schools: Vec<School>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Eligible {
    term: u8,
    academic_year: Text,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Qualification {
    title: Text,
    qan: Text,
    award_date: Text,
    provider_name: Text,
    awarding_body: Text,
    level: Text,
    grade: Text,
    under_data_challenge: Text,
    display_sort: i64,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct School {
    name: Text,
    urn: Option<i64>,
    academic_year_start: Text,
    academic_year_end: Text,
    term_start: Option<u8>,
    term_end: Option<u8>,
    display_sort: i64,
}

#[derive(Serialize)]
struct Envelope {
    outcome: &'static str,
    message: &'static str,
    record: Record,
}

/// From the bytes of the answer to the text of the response.
pub fn rows(effort: &Effort) -> Outcome {
    let bytes = sample().into_bytes();
    let answer = Answer::made_up("learner-data", StatusCode::OK, bytes.clone());
    let span = Duration::from_millis(if effort.quick { 40 } else { 150 });
    let ours = |format| {
        let answer = &answer;
        Box::new(move || nanos_per_call(span, || drop(black_box(inside::fetched(black_box(answer), format)))) / 1000.0)
    };
    let cases: Vec<Case<'_>> = vec![
        ours(RecordFormat::Raw),
        ours(RecordFormat::Typed),
        Box::new(|| {
            let typed = || -> serde_json::Result<String> {
                let record: Record = serde_json::from_slice(black_box(&bytes))?;
                serde_json::to_string(&Envelope { outcome: "shared", message: "The learner has shared.", record })
            };
            nanos_per_call(span, || drop(black_box(typed()))) / 1000.0
        }),
    ];
    inside::fetched(&answer, RecordFormat::Raw)?;
    let results = interleaved(effort.rounds, cases);
    let against = "against typed parse and write";
    Ok(vec![
        Row::ratio(&format!("record passed on raw, {against}"), "µs", &results[0], &results[2], Goal::AtMost(0.30)),
        Row::ratio(
            &format!("record read tolerantly and checked, {against}"),
            "µs",
            &results[1],
            &results[2],
            Goal::None,
        ),
    ])
}
