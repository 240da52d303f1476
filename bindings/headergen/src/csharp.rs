//! The generated sources of the C# package: constants, statuses, models of requests and responses, methods of the
//! operations.

use std::fmt::Write as _;

use learnerlink::op::State;
use learnerlink::operations::CATALOGUE;
use learnerlink::{ABI_MAJOR, ABI_MINOR, Status, VERSION};

use crate::model::{Call, Field, Interface, Kind, Model, pascal, quoted, words_of, wrapped};
use crate::{Files, MARK};

const FOLDER: &str = "bindings/csharp/src/LearnerLink";
/// The folder of the models, in which nothing is written by hand.
pub(crate) const MODELS: &str = "bindings/csharp/src/LearnerLink/Models";
const WIDTH: usize = 116;

pub(crate) fn generate(interface: &Interface, files: &mut Files) {
    let mut keep = |file: String, text: String| files.insert(format!("{FOLDER}/{file}"), text);
    keep("Interop/Constants.cs".into(), constants());
    keep("Status.cs".into(), statuses());
    keep("Plugin.Operations.cs".into(), operations(interface));
    let mut keep = |name: &str, text: String| files.insert(format!("{MODELS}/{name}.cs"), text);
    if let Some(call) = interface.calls.first() {
        keep("Request", context(&call.context));
    }
    for part in &interface.request_parts {
        keep(&part.name, request(part, "sealed", "RequestPart"));
    }
    for part in &interface.response_parts {
        keep(&part.name, response_part(part));
    }
    for call in &interface.calls {
        keep(&call.request.name, request(&call.request, "sealed", "Request"));
        keep(&call.response.name, response(call));
    }
}

fn constants() -> String {
    let mut text = String::new();
    for status in Status::ALL {
        let _ = writeln!(
            text,
            "            new StatusMeaning({}, {}, {}, {}),",
            status.number(),
            quoted(status.code()),
            status.retriable(),
            quoted(status.meaning()),
        );
    }
    let mut names = String::new();
    for operation in CATALOGUE.iter() {
        let _ = writeln!(names, "            {},", quoted(operation.name));
    }
    let mut states = String::new();
    for (state, name, _) in State::ALL {
        let _ = writeln!(states, "        internal const int {} = {};", pascal(&name.to_lowercase()), state as i32);
    }
    file(
        "LearnerLink.Interop",
        &[],
        &format!(
            "    /// <summary>Numbers and names of the library's interface.</summary>
    internal static class Constants
    {{
        internal const string Version = \"{VERSION}\";
        internal const uint AbiMajor = {ABI_MAJOR};
        internal const uint AbiMinor = {ABI_MINOR};

        internal static readonly StatusMeaning[] Statuses =
        {{
{text}        }};

        /// <summary>The operations of the catalogue, in its order.</summary>
        internal static readonly string[] Operations =
        {{
{names}        }};
    }}

    /// <summary>How far a started operation is.</summary>
    internal static class OpState
    {{
{states}    }}
"
        ),
    )
}

fn statuses() -> String {
    let mut members = String::new();
    for (place, status) in Status::ALL.iter().enumerate() {
        let blank = if place == 0 { "" } else { "\n" };
        let summary = summary(8, status.meaning());
        let _ = writeln!(
            members,
            "{blank}{summary}        public const int {} = {};",
            pascal(&status.code().to_lowercase()),
            status.number()
        );
    }
    let about = summary(4, "The permanent numbers of what a call can end with; see `LearnerLinkException.Status`.");
    file("LearnerLink", &[], &format!("{about}    public static class Status\n    {{\n{members}    }}\n"))
}

fn operations(interface: &Interface) -> String {
    let mut methods = String::new();
    for (place, call) in interface.calls.iter().enumerate() {
        if place > 0 {
            methods.push('\n');
        }
        methods.push_str(&method(call));
    }
    file(
        "LearnerLink",
        &["System.Threading", "System.Threading.Tasks"],
        &format!(
            "    // The operations of the catalogue.\n    public sealed partial class Plugin\n    {{\n{methods}    }}\n"
        ),
    )
}

fn method(call: &Call) -> String {
    let name = pascal(call.operation.name);
    let (request, response) = (&call.request.name, &call.response.name);
    let operation = quoted(call.operation.name);
    // A request that may be empty may be left out.
    let absent =
        if call.request.fields.iter().chain(&call.context).all(|field| field.optional) { " = null" } else { "" };
    let about = summary(8, call.operation.summary);
    let asked = "        /// <param name=\"request\">What to ask for.</param>\n";
    let answer =
        format!("        /// <returns>The answer; <see cref=\"{response}.Outcomes\"/> lists its outcomes.</returns>\n");
    format!(
        "{about}{asked}{answer}        public {response} {name}({request} request{absent})
        {{
            return Call({operation}, request, {response}.FromJson);
        }}

{about}{asked}        /// <param name=\"cancel\">Stops the work.</param>
{answer}        public Task<{response}> {name}Async(
            {request} request{absent}, CancellationToken cancel = default(CancellationToken))
        {{
            return CallAsync({operation}, request, {response}.FromJson, cancel);
        }}
"
    )
}

