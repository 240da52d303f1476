//! Splits the path of a request into its segments and the matrix parameters of the last one.

use super::SifProfile;

/// Where the retrieval service lies, with a slash at the end.
pub(super) const EARS: &str = "/sif/ears/";

/// Where the broker lies, with a slash at the end.
pub(super) const BROKER: &str = "/sif/requestProvider/";

/// What a path says below the root of a service.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The segments, decoded, the last one without its parameters.
    pub(super) segments: Vec<String>,
    matrix: Vec<(String, String)>,
}

impl Address {
    /// Reads what stands behind the root of a service.
    pub(super) fn read(path: &str, profile: SifProfile) -> Self {
        // The original decodes first, so that an encoded delimiter acts as one.
        let (path, piece): (String, fn(&str) -> String) = match profile {
            SifProfile::Reference => (decoded(path), str::to_owned),
            SifProfile::Strict => (path.to_owned(), decoded),
        };
        let (front, last) = path.rsplit_once('/').map_or((None, path.as_str()), |(front, last)| (Some(front), last));
        let mut pieces = last.split(';');
        let mut segments: Vec<String> = front.into_iter().flat_map(|front| front.split('/')).map(piece).collect();
        segments.push(piece(pieces.next().unwrap_or_default()));
        let matrix = pieces
            .filter_map(|pair| pair.split_once('='))
            .filter(|(name, value)| !name.is_empty() && !value.is_empty() && !value.contains('='))
            .map(|(name, value)| (piece(name), piece(value)))
            .collect();
        Self { segments, matrix }
    }

    /// The value of a matrix parameter that is not blank; the last one of a name counts.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut fitting = self.matrix.iter().rev().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        fitting.next().map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    }
}

/// The rest of `path` below `root`, which may lack its last slash when nothing else follows.
pub(super) fn below<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    if path == root.trim_end_matches('/') { Some("") } else { path.strip_prefix(root) }
}

/// Undoes percent-encoding; what is not encoded properly stays as it is, and a plus is a plus.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) if *byte == b'%' => {
                plain.push(value);
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// Percent-encodes everything that could mean something in a path.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strict(path: &str) -> Address {
        Address::read(path, SifProfile::Strict)
    }

    #[test]
    fn parameters_are_read_from_the_last_segment_in_any_order_and_case() {
        let address = strict("xSres;zoneId=a/700001;contextid=CBO;ZONEID=alder;x=");
        assert_eq!(address.segments, ["xSres;zoneId=a", "700001"]);
        assert_eq!((address.parameter("zoneId"), address.parameter("contextId")), (Some("alder"), Some("CBO")));
        assert_eq!((address.parameter("x"), address.parameter("y")), (None, None));
        assert_eq!(strict("a;zoneId=b=c;zoneId=%20").parameter("zoneId"), None);
        assert_eq!(strict("a;zoneId=1;zoneId=2").parameter("zoneId"), Some("2"));
    }

    #[test]
    fn only_the_original_takes_an_encoded_delimiter_for_one() {
        let path = "xSres/7%2F8%3BzoneId%3Dalder+";
        assert_eq!(strict(path).segments, ["xSres", "7/8;zoneId=alder+"]);
        let address = Address::read(path, SifProfile::Reference);
        assert_eq!((address.segments.len(), address.parameter("zoneId")), (3, Some("alder+")));
    }

    #[test]
    fn decoding_undoes_encoding_and_leaves_what_is_broken() {
        for text in ["a b/;=?%é", "", "100%"] {
            assert_eq!(decoded(&encoded(text)), text);
        }
        assert_eq!(decoded("%zz%4%é"), "%zz%4%é");
        assert_eq!((below("/sif/ears", EARS), below("/sif/earsx", EARS)), (Some(""), None));
    }
}
