//! Proves that the `tpp` linkage supplier answers XML, and its errors by number under status 200.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod linkage;

use client::http;
use learnerlink_sandbox::{LINKAGE_TPP_PROVIDER, LinkageBlockReason, Sandbox};
use linkage::*;
use roxmltree::Document;

const P1_PERSON: [&str; 4] = [OPEN, P1, "OKONKWO BRIGHT", "1984-03-12"];

/// What an answer has to say: the name of its element and these attributes.
async fn ask(sandbox: &Sandbox, body: &str) -> (String, [String; 4]) {
    read(told(post_tpp(sandbox, body.to_owned())).await)
}

fn read(answer: Told) -> (String, [String; 4]) {
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/xml; charset=utf-8")), "{answer:?}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let document = Document::parse(&answer.text).unwrap();
    let root = document.root_element();
    let attribute = |name| root.attribute(name).unwrap_or_default().to_owned();
    let name = root.tag_name().name().to_owned();
    if name == "Error" {
        assert!(!attribute("userFriendlyMessage").is_empty() && !attribute("technicalMessage").is_empty());
        return (name, [attribute("errorCode"), attribute("uuid"), String::new(), String::new()]);
    }
    (name, ["accountId", "passphraseToLink", "passphrase", "uuid"].map(attribute))
}

/// The number of the error that is answered.
async fn error(sandbox: &Sandbox, body: &str) -> String {
    let (name, [code, ..]) = ask(sandbox, body).await;
    assert_eq!(name, "Error", "{body}");
    code
}

#[tokio::test]
async fn a_key_in_force_is_given_beside_another_secret() {
    let sandbox = sandbox();
    let (name, [account, key, passphrase, uuid]) = ask(&sandbox, &link_account(P1_PERSON, true)).await;
    assert_eq!((name.as_str(), account.as_str(), key.as_str()), ("LinkAccountReply", "4071836250", FIRST_KEY));
    assert_eq!(uuid, "u-1");
    assert!(!passphrase.is_empty() && passphrase != key);
    let spaced = link_account([" a12345", "999-012-3403", "Okonkwo-Bright", "1984-03-12T00:00:00"], true);
    assert_eq!(ask(&sandbox, &spaced).await.1[1], FIRST_KEY);
}

#[tokio::test]
async fn each_error_has_its_number() {
    let sandbox = sandbox();
    for (person, code) in [
        ([OPEN, NOBODY, "Nobody", "1990-02-28"], "554"),
        ([OPEN, P9, "Quillfeather", "1995-05-15"], "555"),
        ([OPEN, P1, "Okonkwo", "1984-03-12"], "512"),
        ([OPEN, P1, "Okonkwo-Bright", "1984-03-13"], "513"),
        ([OPEN, P2, "O&apos;Dempsey", "1990-02-28"], "509"),
        ([OPEN, P3, "Kr&#xFC;ger", "1971-11-05"], "509"),
        ([OPEN, P4, "Talwin", "2001-07-19"], "19"),
        ([OPEN, P6, "Łyszcz", "1958-12-24"], "8"),
        ([BLOCKED, P10, "Pellowin", "1949-09-09"], "6"),
        (["Z99999", P1, "Okonkwo-Bright", "1984-03-12"], "6"),
        ([OPEN, "9990123404", "Okonkwo-Bright", "1984-03-12"], "6"),
        (["A1", P1, "Okonkwo-Bright", "1984-03-12"], "6"),
        ([OPEN, P1, "", "1984-03-12"], "6"),
        ([OPEN, P1, "Okonkwo-Bright", "12/03/1984"], "6"),
    ] {
        assert_eq!(error(&sandbox, &link_account(person, true)).await, code, "{person:?}");
    }
    sandbox.block_linkage_patient(OPEN, P1, LinkageBlockReason::UnderMinimumAgeOrNotCompetent, "");
    assert_eq!(error(&sandbox, &link_account(P1_PERSON, true)).await, "553");
    assert_eq!(error(&sandbox, &link_account(P1_PERSON, false)).await, "553");
    let other = link_account(P1_PERSON, true).replace(LINKAGE_TPP_PROVIDER, "other");
    assert_eq!(error(&sandbox, &other).await, "5");
}

