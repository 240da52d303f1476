//! Reads SOAP requests as a WCF service does: by namespace and name, in the order of the schema.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use crate::learner::is_date;
use crate::soap;

/// The most nodes that a request may consist of.
const MOST_NODES: u32 = 10_000;

/// Which of the two services is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    /// `LearnerService`, which finds learners.
    Learner,
    /// `LearnerServiceR9`, which gives learning events.
    Events,
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    FindByDemographics,
    FindByUln,
    Events,
}

impl Operation {
    const ALL: [Self; 3] = [Self::FindByDemographics, Self::FindByUln, Self::Events];

    /// The name as the control interface has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::FindByDemographics => "findLearnerByDemographics",
            Self::FindByUln => "findLearnerByUln",
            Self::Events => "getLearnerLearningEvents",
        }
    }

    /// The operation with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    /// The names of all operations.
    pub(crate) fn names() -> [&'static str; 3] {
        Self::ALL.map(Self::name)
    }

    /// The namespace and the name of the element that asks for it.
    fn element(self) -> (&'static str, &'static str) {
        match self {
            Self::FindByDemographics => (soap::FIND, "FindLearnerByDemographics"),
            Self::FindByUln => (soap::FIND, "FindLearnerByULN"),
            Self::Events => (soap::TEMPURI, "GetLearnerLearningEvents"),
        }
    }

    fn service(self) -> Service {
        match self {
            Self::FindByDemographics | Self::FindByUln => Service::Learner,
            Self::Events => Service::Events,
        }
    }
}

/// Why a request is refused before anything is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Malformed {
    /// The body is no XML, or no SOAP 1.1 envelope.
    Unparsable(String),
    /// The body asks for something else.
    UnknownRequest,
    /// An element is missing, empty or not as the schema has it.
    Element(&'static str),
}

/// What an element may hold.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Any text up to this many characters; may be missing.
    Optional(usize),
    /// Text with something in it, up to this many characters.
    Filled(usize),
    /// Text up to this many characters, which may be empty.
    Text(usize),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// One of these, or nothing.
    OneOfOrNone(&'static [&'static str]),
    /// A day of the calendar.
    Date,
    /// A day of the calendar, or nothing.
    DateOrNone,
    /// Eight digits.
    Ukprn,
    /// A 32-bit integer.
    Integer,
    /// An element with children of its own.
    Organisation,
}

impl Rule {
    fn admits(self, text: &str) -> bool {
        let short = |most: usize| text.chars().count() <= most;
        match self {
            Self::Optional(most) | Self::Text(most) => short(most),
            Self::Filled(most) => !text.trim().is_empty() && short(most),
            Self::OneOf(codes) => codes.contains(&text),
            Self::OneOfOrNone(codes) => text.is_empty() || codes.contains(&text),
            Self::Date => is_date(text),
            Self::DateOrNone => text.is_empty() || is_date(text),
            Self::Ukprn => text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Integer => text.trim().parse::<i32>().is_ok(),
            Self::Organisation => true,
        }
    }
}

type Sequence = &'static [(&'static str, Rule)];

const ANY_LENGTH: usize = usize::MAX;
const GENDERS: &[&str] = &["0", "1", "2", "9"];
const FIND_TYPES: &[&str] = &["FUL", "CHK"];

const DEMOGRAPHICS: Sequence = &[
    ("FindType", Rule::OneOf(FIND_TYPES)),
    ("OrganisationRef", Rule::Optional(ANY_LENGTH)),
    ("UKPRN", Rule::Ukprn),
    ("OrgPassword", Rule::Filled(ANY_LENGTH)),
    ("UserName", Rule::Filled(ANY_LENGTH)),
    ("FamilyName", Rule::Filled(35)),
    ("GivenName", Rule::Filled(35)),
    ("DateOfBirth", Rule::Date),
    ("Gender", Rule::OneOf(GENDERS)),
    ("LastKnownPostCode", Rule::Text(9)),
    ("PreviousFamilyName", Rule::Optional(35)),
    ("SchoolAtAge16", Rule::Optional(254)),
    ("PlaceOfBirth", Rule::Optional(35)),
    ("EmailAddress", Rule::Optional(254)),
];

const BY_ULN: Sequence = &[
    ("FindType", Rule::OneOf(FIND_TYPES)),
    ("OrganisationRef", Rule::Optional(ANY_LENGTH)),
    ("UKPRN", Rule::Ukprn),
    ("OrgPassword", Rule::Filled(ANY_LENGTH)),
    ("UserName", Rule::Filled(ANY_LENGTH)),
    ("ULN", Rule::Filled(ANY_LENGTH)),
    ("FamilyName", Rule::Filled(35)),
    ("GivenName", Rule::Filled(35)),
];

