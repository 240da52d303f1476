//! The generated classes of the Java package: constants, statuses, requests, responses, methods of the operations.

use std::fmt::Write as _;

use learnerlink::op::State;
use learnerlink::operations::CATALOGUE;
use learnerlink::{ABI_MAJOR, ABI_MINOR, Status, VERSION};

use crate::model::{Call, Field, Interface, Kind, Model, quoted, words_of, wrapped};
use crate::{Files, MARK};

/// Where nothing is written by hand.
pub(crate) const MODELS: &str = "bindings/java/learnerlink/src/main/java/io/github/learnerlink/model";
const FOLDER: &str = "bindings/java/learnerlink/src/main/java/io/github/learnerlink";
const PACKAGE: &str = "io.github.learnerlink";
const WIDTH: usize = 118;

/// Words of the language, and methods that every model has already.
const TAKEN: &[&str] = &[
    "abstract",
    "case",
    "class",
    "default",
    "do",
    "enum",
    "final",
    "for",
    "if",
    "import",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "package",
    "private",
    "public",
    "return",
    "short",
    "static",
    "switch",
    "void",
    "equals",
    "getClass",
    "hashCode",
    "notify",
    "rawJson",
    "shown",
    "toMap",
    "toString",
    "wait",
];

pub(crate) fn generate(interface: &Interface, files: &mut Files) {
    files.insert(format!("{FOLDER}/internal/Constants.java"), constants());
    files.insert(format!("{FOLDER}/Status.java"), statuses());
    files.insert(format!("{FOLDER}/Operations.java"), operations(interface));
    let mut keep = |model: &Model, text: String| files.insert(format!("{MODELS}/{}.java", model.name), text);
    for part in &interface.response_parts {
        keep(part, answer(part, None));
    }
    for part in &interface.request_parts {
        keep(part, request(part, &[]));
    }
    for call in &interface.calls {
        keep(&call.request, request(&call.request, &call.context));
        keep(&call.response, answer(&call.response, Some(call)));
    }
}

fn constants() -> String {
    let names: Vec<String> = CATALOGUE.iter().map(|operation| quoted(operation.name)).collect();
    let member = |about: &str, rest: String| format!("{}    public static final {rest};\n", javadoc(4, about, &[]));
    let members = [
        member(
            "The version of the library that this package belongs to.",
            format!("String VERSION = {}", quoted(VERSION)),
        ),
        member("The major version of the interface.", format!("int ABI_MAJOR = {ABI_MAJOR}")),
        member("The least minor version of the interface.", format!("int ABI_MINOR = {ABI_MINOR}")),
        member(
            "The state of an operation that has not ended.",
            format!("int OP_STATE_RUNNING = {}", State::Running as i32),
        ),
        member(
            "The operations of the catalogue, in its order.",
            format!(
                "List<String> OPERATIONS =\n            Collections.unmodifiableList(Arrays.asList(\n                    {}))",
                names.join(",\n                    ")
            ),
        ),
    ];
    format!(
        "// {MARK}\npackage {PACKAGE}.internal;\n\nimport java.util.Arrays;\nimport java.util.Collections;\nimport java.util.List;\n\n\
         /** Numbers and names of the library's interface. */\npublic final class Constants {{\n{}\n    \
         private Constants() {{}}\n}}\n",
        members.join("\n")
    )
}

fn statuses() -> String {
    let values: Vec<String> = Status::ALL
        .iter()
        .map(|status| {
            format!(
                "{}    {}({}, {}, {})",
                javadoc(4, status.meaning(), &[]),
                status.code(),
                status.number(),
                status.retriable(),
                quoted(status.meaning())
            )
        })
        .collect();
    let getter = |about: &str, returns: &str, declared: &str, field: &str| {
        let doc = javadoc(4, about, &[("@return", returns.into())]);
        format!("\n{doc}    public {declared}() {{\n        return {field};\n    }}\n")
    };
    format!(
        "// {MARK}\npackage {PACKAGE};\n\n/** The permanent numbers and names of what a call can end with. */\n\
         public enum Status {{\n{};\n\n    private final int number;\n    private final boolean retriable;\n    \
         private final String meaning;\n\n    Status(int number, boolean retriable, String meaning) {{\n        \
         this.number = number;\n        this.retriable = retriable;\n        this.meaning = meaning;\n    }}\n{}{}{}\n{}    \
         public static Status of(int number) {{\n        for (Status status : values()) {{\n            \
         if (status.number == number) {{\n                return status;\n            }}\n        }}\n        \
         return null;\n    }}\n}}\n",
        values.join(",\n"),
        getter("The permanent number.", "such as 410", "int number", "number"),
        getter("Whether the same call may succeed later.", "whether", "boolean retriable", "retriable"),
        getter("What it means.", "a sentence", "String meaning", "meaning"),
        javadoc(
            4,
            "The status with a number.",
            &[
                ("@param number", "the number".into()),
                ("@return", "the status, or null for one that a newer library has added".into())
            ]
        ),
    )
}

