//! The generated modules of the Python package: constants, models of the responses, methods of the operations.

use std::fmt::Write as _;

use learnerlink::op::State;
use learnerlink::operations::CATALOGUE;
use learnerlink::{ABI_MAJOR, ABI_MINOR, Status, VERSION};

use crate::model::{Call, Field, Interface, Kind, Model, quoted, words_of, wrapped};
use crate::{Files, MARK};

const FOLDER: &str = "bindings/python/src/learnerlink";
const WIDTH: usize = 110;

pub(crate) fn generate(interface: &Interface, files: &mut Files) {
    let mut keep = |file: &str, text: String| files.insert(format!("{FOLDER}/{file}"), text);
    keep("_constants.py", constants());
    keep("_models.py", models_module(interface));
    keep("_operations.py", operations_module(interface));
}

fn constants() -> String {
    let mut text = format!(
        "\"\"\"Numbers and names of the library's interface.\n\n{MARK}\n\"\"\"\n\n\
         from __future__ import annotations\n\nfrom enum import IntEnum\n\n\
         VERSION = \"{VERSION}\"\nABI_MAJOR = {ABI_MAJOR}\nABI_MINOR = {ABI_MINOR}\n\n\n\
         class Status(IntEnum):\n    \"\"\"The permanent numbers of what a call can end with.\"\"\"\n"
    );
    for status in Status::ALL {
        let _ = write!(text, "\n    {} = {}\n", status.code(), status.number());
        text.push_str(&docstring(4, status.meaning(), &[]));
    }
    text.push_str("\n\nclass OpState(IntEnum):\n    \"\"\"How far a started operation is.\"\"\"\n\n");
    for (state, name, _) in State::ALL {
        let _ = writeln!(text, "    {name} = {}", state as i32);
    }
    text.push_str("\n\nMEANINGS: dict[int, str] = {\n");
    for status in Status::ALL {
        let _ = writeln!(text, "    {}: {},", status.number(), quoted(status.meaning()));
    }
    text.push_str("}\n\"\"\"What each status means, for the few failures that carry no error object.\"\"\"\n\n");
    text.push_str("RETRIABLE = frozenset(\n    {\n");
    for status in Status::ALL.iter().filter(|status| status.retriable()) {
        let _ = writeln!(text, "        {},", status.number());
    }
    text.push_str("    }\n)\n\nOPERATIONS = (\n");
    for operation in CATALOGUE.iter() {
        let _ = writeln!(text, "    {},", quoted(operation.name));
    }
    text.push_str(")\n\"\"\"The operations of the catalogue, in its order.\"\"\"\n");
    text
}

fn models_module(interface: &Interface) -> String {
    let mut text = format!(
        "\"\"\"What the operations answer with.\n\n{MARK}\n\"\"\"\n\n\
         from __future__ import annotations\n\nfrom dataclasses import dataclass\nfrom typing import Any, ClassVar\n\n\
         from ._model import Key, Model, Response\n"
    );
    for model in &interface.response_parts {
        text.push_str(&class(model, "Model"));
    }
    for call in &interface.calls {
        text.push_str(&class(&call.response, "Response"));
    }
    text
}

fn class(model: &Model, base: &str) -> String {
    let mut keys = String::new();
    let mut fields = String::new();
    for field in &model.fields {
        let attribute = snake(&field.key);
        let mut options = String::new();
        if let Some(model) = field.kind.model() {
            let _ = write!(options, ", model={model}");
        }
        if matches!(field.kind, Kind::Many(_)) {
            options.push_str(", many=True");
        }
        if field.shown {
            options.push_str(", shown=True");
        }
        let _ = writeln!(keys, "        Key({}, {}{options}),", quoted(&attribute), quoted(&field.key));
        let kind = response_kind(&field.kind);
        let kind = if field.optional && kind != "Any" { format!("{kind} | None") } else { kind };
        let _ = writeln!(fields, "    {attribute}: {kind}");
        fields.push_str(&docstring(4, &field.about, &[]));
    }
    format!(
        "\n\n@dataclass(frozen=True, repr=False)\nclass {}({base}):\n{}\n    \
         _KEYS: ClassVar[tuple[Key, ...]] = (\n{keys}    )\n\n{fields}",
        model.name,
        docstring(4, &model.about, &[]),
    )
}

fn response_kind(kind: &Kind) -> String {
    match kind {
        Kind::Model(name) => name.clone(),
        Kind::Many(item) => format!("tuple[{}, ...]", response_kind(item)),
        Kind::Object => "dict[str, Any]".into(),
        kind => request_kind(kind),
    }
}

