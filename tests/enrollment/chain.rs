//! The whole chain over HTTP: broker, receiver and home institutions of the sandbox, our listener, and a host that decides.

use std::sync::Arc;
use std::time::Duration;

use learnerlink::config::Config;
use learnerlink::{Clock, Plugin};
use learnerlink_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::stand::{NOW, holds, http};

const O1: &str = "6f0d1c52-7f3e-4c0c-9a53-3f9d5a5d0001";
const O3: &str = "6f0d1c52-7f3e-4c0c-9a53-3f9d5a5d0003";
const O7: &str = "6f0d1c52-7f3e-4c0c-9a53-3f9d5a5d0007";

struct Chain {
    sandbox: Sandbox,
    plugin: Arc<Plugin>,
    clock: Clock,
}

impl Chain {
    async fn new(enrollment: Value) -> Self {
        let listener = json!({ "address": "127.0.0.1:0" });
        Self::with(enrollment, listener, json!({ "user": "receiver", "password": "s3c+ret/=start" })).await
    }

    async fn with(enrollment: Value, listener: Value, backend: Value) -> Self {
        let now: jiff::Timestamp = NOW.parse().unwrap();
        let sandbox = Sandbox::builder().clock_start(now.as_second()).start().unwrap();
        let mut section = json!({ "background": false });
        section.as_object_mut().unwrap().extend(enrollment.as_object().unwrap().clone());
        let config = json!({ "sandbox": sandbox.url(), "enrollment": section, "listener": listener });
        let clock = Clock::manual(now);
        let plugin = Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock.clone()).await.unwrap();
        let chain = Self { sandbox, plugin, clock };
        let started = chain.call("start_listener", json!({})).await;
        let mut backend = backend;
        backend["url"] = json!(format!("{}/api/start", started["address"].as_str().unwrap()));
        chain.control("backend", backend).await;
        chain
    }

    async fn call(&self, operation: &str, request: Value) -> Value {
        let answer = self.plugin.call(operation, &request.to_string()).await.unwrap();
        serde_json::from_str(&answer.json).unwrap()
    }

    async fn control(&self, path: &str, request: Value) -> Value {
        let url = format!("{}/_sandbox/enrollment/{path}", self.sandbox.url());
        let answer = http().post(url).body(request.to_string()).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    /// What the student is shown at the end of it.
    async fn enrol(&self, person: &str, offering: &str) -> Value {
        self.control("broker", json!({ "personId": person, "offeringId": offering, "acceptLanguage": "nl-NL" })).await
    }

    /// The same with a host program that decides about whatever comes.
    async fn enrol_deciding(&self, person: &str, offering: &str, decision: &str) -> Value {
        let decide = async {
            let handed = self.call("list_enrollments", json!({ "handOut": true, "waitMs": 20_000 })).await;
            let id = &handed["enrollments"][0]["enrollmentId"];
            self.call("decide_enrollment", json!({ "enrollmentId": id, "decision": decision })).await
        };
        let (shown, decided) = tokio::join!(self.enrol(person, offering), decide);
        assert_eq!(decided["outcome"], "decided");
        shown
    }

    async fn associations(&self) -> Value {
        let url = format!("{}/_sandbox/enrollment/associations", self.sandbox.url());
        http().get(url).send().await.unwrap().json::<Value>().await.unwrap()["associations"].clone()
    }

    async fn last(&self) -> Value {
        let listed = self.call("list_enrollments", json!({})).await;
        listed["enrollments"].as_array().unwrap().last().expect("there is one").clone()
    }

    fn advance(&self, seconds: u64) {
        self.sandbox.advance(Duration::from_secs(seconds));
        self.clock.advance(Duration::from_secs(seconds));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_student_enrols_is_decided_accepted_and_graded() {
    let chain = Chain::new(json!({ "handOver": "direct" })).await;
    let shown = chain.enrol_deciding("edu-fenna-01", O1, "associate").await;
    assert_eq!((&shown["httpStatus"], &shown["shown"]["code"]), (&json!(200), &json!(200)), "{shown}");
    assert!(shown["shown"]["message"].as_str().unwrap().contains("Je bent ingeschreven"), "{shown}");
    let enrollment = chain.last().await;
    assert!(
        holds(&enrollment, &json!({ "state": "associated", "host": "associated", "home": "associated" })),
        "{enrollment}"
    );
    let id = &enrollment["enrollmentId"];
    let result = json!({ "state": "completed", "pass": "passed", "score": "8.5", "resultDate": "2027-02-01",
        "studyLoad": { "studyLoadUnit": "ects", "value": 5 } });
    let sent = chain.call("send_results", json!({ "enrollmentId": id, "result": result })).await;
    assert_eq!(sent["outcome"], "sent");
    let active = chain.call("get_person", json!({ "enrollmentId": id })).await;
    assert_eq!((&active["outcome"], &active["person"]["personId"]), (&json!("active"), &json!("edu-fenna-01")));
    let cancelled = chain.call("update_association", json!({ "enrollmentId": id, "state": "canceled" })).await;
    assert_eq!(cancelled["outcome"], "sent");
    let there = chain.associations().await;
    let there = &there.as_array().unwrap()[..];
    assert_eq!(there.len(), 1, "{there:?}");
    let told = there[0].to_string();
    for words in ["\"associated\"", "\"canceled\"", "\"8.5\"", "\"passed\""] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(there[0]["associationId"], enrollment["associationId"]);
    // The home institution has the offering as it came, unknown members and numbers to the letter.
    let posted = chain.sandbox.requests_to("enrollment/home/associations/external/me");
    assert_eq!(posted.len(), 1);
    let posted = String::from_utf8_lossy(&posted[0].body).into_owned();
    assert!(posted.contains("1.10") && !posted.contains("Oosterwal"), "{posted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_institution_that_commits_and_fails_gets_one_enrolment_marked() {
    let chain = Chain::new(json!({ "handOver": "inbox" })).await;
    chain.control("home/edu-fenna-01", json!({ "commitThen500": 2 })).await;
    let shown = chain.enrol("edu-fenna-01", O1).await;
    assert_eq!(shown["shown"]["code"], 200, "{shown}");
    assert_eq!(
        chain.sandbox.requests_to("enrollment/home/associations/external/me").len(),
        2,
        "the receiver repeats it"
    );
    chain.advance(40);
    assert_eq!(chain.call("flush_outbox", json!({})).await["delivered"], 1);
    let enrollment = chain.last().await;
    assert_eq!((&enrollment["flags"], &enrollment["delivery"]), (&json!(["possible-duplicate"]), &json!("delivered")));
    assert_eq!(chain.sandbox.requests_to("enrollment/home/associations/external/me").len(), 3);
    let ids = chain.sandbox.requests_to("enrollment/home/associations/external/me");
    let ids: std::collections::BTreeSet<String> = ids
        .iter()
        .map(|it| serde_json::from_slice::<Value>(&it.body).unwrap()["ext"]["requestId"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_tokens_keep_the_application_until_the_student_logs_in_again() {
    let chain = Chain::new(json!({ "handOver": "inbox" })).await;
    chain.control("home/edu-fenna-01", json!({ "failTimes": 1, "failStatus": 401, "refreshFails": true })).await;
    let shown = chain.enrol("edu-fenna-01", O1).await;
    assert_eq!(shown["shown"]["code"], 417, "{shown}");
    assert_eq!(chain.last().await["outbox"][0]["state"], "needsLogin");
    chain.control("home/edu-fenna-01", json!({})).await;
    let shown = chain.enrol("edu-fenna-01", O1).await;
    assert_eq!(shown["shown"]["code"], 200, "{shown}");
    assert_eq!(chain.last().await["home"], "associated");
    assert_eq!(chain.associations().await.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_institution_that_decides_later_is_asked_until_it_has() {
    let chain = Chain::new(json!({ "handOver": "direct" })).await;
    let shown = chain.enrol_deciding("edu-tomas-04", O1, "associate").await;
    assert_eq!(shown["shown"]["code"], 200);
    for (seconds, state) in [(3600, "pending"), (3600, "associated")] {
        chain.advance(seconds);
        assert_eq!(chain.call("flush_outbox", json!({})).await["delivered"], 1);
        assert_eq!(chain.last().await["state"], state);
    }
    let shown = chain.enrol("edu-tomas-04", O1).await;
    assert_eq!(shown["shown"]["code"], 422, "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_association_that_the_receiver_does_not_remember_gets_its_results_the_older_way() {
    let chain = Chain::new(json!({ "handOver": "direct" })).await;
    chain.control("home/edu-fenna-01", json!({ "answer200": true })).await;
    assert_eq!(chain.enrol_deciding("edu-fenna-01", O1, "associate").await["shown"]["code"], 200);
    let enrollment = chain.last().await;
    assert_eq!((&enrollment["delivery"], &enrollment["state"]), (&json!("untracked"), &json!("associated")));
    let result = json!({ "state": "completed", "pass": "passed", "resultDate": "2027-02-01",
        "studyLoad": { "studyLoadUnit": "ects", "value": 5 } });
    let id = &enrollment["enrollmentId"];
    assert_eq!(chain.call("send_results", json!({ "enrollmentId": id, "result": result })).await["outcome"], "sent");
    assert_eq!(chain.sandbox.requests_to("enrollment/home/associations/me").len(), 1);
    assert_eq!(chain.call("get_association", json!({ "enrollmentId": id })).await["outcome"], "untracked");
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_lists_refusals_and_the_older_shapes_come_through() {
    let chain = Chain::new(json!({ "handOver": "direct", "decideWithinMs": 9000 })).await;
    let shown = chain.enrol_deciding("edu-yusuf-06", O3, "queue").await;
    assert_eq!(shown["shown"]["code"], 200, "{shown}");
    assert_eq!(chain.last().await["state"], "queued");
    let shown = chain.enrol("edu-joris-02", O1).await;
    assert_eq!((&shown["httpStatus"], &shown["shown"]["code"]), (&json!(200), &json!(422)), "{shown}");
    let shown = chain.enrol_deciding("edu-amina-03", O1, "associate").await;
    assert_eq!((&shown["shown"]["code"], &shown["shown"]["message"]), (&json!(422), &json!("Toestemming ontbreekt")));
    let shown = chain.enrol_deciding("edu-mees-08", O7, "associate").await;
    assert_eq!(shown["shown"]["code"], 200, "{shown}");
    let shown = chain.enrol_deciding("ingrid.solheim@fjord.example", O1, "associate").await;
    assert_eq!(shown["shown"]["code"], 200, "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_with_tokens_is_let_in_and_others_are_not() {
    let sandboxed =
        |issuer: &str| json!({ "address": "127.0.0.1:0", "enrollment": { "jwksUrl": "", "issuer": issuer } });
    // The sandbox's own issuer of signed tokens stands for the host institution's.
    let now: jiff::Timestamp = NOW.parse().unwrap();
    let issuing = Sandbox::builder().clock_start(now.as_second()).start().unwrap();
    let base = issuing.url();
    let token = format!("{base}/hmpps-auth/auth/oauth/token");
    let token: Value = http()
        .post(format!("{token}?grant_type=client_credentials"))
        .basic_auth("ui-client", Some("s3c+ret/=ui"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let access = token["access_token"].as_str().unwrap();
    let claims = access.split('.').nth(1).unwrap();
    let claims = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, claims).unwrap();
    let issuer = serde_json::from_slice::<Value>(&claims).unwrap()["iss"].as_str().unwrap().to_owned();
    let mut listener = sandboxed(&issuer);
    listener["enrollment"]["jwksUrl"] = json!(format!("{base}/hmpps-auth/auth/.well-known/jwks.json"));
    for (bearer, status, code) in [(access, 200, json!(200)), ("x.y.z", 401, Value::Null)] {
        let backend = json!({ "bearer": bearer });
        let chain = Chain::with(json!({ "handOver": "inbox" }), listener.clone(), backend).await;
        let shown = chain.enrol("edu-fenna-01", O1).await;
        assert_eq!(shown["httpStatus"], status, "{shown}");
        assert_eq!(shown["body"].get("code").unwrap_or(&Value::Null), &code, "{shown}");
    }
}
