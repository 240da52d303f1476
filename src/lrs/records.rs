//! Learners and learning events, as many as there are, in one piece of memory that is wiped.
//!
//! A record keeps every value as the text that was sent: codes have leading zeros, identifiers have letters, and
//! stored text has trailing blanks that belong to it. A value that was left out or nil is absent; an empty one is
//! the empty text.

use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, Serialize, Serializer};

use super::query::Gender;
use super::soap::xml::{Name, Ns, Problem, Xml};
use crate::privacy::Growing;

/// Between the items of a list that is kept as one text.
const SEPARATOR: char = ' ';

/// A kind of record: its values in the order in which the service sends them.
pub trait Kind {
    /// The values' names in XML.
    #[doc(hidden)]
    const XML: &'static [Name];
    /// The values' names in JSON.
    #[doc(hidden)]
    const JSON: &'static [&'static str];
    /// One record with its values by name.
    type View<'a>: Serialize + JsonSchema + Copy;
    /// Makes a view of the values at these places.
    #[doc(hidden)]
    fn view<'a>(value: impl Fn(usize) -> Option<&'a str>) -> Self::View<'a>;
}

/// Several texts in one value, such as the ULNs linked to a learner.
#[derive(Clone, Copy)]
pub struct List<'a>(&'a str);

impl<'a> List<'a> {
    /// The texts in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.0.split(SEPARATOR).filter(|item| !item.is_empty())
    }
}

impl<'a> From<&'a str> for List<'a> {
    fn from(text: &'a str) -> Self {
        Self(text)
    }
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl JsonSchema for List<'_> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "List".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<String>::json_schema(generator)
    }
}

