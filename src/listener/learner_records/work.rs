//! What the requests ask for: bound to typed values, checked, carried out.

use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::body::Body;
use super::problem::Problem;
use super::route::Route;
use super::views::{self, Events, Found, Learners, Matched, NotFound, Record, Report, SearchParameters};
use super::{LearnerRecords, Reply};
use crate::error::Error;
use crate::listener::request::{self, Request};
use crate::lrs::config::Behaviour;
use crate::lrs::matching::{FIELDS, Mismatches};
use crate::lrs::query::{ByDemographics, EventsQuery};
use crate::lrs::register::{Change, Confirmation, State};
use crate::lrs::soap::FaultKind;
use crate::lrs::{Caller, Trouble, response_type, rules, soap};
use crate::privacy::Sensitive;

/// A request with its values.
pub(super) struct Bound {
    user: Option<String>,
    values: Values,
}

enum Values {
    Search(ByDemographics, SearchParameters),
    Events(EventsQuery, SearchParameters),
    Confirm(Confirmation),
    NoMatch {
        match_type: &'static str,
        count: String,
    },
    Report {
        person: String,
        from: Option<Date>,
        to: Option<Date>,
    },
    /// A report on somebody outside prison, of whom nothing is kept here.
    ReportElsewhere,
    None,
}

impl Bound {
    pub(super) fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    pub(super) fn person(&self) -> Option<&str> {
        match &self.values {
            Values::Report { person, .. } => Some(person),
            _ => None,
        }
    }
}

impl LearnerRecords {
    /// Reads header and body, in the order in which the original reports what is wrong with them.
    pub(super) async fn bind(&self, route: &Route, request: &mut Request) -> Result<Bound, Problem> {
        let values = match route {
            Route::Report => return Ok(Bound { user: None, values: self.report_values(request.query.as_deref())? }),
            Route::Learners => self.search_values(&json_body(request).await?)?,
            Route::LearnerEvents => self.events_values(&json_body(request).await?)?,
            _ => Values::None,
        };
        let user = request.text_header("x-username").ok_or(Problem::NoUsername)?;
        if self.is_strict() && user.trim().is_empty() {
            return Err(Problem::NoUsername);
        }
        let values = match route {
            Route::Confirm(_) => self.confirm_values(&json_body(request).await?)?,
            Route::NoMatch(_) => self.no_match_values(&json_body(request).await?)?,
            _ => values,
        };
        Ok(Bound { user: Some(user), values })
    }

    fn search_values(&self, bytes: &[u8]) -> Result<Values, Problem> {
        let mut body = Body::read(bytes, &FIELDS, self.behaviour)?;
        let (given_name, family_name) = (body.required("givenName")?, body.required("familyName")?);
        let date_of_birth = body.required("dateOfBirth")?;
        let gender = body.required_gender("gender")?;
        let post_code = body.required("lastKnownPostCode")?;
        let [previous, school, place, email] =
            ["previousFamilyName", "schoolAtAge16", "placeOfBirth", "emailAddress"].map(|name| body.optional(name));
        let (previous, school, place, email) = (previous?, school?, place?, email?);
        let sent_code = if self.is_strict() { post_code.to_uppercase() } else { post_code.clone() };
        body.check("givenName", rules::name(self.behaviour, &given_name));
        body.check("familyName", rules::name(self.behaviour, &family_name));
        body.check("dateOfBirth", self.date(&date_of_birth));
        body.check("lastKnownPostCode", rules::post_code(self.behaviour, &sent_code));
        body.check_optional("previousFamilyName", previous.as_ref(), rules::name);
        body.check_optional("schoolAtAge16", school.as_ref(), |_, text| rules::at_most(254, text));
        body.check_optional("placeOfBirth", place.as_ref(), |_, text| rules::at_most(35, text));
        body.check_optional("emailAddress", email.as_ref(), |_, text| rules::email(text));
        body.finish()?;
        let query = ByDemographics {
            given_name: given_name.clone().into(),
            family_name: family_name.clone().into(),
            date_of_birth: date_of_birth.clone().into(),
            gender,
            last_known_post_code: sent_code.into(),
            previous_family_name: previous.clone().map(Sensitive),
            school_at_age16: school.clone().map(Sensitive),
            place_of_birth: place.clone().map(Sensitive),
            email_address: email.clone().map(Sensitive),
        };
        let parameters = SearchParameters {
            given_name,
            family_name,
            uln: None,
            date_of_birth: Some(date_of_birth),
            gender: Some(gender.upper_case()),
            last_known_post_code: Some(post_code),
            previous_family_name: previous,
            school_at_age16: school,
            place_of_birth: place,
            email_address: email,
        };
        Ok(Values::Search(query, parameters))
    }