fn context(fields: &[Field]) -> String {
    let about = "What every operation may be asked with.";
    let fields = fields.iter().map(|field| Field { optional: true, ..field.clone() }).collect();
    request(&Model { name: "Request".into(), about: about.into(), fields }, "abstract", "RequestPart")
}

fn request(model: &Model, kind: &str, base: &str) -> String {
    let mut properties = String::new();
    let mut written = String::new();
    for field in &model.fields {
        let name = member(&model.name, &field.key);
        let add = if is_json(&field.kind) { "AddJson" } else { "Add" };
        let _ = writeln!(written, "            json.{add}({}, {name});", quoted(&field.key));
        let _ = write!(
            properties,
            "{}        public {} {name} {{ get; set; }}\n\n",
            summary(8, &asked(field)),
            request_type(&field.kind),
        );
    }
    if base == "Request" {
        written.push_str("            base.WriteTo(json);\n");
    }
    let mut uses = vec!["LearnerLink.Interop"];
    if model.fields.iter().any(|field| matches!(field.kind, Kind::Many(_))) {
        uses.insert(0, "System.Collections.Generic");
    }
    let constructor = if kind == "abstract" { "        internal Request()\n        {\n        }\n\n" } else { "" };
    let name = &model.name;
    file(
        "LearnerLink",
        &uses,
        &format!(
            "{}    public {kind} class {name} : {base}
    {{
{constructor}{properties}        internal override void WriteTo(JsonWriter json)
        {{
{written}        }}
    }}
",
            summary(4, &model.about)
        ),
    )
}

fn response_part(model: &Model) -> String {
    let name = &model.name;
    let constructor = format!("        internal {name}(JsonObject source)\n            : base(source)\n");
    class(model, "Model", &model.fields, &constructor, "")
}

fn response(call: &Call) -> String {
    let name = &call.response.name;
    let fields: Vec<Field> = call.response.fields.iter().filter(|field| field.key != "outcome").cloned().collect();
    let constructor =
        format!("        private {name}(string rawJson, JsonObject source)\n            : base(rawJson, source)\n");
    let mut rest = format!(
        "
        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name=\"json\">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static {name} FromJson(string json)
        {{
            return new {name}(json, JsonReader.Object(json));
        }}

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {{
"
    );
    for (place, (outcome, means)) in call.operation.outcomes.iter().enumerate() {
        let blank = if place == 0 { "" } else { "\n" };
        let about = summary(12, means);
        let _ = writeln!(
            rest,
            "{blank}{about}            public const string {} = {};",
            property(outcome),
            quoted(outcome)
        );
    }
    rest.push_str("        }\n");
    class(&call.response, "Response", &fields, &constructor, &rest)
}

fn class(model: &Model, base: &str, fields: &[Field], constructor: &str, rest: &str) -> String {
    let mut read = String::new();
    let mut properties = String::new();
    for field in fields {
        let name = member(&model.name, &field.key);
        let _ = writeln!(read, "            {name} = source.{};", reading(field));
        let about = if is_json(&field.kind) { format!("{} As JSON.", about(field)) } else { about(field) };
        let _ = write!(
            properties,
            "{}        public {} {name} {{ get; }}\n\n",
            summary(8, &about),
            response_type(&field.kind, field.optional)
        );
    }
    let mut shown = String::new();
    for name in model.fields.iter().filter(|field| field.shown).map(|field| member(&model.name, &field.key)) {
        let _ = write!(shown, ", nameof({name}), {name}");
    }
    let hides = model.fields.iter().any(|field| !field.shown);
    let mut uses = vec!["LearnerLink.Interop"];
    if fields.iter().any(|field| matches!(field.kind, Kind::Many(_))) {
        uses.insert(0, "System.Collections.Generic");
    }
    file(
        "LearnerLink",
        &uses,
        &format!(
            "{}    public sealed class {} : {base}
    {{
{constructor}        {{
{read}        }}

{properties}        internal override string Shown()
        {{
            return Show({hides}{shown});
        }}
{rest}    }}
",
            summary(4, &model.about),
            model.name,
        ),
    )
}

/// The call that reads a value of an object.
fn reading(field: &Field) -> String {
    let key = quoted(&field.key);
    match &field.kind {
        Kind::Text | Kind::Word(_) => format!("Text({key})"),
        Kind::Whole if field.optional => format!("OptionalInteger({key})"),
        Kind::Whole => format!("Integer({key})"),
        Kind::Number if field.optional => format!("OptionalNumber({key})"),
        Kind::Number => format!("Number({key})"),
        Kind::Flag if field.optional => format!("OptionalBoolean({key})"),
        Kind::Flag => format!("Boolean({key})"),
        Kind::Object | Kind::Any => format!("Json({key})"),
        Kind::Model(name) => format!("Object({key}, value => new {name}(value))"),
        Kind::Many(item) => format!("List({key}, {})", reading_item(item)),
    }
}

/// The function that reads an item of a list.
fn reading_item(kind: &Kind) -> String {
    match kind {
        Kind::Model(name) => format!("JsonObject.AsObject(value => new {name}(value))"),
        Kind::Many(item) => format!("JsonObject.AsList({})", reading_item(item)),
        Kind::Whole => "JsonObject.AsInteger".into(),
        _ => "JsonObject.AsText".into(),
    }
}

fn response_type(kind: &Kind, optional: bool) -> String {
    match kind {
        Kind::Model(name) => name.clone(),
        Kind::Many(item) => format!("IReadOnlyList<{}>", response_type(item, false)),
        Kind::Whole | Kind::Number | Kind::Flag if optional => format!("{}?", plain_type(kind)),
        kind => plain_type(kind).into(),
    }
}

fn request_type(kind: &Kind) -> String {
    match kind {
        Kind::Model(name) => name.clone(),
        Kind::Many(item) => format!("IEnumerable<{}>", response_type(item, false)),
        Kind::Whole | Kind::Number | Kind::Flag => format!("{}?", plain_type(kind)),
        kind => plain_type(kind).into(),
    }
}

fn plain_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Whole => "long",
        Kind::Number => "double",
        Kind::Flag => "bool",
        _ => "string",
    }
}

