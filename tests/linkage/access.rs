//! Who is let in by the interfaces, and who is not.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::door::{Card, Door, Issuer, client, read, section};
use crate::tls::Authority;

/// What a Retrieve with another token or client comes to.
async fn with_token(door: &Door, token: &str) -> (u16, Value) {
    let request = door.request("POST", "/im1/linkage/v1/retrieve").bearer_auth(token).header("TransactionId", "t-1");
    let body = json!({ "odsCode": "A12345", "nhsNumber": "9990123403" });
    let (status, headers, body) = read(request.json(&body).send().await.unwrap()).await;
    assert_eq!(status == 401, headers.contains_key("www-authenticate"));
    (status, body)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_the_three_signatures_is_accepted() {
    let door = Door::new().await;
    for algorithm in ["ES256", "RS256", "PS256"] {
        let (status, body) = with_token(&door, &door.issuer.sign(algorithm, &door.claims(&door.card))).await;
        assert_eq!((status, &body["accountId"]), (200, &json!("4071836250")), "{algorithm}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_good_for_this_caller_here_and_now_is_refused() {
    let door = Door::new().await;
    let changed = |key: &str, value: Value| {
        let mut claims = door.claims(&door.card);
        claims[key] = value;
        door.issuer.sign("ES256", &claims)
    };
    let now = door.desk.clock.wall().as_second();
    let other = Card::of(&door.clients, "other.example.test");
    let good = door.token();
    let cut = good.rsplit_once('.').unwrap().0;
    for (what, token) in [
        ("no signature", format!("{cut}.")),
        ("another signature", door.issuer.sign("ES384", &door.claims(&door.card))),
        ("none", door.issuer.sign("none", &door.claims(&door.card))),
        ("HMAC", door.issuer.sign("HS256", &door.claims(&door.card))),
        ("another issuer", changed("iss", json!("https://other.example.test/"))),
        ("no issuer", changed("iss", Value::Null)),
        ("another audience", changed("aud", json!("https://other.example.test/"))),
        ("an audience that begins so", changed("aud", json!("https://practice.example.test/x"))),
        ("expired", changed("exp", json!(now - 61))),
        ("not good yet", changed("nbf", json!(now + 61))),
        ("bound to another certificate", door.issuer.sign("ES256", &door.claims(&other))),
        ("bound to none", changed("cnf", Value::Null)),
        ("bound to nonsense", changed("cnf", json!({ "x5t#S256": "***" }))),
        ("garbage", "x.y.z".into()),
        ("huge", "a".repeat(20_000)),
    ] {
        let (status, body) = with_token(&door, &token).await;
        assert_eq!(
            (status, &body["code"], &body["category"]),
            (401, &json!("UNAUTHENTICATED"), &json!("generic")),
            "{what}"
        );
        assert!(body.get("accountId").is_none() && body.get("reason").is_none());
    }
    // Clocks may differ by a minute, and an audience may be one of several.
    for token in [
        changed("exp", json!(now - 59)),
        changed("nbf", json!(now + 59)),
        changed("aud", json!(["https://other.example.test/", "https://practice.example.test/"])),
        changed("scope", json!(["linkage.retrieve"])),
    ] {
        assert_eq!(with_token(&door, &token).await.0, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_opens_its_function_only() {
    let door = Door::new().await;
    for (scope, statuses) in [
        ("linkage.retrieve", [200, 403]),
        ("linkage.create", [403, 409]),
        ("linkage.retrievex openid", [403, 403]),
        ("", [403, 403]),
    ] {
        let mut claims = door.claims(&door.card);
        claims["scope"] = json!(scope);
        let token = door.issuer.sign("ES256", &claims);
        let retrieve = door.retrieve("A12345", "9990123403").bearer_auth(&token);
        let create = door.create("A12345", "9990123403", "Okonkwo-Bright", "1984-03-12").bearer_auth(&token);
        for (request, expected) in [(retrieve, statuses[0]), (create, statuses[1])] {
            // The good token that the request had comes first in the header list; only one may stand there.
            let mut request = request.build().unwrap();
            request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
            let (status, _, body) = read(door.http.execute(request).await.unwrap()).await;
            assert_eq!(status, expected, "{scope}: {body}");
            assert!(expected != 403 || body["code"] == "FORBIDDEN", "{body}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_outside_the_allow_list_is_refused_and_one_of_another_authority_gets_no_word_in() {
    let door = Door::new().await;
    let other = Card::of(&door.clients, "other.example.test");
    let stranger = Card::of(&Authority::new(), "caller.example.test");
    let ask = |card: Option<&Card>, bound: &Card| {
        let token = door.issuer.sign("ES256", &door.claims(bound));
        let url = format!("{}/im1/linkage/v1/retrieve", door.url);
        let request = client(&door.servers, card).post(url).bearer_auth(token).header("TransactionId", "t");
        request.json(&json!({ "odsCode": "A12345", "nhsNumber": "9990123403" })).send()
    };
    let (status, _, body) = read(ask(Some(&other), &other).await.unwrap()).await;
    assert_eq!((status, &body["code"]), (403, &json!("FORBIDDEN")));
    assert!(ask(Some(&stranger), &stranger).await.is_err());
    assert!(ask(None, &door.card).await.is_err());
    assert_eq!(ask(Some(&door.card), &door.card).await.unwrap().status(), 200);
    let last = door.desk.audit().await;
    assert_eq!(last.len(), 2);
    assert_eq!((&last[0]["outcome"], &last[0]["details"]["reason"]), (&json!("forbidden"), &json!("allow-list")));
    assert_eq!(last[0]["details"]["number"], 62);
    let fingerprint: String = other.fingerprint.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(last[0]["user"], format!("{fingerprint} nhs-login"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_in_a_header_is_never_believed() {
    let door = Door::new().await;
    let other = Card::of(&door.clients, "other.example.test");
    let request = client(&door.servers, Some(&other))
        .post(format!("{}/im1/linkage/v1/retrieve", door.url))
        .bearer_auth(door.token())
        .header("TransactionId", "t")
        .header("X-Client-Cert", door.card.pem.0.replace('\n', "%0A"))
        .header("X-ARR-ClientCert", door.card.pem.0.replace('\n', ""))
        .json(&json!({ "odsCode": "A12345", "nhsNumber": "9990123403" }));
    assert_eq!(read(request.send().await.unwrap()).await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allow_list_that_lets_nobody_in_or_no_demand_for_certificates_stops_the_start() {
    let (issuer, servers, clients) = (Issuer::new().await, Authority::new(), Authority::new());
    for (more, path) in [
        (json!({ "allow": [] }), "listener.linkage.allow"),
        (json!({ "allow": ["caller.example.test"] }), "listener.linkage.allow"),
        (json!({ "allow": ["sha256:12"] }), "listener.linkage.allow"),
        (json!({ "allow": ["dns:"] }), "listener.linkage.allow"),
        (json!({ "organisations": true }), "listener.linkage.organisations"),
        (json!({ "native": false }), "listener.linkage"),
        (json!({ "issuer": " " }), "listener.linkage.issuer"),
        (json!({ "audience": "" }), "listener.linkage.audience"),
        (json!({ "jwksUrl": "http://login.example.test/jwks" }), "listener.linkage.jwksUrl"),
        (json!({ "path": "im1" }), "listener.linkage.path"),
        (json!({ "requestsPerMinute": 0 }), "listener.linkage.requestsPerMinute"),
    ] {
        assert_eq!(refused(section(&issuer, &servers, &clients, more.clone())).await, path, "{more}");
    }
    for tls in [Value::Null, json!({ "certificate": servers.issue("127.0.0.1").0, "key": "x" })] {
        let mut whole = section(&issuer, &servers, &clients, json!({}));
        whole["tls"] = tls;
        assert_eq!(refused(whole).await, "listener.linkage");
    }
}

/// The path of the value for which a `listener` section is refused.
async fn refused(section: Value) -> String {
    let (place, config) = (crate::place::Place::new(), json!({ "listener": section }));
    let opened = crate::desk::open(&place, &config, learnerlink::Clock::system());
    let error = opened.await.err().unwrap().to_json("open", "library");
    assert_eq!(error["code"], "INVALID_CONFIG", "{error}");
    error["details"]["path"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_of_one_caller_are_turned_away_for_a_while() {
    let door = Door::with(json!({ "requestsPerMinute": 120 })).await;
    let ask = || async { read(door.retrieve("A12345", "9990123403").send().await.unwrap()).await };
    assert_eq!([ask().await.0, ask().await.0], [200, 200]);
    let (status, headers, body) = ask().await;
    assert_eq!((status, &body["code"], headers["retry-after"].to_str().unwrap()), (429, &json!("RATE_LIMITED"), "1"));
    door.desk.clock.advance(Duration::from_secs(1));
    assert_eq!(ask().await.0, 200);
    let outcomes: Vec<_> = door.desk.audit().await.into_iter().map(|entry| entry["outcome"].clone()).collect();
    assert_eq!(outcomes, ["ok", "ok", "rateLimited", "ok"].map(|outcome| json!(outcome)));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_names_is_stopped_after_five_and_cannot_tell_who_exists() {
    let door = Door::new().await;
    // One patient who is there and one who is not.
    for number in ["9990123411", "9995550164"] {
        for _ in 0..5 {
            let (status, _, body) =
                read(door.create("A12345", number, "Wrong", "1990-02-28").send().await.unwrap()).await;
            assert_eq!((status, &body["code"]), (404, &json!("PATIENT_NOT_FOUND")));
        }
        let (status, headers, body) =
            read(door.create("A12345", number, "O'Dempsey", "1990-02-28").send().await.unwrap()).await;
        assert_eq!((status, &body["code"]), (429, &json!("RATE_LIMITED")));
        assert_eq!(headers["retry-after"], "3600");
    }
    door.desk.clock.advance(Duration::from_secs(3601));
    let door_opens = door.create("A12345", "9990123411", "O'Dempsey", "1990-02-28").bearer_auth(door.token());
    let mut request = door_opens.build().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {}", door.token()).parse().unwrap());
    assert_eq!(read(door.http.execute(request).await.unwrap()).await.0, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_forgives_earlier_wrong_guesses() {
    let desk = Desk::new().await;
    for round in 0..2 {
        for _ in 0..4 {
            assert_eq!(desk.create("A12345", "9990123411", "Wrong", "1990-02-28").await["outcome"], "patientNotFound");
        }
        let said = desk.create("A12345", "9990123411", "O'Dempsey", "1990-02-28").await;
        assert_eq!(said["outcome"], "ok", "{round}");
        let revoke = json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "reason": "test", "user": "clerk" });
        assert_eq!(desk.call("revoke_linkage_key", revoke).await.unwrap()["outcome"], "revoked");
    }
    for _ in 0..5 {
        desk.create("A12345", "9990123411", "Wrong", "1990-02-28").await;
    }
    let request =
        json!({ "odsCode": "A12345", "nhsNumber": "9990123411", "surname": "O'Dempsey", "dateOfBirth": "1990-02-28" });
    let error = desk.failure("create_linkage_key", request).await;
    assert_eq!((&error["code"], &error["retriable"]), (&json!("THROTTLED"), &json!(true)));
    assert!(error["details"]["retryAfterMs"].as_u64().unwrap() > 3_500_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn health_needs_no_token_and_says_nothing() {
    let door = Door::new().await;
    let answer = door.request("GET", "/im1/linkage/v1/health").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let (_, _, body) = read(answer).await;
    assert_eq!(body, Value::Null);
}
