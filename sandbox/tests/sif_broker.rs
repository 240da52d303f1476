//! Proves that the broker gives real stylesheets, keeps records, and that trouble with it is told as one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod sif;

use learnerlink_sandbox::{DropPoint, Fault, FaultKind, SifProfile};
use reqwest::Method;
use sif::*;

const FILTERS: &str = "/sif/requestProvider/filters;zoneId=alder;contextId=DEFAULT";
const RECORD: &str = "/sif/requestProvider/masterXsres/700001;zoneId=alder;contextId=DEFAULT";

type Shape = fn(Fault) -> Fault;

/// The trouble that the broker can make, and the status that it comes to.
const TROUBLES: [(Shape, [u16; 2]); 10] = [
    (|fault| fault.status(400), [500; 2]),
    (|fault| fault.status(401), [500; 2]),
    (|fault| fault.status(404), [404; 2]),
    (|fault| fault.status(405), [500; 2]),
    (|fault| fault.status(503), [500; 2]),
    (|fault| fault.body("<html><body>Welcome<br></body></html>").content_type("text/html"), [500; 2]),
    (|fault| fault.status(404).body("gone").content_type("text/plain"), [500; 2]),
    (|fault| fault.body("").content_type("application/xml"), [500; 2]),
    (|fault| fault.truncate_at(40), [500; 2]),
    (|fault| fault.drop(DropPoint::BeforeResponse), [500; 2]),
];

#[tokio::test]
async fn trouble_with_filter_or_record_is_not_found_or_a_failure() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        for endpoint in ["sif/filters", "sif/masterXsres"] {
            for (number, (shape, statuses)) in TROUBLES.into_iter().enumerate() {
                sandbox.fault(shape(Fault::on(endpoint)));
                let answer = Ask::new(&sandbox).send().await;
                let status = statuses[usize::from(endpoint == "sif/masterXsres")];
                assert_eq!(answer.status, status, "{endpoint} {number}");
                assert_eq!(answer.part("scope"), "xSres");
                let description = match status {
                    404 => "The requested xSres resource was not found.",
                    _ => "Internal server error.",
                };
                assert_eq!(answer.part("description"), description);
            }
        }
        assert_eq!(Ask::new(&sandbox).send().await.inside(), NAME_AND_ID);
        sandbox.fault(Fault::on("sif/srxMessages").status(500));
        assert_eq!(Ask::new(&sandbox).send().await.status, 200, "nobody minds a failed audit");
    }
}

#[tokio::test]
async fn what_is_asked_of_the_broker_is_recorded_in_its_order() {
    let sandbox = sandbox(SifProfile::Strict);
    let path = "/sif/ears/xSres/700001;zoneId=alder;contextId=CBO";
    assert_eq!(Ask::new(&sandbox).to(path).set("personnelId", "1").send().await.status, 200);
    let requests = sandbox.requests();
    let endpoints: Vec<_> = requests.iter().map(|request| request.endpoint.as_str()).collect();
    assert_eq!(endpoints, ["sif/xSres", "sif/filters", "sif/masterXsres", "sif/srxMessages"]);
    assert_eq!(requests[1].path, FILTERS);
    assert_eq!(requests[2].path, RECORD);
    assert_eq!((requests[1].header("personnelid"), requests[2].header("personnelid")), (Some("1"), None));
    assert_eq!(
        (requests[1].header("objecttype"), requests[2].header("generatorid")),
        (Some("xSre"), Some("srx-services-ears"))
    );
    assert!(requests[1].header("authorization") != requests[0].header("authorization"));
    assert!(requests[1].header("timestamp") < requests[2].header("timestamp"), "no two signatures are alike");
    assert_eq!(requests[3].json().unwrap()["srxMessage"]["status"], "success");
}

