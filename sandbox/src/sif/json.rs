//! Maps documents to JSON by the generic rule of the retrieval service.

use roxmltree::{Document, Node};
use serde_json::Value;

use super::xml;

/// A JSON value whose members keep their order.
enum Json {
    Text(String),
    List(Vec<Self>),
    Members(Vec<(String, Self)>),
}

/// A document as JSON, without the key of its root.
pub(super) fn of(document: &Document<'_>) -> String {
    let root = document.root_element();
    let mut out = String::new();
    write(&mut out, &value(root));
    out
}

fn value(element: Node<'_, '_>) -> Json {
    let attribute = |attribute: roxmltree::Attribute<'_, '_>| {
        (attribute.name().to_owned(), Json::Text(attribute.value().to_owned()))
    };
    let mut members: Vec<(String, Json)> = element.attributes().map(attribute).collect();
    let children: Vec<_> = element.children().filter(Node::is_element).collect();
    if children.is_empty() {
        let text: String = element.children().filter_map(|child| child.text().filter(|_| child.is_text())).collect();
        if members.is_empty() {
            return Json::Text(text);
        }
        if !text.is_empty() {
            members.insert(0, (xml::name(element).to_owned(), Json::Text(text)));
        }
        return Json::Members(members);
    }
    for child in children {
        add(&mut members, xml::name(child), value(child));
    }
    Json::Members(members)
}

/// Adds a member, or a further item to the list where its name first stood.
fn add(members: &mut Vec<(String, Json)>, name: &str, value: Json) {
    match members.iter_mut().find(|(known, _)| known == name) {
        None => members.push((name.to_owned(), value)),
        Some((_, Json::List(items))) => items.push(value),
        Some((_, first)) => {
            let earlier = std::mem::replace(first, Json::List(Vec::new()));
            *first = Json::List(vec![earlier, value]);
        }
    }
}

fn write(out: &mut String, value: &Json) {
    let string = |text: &str| Value::from(text).to_string();
    match value {
        Json::Text(text) => out.push_str(&string(text)),
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                write(out, item);
            }
            out.push(']');
        }
        Json::Members(members) => {
            out.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&string(name));
                out.push(':');
                write(out, member);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_attributes_and_prefixes_follow_the_generic_rule() {
        for (text, expected) in [
            ("<x refId='r'><a>1</a></x>", r#"{"refId":"r","a":"1"}"#),
            ("<x><l><i>1</i><i>2</i></l></x>", r#"{"l":{"i":["1","2"]}}"#),
            ("<x><l><i>1</i></l></x>", r#"{"l":{"i":"1"}}"#),
            ("<x><a t='k'>true</a><b t='k'/><c/></x>", r#"{"a":{"a":"true","t":"k"},"b":{"t":"k"},"c":""}"#),
            ("<x xmlns:p='p'><p:a>\"</p:a></x>", r#"{"p:a":"\""}"#),
            ("<x><a>1</a><b>2</b><a>3</a></x>", r#"{"a":["1","3"],"b":"2"}"#),
        ] {
            assert_eq!(of(&xml::read(text).unwrap()), expected, "{text}");
        }
    }
}
