//! Linkage keys: asking for them and making them, and what the size of the register does to that.

mod embedded;
mod rest;
mod size;

use std::path::Path;

use learnerlink::Plugin;
use learnerlink::runtime::Runtime;
use serde_json::{Value, json};

use crate::{Effort, Outcome};

pub use rest::in_child;

const ODS: &str = "A12345";
const SURNAME: &str = "Quillfeather";
const BORN: &str = "1984-03-12";
const VAULT_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const CALLERS: [usize; 3] = [1, 16, 64];

/// Through the C ABI, over REST, and by the size of the register.
pub fn rows(effort: &Effort) -> Outcome {
    let mut rows = embedded::rows(effort)?;
    rows.extend(rest::rows(effort)?);
    rows.extend(size::rows(effort)?);
    Ok(rows)
}

/// Valid NHS numbers, all different.
fn nhs_numbers() -> impl Iterator<Item = String> {
    (100_000_000_u64..).filter_map(|number| {
        let digits = number.to_string();
        let sum: u32 = digits.bytes().zip(2..=10).map(|(digit, at)| u32::from(digit - b'0') * (12 - at)).sum();
        match 11 - sum % 11 {
            11 => Some(format!("{digits}0")),
            10 => None,
            check => Some(format!("{digits}{check}")),
        }
    })
}

/// A register as a file to be imported: patients with a key, then patients who have none yet.
fn file(with_key: usize, without: usize) -> String {
    let mut text =
        String::from("odsCode,organisationName,nhsNumber,surname,dateOfBirth,accountId,linkageKey,keyState\n");
    text.push_str(&format!("{ODS},Northgate Surgery,,,,,,\n"));
    for (at, number) in nhs_numbers().take(with_key + without).enumerate() {
        // As long as the ones that are made.
        let key = if at < with_key { format!("40{at:08},K{at:017},active") } else { ",,".into() };
        text.push_str(&format!("{ODS},,{number},{SURNAME},{BORN},{key}\n"));
    }
    text
}

/// The configuration of a plugin on the store at `path`.
fn config(path: &Path) -> Value {
    json!({ "store": path, "vaultKey": VAULT_KEY })
}

/// Imports a register.
fn import(runtime: &Runtime, plugin: &std::sync::Arc<Plugin>, file: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let request = json!({ "path": file, "user": "bench" }).to_string();
    let done: Value = serde_json::from_str(&runtime.handle().block_on(plugin.call("import_register", &request))?.json)?;
    if done["outcome"] == "imported" { Ok(()) } else { Err(format!("the import failed: {done}").into()) }
}

/// Makes a store with a register in it.
fn filled(runtime: &Runtime, path: &Path, with_key: usize, without: usize) -> Result<(), Box<dyn std::error::Error>> {
    let csv = path.with_extension("csv");
    std::fs::write(&csv, file(with_key, without))?;
    let plugin = runtime.handle().block_on(Plugin::open(&config(path).to_string()))?;
    import(runtime, &plugin, &csv)?;
    plugin.close();
    Ok(())
}

fn retrieve_request(nhs_number: &str) -> Value {
    json!({ "odsCode": ODS, "nhsNumber": nhs_number })
}

fn create_request(nhs_number: &str) -> Value {
    json!({ "odsCode": ODS, "nhsNumber": nhs_number, "surname": SURNAME, "dateOfBirth": BORN })
}