    fn events_values(&self, bytes: &[u8]) -> Result<Values, Problem> {
        const KNOWN: &[&str] = &["givenName", "familyName", "uln", "dateOfBirth", "gender"];
        let mut body = Body::read(bytes, KNOWN, self.behaviour)?;
        let (given_name, family_name) = (body.required("givenName")?, body.required("familyName")?);
        let uln = body.required("uln")?;
        let (date_of_birth, gender) = (body.optional("dateOfBirth")?, body.gender("gender")?);
        body.check("givenName", rules::name(self.behaviour, &given_name));
        body.check("familyName", rules::name(self.behaviour, &family_name));
        body.check("uln", rules::uln(self.behaviour, &uln));
        body.check_optional("dateOfBirth", date_of_birth.as_ref(), |_, text| self.date(text));
        body.finish()?;
        let query = EventsQuery {
            uln: uln.clone().into(),
            given_name: given_name.clone().into(),
            family_name: family_name.clone().into(),
            date_of_birth: date_of_birth.clone().map(Sensitive),
            gender,
        };
        let gender = gender.map(crate::lrs::query::Gender::upper_case);
        let parameters =
            SearchParameters { given_name, family_name, uln: Some(uln), date_of_birth, gender, ..Default::default() };
        Ok(Values::Events(query, parameters))
    }

    fn confirm_values(&self, bytes: &[u8]) -> Result<Values, Problem> {
        const KNOWN: &[&str] = &["matchingUln", "givenName", "familyName", "matchType", "countOfReturnedUlns"];
        let mut body = Body::read(bytes, KNOWN, self.behaviour)?;
        let uln = body.required("matchingUln")?;
        let (given_name, family_name) = (body.required("givenName")?, body.required("familyName")?);
        let (match_type, count) = (body.match_type()?, body.required("countOfReturnedUlns")?);
        body.check("matchingUln", rules::uln(self.behaviour, &uln));
        body.check("givenName", rules::name(self.behaviour, &given_name));
        body.check("familyName", rules::name(self.behaviour, &family_name));
        body.finish()?;
        Ok(Values::Confirm(Confirmation {
            uln: uln.into(),
            given_name: given_name.into(),
            family_name: family_name.into(),
            match_type: match_type.into(),
            count_of_returned_ulns: count,
        }))
    }

    fn no_match_values(&self, bytes: &[u8]) -> Result<Values, Problem> {
        let body = Body::read(bytes, &["matchType", "countOfReturnedUlns"], self.behaviour)?;
        let (match_type, count) = (body.match_type()?, body.required("countOfReturnedUlns")?);
        body.finish()?;
        Ok(Values::NoMatch { match_type, count })
    }

