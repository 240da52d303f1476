//! What a request says in its address and headers.

use uuid::Uuid;

use super::answer::{Form, Problem, Reply};
use crate::listener::request::Request;
use crate::sif::Asked;
use crate::sif::config::Behaviour;

/// The address of an object.
pub(super) struct Address {
    /// The kind of object as it is written.
    pub(super) name: String,
    pub(super) id: String,
    pub(super) zone: Option<String>,
    pub(super) context: Option<String>,
}

impl Address {
    /// Takes a path apart; `None` when it is no object's.
    pub(super) fn of(path: &str, behaviour: Behaviour) -> Option<Self> {
        let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        // The original decodes first, so that escaped delimiters delimit.
        let path = if behaviour == Behaviour::Compat { decode(path) } else { path.to_owned() };
        let decoded = |text: &str| if behaviour == Behaviour::Compat { text.to_owned() } else { decode(text) };
        let (name, rest) = path.strip_prefix('/')?.split_once('/')?;
        if name.is_empty() || name.contains(';') || rest.contains('/') {
            return None;
        }
        if behaviour == Behaviour::Strict && !name.eq_ignore_ascii_case("xSres") {
            return None;
        }
        let mut parts = rest.split(';');
        let id = parts.next().map(decoded).unwrap_or_default();
        let mut address = Self { name: decoded(name), id, zone: None, context: None };
        for part in parts {
            let mut pair = part.split('=');
            // Only what splits into exactly two counts, and the last of a name.
            let (Some(key), Some(value), None) = (pair.next(), pair.next(), pair.next()) else { continue };
            if value.is_empty() {
                continue;
            }
            match key.to_ascii_lowercase().as_str() {
                "zoneid" => address.zone = Some(decoded(value)),
                "contextid" => address.context = Some(decoded(value)),
                _ => {}
            }
        }
        Some(address)
    }
}

/// The headers that say who asks for whom.
pub(super) struct Headers {
    authorized_entity: Option<String>,
    student: Option<String>,
    external_service: Option<String>,
    object_type: Option<String>,
    personnel: Option<String>,
    behaviour: Behaviour,
}

impl Headers {
    /// Reads the headers of a request whose caller is known, the optional ones first.
    ///
    /// # Errors
    /// The first that is not right.
    pub(super) fn read(request: &Request, behaviour: Behaviour, reply: &mut Reply) -> Result<Self, Problem> {
        let invalid = |name: &'static str, value: &str| Problem::InvalidHeader(name, value.to_owned());
        let header = |name: &str| request.header(name).map(str::trim).filter(|value| !value.is_empty());
        if let Some(value) = header("accept") {
            reply.form = Form::accepted(value).ok_or_else(|| invalid("accept", value))?;
        }
        if let Some(value) = header("content-type") {
            Form::accepted(value).ok_or_else(|| invalid("Content-Type", value))?;
        }
        for (name, words) in [
            ("messageType", &["REQUEST", "RESPONSE", "EVENT", "ERROR"][..]),
            ("requestAction", &["QUERY", "CREATE", "UPDATE", "DELETE"]),
            ("requestType", &["IMMEDIATE", "DELAYED"]),
            ("serviceType", &["OBJECT", "FUNCTIONAL", "SERVICEPATH", "UTILITY", "XQUERYTEMPLATE"]),
        ] {
            let Some(value) = header(name) else { continue };
            let word =
                words.iter().find(|word| word.eq_ignore_ascii_case(value)).ok_or_else(|| invalid(name, value))?;
            match name {
                "requestAction" => reply.action = word,
                "serviceType" => reply.service_type = Some(word),
                _ => {}
            }
        }
        if let Some(value) = header("messageId") {
            Uuid::parse_str(value).map_err(|_| Problem::BadMessageId(value.to_owned()))?;
        }
        if matches!(reply.action, "CREATE" | "UPDATE") {
            return Err(Problem::NoBody);
        }
        // The original takes what a header does not say from the query.
        let query: Vec<(String, String)> = match behaviour {
            Behaviour::Compat => request
                .query
                .iter()
                .flat_map(|query| query.split('&'))
                .filter_map(|pair| pair.split_once('='))
                .map(|(key, value)| (key.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            Behaviour::Strict => Vec::new(),
        };
        let value = |name: &str| {
            let fallback =
                || query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
            header(name).map(str::to_owned).or_else(fallback)
        };
        Ok(Self {
            authorized_entity: value("authorizedEntityId"),
            student: value("districtStudentId"),
            external_service: value("externalServiceId"),
            object_type: value("objectType"),
            personnel: value("personnelId"),
            behaviour,
        })
    }

    /// Who asks for whom.
    ///
    /// # Errors
    /// The first of the headers that is missing or not right.
    pub(super) fn asked<'a>(&'a self, address: &Address, context: &str) -> Result<Asked<'a>, Problem> {
        let number = |name: &'static str, value: &Option<String>| match value {
            None => Err(Problem::InvalidParameter(name)),
            Some(text) => text.parse::<i32>().map_err(|_| match self.behaviour {
                Behaviour::Compat => Problem::NotANumber(text.clone()),
                Behaviour::Strict => Problem::InvalidParameter(name),
            }),
        };
        let authorized_entity_id = number("authorizedEntityId", &self.authorized_entity)?;
        debug_assert!(!context.is_empty(), "the context was looked at before");
        let student_id = self.student.as_deref().ok_or(Problem::InvalidParameter("districtStudentId"))?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let is_other = student_id != address.id || student_id.len() > 64 || !student_id.bytes().all(plain);
        if self.behaviour == Behaviour::Strict && is_other {
            return Err(Problem::InvalidParameter("districtStudentId"));
        }
        let external_service_id = number("externalServiceId", &self.external_service)?;
        let object_type = self.object_type.as_deref().ok_or(Problem::InvalidParameter("objectType"))?;
        let personnel_id = match (&self.personnel, self.behaviour) {
            (None, _) => None,
            (Some(text), behaviour) => Some(text.parse::<i32>().map_err(|_| match behaviour {
                Behaviour::Compat => Problem::Internal,
                Behaviour::Strict => Problem::InvalidParameter("personnelId"),
            })?),
        };
        Ok(Asked { student_id, authorized_entity_id, external_service_id, personnel_id, object_type })
    }
}
