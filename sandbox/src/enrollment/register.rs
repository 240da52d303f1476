//! Holds the invented students, their home institutions, and the offerings of the host institution.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::members::Members;
use super::script::HomeScript;

/// The students that every sandbox knows.
const PEOPLE: &str = include_str!("../../data/enrollment_people.json");

/// The offerings that every sandbox knows.
const OFFERINGS: &str = include_str!("../../data/enrollment_offerings.json");

/// A home institution.
#[derive(Clone, Debug)]
pub(super) struct Home {
    pub(super) domain: &'static str,
    pub(super) name: &'static str,
    /// Whether `persons/me` is asked with a form at the start.
    pub(super) takes_form: bool,
}

/// The home institutions that every sandbox knows.
const HOMES: [Home; 3] = [
    Home { domain: "merwede.example", name: "Universiteit Merwede", takes_form: false },
    Home { domain: "fjord.example", name: "Universitetet ved Fjorden", takes_form: true },
    Home { domain: "linge.example", name: "Hogeschool Linge", takes_form: false },
];

/// A student.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The eduID, or what the home institution calls a student without one.
    pub(super) id: String,
    pub(super) has_eduid: bool,
    pub(super) home: String,
    /// The person as the home institution shows them.
    pub(super) person: Members,
}

/// An offering in its expanded form.
#[derive(Clone, Debug)]
pub(super) struct Offering {
    pub(super) id: String,
    /// The document, as it is sent.
    pub(super) document: Members,
}

/// Who and what there is.
#[derive(Debug)]
pub(super) struct Register {
    pub(super) homes: Vec<Home>,
    pub(super) people: Vec<Person>,
    pub(super) offerings: Vec<Offering>,
    /// How home institutions treat some of the students from the beginning.
    pub(super) scripts: Vec<(String, HomeScript)>,
}

/// A student, as the data has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    eduid: Option<String>,
    home: String,
    script: Option<HomeScript>,
    person: Members,
}

impl Default for Register {
    fn default() -> Self {
        let (people, offerings) = (compact(PEOPLE), compact(OFFERINGS));
        let entries: Vec<Entry> = serde_json::from_str(&people).expect("a test reads the invented students");
        let offerings: Vec<Members> = serde_json::from_str(&offerings).expect("a test reads the invented offerings");
        let mut scripts = Vec::new();
        let people = entries.into_iter().map(|Entry { eduid, home, script, person }| {
            let has_eduid = eduid.is_some();
            let id = eduid.or_else(|| person.text("personId")).unwrap_or_default();
            scripts.extend(script.map(|script| (id.clone(), script)));
            Person { id, has_eduid, home, person }
        });
        let people = people.collect();
        let offerings = offerings
            .into_iter()
            .map(|document| Offering { id: document.text("offeringId").unwrap_or_default(), document });
        Self { homes: HOMES.into(), people, offerings: offerings.collect(), scripts }
    }
}

impl Register {
    pub(super) fn home(&self, domain: &str) -> Option<&Home> {
        self.homes.iter().find(|known| known.domain == domain)
    }

    pub(super) fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|known| known.id == id)
    }

    pub(super) fn offering(&self, id: &str) -> Option<&Offering> {
        self.offerings.iter().find(|known| known.id == id)
    }
}

/// JSON text without the white space between its tokens, so that it is sent as programs write it.
fn compact(text: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let keeps = |&symbol: &char| {
        if in_string {
            in_string = symbol != '"' || escaped;
            escaped = symbol == '\\' && !escaped;
            return true;
        }
        in_string = symbol == '"';
        !symbol.is_ascii_whitespace()
    };
    text.chars().filter(keeps).collect()
}

/// A text in the language of `wanted`, in English, or in any, from a list of texts or a plain one.
pub(super) fn localized(text: &RawValue, wanted: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Text {
        language: String,
        value: String,
    }
    if let Ok(plain) = serde_json::from_str(text.get()) {
        return Some(plain);
    }
    let texts: Vec<Text> = serde_json::from_str(text.get()).ok()?;
    let of = |language: &str| texts.iter().find(|text| text.language.starts_with(language));
    of(wanted).or_else(|| of("en")).or(texts.first()).map(|text| text.value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_only_between_tokens() {
        assert_eq!(compact("{ \"a b\" : [ 1.10,\n \" \\\" \\\\\" , true ] }"), r#"{"a b":[1.10," \" \\",true]}"#);
    }

    #[test]
    fn the_invented_students_and_offerings_are_those_of_the_specification() {
        let register = Register::default();
        assert_eq!((register.people.len(), register.offerings.len(), register.scripts.len()), (8, 10, 2));
        for person in &register.people {
            assert!(!person.id.is_empty() && register.home(&person.home).is_some(), "{}", person.id);
            assert!(person.person.text("personId").is_some());
        }
        for (number, offering) in register.offerings.iter().enumerate() {
            let id = format!("6f0d1c52-7f3e-4c0c-9a53-3f9d5a5d{:04}", number + 1);
            assert_eq!(offering.id, id);
            assert!(localized(offering.document.raw("name").unwrap(), "nl").is_some());
        }
        let first = &register.offerings[0].document;
        assert!(first.to_string().contains("\"a\":1.10"), "numbers keep their text");
        assert_eq!(localized(first.raw("name").unwrap(), "nl").as_deref(), Some("Water en stad"));
        assert_eq!(localized(first.raw("name").unwrap(), "fr").as_deref(), Some("Water and Cities"));
        assert!(!register.person("ingrid.solheim@fjord.example").unwrap().has_eduid);
        assert!(register.person("edu-mees-08").unwrap().person.raw("activeEnrollment").is_none());
    }
}
