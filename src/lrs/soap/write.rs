//! Writes requests: escaped, in the order that the services demand, and with no copy of a password left behind.

use secrecy::ExposeSecret;

use crate::error::{Error, Result};
use crate::lrs::config::{EmptyOptional, Organisation};
use crate::lrs::query::{ByDemographics, ByUln, EventsQuery};
use crate::privacy::Sensitive;
use crate::xml::escape;

const OPEN: &str = concat!(
    "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"",
    " xmlns:fin=\"http://api.lrs.miap.gov.uk/findmsg\"",
    " xmlns:tem=\"http://tempuri.org/\"",
    " xmlns:org=\"http://schemas.datacontract.org/2004/07/Amor.Qcf.Service.Interface\"",
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soap:Header/><soap:Body>",
);
const CLOSE: &str = "</soap:Body></soap:Envelope>";
/// More than tags and attributes take.
const AROUND: usize = 3_000;
/// The most bytes that one byte of a value becomes.
const WIDEST: usize = 6;

/// A request being written. It is never moved by growing, which would leave a password behind.
struct Writer {
    text: String,
}

impl Writer {
    fn new(values: &[&str]) -> Self {
        let longest = AROUND + WIDEST * values.iter().map(|value| value.len()).sum::<usize>();
        let mut text = String::with_capacity(longest);
        text.push_str(OPEN);
        Self { text }
    }

    fn open(&mut self, tag: &str) {
        self.tag("<", tag, ">");
    }

    fn close(&mut self, tag: &str) {
        self.tag("</", tag, ">");
    }

    fn tag(&mut self, before: &str, tag: &str, after: &str) {
        for part in [before, tag, after] {
            self.text.push_str(part);
        }
    }

    /// Writes an element; `field` is what an error calls the value.
    fn value(&mut self, tag: &str, field: &str, value: &str) -> Result<()> {
        self.open(tag);
        escape(value.trim(), &mut self.text)
            .map_err(|()| Error::input(field, "holds a character that XML cannot carry"))?;
        self.close(tag);
        Ok(())
    }

    /// Writes an element that must be there although it has no value.
    fn optional(&mut self, tag: &str, field: &str, value: &str, empty: EmptyOptional) -> Result<()> {
        if value.trim().is_empty() && empty == EmptyOptional::Nil {
            self.tag("<", tag, " xsi:nil=\"true\"/>");
            return Ok(());
        }
        self.value(tag, field, value)
    }

    fn finish(mut self) -> Vec<u8> {
        self.text.push_str(CLOSE);
        self.text.into_bytes()
    }

    /// What every search begins with.
    fn search(&mut self, organisation: &Organisation, user: &str) -> Result<()> {
        self.value("FindType", "findType", "FUL")?;
        if let Some(reference) = &organisation.reference {
            self.value("OrganisationRef", "lrs.organisationRef", reference)?;
        }
        self.value("UKPRN", "ukprn", organisation.ukprn.as_str())?;
        self.value("OrgPassword", "lrs.password", organisation.password.expose_secret())?;
        self.value("UserName", "user", user)
    }
}

/// The request that finds a learner by name, date of birth, gender and postcode.
pub(crate) fn by_demographics(organisation: &Organisation, user: &str, query: &ByDemographics) -> Result<Vec<u8>> {
    let mut writer = Writer::new(&[
        organisation.password.expose_secret(),
        organisation.reference.as_deref().unwrap_or_default(),
        user,
        &query.family_name,
        &query.given_name,
        &query.date_of_birth,
        &query.last_known_post_code,
        text(&query.previous_family_name),
        text(&query.school_at_age16),
        text(&query.place_of_birth),
        text(&query.email_address),
    ]);
    writer.open("fin:FindLearnerByDemographics");
    writer.search(organisation, user)?;
    writer.value("FamilyName", "familyName", &query.family_name)?;
    writer.value("GivenName", "givenName", &query.given_name)?;
    writer.value("DateOfBirth", "dateOfBirth", &query.date_of_birth)?;
    writer.value("Gender", "gender", query.gender.code())?;
    writer.value("LastKnownPostCode", "lastKnownPostCode", &query.last_known_post_code)?;
    for (tag, field, value) in [
        ("PreviousFamilyName", "previousFamilyName", &query.previous_family_name),
        ("SchoolAtAge16", "schoolAtAge16", &query.school_at_age16),
        ("PlaceOfBirth", "placeOfBirth", &query.place_of_birth),
        ("EmailAddress", "emailAddress", &query.email_address),
    ] {
        writer.optional(tag, field, text(value), organisation.empty_optional)?;
    }
    writer.close("fin:FindLearnerByDemographics");
    Ok(writer.finish())
}

