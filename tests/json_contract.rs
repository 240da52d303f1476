//! What hosts were once told in JSON stays true: keys and words are added, never taken away or changed.
//!
//! `tests/golden/` holds what was promised. `LEARNERLINK_BLESS=1 cargo test --test json_contract` adds what is
//! new; what is missing or different by then fails all the same, since it would break hosts.

#![cfg(unix)]
// A test says by failing that something is not as it must be.
#![allow(clippy::unwrap_used)]

#[path = "support/abi.rs"]
mod abi;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use abi::*;
use learnerlink_sandbox::{Approval, Fault, Sandbox};
use serde_json::{Map, Value, json};
use support::{Server, answer};

const LEARNER: &str = "5123456782";

/// Keys of a document by their path, with their type; `!` marks those that are always there.
type Shape = BTreeMap<String, String>;

fn golden(name: &str) -> PathBuf {
    project().join("tests/golden").join(name)
}

/// Compares what is with what was promised, and adds what is new when asked to.
fn keeps(name: &str, now: &Value) {
    let path = golden(name);
    let promised = match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).unwrap(),
        Err(_) => json!({}),
    };
    let mut broken = Vec::new();
    compare(&promised, now, "", &mut broken);
    assert!(broken.is_empty(), "{name}:\n{}", broken.join("\n"));
    if std::env::var_os("LEARNERLINK_BLESS").is_some() && promised != *now {
        std::fs::write(&path, serde_json::to_string_pretty(now).unwrap() + "\n").unwrap();
    }
    assert!(path.exists(), "{name} is not there yet; run this test with LEARNERLINK_BLESS=1");
}

fn compare(promised: &Value, now: &Value, path: &str, broken: &mut Vec<String>) {
    match (promised, now) {
        (Value::Object(promised), Value::Object(now)) => {
            for (key, value) in promised {
                match now.get(key) {
                    Some(found) => compare(value, found, &format!("{path}/{key}"), broken),
                    None => broken.push(format!("{path}/{key} is gone")),
                }
            }
        }
        (Value::Array(promised), Value::Array(now)) => {
            let gone = promised.iter().filter(|item| !now.contains(item));
            broken.extend(gone.map(|item| format!("{path} has lost {item}")));
        }
        // What may be absent can become what is always there.
        (Value::String(before), Value::String(after)) if *after == format!("{before}!") => {}
        _ if promised == now => {}
        _ => broken.push(format!("{path} was {promised} and is {now}")),
    }
}

/// The keys that a schema describes.
fn shape_of_schema(schema: &Value) -> Shape {
    let mut shape = Shape::new();
    collect(schema, "", &mut shape);
    shape
}

fn collect(schema: &Value, path: &str, shape: &mut Shape) {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        let mark = if required.contains(&key.as_str()) { "!" } else { "" };
        shape.insert(path.trim_start_matches('.').to_owned(), kind(property) + mark);
        collect(property, &path, shape);
    }
    for key in ["items", "additionalProperties"] {
        if schema[key].is_object() {
            collect(&schema[key], &format!("{path}[]"), shape);
        }
    }
    for variant in ["anyOf", "oneOf", "allOf"].into_iter().flat_map(|key| schema[key].as_array().into_iter().flatten())
    {
        collect(variant, path, shape);
    }
}

fn kind(schema: &Value) -> String {
    let variants = ["anyOf", "oneOf"].into_iter().flat_map(|key| schema[key].as_array().into_iter().flatten());
    let mut kinds: BTreeSet<String> = variants.map(kind).collect();
    match &schema["type"] {
        Value::String(one) => drop(kinds.insert(one.clone())),
        Value::Array(several) => kinds.extend(several.iter().filter_map(Value::as_str).map(str::to_owned)),
        _ => {}
    }
    kinds.remove("null");
    kinds.into_iter().collect::<Vec<_>>().join("|")
}

/// The keys that a document has.
fn shape_of(value: &Value) -> Shape {
    fn walk(value: &Value, path: &str, shape: &mut Shape) {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        if !path.is_empty() {
            shape.insert(path.trim_start_matches('.').to_owned(), kind.to_owned());
        }
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, value)| walk(value, &format!("{path}.{key}"), shape))
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, &format!("{path}[]"), shape)),
            _ => {}
        }
    }
    let mut shape = Shape::new();
    walk(value, "", &mut shape);
    shape
}