    fn report_values(&self, query: Option<&str>) -> Result<Values, Problem> {
        let pairs: Vec<(String, String)> =
            url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        let value = |name: &str| {
            pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone())
        };
        let day = |name: &str| -> Result<Option<Date>, Problem> {
            let Some(text) = value(name) else { return Ok(None) };
            let unreadable = |_| Problem::Unreadable(format!("the parameter {name} must be a date, YYYY-MM-DD"));
            rules::date(Behaviour::Compat, &text, self.today()).map(Some).map_err(unreadable)
        };
        let (from, to) = (day("fromDate")?, day("toDate")?);
        match (value("prn"), value("crn")) {
            (Some(person), None) => {
                rules::person_id(&person)
                    .map_err(|problem| Problem::Unreadable(format!("the parameter prn {problem}")))?;
                Ok(Values::Report { person, from, to })
            }
            (None, Some(_)) => Ok(Values::ReportElsewhere),
            _ => Err(Problem::Unreadable("one of the parameters prn and crn is needed".into())),
        }
    }

    /// A date by the rule of this behaviour; whether it exists is not part of the original's.
    fn date(&self, text: &str) -> Result<(), rules::Problem> {
        if self.is_strict() {
            rules::date(self.behaviour, text, self.today()).map(drop)
        } else {
            rules::date_shape(text)
        }
    }

    fn today(&self) -> Date {
        self.plugin.clock.wall().to_zoned(TimeZone::UTC).date()
    }

    pub(super) async fn work(&self, route: &Route, bound: Bound) -> Result<Reply, Problem> {
        let user = bound.user.unwrap_or_default();
        let person = route.person().unwrap_or_default();
        match bound.values {
            Values::Search(query, parameters) => self.search(&user, &query, parameters).await,
            Values::Events(query, parameters) => self.events(&user, &query, parameters).await,
            Values::Confirm(confirmation) => {
                let register = self.plugin.lrs.register();
                Ok(match register.confirm(&user, person, &confirmation, self.behaviour).await? {
                    Change::Taken => reply("ulnTaken", request::empty(StatusCode::CONFLICT)),
                    change => written(change),
                })
            }
            Values::NoMatch { match_type, count } => {
                let register = self.plugin.lrs.register();
                Ok(written(register.confirm_none(&user, person, match_type, &count).await?))
            }
            Values::Report { person, from, to } => self.report(&person, from, to).await,
            // The status with which such services say that the subject is not theirs.
            Values::ReportElsewhere => {
                let status = StatusCode::from_u16(209).unwrap_or(StatusCode::NO_CONTENT);
                Ok(reply("notOurs", request::empty(status)))
            }
            Values::None => match route {
                Route::Unmatch(_) => Ok(written(self.plugin.lrs.register().remove(&user, person).await?)),
                Route::EventsOfPerson(_) => self.events_of_person(&user, person).await,
                _ => self.state(person).await,
            },
        }
    }

    async fn search(
        &self,
        user: &str,
        query: &ByDemographics,
        search_parameters: SearchParameters,
    ) -> Result<Reply, Problem> {
        self.existing(&query.date_of_birth)?;
        let found = match self.plugin.lrs.service().by_demographics(self.caller(user), query).await {
            Ok(found) => found,
            Err(trouble) => {
                self.unless_swallowed(trouble)?;
                let body = Found {
                    search_parameters,
                    response_type: String::new(),
                    mismatched_fields: None,
                    mismatches_by_learner: None,
                    matched_learners: None,
                };
                return Ok(reply("unknown", request::json(StatusCode::OK, &body)));
            }
        };
        let response_type = self.response_type(&found.response_code);
        let possible = response_type == "Possible Match";
        let mismatches = possible.then(|| Mismatches::of(query, &found.learners, self.behaviour));
        let (mut fields, by_learner) = mismatches.map(|found| (found.fields, found.by_learner)).unzip();
        for gender in fields.iter_mut().filter_map(|fields| fields.get_mut("gender")).flatten() {
            *gender = views::gender(Some(gender.as_str())).to_owned().into();
        }
        let body = Found {
            search_parameters,
            mismatched_fields: fields,
            mismatches_by_learner: by_learner.filter(|_| self.is_strict()),
            matched_learners: (!found.learners.is_empty())
                .then_some(Learners { learners: &found.learners, whole: self.is_strict() }),
            response_type,
        };
        Ok(reply(&found.response_code, request::json(StatusCode::OK, &body)))
    }

    async fn events(
        &self,
        user: &str,
        query: &EventsQuery,
        search_parameters: SearchParameters,
    ) -> Result<Reply, Problem> {
        if let Some(date) = &query.date_of_birth {
            self.existing(date)?;
        }
        let whole = self.is_strict();
        let answered = match self.plugin.lrs.service().events(self.caller(user), query).await {
            Ok(answered) => answered,
            Err(trouble) => {
                self.unless_swallowed(trouble)?;
                let body = Record {
                    search_parameters,
                    response_type: String::new(),
                    found_uln: "",
                    incoming_uln: "",
                    learner_record: Events { events: None, whole },
                };
                return Ok(reply("unknown", request::json(StatusCode::OK, &body)));
            }
        };
        if whole {
            belongs(&query.uln, &answered)?;
        }
        let body = Record {
            search_parameters,
            response_type: self.response_type(&answered.response_code),
            found_uln: &answered.found_uln,
            incoming_uln: &answered.incoming_uln,
            learner_record: Events { events: Some(&answered.events), whole },
        };
        Ok(reply(&answered.response_code, request::json(StatusCode::OK, &body)))
    }

    async fn events_of_person(&self, user: &str, person: &str) -> Result<Reply, Problem> {
        match self.plugin.lrs.register().state(person).await? {
            State::NotFound => Err(Problem::NotMatched(person.to_owned())),
            State::NoMatch(_) => Err(Problem::NoUln(person.to_owned())),
            State::Found(row) => {
                let parameters = SearchParameters {
                    given_name: row.given_name.0.clone(),
                    family_name: row.family_name.0.clone(),
                    uln: Some(row.matched_uln.0.clone()),
                    ..Default::default()
                };
                let query = EventsQuery {
                    uln: row.matched_uln,
                    given_name: row.given_name,
                    family_name: row.family_name,
                    date_of_birth: None,
                    gender: None,
                };
                self.events(user, &query, parameters).await
            }
        }
    }

    async fn state(&self, person: &str) -> Result<Reply, Problem> {
        Ok(match self.plugin.lrs.register().state(person).await? {
            State::NotFound => {
                reply("notMatched", request::json(StatusCode::NOT_FOUND, &NotFound { status: "NotFound" }))
            }
            State::NoMatch(_) => {
                let body = Matched { matched_uln: "", given_name: "", family_name: "", status: "NoMatch" };
                reply("noUln", request::json(StatusCode::OK, &body))
            }
            State::Found(row) => {
                let body = Matched {
                    matched_uln: &row.matched_uln,
                    given_name: &row.given_name,
                    family_name: &row.family_name,
                    status: "Found",
                };
                reply("matched", request::json(StatusCode::OK, &body))
            }
        })
    }

    async fn report(&self, person: &str, from: Option<Date>, to: Option<Date>) -> Result<Reply, Problem> {
        let rows = self.plugin.lrs.register().rows(person, from, to).await?;
        if rows.is_empty() {
            return Ok(reply("none", request::empty(StatusCode::NO_CONTENT)));
        }
        let content = rows.into_iter().map(Into::into).collect();
        Ok(reply("found", request::json(StatusCode::OK, &Report { content })))
    }

    fn caller<'a>(&'a self, user: &'a str) -> Caller<'a> {
        Caller { profile: &self.provider, user, within: self.patience() }
    }

    /// The original finds out only now that a date does not exist, and calls that unexpected.
    fn existing(&self, date: &str) -> Result<(), Problem> {
        rules::date(Behaviour::Compat, date, self.today())
            .map(drop)
            .map_err(|_| Problem::Unexpected("a date could not be parsed".into()))
    }

    fn response_type(&self, code: &str) -> String {
        match response_type(code) {
            Some(word) => word.to_owned(),
            None if self.is_strict() => format!("Unknown ({code})"),
            None => String::new(),
        }
    }

    /// Turns trouble into an error, unless the original takes it for an answer without a code: what comes with
    /// status 200 and is a fault or foreign XML.
    fn unless_swallowed(&self, trouble: Trouble) -> Result<(), Problem> {
        let compat = !self.is_strict();
        match trouble {
            Trouble::Fault(_, _, fault) if compat && fault.http_status == 200 => Ok(()),
            Trouble::Fault(_, _, fault) if compat && fault.kind == FaultKind::DomainFault => {
                Err(Problem::Unexpected("Unparsable LRS Error".into()))
            }
            Trouble::Fault(_, _, fault) => {
                let closed = fault.code.as_ref().is_some_and(|code| code.trim() == "WSEC0004");
                Err(if closed && !compat { Problem::Maintenance } else { Problem::of_fault(&fault) })
            }
            Trouble::Failed(Error::Protocol { upstream, .. }) if compat && upstream.http_status == Some(200) => Ok(()),
            Trouble::Failed(error) => Err(error.into()),
        }
    }
}

/// A record that belongs to somebody else must not be shown as this learner's.
fn belongs(asked: &str, answered: &soap::Events) -> Result<(), Problem> {
    let differs = |uln: &str| !uln.trim().is_empty() && uln.trim() != asked;
    let merged = answered.response_code == "WSRC0022";
    if differs(&answered.incoming_uln) || (!merged && differs(&answered.found_uln)) {
        return Err(Problem::Unexpected("the answer is about another learner than was asked for".into()));
    }
    Ok(())
}

fn reply(outcome: &str, answer: crate::listener::server::Answer) -> Reply {
    Reply { outcome: outcome.to_owned(), answer }
}

fn written(change: Change) -> Reply {
    let outcome = if change == Change::Unchanged { "unchanged" } else { "written" };
    reply(outcome, request::empty(StatusCode::CREATED))
}

async fn json_body(request: &mut Request) -> Result<crate::privacy::Wiped<Vec<u8>>, Problem> {
    let kind = request.header(CONTENT_TYPE.as_str()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::MediaType);
    }
    Ok(request.body().await?)
}