fn is_json(kind: &Kind) -> bool {
    matches!(kind, Kind::Object | Kind::Any)
}

/// What a key of a request means, which words it takes, and whether it is required.
fn asked(field: &Field) -> String {
    let mut about = about(field);
    let kind = field.kind.item();
    if let Kind::Word(words) = kind {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let many = if matches!(field.kind, Kind::Many(_)) { "Any of" } else { "One of" };
        let _ = write!(about, " {many} {}.", words.join(", "));
    }
    if is_json(kind) {
        about.push_str(" As JSON.");
    }
    if !field.optional {
        about.push_str(" Required.");
    }
    about
}

/// What a key means; its own words where nothing more is said.
fn about(field: &Field) -> String {
    if !field.about.is_empty() {
        return field.about.clone();
    }
    let words = words_of(&field.key).join(" ");
    format!("{}{}.", words[..1].to_uppercase(), &words[1..])
}

/// A key as a name of a property: `primarySENType` is `PrimarySenType`.
fn property(key: &str) -> String {
    pascal(&words_of(key).join("_"))
}

/// A key as a name of a property of a class, which must not be that of the class, nor that of the list of outcomes in it.
fn member(class: &str, key: &str) -> String {
    match property(key) {
        name if name == class => format!("{name}Name"),
        name if name == "Outcomes" => "OutcomeCounts".into(),
        name => name,
    }
}

/// A source file of one namespace.
fn file(namespace: &str, uses: &[&str], body: &str) -> String {
    let uses: String = uses.iter().map(|used| format!("using {used};\n")).collect();
    let blank = if uses.is_empty() { "" } else { "\n" };
    format!("// {MARK}\n\n{uses}{blank}namespace {namespace}\n{{\n{body}}}\n")
}

/// A documentation comment in one line where it fits.
fn summary(indent: usize, text: &str) -> String {
    let margin = format!("{}/// ", " ".repeat(indent));
    let text = marked(text);
    let line = format!("{margin}<summary>{text}</summary>");
    if line.chars().count() <= WIDTH {
        return format!("{line}\n");
    }
    format!("{margin}<summary>\n{}\n{margin}</summary>\n", wrapped(&text, WIDTH, &margin, &margin))
}

/// Text as XML, with what stands between backquotes as code.
fn marked(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut marked = String::new();
    for (place, part) in escaped.split('`').enumerate() {
        if place > 0 {
            marked.push_str(if place % 2 == 1 { "<c>" } else { "</c>" });
        }
        marked.push_str(part);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_names_of_properties() {
        for (key, name) in [("timeoutMs", "TimeoutMs"), ("linkedULNs", "LinkedUlns"), ("from", "From")] {
            assert_eq!(property(key), name);
        }
        assert_eq!(member("Profile", "profile"), "ProfileName");
    }

    #[test]
    fn what_xml_would_read_is_escaped_and_code_is_marked() {
        assert_eq!(marked("`a<b>` & c"), "<c>a&lt;b&gt;</c> &amp; c");
    }

    #[test]
    fn everything_generated_is_described() {
        let mut files = Files::new();
        generate(&Interface::read().unwrap(), &mut files);
        for (path, text) in files {
            assert!(!text.contains("<summary></summary>"), "{path}");
        }
    }
}