#[test]
fn the_catalogue_keeps_every_operation_outcome_and_key() {
    let described = describe();
    let mut operations = Map::new();
    for operation in described["operations"].as_array().unwrap() {
        let outcomes: Vec<&Value> =
            operation["outcomes"].as_array().unwrap().iter().map(|outcome| &outcome["name"]).collect();
        operations.insert(
            operation["name"].as_str().unwrap().to_owned(),
            json!({
                "system": operation["system"],
                "outcomes": outcomes,
                "request": shape_of_schema(&operation["request"]),
                "response": shape_of_schema(&operation["response"]),
            }),
        );
    }
    // A request must not begin to demand what it did not demand before, which `compare` takes for an addition.
    let promised = std::fs::read_to_string(golden("catalogue.json")).unwrap_or_else(|_| "{}".into());
    let promised: Value = serde_json::from_str(&promised).unwrap();
    for (name, operation) in &operations {
        let before = &promised["operations"][name]["request"];
        let demanded =
            operation["request"].as_object().unwrap().iter().filter(|(_, kind)| kind.as_str().unwrap().ends_with('!'));
        for (key, kind) in demanded.filter(|_| before.is_object()) {
            let nested = key.contains(['.', '[']);
            let parent_is_new = nested && before.get(key.rsplit_once(['.', '[']).unwrap().0).is_none();
            assert!(before[key] == *kind || parent_is_new, "{name} now demands `{key}`");
        }
    }
    keeps("catalogue.json", &json!({ "abi": { "major": described["abi"]["major"] }, "operations": operations }));
}

#[test]
fn statuses_keep_their_numbers_codes_and_whether_they_can_be_retried() {
    let described = describe();
    let errors: Map<String, Value> = described["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            let entry = json!({ "status": error["status"], "retriable": error["retriable"] });
            (error["code"].as_str().unwrap().to_owned(), entry)
        })
        .collect();
    keeps("errors.json", &Value::Object(errors));
}

#[test]
fn the_configuration_keeps_every_key() {
    let shape = shape_of_schema(&learnerlink::config::schema());
    keeps("configuration.json", &json!(shape));
}

#[test]
fn the_error_object_keeps_its_keys_with_and_without_an_outside_service() {
    let sandbox = Sandbox::start();
    let plugin = open(&json!({ "sandbox": sandbox.url(), "retry": { "maxAttempts": 1 } })).unwrap();
    sandbox.fault(Fault::on("generate-qr-code").status(503).forever());
    let outside = call(plugin, "generate_qr", &json!({ "ukprn": "10099901" })).unwrap_err();
    let inside = call(plugin, "health", &json!({ "x": 1 })).unwrap_err();
    close(plugin).unwrap();
    let (outside, inside) = (outside.error.unwrap(), inside.error.unwrap());
    assert_eq!(outside["upstream"]["httpStatus"], 503);
    keeps("error_objects.json", &json!({ "upstream": shape_of(&outside), "own": shape_of(&inside) }));
}

/// A Learning Records Service that finds one learner with one event, both with every value there is.
async fn learning_records() -> Server {
    let envelope = |body: String| {
        format!(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>"
        )
    };
    let values = |prefix: &str, names: &str| -> String {
        names.split_whitespace().map(|name| format!("<{prefix}{name}>x</{prefix}{name}>")).collect()
    };
    let learner = values("", LEARNER_VALUES) + "<l:LinkedULNs><ULN>1</ULN></l:LinkedULNs>";
    let found = envelope(format!(
        "<f:FindLearnerResponse xmlns:f=\"http://api.lrs.miap.gov.uk/findmsg\" xmlns:l=\"http://api.lrs.miap.gov.uk/learner\">\
         <ResponseCode>WSRC0003</ResponseCode><Learner>{learner}</Learner></f:FindLearnerResponse>"
    ));
    let record = envelope(format!(
        "<t:GetLearnerLearningEventsResponse xmlns:t=\"http://tempuri.org/\"><t:GetLearnerLearningEventsResult xmlns:a=\"http://api.lrs.qcf.gov.uk/model\">\
         <a:ResponseCode>WSRC0022</a:ResponseCode><a:FoundULN>1</a:FoundULN><a:IncomingULN>{LEARNER}</a:IncomingULN><a:LearnerRecord>\
         <a:LearningEvent>{}</a:LearningEvent></a:LearnerRecord></t:GetLearnerLearningEventsResult></t:GetLearnerLearningEventsResponse>",
        values("a:", EVENT_VALUES)
    ));
    Server::start(move |_, request| {
        if request.target.starts_with("/receiver") {
            let (status, body) = match request.method.as_str() {
                "POST" => (201, json!({ "associationId": "a-1", "state": "associated" })),
                _ => (200, json!({ "personId": "p", "activeEnrollment": true, "state": "associated" })),
            };
            return answer(status, &[("Content-Type", "application/json")], body.to_string());
        }
        let body = match request.target.as_str() {
            target if target.starts_with("/sif") => XSRE,
            target if target.ends_with("R9.svc") => &record,
            _ => &found,
        };
        answer(200, &[("Content-Type", "text/xml")], body)
    })
    .await
}

