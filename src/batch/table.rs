//! Records of a CSV file. A record with broken quotes costs its own line and no other: reading goes on behind it.

use std::io::{BufRead, Result};

use super::lines::{LONGEST, Line, Lines};

/// Over how many lines a record may go at most: a quote that is never closed is found out soon.
const MOST_LINES: usize = 200;

/// The delimiters that are known, in the order in which they are preferred.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A record, or why its first line is none.
pub(super) struct Record {
    /// The line it begins on.
    pub(super) line: u64,
    /// Its values.
    pub(super) values: std::result::Result<Vec<Vec<u8>>, String>,
}

/// Reads the next record; lines with nothing on them are none.
pub(super) fn next<R: BufRead>(lines: &mut Lines<R>, delimiter: u8) -> Result<Option<Record>> {
    loop {
        let Some(first) = lines.next()? else { return Ok(None) };
        if !first.bytes.is_empty() {
            return record(lines, first, delimiter).map(Some);
        }
    }
}

fn record<R: BufRead>(lines: &mut Lines<R>, first: Line, delimiter: u8) -> Result<Record> {
    let line = first.number;
    let refused = |problem: String| Record { line, values: Err(problem) };
    if first.cut {
        return Ok(refused(format!("the line is longer than {LONGEST} bytes")));
    }
    let mut text = first.bytes;
    let mut further: Vec<Line> = Vec::new();
    loop {
        match split(&text, delimiter) {
            Split::Values(values) => return Ok(Record { line, values: Ok(values) }),
            Split::Broken => {
                lines.put_back(further.into_iter());
                return Ok(refused("text follows a closing quotation mark; a quote inside is written twice".into()));
            }
            Split::Open => {}
        }
        match lines.next()? {
            Some(next) if !next.cut && further.len() < MOST_LINES && text.len() + next.bytes.len() < LONGEST => {
                text.push(b'\n');
                text.extend_from_slice(&next.bytes);
                further.push(next);
            }
            last => {
                further.extend(last);
                lines.put_back(further.into_iter());
                return Ok(refused("a quotation mark is opened and not closed".into()));
            }
        }
    }
}

enum Split {
    Values(Vec<Vec<u8>>),
    /// A quoted value goes on behind the end.
    Open,
    /// A quoted value has text behind it.
    Broken,
}

fn split(text: &[u8], delimiter: u8) -> Split {
    let mut values = Vec::new();
    let mut at = 0;
    loop {
        let mut value = Vec::new();
        if text.get(at) == Some(&b'"') {
            at += 1;
            loop {
                match (text.get(at), text.get(at + 1)) {
                    (Some(b'"'), Some(b'"')) => {
                        value.push(b'"');
                        at += 2;
                    }
                    (Some(b'"'), _) => {
                        at += 1;
                        break;
                    }
                    (Some(byte), _) => {
                        value.push(*byte);
                        at += 1;
                    }
                    (None, _) => return Split::Open,
                }
            }
        } else {
            let end = text[at..].iter().position(|byte| *byte == delimiter).map_or(text.len(), |length| at + length);
            value.extend_from_slice(&text[at..end]);
            at = end;
        }
        values.push(value);
        match text.get(at) {
            None => return Split::Values(values),
            Some(byte) if *byte == delimiter => at += 1,
            Some(_) => return Split::Broken,
        }
    }
}

/// The delimiter that gives most values in a line, and how many those are.
pub(super) fn delimiter_of(line: &[u8]) -> (u8, usize) {
    let width = |delimiter| match split(line, delimiter) {
        Split::Values(values) => values.len(),
        Split::Open | Split::Broken => 0,
    };
    // Of equals, the first.
    DELIMITERS
        .into_iter()
        .map(|delimiter| (delimiter, width(delimiter)))
        .rev()
        .max_by_key(|(_, width)| *width)
        .unwrap_or((b',', 0))
}

/// What a delimiter is called in messages.
pub(super) const fn name_of(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "a comma",
        b';' => "a semicolon",
        b'\t' => "a tab",
        _ => "`|`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, std::result::Result<Vec<String>, String>)> {
        let mut lines = Lines::new(text.as_bytes());
        let own = |values: Vec<Vec<u8>>| values.into_iter().map(|value| String::from_utf8(value).unwrap()).collect();
        std::iter::from_fn(|| next(&mut lines, b',').unwrap())
            .map(|record| (record.line, record.values.map(own)))
            .collect()
    }

    #[test]
    fn quoted_values_may_hold_delimiters_quotes_and_ends_of_lines() {
        let found = read("a,\"b,\"\"c\"\"\nd\",\r\n\n1,2,3");
        let row = |values: [&str; 3]| Ok(values.map(str::to_owned).to_vec());
        assert_eq!(found, [(1, row(["a", "b,\"c\"\nd", ""])), (4, row(["1", "2", "3"]))]);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line_and_no_other() {
        let found = read("a,\"b\nc,d\ne,f\n");
        assert!(found[0].1.as_ref().unwrap_err().contains("not closed"));
        assert_eq!(found[1..], [(2, Ok(vec!["c".into(), "d".into()])), (3, Ok(vec!["e".into(), "f".into()]))]);
    }

    #[test]
    fn a_quote_that_closes_in_another_row_costs_its_own_line_and_no_other() {
        let found = read("5,\"abc,def\n6,\"x\",y\n7,z,w\n");
        assert!(found[0].1.as_ref().unwrap_err().contains("quotation mark"));
        assert_eq!(
            found.iter().map(|(line, row)| (*line, row.is_ok())).collect::<Vec<_>>(),
            [(1, false), (2, true), (3, true)]
        );
    }

    #[test]
    fn the_delimiter_is_the_one_that_gives_most_values() {
        for (line, delimiter, width) in
            [("a;b;c", b';', 3), ("a\tb", b'\t', 2), ("\"x,y\"|b", b'|', 2), ("a", b',', 1), ("a,b;c", b',', 2)]
        {
            assert_eq!(delimiter_of(line.as_bytes()), (delimiter, width), "{line}");
        }
    }
}
