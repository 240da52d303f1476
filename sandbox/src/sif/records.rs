//! Invents the records of the store: small ones, and one of realistic size.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, Weekday, date};

use super::xml::DECLARATION;

/// The zone that all records lie in.
const ZONE: &str = "alder";

/// A student, and how much there is to tell.
struct Person {
    id: u32,
    family_name: &'static str,
    given_name: &'static str,
    birth_date: &'static str,
    grade: u8,
    /// How many school days, transcript terms and assessments are told.
    days: usize,
    terms: usize,
    assessments: usize,
}

#[rustfmt::skip]
const PEOPLE: [Person; 6] = [
    Person { id: 700_001, family_name: "Winterbourne", given_name: "Talia", birth_date: "2010-03-14", grade: 10, days: 6, terms: 2, assessments: 2 },
    Person { id: 700_003, family_name: "O'Farrow", given_name: "Desmond", birth_date: "2011-07-02", grade: 9, days: 3, terms: 1, assessments: 1 },
    Person { id: 700_004, family_name: "Abernethy-Ruiz", given_name: "Imogen", birth_date: "2008-11-29", grade: 12, days: 250, terms: 7, assessments: 24 },
    Person { id: 700_005, family_name: "Żurawski", given_name: "Bjørn", birth_date: "2009-01-08", grade: 11, days: 4, terms: 1, assessments: 0 },
    Person { id: 700_007, family_name: "Holloway", given_name: "Perpetua", birth_date: "2012-05-21", grade: 8, days: 2, terms: 0, assessments: 0 },
    Person { id: 700_008, family_name: "Kestrel", given_name: "Ambrose", birth_date: "2010-10-10", grade: 10, days: 2, terms: 1, assessments: 1 },
];

const COURSES: [(&str, &str, &str); 7] = [
    ("ENG", "English Language Arts", "01"),
    ("MAT", "Mathematics", "02"),
    ("SCI", "Integrated Science", "03"),
    ("HIS", "World History", "04"),
    ("ART", "Ceramics & Sculpture", "05"),
    ("LNG", "Norwegian", "06"),
    ("PHE", "Physical Education", "08"),
];

const MARKS: [&str; 6] = ["A", "A-", "B+", "B", "B-", "C+"];

/// The records are always the same, so that they are written only once.
static INVENTED: LazyLock<Vec<(String, Arc<str>)>> =
    LazyLock::new(|| PEOPLE.iter().map(|person| (person.id.to_string(), record(person).into())).collect());

/// The records that every sandbox begins with, by zone and student.
pub(super) fn invented() -> BTreeMap<(String, String), Arc<str>> {
    INVENTED.iter().map(|(id, record)| ((ZONE.to_owned(), id.clone()), Arc::clone(record))).collect()
}

fn record(person: &Person) -> String {
    let Person { id, family_name, given_name, birth_date, grade, .. } = person;
    let given_name = super::xml::escaped(given_name);
    let graduation = 2027 + 12 - i32::from(*grade);
    let terms: Vec<String> = (0..person.terms).map(|index| term(person, index)).collect();
    let (latest, others) = terms.split_first().map_or((String::new(), &[][..]), |(first, rest)| (first.clone(), rest));
    let others = list("otherTranscriptTerms", &others.concat());
    let assessments: String = (0..person.assessments).map(|index| assessment(person, index)).collect();
    let assessments = list("assessments", &assessments);
    let attendance = attendance(person);
    format!(
        "{DECLARATION}<xSre refId=\"4f2c8a10-5b3d-4e6f-9a7b-000000{id}\" \
         xmlns:sif=\"http://www.sifassociation.org/datamodel/na/3.3\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:psesd=\"psesd\" xmlns:raw=\"raw\">\
         <name><familyName>{family_name}</familyName><givenName>{given_name}</givenName></name>\
         <localId>{id}</localId><stateProvinceId>WX{id}</stateProvinceId>\
         <otherIds><otherId><type>State</type><id>WX{id}</id></otherId>\
         <otherId><type>Library</type><id>L-{id}</id></otherId></otherIds>\
         <address><line1>{number} Alder Row</line1><city>Alder Valley</city><stateProvince>WX</stateProvince>\
         <postalCode>00{number:03}</postalCode></address>\
         <phoneNumber><number>555-0{number:03}</number><primaryIndicator>true</primaryIndicator></phoneNumber>\
         <email><emailAddress>student{id}@example.test</emailAddress></email>\
         <demographics><races><race><race cedsId=\"000282\">Asian</race></race><race><race cedsId=\"000284\">White</race>\
         </race></races><hispanicLatinoEthnicity>false</hispanicLatinoEthnicity><sex>Unknown</sex>\
         <birthDate>{birth_date}</birthDate></demographics>\
         <enrollment><leaRefId>7b1e5c0a-0000-4000-8000-000000000001</leaRefId>\
         <schoolRefId>7b1e5c0a-0000-4000-8000-000000000101</schoolRefId>\
         <school><localId>101</localId><schoolName>Alder Valley High School</schoolName></school>\
         <schoolYear>2027</schoolYear><membershipType>Home</membershipType><entryDate>2026-09-02</entryDate>\
         <gradeLevel cedsId=\"000100\">{grade}</gradeLevel>\
         <projectedGraduationYear>{graduation}</projectedGraduationYear>\
         <psesd:enrollmentStatus>Active</psesd:enrollmentStatus></enrollment>\
         <languages><language><type>Home</type><code>nob</code></language></languages>\
         <reportDate>2026-11-20</reportDate>{assessments}{attendance}{latest}{others}\
         <programs><specialEducation><section504Status>false</section504Status></specialEducation>\
         <foodService><eligibilityStatus>Reduced</eligibilityStatus></foodService></programs>\
         <raw:source><raw:vendor>Invented Student System</raw:vendor><raw:row>{id}</raw:row></raw:source></xSre>\n",
        number = id % 1000,
    )
}