#[tokio::test]
async fn filters_are_a_stylesheet_in_the_shape_of_the_original() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        let answer = Ask::new(&sandbox).to(FILTERS).send().await;
        assert_eq!(answer.status, 200);
        let sheet: String = answer.text.lines().map(str::trim).collect();
        let copying = |pattern: &str, select: &str| {
            format!(
                "<xsl:template match=\"{pattern}\"><xsl:copy><xsl:apply-templates select=\"{select}\"/></xsl:copy>\
                 </xsl:template>"
            )
        };
        let identity = copying("/xSre//* | /xSre//@*", "@* | node()");
        let root = copying("/xSre", "./@* | ./name | ./localId");
        assert!(sheet.ends_with(&format!("{identity}{root}</xsl:stylesheet>")), "{sheet}");
        for (change, status, description) in [
            (
                (|ask| ask.set("accept", "application/json")) as fn(Ask) -> Ask,
                400,
                "SIF header 'accept' contains invalid value 'application/json'.",
            ),
            (|ask| ask.without("objectType"), 400, "The objectType parameter is invalid."),
            (|ask| ask.set("districtStudentId", "700002"), 404, "Filters for student '700002' not found."),
            (|ask| ask.without("authorization"), 400, "The authorization header cannot be null."),
        ] {
            let answer = change(Ask::new(&sandbox).to(FILTERS)).send().await;
            // The refusal of a form is itself written in that form.
            let told = if answer.text.starts_with('{') {
                (answer.status, answer.json()["error"]["description"].as_str().unwrap().to_owned())
            } else {
                answer.outcome()
            };
            assert_eq!(told, (status, description.to_owned()), "{profile:?}");
        }
        assert_eq!(Ask::new(&sandbox).to(FILTERS).method(Method::PUT).body("x").send().await.status, 405);
    }
}

#[tokio::test]
async fn a_record_can_be_put_read_and_deleted() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        let put = |body: &str| {
            Ask::new(&sandbox).to(RECORD).method(Method::PUT).set("content-type", "application/xml").body(body)
        };
        let record = "<xSre refId=\"r1\"><name t=\"x\">New &amp; old</name><localId>7</localId><health/></xSre>";
        let answer = put(record).send().await;
        assert_eq!(
            answer.text,
            "<updateResponse><updates><update id=\"999\" statusCode=\"200\"/></updates></updateResponse>"
        );
        assert_eq!(Ask::new(&sandbox).to(RECORD).send().await.text, record, "as it is");
        let filtered = Ask::new(&sandbox).send().await;
        assert_eq!(filtered.inside(), "<name t=\"x\">New &amp; old</name><localId>7</localId>");
        assert_eq!(sandbox.sif_record("alder", "700001").as_deref(), Some(record));

        for wrong in ["<xSre>", "<other><localId>7</localId></other>", "<xSre><localId> </localId></xSre>", "<xSre/>"] {
            assert_eq!(put(wrong).send().await.outcome(), (400, "The request body is invalid.".to_owned()), "{wrong}");
        }
        let delete = || Ask::new(&sandbox).to(RECORD).method(Method::DELETE);
        assert!(delete().send().await.text.starts_with("<deleteResponse><deletes><delete "));
        let missing = (404, "The requested xSRE resource was not found.".to_owned());
        assert_eq!(delete().send().await.outcome(), missing);
        assert_eq!(Ask::new(&sandbox).to(RECORD).send().await.outcome(), missing);
        assert_eq!(Ask::new(&sandbox).send().await.status, 404);
        for (method, path) in [
            (Method::GET, "/sif/requestProvider/masterXsres;zoneId=alder;contextId=DEFAULT"),
            (Method::POST, RECORD),
            (Method::GET, "/sif/requestProvider/srxMessages;zoneId=default;contextId=DEFAULT"),
        ] {
            let answer = Ask::new(&sandbox).to(path).method(method).send().await;
            assert_eq!((answer.status, answer.text.as_str()), (405, ""));
        }
        sandbox.reset();
        assert_eq!(Ask::new(&sandbox).send().await.inside(), NAME_AND_ID);
    }
}

#[tokio::test]
async fn a_broken_record_or_one_of_another_kind_is_a_failure() {
    let sandbox = sandbox(SifProfile::Strict);
    for record in ["<xSre><localId>7</localId>", "<sre><localId>7</localId></sre>", "", "<!DOCTYPE xSre []><xSre/>"] {
        sandbox.set_sif_record("alder", "700001", record);
        assert_eq!(Ask::new(&sandbox).send().await.status, 500, "{record}");
    }
}

#[tokio::test]
async fn only_the_original_pastes_a_number_into_an_address_as_it_is() {
    let statuses = async |profile, student: &str| {
        let sandbox = sandbox(profile);
        let path = format!("/sif/ears/xSres/700001{ALDER}");
        let answer = Ask::new(&sandbox).to(&path).set("districtStudentId", student).send().await;
        (answer.status, sandbox.requests_to("sif/filters").len())
    };
    assert_eq!(statuses(SifProfile::Reference, "7 0").await, (404, 1), "no filter, so no address");
    assert_eq!(statuses(SifProfile::Strict, "7 0").await, (400, 0));
}