const LEARNER_VALUES: &str = "CreatedDate LastUpdatedDate ULN MasterSubstituted Title GivenName MiddleOtherName FamilyName \
    PreferredGivenName PreviousFamilyName FamilyNameAtAge16 SchoolAtAge16 LastKnownAddressLine1 LastKnownAddressLine2 \
    LastKnownAddressTown LastKnownAddressCountyOrCity LastKnownPostCode DateOfAddressCapture DateOfBirth PlaceOfBirth Gender \
    EmailAddress Nationality ScottishCandidateNumber VerificationType OtherVerificationDescription TierLevel AbilityToShare \
    LearnerStatus Notes VersionNumber";

const EVENT_VALUES: &str = "AchievementAwardDate AchievementProviderName AchievementProviderUkprn AwardingOrganisationName \
    AwardingOrganisationUkprn CollectionType Credits DateLoaded Grade ID LanguageForAssessment Level ParticipationEndDate \
    ParticipationStartDate QualificationType Restriction ReturnNumber Source Status Subject SubjectCode UnderDataChallenge";

/// Every operation once, in an order that makes sense; the responses by name.
fn responses(plugin: u64, sandbox: &Sandbox) -> Vec<(&'static str, Value)> {
    let mut done = Vec::new();
    let mut run = |operation: &'static str, request: Value| {
        let response = call(plugin, operation, &request).unwrap_or_else(|failure| panic!("{operation}: {failure:?}"));
        done.push((operation, response.clone()));
        response
    };
    let learner = json!({ "ukprn": "10099901", "mobileNumber": "07700900123", "dateOfBirth": "2008-09-02" });
    let issued = run("generate_qr", json!({ "ukprn": "10099901", "formats": ["image", "svg", "text", "matrix"] }));
    let id = issued["correlationId"].as_str().unwrap();
    sandbox.approve(id, Approval::by(LEARNER)).unwrap();
    run("poll_learner_data", json!({ "correlationId": id, "waitMs": 60_000 }));
    run("cancel_share", json!({ "correlationId": id }));
    run("fetch_learner_data", json!({ "ukprn": "10099901", "uln": LEARNER, "traceId": "t", "user": NAME }));
    run("check_learner", learner.clone());
    run("request_share", learner);
    run("list_shares", json!({}));
    let folder = tempfile::tempdir().unwrap();
    let (csv, copy) = (folder.path().join("matches.csv"), folder.path().join("copy.csv"));
    std::fs::write(&csv, MATCHES).unwrap();
    let person = json!({ "personId": "A1000AA", "user": NAME });
    let plr = json!({ "ukprn": "10099901", "user": NAME, "uln": LEARNER, "givenName": "Zoë", "familyName": "Ó Súilleabháin" });
    run(
        "match_learner",
        merged(
            &plr,
            json!({ "uln": null, "dateOfBirth": "2008-09-02", "gender": "male", "lastKnownPostCode": "ZZ99 9ZZ" }),
        ),
    );
    run("fetch_plr", plr.clone());
    run("import_matches", json!({ "path": csv, "user": NAME }));
    let names =
        json!({ "uln": LEARNER, "givenName": "Zoë", "familyName": "Ó Súilleabháin", "matchType": "exactMatch" });
    run("confirm_match", merged(&person, names));
    run("get_match", person.clone());
    run("confirm_no_match", person.clone());
    run("remove_match", person.clone());
    run("subject_access_report", person);
    run("export_matches", json!({ "path": copy, "user": NAME }));
    let (register, sealed) = (folder.path().join("register.csv"), folder.path().join("register.sealed"));
    std::fs::write(&register, REGISTER).unwrap();
    let patient = json!({ "odsCode": "A12345", "nhsNumber": "9990123403", "user": NAME });
    let named = merged(&patient, json!({ "surname": "Okonkwo-Bright", "dateOfBirth": "1984-03-12" }));
    run("import_register", json!({ "path": register, "onRefused": "skip", "user": NAME }));
    let made = run("create_linkage_key", named.clone());
    run("retrieve_linkage_key", patient.clone());
    run(
        "check_linkage_key",
        json!({ "odsCode": "A12345", "accountId": made["accountId"], "linkageKey": made["linkageKey"] }),
    );
    run("export_register", json!({ "path": sealed, "passphrase": "correct horse battery", "user": NAME }));
    run("revoke_linkage_key", merged(&patient, json!({ "reason": "lost phone" })));
    run("set_linkage_access", merged(&patient, json!({ "blocked": true, "text": "Speak to reception" })));
    run("retrieve_or_create_linkage_key", named);
    let rules = json!({
        "authorizedEntities": [{ "id": 2 }], "externalServices": [{ "id": 5, "authorizedEntityId": 2 }],
        "districtServices": [{ "id": 9, "zoneId": "alder", "externalServiceId": 5, "dataObjects": [
            { "name": "xSre", "filterType": "include", "includeStatement": "t" },
            { "name": "xSre", "filterType": "include", "includeStatement": "o/i/t" },
        ] }],
        "students": [{ "districtStudentId": "7", "districtServiceId": 9 }],
    });
    run("import_sif_rules", json!({ "rules": rules, "user": NAME }));
    run("authorize_sif_request", json!({ "timestamp": "2026-11-22T08:15:30.000Z" }));
    run(
        "filter_xsre",
        json!({ "xml": XSRE, "dataObjects": [{ "filterType": "include", "includeStatement": "*" }], "statements": "fixed",
            "formats": ["xml", "json", "summary"] }),
    );
    let asked = json!({ "studentId": "7", "authorizedEntityId": 2, "externalServiceId": 5, "ukprn": "10099901" });
    run("get_xsre", asked);
    let offering = json!({ "offeringId": "o", "name": NAME });
    let person = json!({ "personId": "p", "activeEnrollment": true, "otherCodes": [{ "codeType": "schacHome", "code": "h.example" }] });
    let started = json!({
        "body": json!({ "offering": offering, "person": person }).to_string(), "decided": { "decision": "associate" },
    });
    let started = run("start_enrollment", started);
    let enrollment = json!({ "enrollmentId": started["enrollmentId"] });
    run("decide_enrollment", merged(&enrollment, json!({ "decision": "associate" })));
    run("create_association", enrollment.clone());
    run("get_association", enrollment.clone());
    run("get_person", enrollment.clone());
    let result = json!({ "state": "completed", "pass": "passed", "resultDate": "2027-02-01",
        "studyLoad": { "studyLoadUnit": "ects", "value": 5 } });
    run("send_results", merged(&enrollment, json!({ "result": result })));
    run("update_association", merged(&enrollment, json!({ "state": "canceled" })));
    run("resolve_delivery", merged(&enrollment, json!({ "entryId": "none", "resolution": "retry" })));
    run("flush_outbox", json!({}));
    run("list_enrollments", json!({ "withBodies": true }));
    let (rows, results) = (folder.path().join("rows.csv"), folder.path().join("results.jsonl"));
    std::fs::write(&rows, "personId\nA1000AA\nB2000BB,\n").unwrap();
    let asked = json!({ "operation": "get_match", "input": rows, "output": results, "user": NAME });
    let started = run("start_batch", asked);
    let batch = json!({ "batchId": started["batchId"] });
    run("batch_status", merged(&batch, json!({ "waitMs": 60_000 })));
    run("resume_batch", batch.clone());
    run("cancel_batch", batch);
    run("list_batches", json!({}));
    run("put_profile", json!({ "ukprn": "10000001", "displayName": NAME }));
    run("list_profiles", json!({}));
    run("remove_profile", json!({ "profile": "10000001" }));
    run("rotate_key", json!({}));
    run("query_audit", json!({ "newestFirst": true }));
    run("verify_audit", json!({}));
    run("purge", json!({}));
    run("start_listener", json!({}));
    run("stop_listener", json!({ "patienceMs": 1_000 }));
    run("health", json!({ "probe": true }));
    done
}