/// Declares a kind of record once: its view, its names in XML and in JSON.
macro_rules! record {
    (
        $(#[$about:meta])* $view:ident of $kind:ident in $ns:ident:
        $($(#[$doc:meta])* $field:ident: $type:ident = $xml:literal $(in $own:ident)?, $json:literal;)*
    ) => {
        /// The kind of record that a view shows.
        #[derive(Clone, Copy, Debug)]
        pub struct $kind;

        $(#[$about])*
        #[derive(Clone, Copy, Default, Serialize, JsonSchema)]
        pub struct $view<'a> {
            $(
                $(#[$doc])*
                #[serde(rename = $json, skip_serializing_if = "Option::is_none")]
                pub $field: Option<record!(@type $type)>,
            )*
        }

        impl Kind for $kind {
            const XML: &'static [Name] = &[$((record!(@ns $ns $(, $own)?), $xml),)*];
            const JSON: &'static [&'static str] = &[$($json,)*];
            type View<'a> = $view<'a>;

            fn view<'a>(value: impl Fn(usize) -> Option<&'a str>) -> $view<'a> {
                let mut at = 0..;
                $view { $($field: at.next().and_then(&value).map(Into::into),)* }
            }
        }

        /// Shows nothing, since all of it is about a person.
        impl fmt::Debug for $view<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($view), "(redacted)"))
            }
        }
    };
    (@ns $ns:ident) => { Ns::$ns };
    (@ns $ns:ident, $own:ident) => { Ns::$own };
    (@type text) => { &'a str };
    (@type list) => { List<'a> };
}

record! {
    /// A learner as the Learning Records Service holds them.
    Learner of LearnerKind in None:
    /// When the record was made, `YYYY-MM-DD`.
    created_date: text = "CreatedDate", "createdDate";
    /// When it was last changed, `YYYY-MM-DD`.
    last_updated_date: text = "LastUpdatedDate", "lastUpdatedDate";
    /// The Unique Learner Number.
    uln: text = "ULN", "uln";
    /// `Y` when a merged record was replaced by its master.
    master_substituted: text = "MasterSubstituted", "masterSubstituted";
    /// Title.
    title: text = "Title", "title";
    /// Given name.
    given_name: text = "GivenName", "givenName";
    /// Middle or other names.
    middle_other_name: text = "MiddleOtherName", "middleOtherName";
    /// Family name.
    family_name: text = "FamilyName", "familyName";
    /// The given name the learner prefers.
    preferred_given_name: text = "PreferredGivenName", "preferredGivenName";
    /// Previous family name.
    previous_family_name: text = "PreviousFamilyName", "previousFamilyName";
    /// Family name at age 16.
    family_name_at_age16: text = "FamilyNameAtAge16", "familyNameAtAge16";
    /// School at age 16.
    school_at_age16: text = "SchoolAtAge16", "schoolAtAge16";
    /// First line of the last known address.
    last_known_address_line1: text = "LastKnownAddressLine1", "lastKnownAddressLine1";
    /// Second line of the last known address.
    last_known_address_line2: text = "LastKnownAddressLine2", "lastKnownAddressLine2";
    /// Town of the last known address.
    last_known_address_town: text = "LastKnownAddressTown", "lastKnownAddressTown";
    /// County or city of the last known address.
    last_known_address_county_or_city: text = "LastKnownAddressCountyOrCity", "lastKnownAddressCountyOrCity";
    /// Last known postcode.
    last_known_post_code: text = "LastKnownPostCode", "lastKnownPostCode";
    /// When the address was noted, `YYYY-MM-DD`.
    date_of_address_capture: text = "DateOfAddressCapture", "dateOfAddressCapture";
    /// Date of birth, `YYYY-MM-DD`.
    date_of_birth: text = "DateOfBirth", "dateOfBirth";
    /// Place of birth.
    place_of_birth: text = "PlaceOfBirth", "placeOfBirth";
    /// Gender: `male`, `female`, `notKnown`, `notSpecified`, or `unknown` for anything else.
    gender: text = "Gender", "gender";
    /// E-mail address.
    email_address: text = "EmailAddress", "emailAddress";
    /// Nationality.
    nationality: text = "Nationality", "nationality";
    /// Scottish candidate number.
    scottish_candidate_number: text = "ScottishCandidateNumber", "scottishCandidateNumber";
    /// How the identity was verified: a code of the service.
    verification_type: text = "VerificationType", "verificationType";
    /// How the identity was verified, in words.
    other_verification_description: text = "OtherVerificationDescription", "otherVerificationDescription";
    /// Tier level: a code of the service.
    tier_level: text = "TierLevel", "tierLevel";
    /// Whether the learner shares: `-1` not provided, `0` privacy notice not seen, `1` seen and shares.
    ability_to_share: text = "AbilityToShare", "abilityToShare";
    /// Status of the record: a code of the service.
    learner_status: text = "LearnerStatus", "learnerStatus";
    /// ULNs of records merged with this one.
    linked_ulns: list = "LinkedULNs" in Learner, "linkedULNs";
    /// Notes.
    notes: text = "Notes", "notes";
    /// Version of the record.
    version_number: text = "VersionNumber", "versionNumber";
}

record! {
    /// A learning event: one achievement or enrolment in a learner's record.
    LearningEvent of EventKind in Model:
    /// When it was awarded, `YYYY-MM-DD`.
    achievement_award_date: text = "AchievementAwardDate", "achievementAwardDate";
    /// Name of the provider.
    achievement_provider_name: text = "AchievementProviderName", "achievementProviderName";
    /// UKPRN of the provider.
    achievement_provider_ukprn: text = "AchievementProviderUkprn", "achievementProviderUkprn";
    /// Name of the awarding organisation.
    awarding_organisation_name: text = "AwardingOrganisationName", "awardingOrganisationName";
    /// UKPRN of the awarding organisation; may be six letters.
    awarding_organisation_ukprn: text = "AwardingOrganisationUkprn", "awardingOrganisationUkprn";
    /// The collection it came from: a code of the service.
    collection_type: text = "CollectionType", "collectionType";
    /// Credits, a whole number.
    credits: text = "Credits", "credits";
    /// When it was loaded, `YYYY-MM-DD HH:MM:SS` without a time zone.
    date_loaded: text = "DateLoaded", "dateLoaded";
    /// Grade; ten nines mean that it is not known.
    grade: text = "Grade", "grade";
    /// Number of the event.
    id: text = "ID", "id";
    /// Language of the assessment.
    language_for_assessment: text = "LanguageForAssessment", "languageForAssessment";
    /// Level of the qualification.
    level: text = "Level", "level";
    /// When taking part ended, `YYYY-MM-DD`.
    participation_end_date: text = "ParticipationEndDate", "participationEndDate";
    /// When taking part began, `YYYY-MM-DD`.
    participation_start_date: text = "ParticipationStartDate", "participationStartDate";
    /// Type of the qualification.
    qualification_type: text = "QualificationType", "qualificationType";
    /// Whether the event is restricted: a code of the service.
    restriction: text = "Restriction", "restriction";
    /// Number of the return, with its leading zero.
    return_number: text = "ReturnNumber", "returnNumber";
    /// Where the event comes from, such as `ILR`, `NPD` or `AO`.
    source: text = "Source", "source";
    /// Status of the event: a code of the service.
    status: text = "Status", "status";
    /// Subject.
    subject: text = "Subject", "subject";
    /// Code of the subject; text.
    subject_code: text = "SubjectCode", "subjectCode";
    /// `Y` while the learner challenges the event, otherwise `N`.
    under_data_challenge: text = "UnderDataChallenge", "underDataChallenge";
}

/// Where a value's text lies; `ABSENT` when there is none.
type Span = (u32, u32);
const ABSENT: Span = (u32::MAX, u32::MAX);
/// A value that was sent as nil; absent, but for those who need to know.
const NIL: Span = (u32::MAX, 0);

/// Records of one kind.
pub struct Records<K> {
    text: Growing,
    /// As many to a record as its kind has values.
    spans: Vec<Span>,
    kind: PhantomData<K>,
}

impl<K: Kind> Records<K> {
    /// None yet. `bytes` is the size of the document that they are read from, which bounds the size of their
    /// texts, so that these are never moved and no copy stays behind.
    pub(super) fn within(bytes: usize) -> Self {
        // A value with its two tags takes forty bytes and more.
        let spans = Vec::with_capacity(bytes / 40);
        Self { text: Growing::with_capacity(bytes), spans, kind: PhantomData }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len() / K::XML.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The records in the service's order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = K::View<'_>> {
        self.spans.chunks_exact(K::XML.len()).map(|spans| K::view(|at| self.value(spans[at])))
    }

    /// As [`Records::iter`], with the empty text for a value that was sent as nil.
    pub fn iter_with_nil(&self) -> impl ExactSizeIterator<Item = K::View<'_>> {
        let value = |span| if span == NIL { Some("") } else { self.value(span) };
        self.spans.chunks_exact(K::XML.len()).map(move |spans| K::view(|at| value(spans[at])))
    }

    #[cfg(test)]
    pub(super) fn room(&mut self) -> usize {
        self.text.end().capacity()
    }

    fn value(&self, span: Span) -> Option<&str> {
        // No text begins at the places of the two markers.
        self.text.get(span.0 as usize..span.1 as usize)
    }

    /// Begins a record; answers with the place of its first value.
    fn begin(&mut self) -> usize {
        let first = self.spans.len();
        self.spans.resize(first + K::XML.len(), ABSENT);
        first
    }

    fn mark(&self) -> u32 {
        // A document of four gigabytes is refused long before.
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// Reads the record whose element is open, and closes it.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Problem> {
        let first = self.begin();
        let mut next = 0;
        while let Some(child) = xml.child(K::XML, next)? {
            let Some(at) = child.known else {
                xml.skip()?;
                continue;
            };
            next = at + 1;
            if self.spans[first + at] != ABSENT {
                return Err("a record in its body has a value twice");
            }
            if child.nil {
                xml.skip()?;
                self.spans[first + at] = NIL;
                continue;
            }
            let start = self.mark();
            if K::XML[at] == LINKED {
                self.read_list(xml)?;
            } else {
                xml.text(self.text.end())?;
            }
            self.spans[first + at] = (start, self.mark());
        }
        Ok(())
    }

    fn read_list(&mut self, xml: &mut Xml<'_>) -> Result<(), Problem> {
        while let Some(child) = xml.child(&[(Ns::None, "ULN")], 0)? {
            if child.known.is_none() || child.nil {
                xml.skip()?;
                continue;
            }
            self.text.end().push(SEPARATOR);
            xml.text(self.text.end())?;
        }
        Ok(())
    }

    /// Reads one record that a gateway sent as a JSON object.
    fn read_members<'de, A: MapAccess<'de>>(&mut self, mut members: A) -> Result<(), A::Error> {
        let first = self.begin();
        while let Some(at) = members.next_key_seed(OneOf(K::JSON))? {
            let Some(at) = at else {
                members.next_value::<IgnoredAny>()?;
                continue;
            };
            let start = self.mark();
            if members.next_value_seed(Text(self.text.end()))? {
                self.spans[first + at] = (start, self.mark());
            }
        }
        Ok(())
    }
}

const LINKED: Name = (Ns::Learner, "LinkedULNs");

impl<K> fmt::Debug for Records<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Records(redacted)")
    }
}

