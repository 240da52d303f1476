//! The files of results.

use serde_json::json;

use crate::stand::*;

#[tokio::test]
async fn csv_has_what_was_carried_over_the_outcome_and_the_values_of_the_response() {
    let stand = Stand::new().await;
    let text = "uln,givenName,familyName,note\n1000000027,Tamsin,Orrell,\"=1+1, \"\"x\"\"\"\nabc,Tamsin,Orrell,-\n";
    let input = stand.file("in.csv", text);
    let output = stand.path("out.csv");
    let more = json!({ "output": output, "keep": ["uln", "note"], "spreadsheetSafe": true });
    let status = stand.run(stand.matching(&input, more)).await;
    assert_eq!((&status["done"], &status["refused"]), (&json!(1), &json!(1)), "{status}");
    let mut table = csv::Reader::from_path(&output).unwrap();
    let names: Vec<_> = table.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names[..7], ["row", "line", "uln", "note", "outcome", "errorCode", "errorMessage"]);
    assert!(names.contains(&"learners".to_owned()), "{names:?}");
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!((&rows[0][0], &rows[0][2], &rows[0][3]), ("1", "1000000027", "'=1+1, \"x\""));
    assert!(rows[0][4].len() > 3 && rows[0][5].is_empty());
    assert_eq!((&rows[1][4], &rows[1][5]), ("", "INVALID_ROW"));
    assert!(rows[1][6].contains("`uln`") && !rows[1][6].contains("abc"));
}

#[cfg(unix)]
#[tokio::test]
async fn only_their_owner_may_read_results() {
    use std::os::unix::fs::PermissionsExt;
    let stand = Stand::new().await;
    let input = stand.file("in.csv", strangers(1));
    stand.run(stand.matching(&input, json!({}))).await;
    let mode = std::fs::metadata(stand.path("out.jsonl")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_file_that_exists_is_replaced_only_when_that_is_wanted() {
    let stand = Stand::new().await;
    let input = stand.file("in.csv", strangers(1));
    stand.file("out.jsonl", "letters");
    assert!(stand.refusal(stand.matching(&input, json!({}))).await.contains("names a file that exists"));
    let status = stand.run(stand.matching(&input, json!({ "overwrite": true }))).await;
    assert_eq!(status["outcome"], "done");
    assert_each_once(&stand.rows(), 1);
}

#[cfg(feature = "parquet")]
#[tokio::test]
async fn parquet_has_the_same_rows() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let stand = Stand::new().await;
    let input = stand.file("in.csv", format!("{}5,only,two\n", strangers(4)));
    let output = stand.path("out.parquet");
    stand.run(stand.matching(&input, json!({ "output": output }))).await;
    let reader = SerializedFileReader::try_from(output.as_str()).unwrap();
    let shown = |row: parquet::record::Row| {
        let shown = |(name, value): (&String, &parquet::record::Field)| (name.clone(), value.to_string());
        row.get_column_iter().map(shown).collect::<std::collections::BTreeMap<_, _>>()
    };
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| shown(row.unwrap())).collect();
    assert_eq!(rows.len(), 5);
    let (fourth, fifth) = (&rows[3], &rows[4]);
    assert_eq!(
        (fourth["row"].as_str(), fourth["id"].as_str(), fourth["outcome"].as_str()),
        ("4", "\"4\"", "\"noMatch\"")
    );
    assert_eq!((fifth["errorCode"].as_str(), fifth["outcome"].as_str()), ("\"INVALID_ROW\"", "null"));
}