fn operations_module(interface: &Interface) -> String {
    let mut text = format!(
        "\"\"\"The operations of the catalogue as methods.\n\n{MARK}\n\"\"\"\n\n\
         from __future__ import annotations\n\nfrom collections.abc import Mapping, Sequence\n\
         from typing import Any, Literal, TypeVar\n\nfrom . import _models as models\nfrom ._model import Response\n\n\
         R = TypeVar(\"R\", bound=Response)\n"
    );
    for (class, start, about) in [
        ("Operations", "def", "Every operation; each call blocks until there is an answer."),
        ("AsyncOperations", "async def", "Every operation, to be awaited; cancelling the task stops the work."),
    ] {
        let context = interface.calls.first().map(|call| documented(&call.context)).unwrap_or_default();
        let _ = write!(
            text,
            "\n\nclass {class}:\n{}\n    __slots__ = ()\n\n    {start} _call(self, operation: str, request: dict[str, Any], answer: type[R]) -> R:\n        \
             raise NotImplementedError\n",
            docstring(4, about, &[("Keywords of every operation", context)]),
        );
        for call in &interface.calls {
            text.push_str(&method(interface, call, start));
        }
    }
    text
}

fn documented(fields: &[Field]) -> Vec<(String, String)> {
    fields.iter().map(|field| (snake(&field.key), field.about.clone())).collect()
}

fn method(interface: &Interface, call: &Call, start: &str) -> String {
    let operation = call.operation;
    let own = &call.request.fields;
    let described = own.iter().map(|field| (snake(&field.key), described(interface, field))).collect();
    let outcomes = operation.outcomes.iter().map(|(name, means)| (format!("`{name}`"), (*means).to_owned())).collect();

    let mut parameters = String::new();
    let mut members = String::new();
    for field in own.iter().chain(&call.context) {
        let kind = request_kind(&field.kind);
        let rest = match (field.optional, kind.as_str()) {
            (false, _) => kind,
            (true, "Any") => "Any = None".into(),
            (true, kind) => format!("{kind} | None = None"),
        };
        let _ = writeln!(parameters, "        {}: {rest},", snake(&field.key));
        let _ = writeln!(members, "                {}: {},", quoted(&field.key), snake(&field.key));
    }
    let response = format!("models.{}", call.response.name);
    let invoke = if start == "def" { "self._call" } else { "await self._call" };
    format!(
        "\n    {start} {name}(\n        self,\n        *,\n{parameters}    ) -> {response}:\n{}        \
         return {invoke}(\n            {},\n            {{\n{members}            }},\n            {response},\n        )\n",
        docstring(8, operation.summary, &[("Keywords", described), ("Outcomes", outcomes)]),
        quoted(operation.name),
        name = operation.name,
    )
}

fn request_kind(kind: &Kind) -> String {
    match kind {
        Kind::Word(words) => {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            format!("Literal[{}]", words.join(", "))
        }
        Kind::Many(item) => format!("Sequence[{}]", request_kind(item)),
        Kind::Model(_) | Kind::Object => "Mapping[str, Any]".into(),
        Kind::Text => "str".into(),
        Kind::Whole => "int".into(),
        Kind::Number => "float".into(),
        Kind::Flag => "bool".into(),
        Kind::Any => "Any".into(),
    }
}

/// What a key means, with the keys of the object that it takes.
fn described(interface: &Interface, field: &Field) -> String {
    match field.kind.model().and_then(|name| interface.request_part(name)) {
        None => field.about.clone(),
        Some(part) => {
            let keys: Vec<String> = part.fields.iter().map(|field| format!("`{}`", field.key)).collect();
            format!("{} Keys: {}.", field.about, keys.join(", "))
        }
    }
}

/// A key as a name of Python; a word of the language gets a `_`.
fn snake(key: &str) -> String {
    let mut name = words_of(key).join("_");
    if ["from", "pass", "class", "import", "in", "is", "not", "with"].contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// A docstring: a sentence and lists of named things. Nothing when there is nothing to say.
fn docstring(indent: usize, text: &str, lists: &[(&str, Vec<(String, String)>)]) -> String {
    let lists: Vec<_> = lists.iter().filter(|(_, items)| !items.is_empty()).collect();
    if text.is_empty() && lists.is_empty() {
        return String::new();
    }
    let margin = " ".repeat(indent);
    let mut lines = wrapped(&format!("\"\"\"{text}"), WIDTH, &margin, &margin);
    for (title, items) in &lists {
        let _ = write!(lines, "\n\n{margin}{title}:");
        for (name, means) in items {
            let _ = write!(
                lines,
                "\n{}",
                wrapped(&format!("{name}: {means}"), WIDTH, &format!("{margin}    "), &format!("{margin}        "))
            );
        }
    }
    if !lists.is_empty() || lines.contains('\n') {
        let _ = write!(lines, "\n{margin}");
    }
    lines.push_str("\"\"\"\n");
    lines.replace('\\', "\\\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_names_of_python() {
        for (key, name) in [("timeoutMs", "timeout_ms"), ("linkedULNs", "linked_ulns"), ("from", "from_")] {
            assert_eq!(snake(key), name);
        }
    }
}