/// A register of one row that can be imported and one that cannot.
const MATCHES: &str = "id,nomis_id,matched_uln,given_name,family_name,match_type,count_of_returned_ulns,match_status,date_created\n\
     1,B2000BB,,,,No Match,0,Cannot be matched,2024-05-01T10:00:00\nx,,,,,,,,\n";

/// A student's record with something of every group.
const XSRE: &str = "<xSre refId=\"r1\"><name><familyName>Ashdown</familyName><givenName>Rook</givenName><middleName>M</middleName></name>\
     <localId>7</localId><demographics><sex>F</sex><birthDate>2009-02-03</birthDate></demographics><enrollment><school>\
     <schoolName>Alder High</schoolName></school><schoolYear>2026</schoolYear><gradeLevel>11</gradeLevel><entryDate>2025-09-01</entryDate>\
     <exitDate>2026-06-30</exitDate></enrollment><attendance><summaries><summary><daysAbsent>3</daysAbsent>\
     <daysInAttendance>170</daysInAttendance></summary></summaries></attendance><transcriptTerm><schoolYear>2026</schoolYear><session>\
     <description>Semester 1</description></session><academicSummary><cumulativeGpa>3.2</cumulativeGpa>\
     <totalCreditsEarned>12</totalCreditsEarned></academicSummary><courses><course><courseTitle>Art</courseTitle>\
     <finalMarkValue>A</finalMarkValue><creditsEarned>1</creditsEarned></course></courses></transcriptTerm></xSre>";

