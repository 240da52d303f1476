//! Callers with tokens good and bad.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use learnerlink_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use crate::stand::{Stand, http, token};

/// The token with other claims or another header, and the signature it had.
fn altered(token: &str, part: usize, change: impl Fn(&mut Value)) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let mut value: Value = serde_json::from_slice(&BASE64.decode(&parts[part]).unwrap()).unwrap();
    change(&mut value);
    parts[part] = BASE64.encode(value.to_string());
    parts.join(".")
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_good_token_opens_anything() {
    let stand = Stand::new(json!({})).await;
    let good = stand.token("ui").await;
    let unsigned = altered(&good, 0, |header| header["alg"] = json!("none"));
    let cut = good.rsplit_once('.').unwrap().0;
    for bad in [
        None,
        Some(String::new()),
        Some("Bearer".into()),
        Some("Bearer ".into()),
        Some("Basic dWk6eA==".into()),
        Some("Bearer x.y.z".into()),
        Some(format!("Bearer {cut}.")),
        Some(format!("Bearer {}.", unsigned.rsplit_once('.').unwrap().0)),
        Some(format!("Bearer {}", altered(&good, 0, |header| header["alg"] = json!("HS256")))),
        Some(format!("Bearer {}", altered(&good, 0, |header| header["crit"] = json!(["exp"])))),
        Some(format!("Bearer {}", altered(&good, 0, |header| header["kid"] = json!("another")))),
        Some(format!("Bearer {}", altered(&good, 1, |claims| claims["exp"] = json!(4_000_000_000_u64)))),
        Some(format!("Bearer {}", altered(&good, 1, |claims| claims["authorities"] = json!(["ROLE_X"])))),
        Some(format!("Bearer {}", "a".repeat(20_000))),
    ] {
        let answer = stand.search(bad.as_deref()).await;
        assert_eq!(answer.status(), 401, "{bad:?}");
        assert_eq!(answer.headers()["www-authenticate"], "Bearer");
        assert!(answer.bytes().await.unwrap().is_empty());
    }
    assert_eq!(stand.searches(), 0);
    assert!(stand.audit().await.iter().all(|entry| entry["system"] != "lrs"), "strangers leave no entries");
    assert_eq!(stand.search(Some(&format!("bearer {good}"))).await.status(), 200);
    assert_eq!(
        stand.sandbox.requests_to("hmpps-auth/jwks").len(),
        1,
        "an unknown key is not asked for again and again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_is_learnt_and_the_old_one_is_forgotten() {
    let stand = Stand::new(json!({})).await;
    let old = stand.token("ui").await;
    assert_eq!(stand.state(&old, "A1000AA").await.status(), 404);
    stand.sandbox.rotate_auth_key();
    let new = stand.token("ui").await;
    assert_eq!(stand.state(&new, "A1000AA").await.status(), 401, "the key set was asked for a moment ago");
    stand.advance(Duration::from_secs(31));
    assert_eq!(stand.state(&new, "A1000AA").await.status(), 404);
    assert_eq!(stand.state(&old, "A1000AA").await.status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_expires() {
    let stand = Stand::new(json!({})).await;
    let token = format!("Bearer {}", stand.token("ui").await);
    assert_eq!(stand.search(Some(&token)).await.status(), 200);
    stand.advance(Duration::from_secs(3599 + 59));
    assert_eq!(stand.search(Some(&token)).await.status(), 200, "clocks may differ by a minute");
    stand.advance(Duration::from_secs(2));
    assert_eq!(stand.search(Some(&token)).await.status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_issuer_is_refused() {
    let sandbox = Sandbox::start();
    let jwks = format!("{}/hmpps-auth/auth/.well-known/jwks.json", sandbox.url());
    let records = |issuer: &str| json!({ "provider": "10099901", "jwksUrl": jwks, "issuer": issuer });
    let token = token(&http(), &sandbox, "ui").await;
    let claims = token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&BASE64.decode(claims).unwrap()).unwrap();
    for (issuer, status) in [(claims["iss"].as_str().unwrap(), 404), ("https://other.example/auth", 401)] {
        let (plugin, _) = crate::stand::plugin(&sandbox, json!({ "learnerRecords": records(issuer) })).await.unwrap();
        let url = crate::stand::start(&plugin).await.unwrap()["address"].as_str().unwrap().to_owned();
        let request = http().get(format!("{url}/match/A1000AA")).bearer_auth(&token).header("x-username", "clerk");
        assert_eq!(request.send().await.unwrap().status(), status, "{issuer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_set_nobody_is_let_in_and_nobody_is_called_a_liar() {
    let stand = Stand::new(json!({})).await;
    let token = stand.token("ui").await;
    stand.sandbox.fault(Fault::on("hmpps-auth/jwks").status(500).times(1));
    for _ in 0..3 {
        let answer = stand.state(&token, "A1000AA").await;
        assert_eq!((answer.status().as_u16(), answer.headers().contains_key("retry-after")), (503, true));
    }
    assert_eq!(stand.sandbox.requests_to("hmpps-auth/jwks").len(), 1, "it is left alone for a while");
    stand.advance(Duration::from_secs(31));
    assert_eq!(stand.state(&token, "A1000AA").await.status(), 404);
    // Keys that are there outlive an outage.
    stand.sandbox.fault(Fault::on("hmpps-auth/jwks").status(500).forever());
    stand.advance(Duration::from_secs(700));
    assert_eq!(stand.state(&token, "A1000AA").await.status(), 404);
    stand.advance(Duration::from_secs(60));
    let garbage = Fault::on("hmpps-auth/jwks").body("<html>");
    stand.sandbox.clear_faults();
    stand.sandbox.fault(garbage.forever());
    assert_eq!(stand.state(&token, "A1000AA").await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_callers_ask_for_the_key_set_once() {
    let stand = Stand::new(json!({})).await;
    let token = stand.token("ui").await;
    let answers = futures_util::future::join_all((0..40).map(|_| stand.state(&token, "A1000AA"))).await;
    assert!(answers.iter().all(|answer| answer.status() == 404));
    assert_eq!(stand.sandbox.requests_to("hmpps-auth/jwks").len(), 1);
}
