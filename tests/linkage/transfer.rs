//! Moving registers in and out.

use serde_json::{Value, json};

use crate::desk::{Desk, FIXTURE, SECRETS};

const PASSPHRASE: &str = "correct horse battery";

/// Lines and reasons of the rows that were refused.
fn refused(done: &Value) -> Vec<(u64, String)> {
    let row = |row: &Value| (row["line"].as_u64().unwrap(), row["reason"].as_str().unwrap().to_owned());
    done["refused"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn dirty_rows_are_named_by_line_and_reason_and_nothing_is_imported() {
    let desk = Desk::empty(json!({})).await;
    let text = "\u{FEFF}ODS Code,organisation_name,NHS number,surname,date of birth,blocked,block reason,account id,linkage key,key state
A12345,Northgate Surgery,,,,,,,,
A12345,,9990123403,Okonkwo-Bright,1984-03-12,,,4071836250,K7CDX4RTMN9PQ3WHJV,
A12345,,9990123404,Okonkwo,1984-03-12,,,,,
A12345,,9990123411,,1990-02-28,,,,,
A12345,,9990123411,O'Dempsey,1990-02-30,,,,,
A1 345,,9990123411,O'Dempsey,1990-02-28,,,,,
A12345,,999 012 3403,Again,1984-03-12,,,,,
A12345,,9990123438,Krüger,1971-11-05,,,4071836250,,
A12345,,9990123446,Talwin,2001-07-19,maybe,,,,
A12345,,9990123446,Talwin,2001-07-19,,PRACTICE_DECISION,,,
A12345,,9990123446,Talwin,2001-07-19,yes,BAD_MOOD,,,
A12345,,9990123454,St. Orrin,1966-01-31,,,,KEYWITHOUTACCOUNT,
A12345,,9990123462,Łyszcz,1958-12-24,,,a b,,
A12345,,9990123462,Łyszcz,1958-12-24,,,7180022943,X,expired
A12345,,,Nobody,1958-12-24,,,,,
A12345,,9990123470,too,few
C34567,,9995550121,Quillfeather,1995-05-15,,,,,
";
    let done = desk.import(text, json!({})).await;
    assert_eq!((&done["outcome"], &done["imported"]), (&json!("refused"), &json!(0)));
    let lines: Vec<u64> = refused(&done).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17], "{done}");
    assert!(SECRETS.iter().all(|secret| !done.to_string().contains(secret)), "{done}");
    assert_eq!(desk.retrieve("A12345", "9990123403").await["outcome"], "odsNotFound", "all or nothing");

    let done = desk.import(text, json!({ "onRefused": "skip" })).await;
    assert_eq!(
        (&done["outcome"], &done["imported"], &done["refusedRows"]),
        (&json!("partlyImported"), &json!(2), &json!(15))
    );
    let reasons = refused(&done);
    assert!(reasons.contains(&(18, "its organisation is not on the register; give its name as well".into())), "{done}");
    assert!(
        reasons.contains(&(8, "it repeats the patient, the account id or the organisation of line 3".into())),
        "{done}"
    );
    assert_eq!(desk.retrieve("A12345", "9990123403").await["linkageKey"], "K7CDX4RTMN9PQ3WHJV");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_none_are_refused_as_a_whole() {
    let desk = Desk::empty(json!({})).await;
    for (text, part) in [
        ("", "without the column `odsCode`"),
        ("name,number\na,b\n", "unknown column `name`"),
        ("odsCode,odsCode\nA12345,A12345\n", "column `odsCode` twice"),
        ("nhsNumber,surname\n1,2\n", "without the column `odsCode`"),
        ("{\"format\":\"im1-linkage-register\",\"version\":1}\n", "passphrase"),
    ] {
        let path = desk.folder.path().join("file");
        std::fs::write(&path, text).unwrap();
        let error = desk.failure("import_register", json!({ "path": path, "user": "clerk" })).await;
        assert!(error["message"].as_str().unwrap().contains(part), "{error}");
    }
    for path in ["/nonexistent/x", "/"] {
        let error = desk.failure("import_register", json!({ "path": path, "user": "clerk" })).await;
        assert_eq!(error["details"]["field"], "path");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn json_lines_are_rows_too() {
    let desk = Desk::empty(json!({})).await;
    let text = r#"{"odsCode":"A12345","organisationName":"Northgate Surgery","organisationBlocked":false}

{"odsCode":"A12345","nhsNumber":"9990123403","surname":"Okonkwo-Bright","dateOfBirth":"1984-03-12","accountId":"4071836250","linkageKey":"K7CDX4RTMN9PQ3WHJV"}
{"odsCode":"A12345","nhsNumber":9990123411}
{"odsCode":"A12345","nhsNumber":"9990123411","surname":"O'Dempsey","surname":"x","dateOfBirth":"1990-02-28"}
{"odsCode":"A12345","nhsNumber":"9990123411","patient":"O'Dempsey"}
not json
{"odsCode":"A12345","nhsNumber":"9990123446","surname":"Talwin","dateOfBirth":"2001-07-19","blocked":true,"blockReason":"practice_decision","blockText":null}"#;
    let done = desk.import(text, json!({ "onRefused": "skip" })).await;
    assert_eq!((&done["imported"], &done["refusedRows"]), (&json!(3), &json!(4)), "{done}");
    assert_eq!(
        refused(&done).into_iter().map(|(line, reason)| format!("{line} {reason}")).collect::<Vec<_>>(),
        [
            "4 its nhsNumber must be a text",
            "5 it has a member twice",
            "6 it has the unknown member patient",
            "7 it is not a JSON object"
        ]
    );
    assert_eq!(desk.retrieve("A12345", "9990123446").await["detail"]["reason"], "PRACTICE_DECISION");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_the_register_is_refused_left_or_replaced_as_asked() {
    let desk = Desk::new().await;
    let done = desk.import(FIXTURE, json!({})).await;
    assert_eq!(
        (&done["outcome"], &done["refusedRows"]),
        (&json!("refused"), &json!(10)),
        "the organisations are the same"
    );
    let done = desk.import(FIXTURE, json!({ "onConflict": "skip" })).await;
    assert_eq!((&done["outcome"], &done["imported"], &done["unchanged"]), (&json!("imported"), &json!(0), &json!(13)));

    let changed = "odsCode,organisationName,nhsNumber,surname,dateOfBirth,accountId,linkageKey
A12345,Northgate Medical Practice,,,,,
A12345,,9990123403,Okonkwo,1984-03-12,4071836250,NEWKEY3WHJVK7CDX4R
";
    let done = desk.import(changed, json!({ "onConflict": "replace" })).await;
    assert_eq!((&done["outcome"], &done["imported"]), (&json!("imported"), &json!(2)), "{done}");
    let said = desk.retrieve("A12345", "9990123403").await;
    assert_eq!((&said["surname"], &said["linkageKey"]), (&json!("Okonkwo"), &json!("NEWKEY3WHJVK7CDX4R")));
    assert_eq!(desk.generations("9990123403"), 2, "the other key stays in history");

    for (row, reason) in [
        (
            "A12345,9990123403,Okonkwo,1984-03-12,4071836250,K7CDX4RTMN9PQ3WHJV",
            "its linkage key was revoked and never becomes valid again",
        ),
        ("A12345,9990123403,Okonkwo,1984-03-12,1111111111,", "the patient has another account id on the register"),
        (
            "A12345,9990123411,O'Dempsey,1990-02-28,4071836250,",
            "its account id belongs to another patient of the organisation",
        ),
        (
            "A12345,9990123411,O'Dempsey,1990-02-28,1111111111,NEWKEY3WHJVK7CDX4R",
            "its linkage key belongs to another patient of the organisation",
        ),
    ] {
        let text = format!("odsCode,nhsNumber,surname,dateOfBirth,accountId,linkageKey\n{row}\n");
        let done = desk.import(&text, json!({ "onConflict": "replace" })).await;
        assert_eq!(refused(&done), [(2, reason.to_owned())]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_loses_the_key_and_who_comes_back_is_told_so() {
    let desk = Desk::new().await;
    let leave = "odsCode,nhsNumber,deregistered\nA12345,9990123403,true\n";
    assert_eq!(desk.import(leave, json!({ "onConflict": "replace" })).await["outcome"], "imported");
    assert_eq!(desk.retrieve("A12345", "9990123403").await["outcome"], "patientNotFound");
    let reason = desk.place.value(
        "SELECT revoke_reason FROM linkage_keys WHERE coalesce(revoke_reason, '') <> 'imported' AND state = 'revoked'",
    );
    assert_eq!(reason, "deregistered");
    let back = "odsCode,nhsNumber,surname,dateOfBirth\nA12345,9990123403,Okonkwo-Bright,1984-03-12\n";
    assert_eq!(desk.import(back, json!({})).await["outcome"], "imported");
    assert_eq!(desk.retrieve("A12345", "9990123403").await["outcome"], "keyRevoked");
    let said = desk.create("A12345", "9990123403", "Okonkwo-Bright", "1984-03-12").await;
    assert_eq!((&said["outcome"], &said["accountId"]), (&json!("ok"), &json!("4071836250")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_export_is_the_whole_register_for_whoever_has_the_passphrase() {
    let desk = Desk::new().await;
    desk.create("A12345", "9990123438", "Kruger", "1971-11-05").await;
    let path = desk.folder.path().join("register.sealed");
    let request = json!({ "path": path, "user": "clerk", "passphrase": PASSPHRASE });
    let done = desk.call("export_register", request.clone()).await.unwrap();
    assert_eq!(
        [&done["organisations"], &done["patients"], &done["keys"], &done["unreadable"]],
        [3, 9, 6, 1].map(|n| json!(n)).each_ref()
    );
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(SECRETS.iter().all(|secret| !text.contains(secret)));
    assert_eq!(text.lines().count(), 1 + 3 + 9 + 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(desk.failure("export_register", request).await["details"]["field"], "path", "nothing is overwritten");

    let other = Desk::empty(json!({ "vaultKey": "BBECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" })).await;
    let import = json!({ "path": path, "user": "clerk", "passphrase": PASSPHRASE });
    let done = other.call("import_register", import.clone()).await.unwrap();
    assert_eq!((&done["outcome"], &done["imported"]), (&json!("imported"), &json!(12)), "{done}");
    for (ods, number) in [
        ("A12345", "9990123403"),
        ("A12345", "9990123438"),
        ("C34567", "9995550121"),
        ("B23456", "9995550148"),
        ("A12345", "9990123446"),
        ("A12345", "9995550156"),
        ("A12345", "9990123454"),
    ] {
        let (mut here, mut there) = (desk.retrieve(ods, number).await, other.retrieve(ods, number).await);
        here["traceId"] = Value::Null;
        there["traceId"] = Value::Null;
        assert_eq!(here, there, "{ods}");
    }
    assert_eq!(other.generations("9990123438"), 2);
    let mut again = import;
    again["onConflict"] = json!("skip");
    let done = other.call("import_register", again).await.unwrap();
    assert_eq!((&done["imported"], &done["unchanged"]), (&json!(0), &json!(12)), "twice changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_was_altered_cut_or_is_opened_with_another_passphrase_imports_nothing() {
    let desk = Desk::new().await;
    let path = desk.folder.path().join("register.sealed");
    let request = json!({ "path": path, "user": "clerk", "passphrase": PASSPHRASE });
    desk.call("export_register", request).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let (last, middle) = (lines.len() - 1, lines.len() / 2);
    let mut swapped = lines.clone();
    swapped.swap(middle, middle + 1);
    let without =
        |at: usize| lines.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, line)| *line).collect::<Vec<_>>();
    let altered = lines[middle].replacen(['A', 'b', '3'], "x", 1);
    let mut changed = lines.clone();
    changed[middle] = &altered;
    let weaker = lines[0].replace("\"logN\":15", "\"logN\":63");
    let mut header = lines.clone();
    header[0] = &weaker;
    for (what, lines) in [
        ("swapped", swapped),
        ("one missing", without(middle)),
        ("cut", without(last)),
        ("altered", changed),
        ("header", header),
    ] {
        std::fs::write(&path, lines.join("\n") + "\n").unwrap();
        let other = Desk::empty(json!({})).await;
        let import = json!({ "path": path, "user": "clerk", "passphrase": PASSPHRASE });
        let error = other.failure("import_register", import).await;
        assert_eq!(error["code"], "INVALID_INPUT", "{what}: {error}");
        assert_eq!(other.retrieve("A12345", "9990123403").await["outcome"], "odsNotFound", "{what}");
    }
    std::fs::write(&path, &text).unwrap();
    for (passphrase, part) in [
        (json!("correct horse battery!"), "does not open this export"),
        (json!("short"), "12 to 1024"),
        (Value::Null, "is required for a sealed export"),
    ] {
        let import = json!({ "path": path, "user": "clerk", "passphrase": passphrase });
        let error = desk.failure("import_register", import).await;
        assert!(error["message"].as_str().unwrap().contains(part), "{error}");
        assert!(!error.to_string().contains("correct horse"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_without_a_passphrase_has_no_linkage_keys_and_can_be_read_back() {
    let desk = Desk::new().await;
    for (format, ending) in [("csv", "csv"), ("jsonLines", "jsonl")] {
        let path = desk.folder.path().join(format!("register.{ending}"));
        let request = json!({ "path": path, "user": "clerk", "format": format });
        let done = desk.call("export_register", request).await.unwrap();
        assert_eq!((&done["patients"], &done["keys"]), (&json!(9), &json!(0)));
        let text = std::fs::read_to_string(&path).unwrap();
        for key in ["K7CDX4RTMN9PQ3WHJV", "HJ4RT9XKWQ37CDMNPV", "linkageKey"] {
            assert!(!text.contains(key), "{key} is in {text}");
        }
        assert!(text.contains("Krüger") && text.contains("4071836250"), "{text}");
        let other = Desk::empty(json!({})).await;
        let done = other.call("import_register", json!({ "path": path, "user": "clerk" })).await.unwrap();
        assert_eq!((&done["outcome"], &done["imported"]), (&json!("imported"), &json!(12)), "{done}");
        assert_eq!(other.retrieve("A12345", "9990123446").await["detail"]["text"], "Speak to reception");
        assert_eq!(other.retrieve("A12345", "9990123403").await["outcome"], "noLinkageKey");
    }
    let both =
        json!({ "path": desk.folder.path().join("x"), "user": "clerk", "format": "csv", "passphrase": PASSPHRASE });
    assert_eq!(desk.failure("export_register", both).await["details"]["field"], "format");
    assert!(!desk.folder.path().join("x").exists());
    let short = json!({ "path": desk.folder.path().join("x"), "user": "clerk", "passphrase": "short" });
    assert_eq!(desk.failure("export_register", short).await["details"]["field"], "passphrase");
    assert!(!desk.folder.path().join("x").exists(), "a file that was not finished is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_import_reports_how_far_it_is_and_ends_when_told_to() {
    let desk = Desk::empty(json!({})).await;
    let mut text = String::from("odsCode,organisationName,nhsNumber,surname,dateOfBirth\nA12345,Northgate,,,\n");
    let mut count = 0;
    for prefix in 999_100_000_u32.. {
        let number = (0..10)
            .map(|digit| format!("{prefix}{digit}"))
            .find(|text| learnerlink::identifiers::NhsNumber::parse(text).is_ok());
        if let Some(number) = number {
            text.push_str(&format!("A12345,,{number},Largo,1980-01-01\n"));
            count += 1;
        }
        if count == 3_000 {
            break;
        }
    }
    let path = desk.folder.path().join("large.csv");
    std::fs::write(&path, text).unwrap();
    let request = json!({ "path": path, "user": "clerk" }).to_string();
    let prepared =
        learnerlink::operations::Operation::find("import_register").unwrap().prepare(&desk.plugin, &request).unwrap();
    let invocation = std::sync::Arc::clone(&prepared.invocation);
    let watched = std::sync::Arc::clone(&invocation);
    // Cancelled once the first rows are read.
    let stop = async move {
        while watched.progress().is_empty() {
            tokio::task::yield_now().await;
        }
        learnerlink::Error::Cancelled
    };
    let error = prepared.run(stop).await.map(drop).unwrap_err();
    assert_eq!(error.status().code(), "CANCELLED");
    while desk.staged() > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(desk.retrieve("A12345", "9995550164").await["outcome"], "odsNotFound", "half an import shows");
    let done = desk.call("import_register", json!({ "path": path, "user": "clerk" })).await.unwrap();
    assert_eq!((&done["outcome"], &done["imported"]), (&json!("imported"), &json!(3_001)));
}