const EVENTS: Sequence = &[
    ("invokingOrganisation", Rule::Organisation),
    ("userType", Rule::OneOf(&["ORG", "LNR", "SER"])),
    ("vendorID", Rule::Integer),
    ("language", Rule::OneOf(&["ENG"])),
    ("uln", Rule::Filled(ANY_LENGTH)),
    ("givenName", Rule::Filled(ANY_LENGTH)),
    ("familyName", Rule::Filled(ANY_LENGTH)),
    ("dateOfBirth", Rule::DateOrNone),
    ("gender", Rule::OneOfOrNone(GENDERS)),
    ("getType", Rule::OneOf(&["FULL", "BRIEF"])),
];

const INVOKING_ORGANISATION: Sequence = &[
    ("OrganisationRef", Rule::Optional(ANY_LENGTH)),
    ("Password", Rule::Filled(ANY_LENGTH)),
    ("Ukprn", Rule::Ukprn),
    ("Username", Rule::Filled(ANY_LENGTH)),
];

/// A request that has been read: what is asked, and the text of each element that was taken.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) operation: Operation,
    taken: BTreeMap<&'static str, String>,
}

impl Asked {
    /// The text of an element; empty when it was missing, empty or nil.
    pub(super) fn text(&self, name: &str) -> &str {
        self.taken.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The number of the learner that is asked for, by an operation that names one.
    pub(super) fn uln(&self) -> &str {
        self.text(if self.operation == Operation::Events { "uln" } else { "ULN" })
    }

    pub(super) fn ukprn(&self) -> &str {
        self.text(if self.operation == Operation::Events { "Ukprn" } else { "UKPRN" })
    }

    pub(super) fn password(&self) -> &str {
        self.text(if self.operation == Operation::Events { "Password" } else { "OrgPassword" })
    }

    /// Reads what `service` was sent. What it is asked for is known before the rest is judged.
    pub(super) fn read(service: Service, body: &str) -> Result<(Self, Result<(), Malformed>), Malformed> {
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let unparsable = |reason: &str| Malformed::Unparsable(reason.to_owned());
        let document =
            Document::parse_with_options(body, options).map_err(|error| Malformed::Unparsable(error.to_string()))?;
        let root = document.root_element();
        if !root.has_tag_name((soap::ENVELOPE, "Envelope")) {
            return Err(unparsable("the root element is not a SOAP 1.1 envelope"));
        }
        let mut parts = root.children().filter(Node::is_element);
        let first = parts.next().filter(|part| !part.has_tag_name((soap::ENVELOPE, "Header"))).or_else(|| parts.next());
        let content = first
            .filter(|part| part.has_tag_name((soap::ENVELOPE, "Body")))
            .ok_or_else(|| unparsable("the envelope has no body"))?;
        let wanted = content.first_element_child().ok_or(Malformed::UnknownRequest)?;
        let operation = Operation::ALL
            .into_iter()
            .find(|operation| operation.service() == service && wanted.has_tag_name(operation.element()))
            .ok_or(Malformed::UnknownRequest)?;
        let mut asked = Self { operation, taken: BTreeMap::new() };
        let judged = match operation {
            Operation::FindByDemographics => asked.take(wanted, None, DEMOGRAPHICS),
            Operation::FindByUln => asked.take(wanted, None, BY_ULN),
            Operation::Events => asked.take(wanted, Some(soap::TEMPURI), EVENTS),
        };
        Ok((asked, judged))
    }

    /// Takes the children of `parent` in the order of `sequence`. A child that is unknown, or
    /// stands before one that was taken already, is passed over without a word.
    fn take(&mut self, parent: Node<'_, '_>, namespace: Option<&str>, sequence: Sequence) -> Result<(), Malformed> {
        let mut next = 0;
        let mut wrong = None;
        for child in parent.children().filter(Node::is_element) {
            let place = sequence[next..].iter().position(|(name, _)| {
                child.tag_name().name() == *name
                    && child.tag_name().namespace().filter(|uri| !uri.is_empty()) == namespace
            });
            let Some(place) = place else { continue };
            let (name, rule) = sequence[next + place];
            next += place + 1;
            if matches!(rule, Rule::Organisation) {
                self.taken.insert(name, String::new());
                if let Err(malformed) = self.take(child, Some(soap::ORGANISATION), INVOKING_ORGANISATION) {
                    wrong.get_or_insert(malformed);
                }
            } else if child.children().any(|inner| inner.is_element()) {
                wrong.get_or_insert(Malformed::Element(name));
            } else if !is_nil(child) {
                self.taken
                    .insert(name, child.children().filter(Node::is_text).filter_map(|inner| inner.text()).collect());
            }
        }
        if let Some(wrong) = wrong {
            return Err(wrong);
        }
        let bad = sequence.iter().find(|(name, rule)| match rule {
            Rule::Organisation => !self.taken.contains_key(name),
            _ => !rule.admits(self.text(name)),
        });
        bad.map_or(Ok(()), |(name, _)| Err(Malformed::Element(name)))
    }
}

fn is_nil(node: Node<'_, '_>) -> bool {
    node.attribute((soap::INSTANCE, "nil")).is_some_and(|value| matches!(value.trim(), "true" | "1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREDENTIALS: &str = "<FindType>FUL</FindType><UKPRN>10099901</UKPRN><OrgPassword>x</OrgPassword>\
        <UserName>clerk</UserName>";
    const PERSON: &str = "<FamilyName>Quillfeather</FamilyName><GivenName>Tamsin</GivenName>\
        <DateOfBirth>1998-04-12</DateOfBirth><Gender>2</Gender><LastKnownPostCode>LS11 5QT</LastKnownPostCode>";

    fn find(children: &str) -> String {
        format!(
            "<?xml version='1.0'?><e:Envelope xmlns:e='{}'><e:Header/><e:Body><q:FindLearnerByDemographics xmlns:q='{}'>\
             {children}</q:FindLearnerByDemographics></e:Body></e:Envelope>",
            soap::ENVELOPE,
            soap::FIND
        )
    }

    fn read(body: &str) -> Result<Asked, Malformed> {
        let (asked, judged) = Asked::read(Service::Learner, body)?;
        judged.map(|()| asked)
    }

    #[test]
    fn elements_are_taken_by_name_whatever_the_prefixes() {
        let asked = read(&find(&format!(
            "{CREDENTIALS}{PERSON}<PreviousFamilyName/><SchoolAtAge16>A &amp; B<![CDATA[ <C>]]></SchoolAtAge16>"
        )))
        .unwrap();
        assert_eq!(asked.operation, Operation::FindByDemographics);
        assert_eq!((asked.ukprn(), asked.password()), ("10099901", "x"));
        assert_eq!(asked.text("SchoolAtAge16"), "A & B <C>");
        assert_eq!(asked.text("PreviousFamilyName"), "");
    }

    #[test]
    fn an_element_out_of_order_is_passed_over() {
        let late = read(&find(&format!("{CREDENTIALS}{PERSON}<Gender>9</Gender>"))).unwrap();
        assert_eq!(late.text("Gender"), "2");
        let early = read(&find(&format!("<GivenName>Tamsin</GivenName>{CREDENTIALS}{PERSON}")));
        assert_eq!(early.unwrap_err(), Malformed::Element("FindType"), "what stands before it is lost");
        let qualified = format!("{CREDENTIALS}{PERSON}").replace("<Gender>", "<Gender xmlns='urn:x'>");
        assert_eq!(read(&find(&qualified)).unwrap_err(), Malformed::Element("Gender"));
    }

    #[test]
    fn what_the_schema_does_not_allow_is_named() {
        for (from, to, name) in [
            (">clerk<", "> <", "UserName"),
            (">x<", "><", "OrgPassword"),
            ("1998-04-12", "1998-04-31", "DateOfBirth"),
            (">2<", ">3<", "Gender"),
            ("LS11 5QT", "LS11 5QT  ", "LastKnownPostCode"),
            (
                "<FamilyName>",
                "<FamilyName xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'>",
                "FamilyName",
            ),
            ("Tamsin", "<b/>", "GivenName"),
            ("FUL", "ALL", "FindType"),
        ] {
            let body = find(&format!("{CREDENTIALS}{PERSON}").replace(from, to));
            assert_eq!(read(&body).unwrap_err(), Malformed::Element(name), "{to}");
        }
    }

    #[test]
    fn what_is_no_request_is_told_apart_from_what_is_an_unknown_one() {
        for body in ["", "<a>", "{}", "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a>&b;</a>"] {
            assert!(matches!(read(body), Err(Malformed::Unparsable(_))), "{body}");
        }
        let deep = "<a>".repeat(50_000);
        assert!(matches!(read(&deep), Err(Malformed::Unparsable(_))));
        let other = find("").replace("FindLearnerByDemographics", "RegisterLearner");
        assert_eq!(read(&other).unwrap_err(), Malformed::UnknownRequest);
        let soap12 = find("").replace(soap::ENVELOPE, "http://www.w3.org/2003/05/soap-envelope");
        assert!(matches!(read(&soap12), Err(Malformed::Unparsable(_))));
    }
}