#[tokio::test]
async fn one_student_is_seen_differently_by_two_services() {
    for profile in PROFILES {
        let sandbox = sandbox(profile);
        let narrow = Ask::new(&sandbox).of("700001", 2, 5).send().await.inside();
        let rich = Ask::new(&sandbox).of("700001", 3, 6).send().await.inside();
        assert_eq!(narrow, NAME_AND_ID);
        for part in [
            "<psesd:enrollmentStatus>Active</psesd:enrollmentStatus>",
            "<presentAttendanceCategory>",
            "<transcriptTerm><school>",
            "<otherTranscriptTerms><transcriptTerm>",
            "<otherIds><otherId><type>State</type><id>WX700001</id></otherId></otherIds>",
            "<assessment refId=\"9d0e6b1c-0000-4000-8000-000000700001\"><score>",
        ] {
            assert!(rich.contains(part), "{part} {rich}");
        }
        for part in
            ["absentAttendanceCategory", "projectedGraduationYear", "demographics", "Library", "raw:", "address"]
        {
            assert!(!rich.contains(&format!("<{part}")) && !rich.contains(&format!(">{part}<")), "{part}");
        }
        let large = Ask::new(&sandbox).of("700004", 3, 6).send().await;
        assert!(large.status == 200 && large.text.len() > 60_000, "{}", large.text.len());
    }
}

#[tokio::test]
async fn the_other_students_are_there_for_what_can_stand_in_the_way() {
    for (student, entity, service, person, expected) in [
        ("700003", 2, 5, None, [200, 200]),
        ("700005", 3, 6, None, [200, 200]),
        ("700005", 2, 5, None, [404, 404]),
        ("700006", 2, 5, None, [404, 404]),
        ("700007", 2, 5, None, [200, 404]),
        ("700008", 3, 7, None, [200, 404]),
        ("700008", 3, 7, Some("2"), [200, 200]),
    ] {
        for (profile, status) in PROFILES.into_iter().zip(expected) {
            let sandbox = sandbox(profile);
            let ask = Ask::new(&sandbox).of(student, entity, service);
            let ask = if let Some(person) = person { ask.set("personnelId", person) } else { ask };
            assert_eq!(ask.send().await.status, status, "{profile:?} {student} {service}");
        }
    }
}

#[tokio::test]
async fn the_retrieval_itself_goes_wrong_in_its_own_language() {
    let sandbox = sandbox(SifProfile::Strict);
    for (endpoint, path) in [
        ("sif/xSres", format!("/sif/ears/xSres/700001{ALDER}")),
        ("sif/filters", FILTERS.to_owned()),
        ("sif/masterXsres", RECORD.to_owned()),
        ("sif/srxMessages", "/sif/requestProvider/srxMessages;zoneId=default;contextId=DEFAULT".to_owned()),
    ] {
        let ask = || Ask::new(&sandbox).to(&path);
        for status in [400, 401, 403, 404, 500, 503] {
            sandbox.fault(Fault::on(endpoint).status(status).retry_after(7));
            let answer = ask().send().await;
            assert_eq!((answer.outcome().0, answer.header("retry-after")), (status, Some("7")), "{endpoint}");
            assert_eq!(answer.part("scope"), endpoint.trim_start_matches("sif/"));
        }
        sandbox.fault(Fault::of("sif", FaultKind::Status).status(500));
        assert_eq!(ask().send().await.outcome().1, "Internal server error.");
        sandbox.fault(Fault::on(endpoint).drop(DropPoint::BeforeResponse));
        assert!(ask().request().send().await.is_err());
    }
    sandbox.fault(Fault::on("sif/xSres").truncate_at(10));
    assert!(Ask::new(&sandbox).request().send().await.unwrap().bytes().await.is_err());
    assert!(sandbox.faults().is_empty());
    let large = "x".repeat((1 << 20) + 1);
    let answer = Ask::new(&sandbox).to(RECORD).method(Method::PUT).body(&large).send().await;
    assert_eq!(answer.outcome().0, 413);
}
