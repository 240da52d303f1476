//! The generated regions of files that are otherwise written by hand.

use std::fmt::Write as _;
use std::path::Path;

use learnerlink::operations::CATALOGUE;

use crate::{Files, Result, tables};

const END: &str = "<!-- /generated -->";

const FILES: [&str; 2] = ["README.md", "include/learnerlink.hpp"];

/// Fills the regions `<!-- generated:NAME -->` … `<!-- /generated -->` of the files that have some.
pub(crate) fn generate(root: &Path, files: &mut Files) -> Result<()> {
    for path in FILES {
        if let Some(text) = crate::read(&root.join(path))?.filter(|text| text.contains("<!-- generated:")) {
            files.insert(path.into(), filled(&text).map_err(|problem| format!("{path}: {problem}"))?);
        }
    }
    Ok(())
}

fn filled(text: &str) -> Result<String> {
    let mut done = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("<!-- generated:") {
        let (before, region) = rest.split_at(start);
        let (mark, inside) = region.split_once("-->").ok_or("a mark has no end")?;
        let name = mark.trim_start_matches("<!-- generated:").trim();
        let contents = match name {
            "operations" => tables::operations_table(),
            "errors" => tables::errors_table(),
            "configuration" => tables::configuration_table(),
            "cpp-operations" => cpp_operations(),
            _ => return Err(format!("nothing generates `{name}`").into()),
        };
        let end = inside.find(END).ok_or_else(|| format!("the region `{name}` has no `{END}`"))?;
        done.push_str(&format!("{before}<!-- generated:{name} -->\n{contents}{END}"));
        rest = &inside[end + END.len()..];
    }
    done.push_str(rest);
    Ok(done)
}

/// The members of the C++ class that are named after operations.
fn cpp_operations() -> String {
    let mut text = String::new();
    for operation in CATALOGUE.iter() {
        let _ = write!(
            text,
            "\n    /** {} */\n    std::string {name}(const std::string &request = \"{{}}\") const {{\n        \
             return named(&learnerlink_{name}, request);\n    }}\n",
            operation.summary,
            name = operation.name,
        );
    }
    text + "\n    // "
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_filled_and_the_rest_is_left_alone() {
        let text = "# Title\n<!-- generated:errors -->\nfrom last year\n<!-- /generated -->\nbetween\n\
                    <!-- generated:operations -->\n<!-- /generated -->\nend\n";
        let once = filled(text).unwrap();
        assert!(once.starts_with("# Title\n<!-- generated:errors -->\n| Status |"), "{once}");
        assert!(once.contains("<!-- /generated -->\nbetween\n<!-- generated:operations -->\n| System |"), "{once}");
        assert!(once.ends_with("<!-- /generated -->\nend\n") && !once.contains("last year"), "{once}");
        assert_eq!(filled(&once).unwrap(), once);
    }

    #[test]
    fn a_region_without_end_or_of_an_unknown_name_is_refused() {
        assert!(filled("<!-- generated:errors -->").unwrap_err().to_string().contains("has no"));
        assert!(filled("<!-- generated:x --><!-- /generated -->").unwrap_err().to_string().contains("`x`"));
    }
}
