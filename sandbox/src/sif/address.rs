//! Splits the path of a request into its segments and the matrix parameters of the last one.

use super::SifProfile;
use crate::percent::decoded;

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
    fn the_root_of_a_service_may_lack_its_last_slash() {
        assert_eq!((below("/sif/ears", EARS), below("/sif/earsx", EARS)), (Some(""), None));
    }
}
