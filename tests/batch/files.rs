//! What may be wrong with files, and what may be odd about them.

use serde_json::json;

use crate::stand::*;

#[tokio::test]
async fn every_row_of_a_file_has_its_result_in_the_order_of_the_file() {
    let stand = Stand::new().await;
    let known = "7,Renée,Ní Dhálaigh,2002-07-19,female,D02 X285\n";
    let input = stand.file("in.csv", format!("{}{known}", strangers(6)));
    let status = stand.run(stand.matching(&input, json!({ "idColumn": "id" }))).await;
    assert_eq!(status["outcome"], "done", "{status}");
    assert_eq!((&status["done"], &status["rowsRead"], &status["rowsTotal"]), (&json!(7), &json!(7), &json!(7)));
    assert_eq!(status["outcomes"]["noMatch"], 6);
    assert!(status.get("partialOutput").is_none() && status.get("error").is_none());
    let rows = stand.rows();
    assert_each_once(&rows, 7);
    assert_eq!((&rows[2]["line"], &rows[2]["input"]["id"]), (&json!(4), &json!("3")));
    assert_eq!(rows[6]["response"]["outcome"], rows[6]["outcome"]);
    assert_eq!(stand.names(), ["in.csv", "out.jsonl"]);
    let entries = stand.call("query_audit", json!({ "limit": 100 })).await.unwrap();
    let of = |operation| entries["entries"].as_array().unwrap().iter().filter(|e| e["operation"] == operation).count();
    assert_eq!((of("match_learner"), of("start_batch"), of("batch_status")), (7, 1, 0));
}

