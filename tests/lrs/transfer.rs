//! Import and export of the register.

use std::path::Path;

use serde_json::{Value, json};

use crate::stand::{FAMILY, R1, Stand, changed};
use crate::support::answer;

const HEADER: &str =
    "id,nomis_id,matched_uln,given_name,family_name,match_type,count_of_returned_ulns,match_status,date_created";

async fn stand() -> Stand {
    Stand::new("direct", |_, _| answer(500, &[], "nobody calls")).await
}

fn file(folder: &Path, name: &str, lines: &[&str]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, lines.join("\n")).unwrap();
    path.to_str().unwrap().to_owned()
}

async fn import(stand: &Stand, path: &str) -> Value {
    stand.call("import_matches", json!({ "path": path })).await.unwrap()
}

#[tokio::test]
async fn a_table_of_the_original_is_imported_and_comes_out_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        HEADER,
        "1,A1000AA,1000000027,Tamsin,Quillfeather,Exact Match,1,Matched,2024-05-01T10:00:00.123456",
        "2,\"B,2\",,,,No Match,0,Cannot be matched,2024-05-02T10:00:00.000000",
        "5,C3000CC,1234567890,Zoë,\"O\"\"Shea\",NO_MATCH_SELECTED,0,,2024-05-03T10:00:00.000000",
        "9,A1000AA,,,,,,Unmatched,2024-05-04T10:00:00.000000",
    ];
    let stand = stand().await;
    let path = file(folder.path(), "in.csv", &lines);
    let done = import(&stand, &path).await;
    assert_eq!(done, json!({ "outcome": "imported", "imported": 4, "unchanged": 0, "refusedRows": 0, "refused": [] }));
    let again = import(&stand, &path).await;
    assert_eq!(
        (&again["outcome"], &again["imported"], &again["unchanged"]),
        (&json!("imported"), &json!(0), &json!(4))
    );
    for (person, outcome) in [("A1000AA", "notMatched"), ("B,2", "noUln"), ("C3000CC", "matched")] {
        let found = stand.call("get_match", json!({ "personId": person })).await.unwrap();
        assert_eq!(found["outcome"], outcome, "{person}");
    }
    let out = folder.path().join("out.csv");
    let done = stand.call("export_matches", json!({ "path": out })).await.unwrap();
    assert_eq!(done, json!({ "outcome": "exported", "rows": 4 }));
    let written = std::fs::read_to_string(&out).unwrap();
    let expected: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("{line}{}\n", if at == 0 { ",confirmed_by" } else { "," }))
        .collect();
    assert_eq!(written, expected.concat());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let other = self::stand().await;
    assert_eq!(import(&other, out.to_str().unwrap()).await["imported"], 4);
    let next =
        json!({ "personId": "D", "uln": R1, "givenName": "Tamsin", "familyName": FAMILY, "matchType": "exactMatch" });
    assert_eq!(other.call("confirm_match", next).await.unwrap()["outcome"], "confirmed");
}

#[tokio::test]
async fn refused_rows_are_listed_with_line_and_reason_and_the_others_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let row =
        |id: &str, person: &str, uln: &str, at: &str| format!("{id},{person},{uln},G,F,Exact Match,1,Matched,{at}");
    let day = "2024-05-01 10:00:00+00";
    let mut bytes = [
        // In another writing and another order, with columns of older tables.
        "\u{FEFF}id,nomisId,matchedUln,givenName,familyName,matchType,countOfReturnedUlns,matchStatus,dateCreated"
            .to_owned(),
        row("1", "A", R1, day),
        row("x", "A", "", day),
        row("2", "", "", day),
        row("3", "B", "12A", day),
        row("4", "B", "12345678901", day),
        row("5", "B", "", "yesterday"),
        "6,B,too,few".to_owned(),
        row("7", "B", R1, day),
        row("8", "\"B\nB\"", "", day),
        row("9", "C", "3000000010", day),
        row("2", "D", "", day),
        row("10", &"p".repeat(256), "", day),
    ]
    .join("\n")
    .into_bytes();
    bytes.extend(b"\n11,\xFF,,,,,,,2024-05-01T10:00:00\n12,E,,,,,,Unmatched,2024-05-01T10:00:00Z\n");
    let path = folder.path().join("in.csv");
    std::fs::write(&path, bytes).unwrap();
    let stand = stand().await;
    let done = import(&stand, path.to_str().unwrap()).await;
    assert_eq!(
        (&done["outcome"], &done["imported"], &done["refusedRows"]),
        (&json!("partlyImported"), &json!(3), &json!(11)),
        "{done}"
    );
    let refused: Vec<(u64, &str)> = done["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["line"].as_u64().unwrap(), row["reason"].as_str().unwrap()))
        .collect();
    for (line, reason) in [
        (3, "its id is not a number"),
        (4, "its person has no usable id"),
        (5, "its ULN has something other than up to ten digits"),
        (6, "its ULN has something other than up to ten digits"),
        (7, "its time cannot be read"),
        (8, "it has more or fewer values than there are columns"),
        (9, "another person holds its ULN at this point"),
        (10, "its person has no usable id"),
        (13, "its id does not lie behind the register's last row"),
        (14, "its person has no usable id"),
        (15, "it is not UTF-8"),
    ] {
        let found = refused.iter().find(|(at, _)| *at == line);
        assert_eq!(found.map(|(_, reason)| *reason), Some(reason), "line {line}: {refused:?}");
    }
    assert!(!done.to_string().contains("12345678901"));
}

#[tokio::test]
async fn files_that_cannot_be_used_are_refused_and_none_is_overwritten_or_left_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let stand = stand().await;
    let there = file(folder.path(), "there.csv", &["keep me"]);
    let empty = file(folder.path(), "empty.csv", &[]);
    let short = file(folder.path(), "short.csv", &["id,nomis_id", "1,A"]);
    let nowhere = folder.path().join("no/such/folder.csv");
    for (operation, path, problem) in [
        ("import_matches", "/no/such/file.csv", "does not exist"),
        ("import_matches", folder.path().to_str().unwrap(), "`path` names a file"),
        ("import_matches", &empty, "without the column `id`"),
        ("import_matches", &short, "without the column `matched_uln`"),
        ("export_matches", &there, "exists"),
        ("export_matches", nowhere.to_str().unwrap(), "folder that does not exist"),
    ] {
        let failure = stand.failure(operation, json!({ "path": path })).await;
        assert_eq!(
            (&failure["code"], &failure["details"]["field"]),
            (&json!("INVALID_INPUT"), &json!("path")),
            "{failure}"
        );
        assert!(failure["message"].as_str().unwrap().contains(problem), "{failure}");
    }
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "keep me");
    for operation in ["import_matches", "export_matches"] {
        let failure = stand.failure(operation, changed(json!({ "path": there }), json!({ "user": null }))).await;
        assert_eq!(failure["details"]["field"], "user");
    }
}

#[tokio::test]
async fn a_register_of_many_batches_is_moved_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = vec![HEADER.to_owned()];
    lines.extend((1..=1700).map(|id| format!("{id},P{id},,,,No Match,0,Cannot be matched,2024-05-01T10:00:00.000000")));
    let path = file(folder.path(), "in.csv", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let stand = stand().await;
    assert_eq!(import(&stand, &path).await["imported"], 1700);
    let out = folder.path().join("out.csv");
    assert_eq!(stand.call("export_matches", json!({ "path": out })).await.unwrap()["rows"], 1700);
    assert_eq!(std::fs::read_to_string(&out).unwrap().lines().count(), 1701);
}