impl<K: Kind> Serialize for Records<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<K: Kind> JsonSchema for Records<K> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Records".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<K::View<'static>>::json_schema(generator)
    }
}

/// Reads a JSON list of records into those that there are; `null` stands for an empty list.
pub(super) struct IntoRecords<'r, K>(pub(super) &'r mut Records<K>);

impl<'de, K: Kind> DeserializeSeed<'de> for IntoRecords<'_, K> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de, K: Kind> Visitor<'de> for IntoRecords<'_, K> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(One(self.0))?.is_some() {}
        Ok(())
    }
}

/// Reads one record.
struct One<'r, K>(&'r mut Records<K>);

impl<'de, K: Kind> DeserializeSeed<'de> for One<'_, K> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_map(self)
    }
}

impl<'de, K: Kind> Visitor<'de> for One<'_, K> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        self.0.read_members(members)
    }
}

/// Reads a key as its place among known ones.
struct OneOf(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for OneOf {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Option<usize>, D::Error> {
        source.deserialize_str(self)
    }
}

impl Visitor<'_> for OneOf {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|known| *known == key))
    }
}

/// Appends a value as text, lists joined; answers whether there was one.
struct Text<'t>(&'t mut String);

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<bool, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E>(self, text: &str) -> Result<bool, E> {
        self.0.push_str(text);
        Ok(true)
    }

    fn visit_u64<E>(self, number: u64) -> Result<bool, E> {
        self.0.push_str(&number.to_string());
        Ok(true)
    }

    fn visit_i64<E>(self, number: i64) -> Result<bool, E> {
        self.0.push_str(&number.to_string());
        Ok(true)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        loop {
            self.0.push(SEPARATOR);
            if items.next_element_seed(Text(self.0))?.is_none() {
                return Ok(true);
            }
        }
    }
}

/// The word for a gender as the service or a gateway sends it.
#[must_use]
pub fn gender_word(sent: Option<&str>) -> &'static str {
    sent.and_then(Gender::read).map_or("unknown", Gender::word)
}