#[tokio::test]
async fn rows_that_cannot_be_run_are_told_with_their_line_and_reason_and_cost_nobody_else_anything() {
    let stand = Stand::new().await;
    let mut text = strangers(1).into_bytes();
    text.extend(b"2,too,few\n");
    text.extend(b"3,Zo\xEB,Stranger,1999-01-02,notKnown,LS11 5QT\n");
    text.extend(b"4,\"open,Stranger,1999-01-02,notKnown,LS11 5QT\n");
    text.extend(b"5,\"Two\nLines\",Stranger,1999-01-02,notKnown,LS11 5QT\r\n");
    text.extend(b"\n1,Again,Stranger,1999-01-02,notKnown,LS11 5QT\n");
    text.extend(b"7,Nobody,Stranger,1999-01-02,dunno,LS11 5QT\n");
    text.extend(stranger(8).bytes());
    let input = stand.file("in.csv", text);
    let status = stand.run(stand.matching(&input, json!({ "idColumn": "id" }))).await;
    assert_eq!(status["outcome"], "doneWithErrors", "{status}");
    let refused: Vec<(u64, String)> = status["refusedRows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["line"].as_u64().unwrap(), row["reason"].as_str().unwrap().to_owned()))
        .collect();
    for (at, (line, reason)) in [
        (3, "it has 3 values where 6 are expected"),
        (4, "windows-1252"),
        (5, "quotation mark"),
        (6, "`givenName` must have"),
        (9, "it repeats the id of line 2"),
        (10, "`gender` must be"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(refused[at].0, line, "{refused:?}");
        assert!(refused[at].1.contains(reason), "{refused:?}");
    }
    assert_eq!((refused.len(), &status["errors"]["INVALID_ROW"]), (6, &json!(6)));
    let rows = stand.rows();
    assert_each_once(&rows, 8);
    assert_eq!(rows[1]["error"]["code"], "INVALID_ROW");
    assert!(rows[6].get("response").is_none());
    assert_eq!(rows[7]["outcome"], "noMatch");
}

#[tokio::test]
async fn a_check_tells_what_would_be_refused_and_calls_and_writes_nothing() {
    let stand = Stand::new().await;
    let input = stand.file("in.csv", format!("{}9,a,b,1999-01-02,dunno,LS11 5QT\n", strangers(2_500)));
    let request = stand.matching(&input, json!({ "dryRun": true }));
    let checked = stand.call("start_batch", request).await.unwrap();
    assert_eq!(checked["outcome"], "invalid");
    assert_eq!((&checked["rows"], &checked["valid"], &checked["refused"]), (&json!(2_501), &json!(2_500), &json!(1)));
    assert_eq!(checked["refusedRows"][0]["line"], 2_502);
    let good = stand.file("good.csv", strangers(3));
    let mut request = stand.matching(&good, json!({ "dryRun": true }));
    request.as_object_mut().unwrap().remove("output");
    assert_eq!(stand.call("start_batch", request).await.unwrap()["outcome"], "validated");
    assert_eq!(stand.names(), ["good.csv", "in.csv"]);
    assert!(stand.sandbox.requests().is_empty());
    assert_eq!(stand.call("list_batches", json!({})).await.unwrap()["batches"], json!([]));
}

#[tokio::test]
async fn what_is_wrong_with_a_file_as_a_whole_is_told_before_anything_begins() {
    let stand = Stand::new().await;
    let good = stand.file("good.csv", strangers(2));
    let semicolons = stand.file("semicolons.csv", strangers(2).replace(',', ";"));
    let foreign = stand.file("foreign.csv", "vorname,nachname\nEva,Muster\n");
    let one = json!({ "columns": { "givenName": "givenName", "familyName": "surname" } });
    for (request, expected) in [
        (stand.matching(&stand.path("none.csv"), json!({})), "INVALID_INPUT `input` names a file that does not exist"),
        (stand.matching(&stand.file("empty.csv", ""), json!({})), "INVALID_INPUT `input` names a file that is empty"),
        (
            stand.matching(&stand.file("lines.csv", "\n\n"), json!({})),
            "INVALID_INPUT `input` names a file with empty lines",
        ),
        (
            stand.matching(
                &stand.file("wide.csv", "\u{FEFF}a".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
                json!({}),
            ),
            "INVALID_INPUT `input` names a file in UTF-16",
        ),
        (
            stand.matching(stand.folder.path().to_str().unwrap(), json!({ "inputFormat": "csv" })),
            "INVALID_INPUT `input` must name a file",
        ),
        (stand.matching(&stand.file("in.dat", "a"), json!({})), "INVALID_INPUT `inputFormat` is required"),
        (
            stand.matching(&semicolons, json!({ "delimiter": "," })),
            "INVALID_INPUT `delimiter` gives a single column, and a semicolon gives 6",
        ),
        (stand.matching(&good, json!({ "delimiter": "#" })), "INVALID_INPUT `delimiter` must be"),
        (stand.matching(&foreign, json!({})), "INVALID_INPUT `input` has no column whose name is that of a key"),
        (
            stand.matching(&good, one),
            "INVALID_INPUT `columns.familyName` names a column that the file does not have; it has `id`, `givenName`",
        ),
        (
            stand.matching(&good, json!({ "columns": { "forename": "givenName" } })),
            "INVALID_INPUT `columns.forename` is no key of the operation",
        ),
        (
            stand.matching(&good, json!({ "request": { "usr": "x" } })),
            "INVALID_INPUT `request.usr` is no key of the operation",
        ),
        (
            stand.matching(&good, json!({ "idColumn": "number" })),
            "INVALID_INPUT `idColumn` names a column that the file does not have",
        ),
        (
            stand.matching(&good, json!({ "keep": ["number"] })),
            "INVALID_INPUT `keep` names a column that the file does not have",
        ),
        (
            stand.matching(&stand.file("twice.csv", "givenName,familyName,given_name\na,b,c\n"), json!({})),
            "INVALID_INPUT `input` has two columns for `givenName`",
        ),
        (
            stand.matching(&stand.file("same.csv", "givenName,x,x\na,b,c\n"), json!({})),
            "INVALID_INPUT `input` has two columns of the same name",
        ),
        (
            stand.matching(&good, json!({ "operation": "rotate_key" })),
            "INVALID_INPUT `operation` cannot be run for every row",
        ),
        (
            stand.matching(&good, json!({ "operation": "start_batch" })),
            "INVALID_INPUT `operation` cannot be run for every row",
        ),
        (stand.matching(&good, json!({ "operation": "nothing" })), "INVALID_INPUT `operation` names no operation"),
        (stand.matching(&good, json!({ "output": null })), "INVALID_INPUT `output` is required"),
        (stand.matching(&good, json!({ "output": good })), "INVALID_INPUT `output` names the input"),
        (stand.matching(&good, json!({ "output": foreign })), "INVALID_INPUT `output` names a file that exists"),
        (
            stand.matching(&good, json!({ "output": stand.path("no/out.csv") })),
            "INVALID_INPUT `output` lies in a folder that does not exist",
        ),
        (
            stand.matching(&good, json!({ "output": stand.path("out.xlsx") })),
            "INVALID_INPUT `outputFormat` is required",
        ),
        (stand.matching(&good, json!({ "concurrency": 0 })), "INVALID_INPUT `concurrency` must be between"),
        (stand.matching(&good, json!({ "ratePerSecond": 0 })), "INVALID_INPUT `ratePerSecond` must be between"),
        (stand.matching(&good, json!({ "attempts": 0 })), "INVALID_INPUT `attempts` must be between"),
        (stand.matching(&good, json!({ "stopAfterErrors": 0 })), "INVALID_INPUT `stopAfterErrors` must be"),
        (stand.matching(&good, json!({ "unique": true })), "INVALID_INPUT `unique` needs `idColumn`"),
    ] {
        let found = stand.refusal(request).await;
        assert!(found.starts_with(expected), "{expected}\n{found}");
    }
    // A first line that is a person is not told to anybody.
    let people = stand.file("people.csv", "Tamsin,Quillfeather,1998-04-12\n");
    for more in [json!({}), json!({ "columns": { "givenName": "forename" } })] {
        let found = stand.refusal(stand.matching(&people, more)).await;
        assert!(!found.contains("Quillfeather") && !found.contains("Tamsin"), "{found}");
    }
}

#[tokio::test]
async fn files_of_every_make_are_read() {
    let stand = Stand::new().await;
    let line = "Nobody,Zoë,1999-01-02,notKnown,LS11 5QT";
    let (old, _): (Vec<u8>, ()) = (line.chars().map(|c| c as u8).collect(), ());
    let names = &HEADER[3..];
    let mapped =
        json!({ "givenName": "1", "familyName": "2", "dateOfBirth": "3", "gender": "4", "lastKnownPostCode": "5" });
    let object = json!({ "given_name": "Nobody", "familyName": "Zoë", "dateOfBirth": "1999-01-02", "gender": "notKnown", "lastKnownPostCode": "LS11 5QT", "extra": [1] });
    for (name, text, more) in [
        ("mark.csv", format!("\u{FEFF}{names}{line}\r\n").into_bytes(), json!({})),
        ("tabs.tsv", format!("{names}{line}").replace(',', "\t").into_bytes(), json!({})),
        ("bars.txt", format!("{names}{line}\n").replace(',', "|").into_bytes(), json!({ "delimiter": "|" })),
        ("old.csv", [names.as_bytes(), &old].concat(), json!({ "encoding": "windows-1252" })),
        ("plain.csv", line.as_bytes().to_vec(), json!({ "header": false, "columns": mapped })),
        ("lines.jsonl", format!("{object}\n\n").into_bytes(), json!({})),
        (
            "nested.ndjson",
            format!("{}\n", json!({ "learner": object })).into_bytes(),
            json!({ "columns": {
                "givenName": "learner.given_name", "familyName": "learner.familyName", "gender": "learner.gender",
                "dateOfBirth": "learner.dateOfBirth", "lastKnownPostCode": "learner.lastKnownPostCode",
            } }),
        ),
    ] {
        let input = stand.file(name, text);
        let mut request = stand.matching(&input, json!({ "overwrite": true }));
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let status = stand.run(request).await;
        assert_eq!(
            (&status["outcome"], &status["outcomes"]["noMatch"]),
            (&json!("done"), &json!(1)),
            "{name}: {status}"
        );
        assert!(stand.rows()[0]["input"].to_string().contains("Zoë"), "{name}");
    }
}

#[tokio::test]
async fn lines_that_are_no_objects_are_refused_one_by_one() {
    let stand = Stand::new().await;
    let good = r#"{"givenName":"A","familyName":"B","dateOfBirth":"1999-01-02","gender":"notKnown","lastKnownPostCode":"LS11 5QT","id":1}"#;
    let input = stand.file("in.jsonl", format!("{good}\n[1]\n{{\"givenName\":\n{good}\n{{\"id\":2}}\n"));
    let status = stand.run(stand.matching(&input, json!({ "idColumn": "id", "keep": [] }))).await;
    let lines: Vec<_> =
        status["refusedRows"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [2, 3, 4, 5], "{status}");
    assert_eq!(stand.rows()[0]["input"], json!({ "id": 1 }));
}

#[tokio::test]
async fn a_file_with_names_only_gives_results_with_names_only() {
    let stand = Stand::new().await;
    let input = stand.file("in.csv", HEADER);
    let status = stand.run(stand.matching(&input, json!({ "output": stand.path("out.csv") }))).await;
    assert_eq!((&status["outcome"], &status["rowsTotal"]), (&json!("done"), &json!(0)));
    assert_eq!(std::fs::read_to_string(stand.path("out.csv")).unwrap(), "row,line,outcome,errorCode,errorMessage\n");
}