fn operations(interface: &Interface) -> String {
    let mut text = format!(
        "// {MARK}\npackage {PACKAGE};\n\nimport {PACKAGE}.model.*;\nimport java.util.function.Function;\n\n\
         {}public abstract class Operations {{\n    Operations() {{}}\n\n    \
         abstract <T> T call(String operation, Request request, Function<String, T> answer);\n\n    \
         abstract <T> LearnerLinkFuture<T> callAsync(String operation, Request request, Function<String, T> answer);\n",
        javadoc(
            0,
            "Every operation of the catalogue, in a form that blocks until there is an answer and one that does not. A \
             failure is a `LearnerLinkException`, of the class that its code and status choose; that a learner has not \
             shared, or is not found, is none but the `outcome` of the response.",
            &[]
        )
    );
    for call in &interface.calls {
        let name = camel(call.operation.name);
        let (request, response) = (&call.request.name, &call.response.name);
        let mut outcomes = String::from("the answer, whose outcome is ");
        let listed: Vec<String> = call.operation.outcomes.iter().map(|(word, _)| format!("`{word}`")).collect();
        outcomes.push_str(&listed.join(" or "));
        let asked = ("@param request", "what is asked with".to_owned());
        let _ = write!(
            text,
            "\n{}    public {response} {name}({request} request) {{\n        \
             return call({operation}, request, {response}::fromJson);\n    }}\n\n{}    \
             public LearnerLinkFuture<{response}> {name}Async(\n            {request} request) {{\n        \
             return callAsync({operation}, request, {response}::fromJson);\n    }}\n",
            javadoc(4, call.operation.summary, &[asked.clone(), ("@return", outcomes)]),
            javadoc(
                4,
                &format!("{} Does not block.", call.operation.summary),
                &[asked, ("@return", "the answer to come; the executor of the options completes it".into())]
            ),
            operation = quoted(call.operation.name),
        );
    }
    text.push_str("}\n");
    text
}

/// A class of what comes out: the answer of a call, or an object inside one.
fn answer(model: &Model, call: Option<&Call>) -> String {
    let name = &model.name;
    // The base class has the outcome.
    let own: Vec<&Field> = model.fields.iter().filter(|field| call.is_none() || field.key != "outcome").collect();
    let mut constants = String::new();
    for (word, means) in call.into_iter().flat_map(|call| call.operation.outcomes) {
        constants.push_str(&constant("Outcome", word, &format!("An outcome. {means}")));
    }
    let (mut kept, mut read, mut accessors) = (String::new(), String::new(), String::new());
    for field in &own {
        let (kind, member) = (answer_kind(field), method(&field.key));
        let _ = writeln!(kept, "    private final {kind} {member};");
        let _ = writeln!(read, "        this.{member} = {};", reading(field));
        let returns = if field.optional { "the value, or null when there is none" } else { "the value" };
        let returns =
            if matches!(field.kind, Kind::Many(_)) && !field.optional { "a list, possibly empty" } else { returns };
        let doc = javadoc(4, &field.about, &[("@return", returns.into())]);
        let _ = write!(accessors, "\n{doc}    public {kind} {member}() {{\n        return {member};\n    }}\n");
    }
    let mut shown: Vec<String> = Vec::new();
    for field in model.fields.iter().filter(|field| field.shown) {
        let member = method(&field.key);
        let value = if call.is_some() && field.key == "outcome" { "outcome()".into() } else { member.clone() };
        shown.push(format!("{}, {value}", quoted(&member)));
    }
    shown.insert(0, (shown.len() < model.fields.len()).to_string());
    let (base, parameters, arguments, made) = match call {
        Some(_) => ("Response", "String rawJson, Fields fields", "rawJson, fields", "rawJson, Fields.parse(rawJson)"),
        None => ("Model", "Fields fields", "fields", "Fields.parse(rawJson)"),
    };
    let access = if call.is_some() { "private " } else { "" };
    let lists = own.iter().any(|field| matches!(field.kind, Kind::Many(_)));
    let maps = own.iter().any(|field| field.kind == Kind::Object);
    format!(
        "// {MARK}\npackage {PACKAGE}.model;\n\nimport {PACKAGE}.{base};\nimport {PACKAGE}.internal.Fields;\n{}{}\n{}\
         public final class {name} extends {base} {{\n{constants}{kept}\n    {access}{name}({parameters}) {{\n        \
         super({arguments});\n{read}    }}\n\n{}    public static {name} fromJson(String rawJson) {{\n        \
         return new {name}({made});\n    }}\n{accessors}\n    \
         /** Shows nothing about a person. */\n    @Override\n    public String toString() {{\n        \
         return shown(\n                {});\n    }}\n}}\n",
        if lists { "import java.util.List;\n" } else { "" },
        if maps { "import java.util.Map;\n" } else { "" },
        javadoc(0, &model.about, &[]),
        javadoc(
            4,
            "Reads one from JSON text, such as one that was kept.",
            &[
                ("@param rawJson", "an object as the library writes it".into()),
                ("@return", "the model".into()),
                ("@throws IllegalArgumentException", "if it is no such object".into())
            ]
        ),
        shown.join(",\n                "),
    )
}