/// The request that finds a learner by ULN.
pub(crate) fn by_uln(organisation: &Organisation, user: &str, query: &ByUln) -> Result<Vec<u8>> {
    let mut writer = Writer::new(&[
        organisation.password.expose_secret(),
        organisation.reference.as_deref().unwrap_or_default(),
        user,
        &query.uln,
        &query.family_name,
        &query.given_name,
    ]);
    writer.open("fin:FindLearnerByULN");
    writer.search(organisation, user)?;
    writer.value("ULN", "uln", &query.uln)?;
    writer.value("FamilyName", "familyName", &query.family_name)?;
    writer.value("GivenName", "givenName", &query.given_name)?;
    writer.close("fin:FindLearnerByULN");
    Ok(writer.finish())
}

/// The request for a learner's events.
pub(crate) fn events(organisation: &Organisation, user: &str, query: &EventsQuery) -> Result<Vec<u8>> {
    let birth = text(&query.date_of_birth);
    let mut writer = Writer::new(&[
        organisation.password.expose_secret(),
        organisation.reference.as_deref().unwrap_or_default(),
        user,
        &query.uln,
        &query.given_name,
        &query.family_name,
        birth,
    ]);
    writer.open("tem:GetLearnerLearningEvents");
    writer.open("tem:invokingOrganisation");
    if let Some(reference) = &organisation.reference {
        writer.value("org:OrganisationRef", "lrs.organisationRef", reference)?;
    }
    writer.value("org:Password", "lrs.password", organisation.password.expose_secret())?;
    writer.value("org:Ukprn", "ukprn", organisation.ukprn.as_str())?;
    writer.value("org:Username", "user", user)?;
    writer.close("tem:invokingOrganisation");
    writer.value("tem:userType", "userType", "ORG")?;
    writer.value("tem:vendorID", "lrs.vendorId", &organisation.vendor_id.to_string())?;
    writer.value("tem:language", "language", "ENG")?;
    writer.value("tem:uln", "uln", &query.uln)?;
    writer.value("tem:givenName", "givenName", &query.given_name)?;
    writer.value("tem:familyName", "familyName", &query.family_name)?;
    writer.value("tem:dateOfBirth", "dateOfBirth", birth)?;
    writer.value("tem:gender", "gender", query.gender.map_or("", |gender| gender.code()))?;
    writer.value("tem:getType", "getType", "FULL")?;
    writer.close("tem:GetLearnerLearningEvents");
    Ok(writer.finish())
}

