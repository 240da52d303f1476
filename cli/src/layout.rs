//! Lays JSON out for people without touching its values.

const STEP: &str = "  ";

/// Breaks JSON text into indented lines. Numbers, texts and the order of keys stay exactly as they are,
/// which reading and writing it again would not promise.
pub fn pretty(json: &str) -> String {
    let mut laid_out = String::with_capacity(json.len() * 2);
    let mut depth: usize = 0;
    let mut tokens = json.char_indices().filter(|(_, c)| !c.is_ascii_whitespace()).peekable();
    while let Some((at, token)) = tokens.next() {
        match token {
            '{' | '[' => {
                laid_out.push(token);
                if let Some((_, close)) = tokens.next_if(|(_, next)| matches!(next, '}' | ']')) {
                    laid_out.push(close);
                } else {
                    depth += 1;
                    begin_line(&mut laid_out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                begin_line(&mut laid_out, depth);
                laid_out.push(token);
            }
            ',' => {
                laid_out.push(token);
                begin_line(&mut laid_out, depth);
            }
            ':' => laid_out.push_str(": "),
            '"' => {
                let end = at + length_of_text(&json[at..]);
                laid_out.push_str(&json[at..end]);
                while tokens.next_if(|(next, _)| *next < end).is_some() {}
            }
            _ => laid_out.push(token),
        }
    }
    laid_out
}

fn begin_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n(STEP, depth));
}

/// How many bytes the text at the beginning of `json` takes, its quotation marks included.
fn length_of_text(json: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in json.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_as_they_are() {
        let json = r#"{"a":[1.0,1e400,-0],"b":{},"c":[],"ë\"{,":"x: [\\\" ]\\","d":{"e":null , "f": true}}"#;
        let expected = r#"{
  "a": [
    1.0,
    1e400,
    -0
  ],
  "b": {},
  "c": [],
  "ë\"{,": "x: [\\\" ]\\",
  "d": {
    "e": null,
    "f": true
  }
}"#;
        assert_eq!(pretty(json), expected);
        assert_eq!(pretty(expected), expected);
    }
}
