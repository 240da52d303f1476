//! The lines of a file, one at a time and none longer than may be held in memory.

use std::collections::VecDeque;
use std::io::{BufRead, Result};

/// What is read of a line at most; the rest of a longer one is passed over.
pub(super) const LONGEST: usize = 1 << 20;

/// A line without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u64,
    /// Its bytes; when it was cut, the first ones.
    pub(super) bytes: Vec<u8>,
    /// Whether it was longer than may be held.
    pub(super) cut: bool,
}

/// Reads lines, and takes back those that belong to nothing.
pub(super) struct Lines<R> {
    source: R,
    number: u64,
    back: VecDeque<Line>,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(source: R) -> Self {
        Self { source, number: 0, back: VecDeque::new() }
    }

    /// The next line; a line ends with LF, CR LF or the file.
    pub(super) fn next(&mut self) -> Result<Option<Line>> {
        if let Some(line) = self.back.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let (mut cut, mut ended, mut any) = (false, false, false);
        while !ended {
            let chunk = match self.source.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                break;
            }
            any = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            let room = LONGEST - bytes.len();
            cut |= part.len() > room;
            bytes.extend_from_slice(&part[..part.len().min(room)]);
            ended = end.is_some();
            let taken = end.map_or(chunk.len(), |end| end + 1);
            self.source.consume(taken);
        }
        if !any {
            return Ok(None);
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        self.number += 1;
        Ok(Some(Line { number: self.number, bytes, cut }))
    }

    /// Puts lines back, to be read next in their order.
    pub(super) fn put_back(&mut self, lines: impl DoubleEndedIterator<Item = Line>) {
        for line in lines.rev() {
            self.back.push_front(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<(u64, Vec<u8>, bool)> {
        let mut lines = Lines::new(std::io::BufReader::with_capacity(3, text));
        std::iter::from_fn(|| lines.next().unwrap()).map(|line| (line.number, line.bytes, line.cut)).collect()
    }

    #[test]
    fn lines_end_with_either_end_or_with_the_file() {
        let line = |number, text: &str| (number, text.as_bytes().to_vec(), false);
        assert_eq!(all(b"a\r\nbcdefgh\n\nx"), [line(1, "a"), line(2, "bcdefgh"), line(3, ""), line(4, "x")]);
        assert!(all(b"").is_empty());
    }

    #[test]
    fn a_line_that_is_too_long_is_cut_and_the_next_is_whole() {
        let text = [vec![b'x'; LONGEST + 5], b"\nnext\n".to_vec()].concat();
        let lines = all(&text);
        assert_eq!((lines[0].1.len(), lines[0].2), (LONGEST, true));
        assert_eq!(lines[1], (2, b"next".to_vec(), false));
    }
}