/// A patient who can be imported, and a row that cannot.
const REGISTER: &str = "odsCode,organisationName,nhsNumber,surname,dateOfBirth\n\
     A12345,Northgate Surgery,9990123403,Okonkwo-Bright,1984-03-12\nA12345,,1,,\n";

fn merged(document: &Value, more: Value) -> Value {
    let mut document = document.clone();
    document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    document
}

#[test]
fn responses_keep_every_key_and_are_what_their_schemas_say() {
    let sandbox = Sandbox::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let learning_records = runtime.block_on(learning_records());
    let lrs = json!({ "url": learning_records.url("/lrs").as_str() });
    let sif = json!({ "url": learning_records.url("/sif").as_str() });
    let listener = json!({ "address": "127.0.0.1:0" });
    let enrollment = json!({ "receiverUrl": learning_records.url("/receiver").as_str(), "background": false });
    let plugin = open(&json!({
        "sandbox": sandbox.url(), "lrs": lrs, "sif": sif, "listener": listener, "enrollment": enrollment,
    }))
    .unwrap();
    let described = describe();
    let mut shapes = Map::new();
    for (operation, response) in responses(plugin, &sandbox) {
        let entry =
            described["operations"].as_array().unwrap().iter().find(|entry| entry["name"] == operation).unwrap();
        let known = entry["outcomes"].as_array().unwrap().iter().any(|outcome| outcome["name"] == response["outcome"]);
        assert!(known, "{operation} has the undocumented outcome {}", response["outcome"]);
        let (schema, shape) = (shape_of_schema(&entry["response"]), shape_of(&response));
        for (key, kind) in &schema {
            // What is required of an object in a list can be asked only of lists that have objects.
            if kind.ends_with('!') && !key.contains(['.', '[']) {
                assert!(shape.contains_key(key), "{operation} promises `{key}`");
            }
        }
        for (key, kind) in &shape {
            // Objects whose keys differ from operation to operation.
            let open = [
                "record.additional",
                "entries[].details.",
                "json.",
                "enrollments[].offering.",
                "outcomes.",
                "errors.",
                "enrollments[].person.",
                "person.",
            ]
            .iter()
            .any(|path| key.starts_with(path));
            let listed = key.ends_with("[]") || schema.contains_key(key) || open;
            assert!(listed, "{operation}: `{key}` is in no schema");
            if let Some(promised) = schema.get(key).filter(|promised| !promised.is_empty()) {
                let promised = promised.trim_end_matches('!').replace("integer", "number");
                assert!(
                    promised.split('|').any(|one| one == kind) || kind == "null",
                    "{operation}: `{key}` is {kind}, not {promised}"
                );
            }
        }
        shapes.insert(operation.to_owned(), json!(shape));
    }
    close(plugin).unwrap();
    let missing: Vec<&Value> = described["operations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["name"])
        .filter(|name| !shapes.contains_key(name.as_str().unwrap()))
        .collect();
    assert!(missing.is_empty(), "add these operations to `responses`: {missing:?}");
    keeps("responses.json", &Value::Object(shapes));
}

#[test]
fn every_request_refuses_a_key_that_nothing_reads() {
    let plugin = open(&json!({ "store": ":memory:" })).unwrap();
    for operation in describe()["operations"].as_array().unwrap() {
        let name = operation["name"].as_str().unwrap();
        let mut request = Map::new();
        for key in operation["request"]["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let value = match (key, &operation["request"]["properties"][key]["type"]) {
                ("uln", _) => json!(LEARNER),
                ("dateOfBirth", _) => json!("2008-09-02"),
                ("matchType", _) => json!("exactMatch"),
                ("decision", _) => json!("associate"),
                ("state", _) => json!("associated"),
                ("resolution", _) => json!("retry"),
                ("result", _) => json!({ "state": "completed", "resultDate": "2027-02-01" }),
                (_, kind) if kind == "integer" => json!(1),
                (_, kind) if kind == "boolean" => json!(true),
                (_, kind) if kind == "object" => json!({}),
                (_, kind) if kind == "array" => json!([]),
                _ => json!("x"),
            };
            request.insert(key.to_owned(), value);
        }
        request.insert("noSuchKey".into(), json!(1));
        let failure = call(plugin, name, &Value::Object(request)).unwrap_err();
        assert_eq!(failure.status, UNKNOWN_KEY, "{name}: {:?}", failure.error);
        assert_eq!(failure.error.unwrap()["details"]["path"], "noSuchKey", "{name}");
    }
    close(plugin).unwrap();
}