/// A class of what goes in: a request, or an object inside one.
fn request(model: &Model, context: &[Field]) -> String {
    let name = &model.name;
    let (mut constants, mut setters) = (String::new(), String::new());
    let all: Vec<&Field> = model.fields.iter().chain(context).collect();
    for field in &all {
        let member = method(&field.key);
        let mut about = field.about.clone();
        if let Kind::Word(words) = field.kind.item() {
            for word in words {
                constants.push_str(&constant(&field.key, word, &format!("`{word}`, for {{@link #{member}}}.")));
            }
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            let _ = write!(about, " {}: {}.", if words.len() == 1 { "Always" } else { "One of" }, words.join(", "));
        }
        if !field.optional {
            about.push_str(" Required.");
        }
        let doc = javadoc(4, &about, &[(&format!("@param {member}"), "the value".into()), ("@return", "this".into())]);
        let _ = write!(
            setters,
            "\n{doc}    public {name} {member}({kind} {member}) {{\n        set({key}, {member});\n        return this;\n    }}\n",
            kind = request_kind(&field.kind),
            key = quoted(&field.key),
        );
    }
    let lists = all.iter().any(|field| matches!(field.kind, Kind::Many(_)));
    let maps = all.iter().any(|field| field.kind == Kind::Object);
    format!(
        "// {MARK}\npackage {PACKAGE}.model;\n\nimport {PACKAGE}.Request;\n{}{}\n{}\
         public final class {name} extends Request {{\n{constants}    /** Makes one in which nothing is set. */\n    \
         public {name}() {{}}\n{setters}}}\n",
        if lists { "import java.util.Collection;\n" } else { "" },
        if maps { "import java.util.Map;\n" } else { "" },
        javadoc(0, &model.about, &[]),
    )
}

fn constant(key: &str, word: &str, about: &str) -> String {
    let name = if word.contains('_') { word.to_lowercase() } else { word.replace([' ', '-'], "_") };
    let name = words_of(key).into_iter().chain(words_of(&name)).collect::<Vec<_>>().join("_").to_uppercase();
    format!("{}    public static final String {name} = {};\n\n", javadoc(4, about, &[]), quoted(word))
}

fn answer_kind(field: &Field) -> String {
    let plain = match &field.kind {
        Kind::Whole => "long",
        Kind::Number => "double",
        Kind::Flag => "boolean",
        kind => return boxed(kind),
    };
    if field.optional { boxed(&field.kind) } else { plain.into() }
}

fn boxed(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Word(_) => "String".into(),
        Kind::Whole => "Long".into(),
        Kind::Number => "Double".into(),
        Kind::Flag => "Boolean".into(),
        Kind::Object => "Map<String, Object>".into(),
        Kind::Any => "Object".into(),
        Kind::Model(name) => name.clone(),
        Kind::Many(item) => format!("List<{}>", boxed(item)),
    }
}