fn text(value: &Option<Sensitive<String>>) -> &str {
    value.as_ref().map_or("", |value| value.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::xml::{Ns, Xml};
    use super::*;
    use crate::identifiers::Ukprn;
    use crate::lrs::query::Gender;
    use crate::xml::is_allowed;

    pub(super) fn organisation() -> Organisation {
        Organisation {
            profile: "10099901".into(),
            ukprn: Ukprn::parse("10099901").unwrap(),
            password: "Or&chard<Gate>1".into(),
            vendor_id: 1,
            reference: None,
            empty_optional: EmptyOptional::Empty,
        }
    }

    fn query() -> ByDemographics {
        ByDemographics {
            given_name: " Tamsin ".to_owned().into(),
            family_name: "Quillfeather".to_owned().into(),
            date_of_birth: "1998-04-12".to_owned().into(),
            gender: Gender::Female,
            last_known_post_code: "LS11 5QT".to_owned().into(),
            previous_family_name: None,
            school_at_age16: None,
            place_of_birth: None,
            email_address: None,
        }
    }

    fn events_query() -> EventsQuery {
        EventsQuery {
            uln: "1000000027".to_owned().into(),
            given_name: "Tamsin".to_owned().into(),
            family_name: "Quillfeather".to_owned().into(),
            date_of_birth: None,
            gender: None,
        }
    }

    const FIND: &str = concat!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:fin=\"http://api.lrs.miap.gov.uk/findmsg\"",
        " xmlns:tem=\"http://tempuri.org/\" xmlns:org=\"http://schemas.datacontract.org/2004/07/Amor.Qcf.Service.Interface\"",
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soap:Header/><soap:Body><fin:FindLearnerByDemographics>",
        "<FindType>FUL</FindType><UKPRN>10099901</UKPRN><OrgPassword>Or&amp;chard&lt;Gate&gt;1</OrgPassword>",
        "<UserName>clerk@example.test</UserName><FamilyName>Quillfeather</FamilyName><GivenName>Tamsin</GivenName>",
        "<DateOfBirth>1998-04-12</DateOfBirth><Gender>2</Gender><LastKnownPostCode>LS11 5QT</LastKnownPostCode>",
        "<PreviousFamilyName></PreviousFamilyName><SchoolAtAge16></SchoolAtAge16><PlaceOfBirth></PlaceOfBirth>",
        "<EmailAddress></EmailAddress></fin:FindLearnerByDemographics></soap:Body></soap:Envelope>",
    );

    fn written(bytes: Result<Vec<u8>>) -> String {
        String::from_utf8(bytes.unwrap()).unwrap()
    }

    #[test]
    fn a_search_has_its_elements_in_order_in_no_namespace_and_escaped() {
        let found = written(by_demographics(&organisation(), "clerk@example.test", &query()));
        assert_eq!(found, FIND);
    }

    #[test]
    fn an_organisation_reference_and_nil_are_sent_when_configured() {
        let organisation =
            Organisation { reference: Some("R1".into()), empty_optional: EmptyOptional::Nil, ..organisation() };
        let query = ByDemographics { place_of_birth: Some(" ".to_owned().into()), ..query() };
        let found = written(by_demographics(&organisation, "clerk", &query));
        assert!(found.contains("</FindType><OrganisationRef>R1</OrganisationRef><UKPRN>"), "{found}");
        for tag in ["PreviousFamilyName", "SchoolAtAge16", "PlaceOfBirth", "EmailAddress"] {
            assert!(found.contains(&format!("<{tag} xsi:nil=\"true\"/>")), "{found}");
        }
        let found = written(events(&organisation, "clerk", &events_query()));
        assert!(
            found.contains("<tem:invokingOrganisation><org:OrganisationRef>R1</org:OrganisationRef><org:Password>")
        );
    }

    #[test]
    fn a_search_by_uln_is_the_sibling_with_the_same_beginning() {
        let query = ByUln {
            uln: "1000000027".to_owned().into(),
            given_name: "Tamsin".to_owned().into(),
            family_name: "Quillfeather".to_owned().into(),
        };
        let found = written(by_uln(&organisation(), "clerk", &query));
        let expected = "<UserName>clerk</UserName><ULN>1000000027</ULN><FamilyName>Quillfeather</FamilyName>\
                        <GivenName>Tamsin</GivenName></fin:FindLearnerByULN></soap:Body></soap:Envelope>";
        assert!(found.ends_with(expected), "{found}");
    }

    #[test]
    fn events_are_asked_for_in_order_with_unknown_values_empty() {
        let found = written(events(&organisation(), "clerk", &events_query()));
        let expected = "<soap:Body><tem:GetLearnerLearningEvents><tem:invokingOrganisation>\
             <org:Password>Or&amp;chard&lt;Gate&gt;1</org:Password><org:Ukprn>10099901</org:Ukprn><org:Username>clerk</org:Username>\
             </tem:invokingOrganisation><tem:userType>ORG</tem:userType><tem:vendorID>1</tem:vendorID>\
             <tem:language>ENG</tem:language><tem:uln>1000000027</tem:uln><tem:givenName>Tamsin</tem:givenName>\
             <tem:familyName>Quillfeather</tem:familyName><tem:dateOfBirth></tem:dateOfBirth><tem:gender></tem:gender>\
             <tem:getType>FULL</tem:getType></tem:GetLearnerLearningEvents></soap:Body></soap:Envelope>";
        assert!(found.ends_with(expected), "{found}");
        let known = EventsQuery {
            date_of_birth: Some("1998-04-12".to_owned().into()),
            gender: Some(Gender::NotSpecified),
            ..events_query()
        };
        let found = written(events(&organisation(), "clerk", &known));
        assert!(found.contains("<tem:dateOfBirth>1998-04-12</tem:dateOfBirth><tem:gender>9</tem:gender>"), "{found}");
    }

    #[test]
    fn a_character_that_xml_cannot_carry_is_refused_by_the_name_of_its_field() {
        for text in ["a\u{1}b", "\u{FFFE}", "a\u{0}"] {
            let query = ByDemographics { school_at_age16: Some(text.to_owned().into()), ..query() };
            let error = by_demographics(&organisation(), "clerk", &query).unwrap_err();
            assert_eq!(error.to_string(), "`schoolAtAge16` holds a character that XML cannot carry");
            assert_eq!(error.status().code(), "INVALID_INPUT");
        }
    }

    #[test]
    fn the_memory_of_a_request_is_not_moved_while_it_is_written() {
        let widest = "\"".repeat(254);
        let query = ByDemographics { school_at_age16: Some(widest.clone().into()), ..query() };
        let mut writer = Writer::new(&[&widest]);
        let before = writer.text.as_ptr();
        writer.value("SchoolAtAge16", "x", &widest).unwrap();
        assert_eq!(writer.text.as_ptr(), before);
        let bytes = by_demographics(&organisation(), "clerk", &query).unwrap();
        assert!(bytes.capacity() >= AROUND + WIDEST * widest.len());
        assert!(FIND.len() < AROUND);
    }

    proptest! {
        #[test]
        fn any_text_comes_back_as_it_was_or_is_refused(text in "\\PC*|[\\x00-\\x20&<>'\"\\]a]{0,40}") {
            let mut document = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><a>".to_owned();
            if escape(&text, &mut document).is_err() {
                prop_assert!(!text.chars().all(is_allowed));
                return Ok(());
            }
            document.push_str("</a></e:Envelope>");
            let mut xml = Xml::new(document.as_bytes()).unwrap();
            xml.root((Ns::Soap, "Envelope")).unwrap();
            prop_assert_eq!(xml.child(&[(Ns::None, "a")], 0).unwrap().unwrap().known, Some(0));
            let mut found = String::new();
            xml.text(&mut found).unwrap();
            prop_assert!(xml.child(&[], 0).unwrap().is_none() && xml.end().is_ok());
            prop_assert_eq!(found, text);
        }
    }
}