#[test]
fn names_in_any_script_survive_the_store_and_the_audit_trail() {
    let folder = tempfile::tempdir().unwrap();
    let config = json!({
        "store": folder.path().join("Zoë 🎓.db"),
        "vaultKey": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    });
    let names = [NAME, "Ὀδυσσεύς", "שָׁלוֹם", "王小明", "e\u{301} is not é", "👩‍🎓", "\\ \" / 's"];
    let plugin = open(&config).unwrap();
    for (number, name) in names.iter().enumerate() {
        let request =
            json!({ "profile": format!("{name} {number}"), "displayName": name, "user": name, "traceId": name });
        let stored = call(plugin, "put_profile", &request).unwrap();
        assert_eq!(stored["profile"], request["profile"]);
    }
    close(plugin).unwrap();
    let plugin = open(&config).unwrap();
    let profiles = call(plugin, "list_profiles", &json!({})).unwrap();
    for (number, name) in names.iter().enumerate() {
        let found = profiles["profiles"].as_array().unwrap().iter().find(|profile| profile["displayName"] == *name);
        assert_eq!(found.unwrap()["profile"], format!("{name} {number}"));
        let trail = call(plugin, "query_audit", &json!({ "byUser": name, "operation": "put_profile" })).unwrap();
        let entries = trail["entries"].as_array().unwrap();
        assert_eq!(entries.len(), 1, "{name}: {trail}");
        assert_eq!((&entries[0]["user"], &entries[0]["traceId"]), (&json!(name), &json!(name)));
    }
    assert_eq!(call(plugin, "verify_audit", &json!({})).unwrap()["outcome"], "intact");
    // The same as escapes.
    let escaped = r#"{"byUser":"Zo\u00eb \u00d3 S\u00failleabh\u00e1in \ud83c\udf93"}"#;
    let trail: Value = serde_json::from_str(&call_text(plugin, "query_audit", escaped).unwrap()).unwrap();
    assert_eq!(trail["entries"].as_array().unwrap().len(), 1);
    close(plugin).unwrap();
}

#[test]
fn the_comparison_finds_what_breaks_a_host_and_lets_additions_pass() {
    let before = json!({ "a": "string", "b": ["x"], "c": { "d": "number!" } });
    let broken = |now: Value| {
        let mut broken = Vec::new();
        compare(&before, &now, "", &mut broken);
        broken
    };
    assert!(broken(json!({ "a": "string!", "b": ["y", "x"], "c": { "d": "number!", "e": 1 }, "f": 1 })).is_empty());
    assert_eq!(broken(json!({ "a": "number", "b": [], "c": { "d": "number" } })).len(), 3);
    assert_eq!(broken(json!({ "b": ["x"], "c": {} })), ["/a is gone", "/c/d is gone"]);
}
