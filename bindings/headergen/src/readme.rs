//! The generated regions of the README.

use std::path::Path;

use crate::{Files, Result, tables};

const END: &str = "<!-- /generated -->";

/// Fills the regions `<!-- generated:NAME -->` … `<!-- /generated -->` of the README, if it has any.
pub(crate) fn generate(root: &Path, files: &mut Files) -> Result<()> {
    let Some(text) = crate::read(&root.join("README.md"))? else { return Ok(()) };
    if text.contains("<!-- generated:") {
        files.insert("README.md".into(), filled(&text)?);
    }
    Ok(())
}

fn filled(text: &str) -> Result<String> {
    let mut done = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("<!-- generated:") {
        let (before, region) = rest.split_at(start);
        let (mark, inside) = region.split_once("-->").ok_or("README.md: a mark has no end")?;
        let name = mark.trim_start_matches("<!-- generated:").trim();
        let contents = match name {
            "operations" => tables::operations_table(),
            "errors" => tables::errors_table(),
            "configuration" => tables::configuration_table(),
            _ => return Err(format!("README.md: nothing generates `{name}`").into()),
        };
        let end = inside.find(END).ok_or_else(|| format!("README.md: the region `{name}` has no `{END}`"))?;
        done.push_str(&format!("{before}<!-- generated:{name} -->\n{contents}{END}"));
        rest = &inside[end + END.len()..];
    }
    done.push_str(rest);
    Ok(done)
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