/// A list, unless there is nothing in it.
fn list(name: &str, items: &str) -> String {
    if items.is_empty() { String::new() } else { format!("<{name}>{items}</{name}>") }
}

fn attendance(person: &Person) -> String {
    let days = std::iter::successors(Some(date(2025, 9, 3)), |day: &Date| day.tomorrow().ok());
    let school =
        |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !matches!(day.month(), 7 | 8);
    let mut absent = 0;
    let mut events = String::new();
    for (index, day) in days.filter(school).take(person.days).enumerate() {
        let away = index % 9 == 4;
        absent += usize::from(away);
        let (status, value, category) = if away {
            ("Absent", "0.0", "<absentAttendanceCategory>Excused</absentAttendanceCategory>")
        } else {
            ("Present", "1.0", "<presentAttendanceCategory>In class</presentAttendanceCategory>")
        };
        events.push_str(&format!(
            "<event><calendarEventDate>{day}</calendarEventDate><attendanceEventType>Daily attendance\
             </attendanceEventType><attendanceStatus>{status}</attendanceStatus><attendanceValue>{value}\
             </attendanceValue>{category}</event>"
        ));
    }
    let present = person.days - absent;
    format!(
        "<attendance><summaries><summary><daysAbsent>{absent}</daysAbsent><daysInAttendance>{present}\
         </daysInAttendance></summary></summaries><events>{events}</events></attendance>"
    )
}

fn term(person: &Person, index: usize) -> String {
    let back = u8::try_from(index / 2).unwrap_or(0);
    let year = 2026 - u16::from(back);
    let session = if index.is_multiple_of(2) { "Spring" } else { "Fall" };
    let grade = person.grade.saturating_sub(back + 1);
    let courses: String = COURSES
        .iter()
        .enumerate()
        .map(|(at, (code, title, area))| {
            let mark = MARKS[(index + at) % MARKS.len()];
            let title = super::xml::escaped(title);
            format!(
                "<course><leaCourseId>{code}-{grade}{index}</leaCourseId><courseTitle>{title} {grade}</courseTitle>\
                 <scedCourseSubjectAreaCode>{area}</scedCourseSubjectAreaCode><creditsAttempted>0.50</creditsAttempted>\
                 <creditsEarned>0.50</creditsEarned><progressMark>{mark}</progressMark>\
                 <finalMarkValue>{mark}</finalMarkValue></course>"
            )
        })
        .collect();
    format!(
        "<transcriptTerm><school><localId>101</localId><schoolName>Alder Valley High School</schoolName></school>\
         <schoolYear>{year}</schoolYear><session><description>{session}</description></session>\
         <gradeLevel>{grade}</gradeLevel><academicSummary><cumulativeGpa>3.{index}4</cumulativeGpa>\
         <termWeightedGpa>3.{index}1</termWeightedGpa><totalCreditsEarned>3.50</totalCreditsEarned>\
         <classRank>4{index}</classRank><gpaScale>4.0</gpaScale>\
         <psesd:onTrackToGraduate>true</psesd:onTrackToGraduate></academicSummary><courses>{courses}</courses>\
         </transcriptTerm>"
    )
}

fn assessment(person: &Person, index: usize) -> String {
    let (code, title, _) = COURSES[index % COURSES.len()];
    let title = super::xml::escaped(title);
    let month = index % 9 + 1;
    format!(
        "<assessment refId=\"9d0e6b1c-{index:04}-4000-8000-000000{id}\"><assessmentType>Formative</assessmentType>\
         <title>{title}, round {round}</title><subject>{code}</subject><gradeLevelWhenAssessed>{grade}\
         </gradeLevelWhenAssessed><administrationDate>2026-0{month}-1{day}</administrationDate>\
         <score><metric>Scale score</metric><value>{score}</value><performanceLevel>Meets the standard\
         </performanceLevel></score><comments>The student explained each step and checked the result against an \
         estimate before handing in.</comments></assessment>",
        id = person.id,
        round = index / COURSES.len() + 1,
        grade = person.grade,
        day = index % 10,
        score = 480 + index * 7 % 60,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sif::xml;

    #[test]
    fn the_records_are_documents_and_one_is_of_realistic_size() {
        let records = invented();
        for ((zone, id), record) in &records {
            let document = xml::read(record).unwrap();
            let root = document.root_element();
            let local = root.children().find(|child| child.has_tag_name("localId")).and_then(|child| child.text());
            assert_eq!((root.tag_name().name(), local, zone.as_str()), ("xSre", Some(id.as_str()), ZONE));
        }
        let large = records[&(ZONE.to_owned(), "700004".to_owned())].len();
        assert!((90_000..115_000).contains(&large), "{large}");
        assert_eq!(records.values().filter(|record| record.len() < 12_000).count(), 5);
    }
}
