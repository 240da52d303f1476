//! Writes SOAP messages and holds the names that both sides of the Learning Records Service use.

use quick_xml::escape::escape;

/// SOAP 1.1 envelopes.
pub(crate) const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// The requests and answers of `LearnerService`.
pub(crate) const FIND: &str = "http://api.lrs.miap.gov.uk/findmsg";
/// The linked numbers of a learner.
pub(crate) const LEARNER: &str = "http://api.lrs.miap.gov.uk/learner";
/// The faults of `LearnerService`.
pub(crate) const EXCEPTIONS: &str = "http://api.lrs.miap.gov.uk/exceptions";
/// The requests and answers of `LearnerServiceR9`.
pub(crate) const TEMPURI: &str = "http://tempuri.org/";
/// The organisation in requests to `LearnerServiceR9`.
pub(crate) const ORGANISATION: &str = "http://schemas.datacontract.org/2004/07/Amor.Qcf.Service.Interface";
/// What `LearnerServiceR9` answers.
pub(crate) const MODEL: &str = "http://api.lrs.qcf.gov.uk/model";
/// The faults of `LearnerServiceR9`.
pub(crate) const FAULTS: &str = "http://api.lrs.qcf.gov.uk/faults";
/// The attribute that says that there is no value.
pub(crate) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The action of a request for learning events.
pub(crate) const EVENTS_ACTION: &str = "http://tempuri.org/ILearnerServiceR9/GetLearnerLearningEvents";

/// An XML document that is being written.
#[derive(Debug, Default)]
pub(crate) struct Xml(String);

impl Xml {
    /// Writes an element named `name` around what `content` writes; `attributes` begin with a blank.
    pub(crate) fn element(&mut self, name: &str, attributes: &str, content: impl FnOnce(&mut Self)) {
        self.0.push_str(&format!("<{name}{attributes}>"));
        content(self);
        self.0.push_str(&format!("</{name}>"));
    }

    /// Writes an element that holds text.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            self.0.push_str(&format!("<{name}/>"));
        } else {
            self.0.push_str(&format!("<{name}>{}</{name}>", escape(text)));
        }
    }

    /// Writes an element without a value, with the prefix that stands for the schema instance.
    pub(crate) fn nil(&mut self, name: &str, instance: &str) {
        self.0.push_str(&format!("<{name} {instance}:nil=\"true\"/>"));
    }

    /// The document.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Declares a prefix, or the default namespace when the prefix is empty; to be used as an attribute.
pub(crate) fn declare(prefix: &str, namespace: &str) -> String {
    let colon = if prefix.is_empty() { "" } else { ":" };
    format!(" xmlns{colon}{prefix}=\"{namespace}\"")
}

/// Writes an envelope with `prefix` around the body that `content` writes.
pub(crate) fn envelope(prefix: &str, content: impl FnOnce(&mut Xml)) -> String {
    let mut xml = Xml::default();
    xml.element(&format!("{prefix}:Envelope"), &declare(prefix, ENVELOPE), |xml| {
        xml.element(&format!("{prefix}:Body"), "", content);
    });
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_read_back_as_it_was() {
        let text = r#"St. Agnes & Sons <Upper> "A" ']]> "#;
        let written = envelope("s", |xml| xml.text("a", text));
        let document = roxmltree::Document::parse(&written).unwrap();
        let element = document.descendants().find(|node| node.has_tag_name("a")).unwrap();
        assert_eq!(element.text(), Some(text));
    }
}