fn request_kind(kind: &Kind) -> String {
    match kind {
        Kind::Whole => "long".into(),
        Kind::Number => "double".into(),
        Kind::Flag => "boolean".into(),
        Kind::Object => "Map<String, ?>".into(),
        Kind::Many(item) => format!("Collection<{}>", boxed(item)),
        kind => boxed(kind),
    }
}

/// How a member of a response is read.
fn reading(field: &Field) -> String {
    let key = quoted(&field.key);
    match &field.kind {
        Kind::Text | Kind::Word(_) => format!("fields.text({key})"),
        Kind::Whole if field.optional => format!("fields.whole({key})"),
        Kind::Whole => format!("fields.needed({key}, fields.whole({key}))"),
        Kind::Number if field.optional => format!("fields.number({key})"),
        Kind::Number => format!("fields.needed({key}, fields.number({key}))"),
        Kind::Flag if field.optional => format!("fields.flag({key})"),
        Kind::Flag => format!("fields.needed({key}, fields.flag({key}))"),
        Kind::Object => format!("fields.object({key})"),
        Kind::Any => format!("fields.any({key})"),
        Kind::Model(name) => format!("fields.model({key}, {name}::new)"),
        Kind::Many(item) => {
            let read = match item.as_ref() {
                Kind::Model(name) => format!("fields.models({key}, {name}::new)"),
                Kind::Text | Kind::Word(_) => format!("fields.texts({key})"),
                Kind::Whole => format!("fields.wholes({key})"),
                Kind::Many(inner) if **inner == Kind::Text => format!("fields.textLists({key})"),
                _ => format!("fields.anys({key})"),
            };
            if field.optional { format!("fields.has({key}) ? {read} : null") } else { read }
        }
    }
}

/// A key as the name of a method or variable.
fn method(key: &str) -> String {
    let mut name = camel(key);
    if TAKEN.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// `generate_qr` as `generateQr` and `primarySENType` as `primarySenType`.
fn camel(key: &str) -> String {
    let mut name = String::new();
    for (place, word) in words_of(key).iter().enumerate() {
        if place == 0 {
            name.push_str(word);
        } else {
            name.push_str(&word[..1].to_uppercase());
            name.push_str(&word[1..]);
        }
    }
    name
}

/// A documentation comment: a text and its tags.
fn javadoc(indent: usize, text: &str, tags: &[(&str, String)]) -> String {
    let margin = " ".repeat(indent);
    let text = markup(text);
    if tags.is_empty() && indent + text.chars().count() + 8 <= WIDTH {
        return format!("{margin}/** {text} */\n");
    }
    let line = format!("{margin} * ");
    let mut lines = format!("{margin}/**\n{}\n", wrapped(&text, WIDTH, &line, &line));
    if !tags.is_empty() {
        let _ = writeln!(lines, "{margin} *");
    }
    for (tag, means) in tags {
        let means = markup(means);
        let _ = writeln!(lines, "{}", wrapped(&format!("{tag} {means}"), WIDTH, &line, &format!("{line}    ")));
    }
    let _ = writeln!(lines, "{margin} */");
    lines
}

/// What is between backquotes as code, and nothing that HTML would take for its own.
fn markup(text: &str) -> String {
    let mut done = String::new();
    for (place, part) in text.split('`').enumerate() {
        if place % 2 == 1 {
            let _ = write!(done, "{{@code {part}}}");
        } else {
            done.push_str(&part.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_names_of_java() {
        for (key, name) in [
            ("generate_qr", "generateQr"),
            ("timeoutMs", "timeoutMs"),
            ("primarySENType", "primarySenType"),
            ("linkedULNs", "linkedUlns"),
            ("class", "class_"),
        ] {
            assert_eq!(method(key), name);
        }
        assert!(constant("matchType", "exactMatch", "").contains(" MATCH_TYPE_EXACT_MATCH = "));
        assert!(constant("reason", "PATIENT_ARCHIVED", "").contains(" REASON_PATIENT_ARCHIVED = "));
        assert!(constant("reason", "OTHER", "").contains(" REASON_OTHER = "));
        assert!(constant("state", "in progress", "").contains(" STATE_IN_PROGRESS = "));
    }

    #[test]
    fn comments_have_code_and_no_stray_html() {
        assert_eq!(javadoc(4, "A `b<c>` & <d>.", &[]), "    /** A {@code b<c>} &amp; &lt;d&gt;. */\n");
    }
}