#[tokio::test]
async fn an_account_without_a_key_is_a_success_with_a_blank_one() {
    let sandbox = sandbox();
    let (name, [account, key, ..]) = ask(&sandbox, &link_account([OPEN, P5, "St Orrin", "1966-01-31"], true)).await;
    assert_eq!((name.as_str(), account.as_str(), key.as_str()), ("LinkAccountReply", "6233310985", ""));
}

#[tokio::test]
async fn without_retrieve_only_a_key_is_made_unless_there_is_one() {
    let sandbox = sandbox();
    for (person, generations) in [
        ([OPEN, P2, "ODempsey", "1990-02-28"], 1),
        ([OPEN, P3, "Kruger", "1971-11-05"], 2),
        ([OPEN, P5, "St Orrin", "1966-01-31"], 1),
    ] {
        let (_, [account, key, ..]) = ask(&sandbox, &link_account(person, false)).await;
        let patient = sandbox.linkage_patient(OPEN, person[1]).unwrap();
        assert_eq!((patient.account_id, patient.linkage_key), (Some(account.clone()), Some(key.clone())));
        assert!(is_key(&key) && patient.generations == generations);
        let (_, [again, same, ..]) = ask(&sandbox, &link_account(person, true)).await;
        assert_eq!((again, same), (account, key));
    }
    assert_eq!(ask(&sandbox, &link_account(P1_PERSON, false)).await.1[1], FIRST_KEY);
    assert_eq!(error(&sandbox, &link_account([OPEN, P7, "Meulen", "1979-06-30"], false)).await, "512");
    assert_eq!(sandbox.linkage_patient(OPEN, P7).unwrap().generations, 0);
}

#[tokio::test]
async fn what_is_not_understood_is_an_error_that_says_why() {
    let sandbox = sandbox();
    let good = link_account(P1_PERSON, true);
    let bomb = format!("<!DOCTYPE a [<!ENTITY b \"{}\">]>{}", "x".repeat(1000), good.split_once("?>").unwrap().1);
    for body in [
        String::new(),
        "<LinkAccount".to_owned(),
        "<a/>".to_owned(),
        bomb,
        "<a>".repeat(20_000),
        good.replace("LinkAccount", "Authenticate"),
        good.replace("apiVersion=\"1\"", ""),
        good.replace("uuid=\"u-1\"", ""),
        good.replace("Application", "Other"),
        good.replace("deviceType=\"server\"", ""),
        good.replace("<LinkAccount ", "<LinkAccount xmlns=\"urn:x\" "),
    ] {
        assert_eq!(error(&sandbox, &body).await, "6", "{:.80}", body);
    }
    assert_eq!(read(told(post_tpp(&sandbox, b"<LinkAccount a=\"\xe9\"/>".to_vec())).await).1[0], "6");
    let url = format!("{}/linkage/tpp", sandbox.url());
    let untyped = http().post(&url).header("content-type", "text/xml").body(good.clone());
    assert_eq!(read(told(untyped).await).1[0], "6");
    assert_eq!(told(http().get(&url)).await.status, 405);
    assert_eq!(told(http().post(&url).header("type", "LinkAccount").body(good)).await.status, 415);
}

#[tokio::test]
async fn what_is_repeated_is_escaped() {
    let sandbox = sandbox();
    let uuid = "&quot;/&gt;&lt;Error errorCode=&apos;1&apos;&amp;";
    let body = link_account([OPEN, P1, "x", "1984-03-12"], true).replace("u-1", uuid);
    let (_, [code, told, ..]) = ask(&sandbox, &body).await;
    assert_eq!((code.as_str(), told.as_str()), ("512", "\"/><Error errorCode='1'&"));
}
