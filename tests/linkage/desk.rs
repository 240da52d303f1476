//! A register with the patients of the specification's fixture.

use std::sync::Arc;

use learnerlink::config::Config;
use learnerlink::{Clock, Error, Plugin};
use serde_json::{Map, Value, json};

use crate::place::Place;

/// The day on which the fixture is dated.
pub const TODAY: &str = "2026-11-22T10:00:00Z";
pub const VAULT_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What must be in no log, metric or error.
pub const SECRETS: [&str; 9] = [
    "K7CDX4RTMN9PQ3WHJV",
    "9990123403",
    "999 012 3403",
    "9990123411",
    "Okonkwo",
    "Dempsey",
    "Krüger",
    "1984-03-12",
    "1990-02-28",
];

/// P1 to P10, as a file to be imported.
pub const FIXTURE: &str = "\
odsCode,organisationName,organisationBlocked,nhsNumber,surname,dateOfBirth,blocked,blockReason,blockText,accountId,linkageKey,keyState
A12345,Northgate Surgery,,,,,,,,,,
B23456,Southmere Practice,true,,,,,,,,,
C34567,Harbour Medical Centre,,,,,,,,,,
A12345,,,9990123403,Okonkwo-Bright,1984-03-12,,,,4071836250,K7CDX4RTMN9PQ3WHJV,active
A12345,,,9990123411,O'Dempsey,1990-02-28,,,,,,
A12345,,,9990123438,Krüger,1971-11-05,,,,5120094477,HJ4RT9XKWQ37CDMNPV,revoked
A12345,,,9990123446,Talwin,2001-07-19,yes,PRACTICE_DECISION,Speak to reception,,,
A12345,,,9990123454,St. Orrin,1966-01-31,,,,6233310985,,
A12345,,,9990123462,Łyszcz,1958-12-24,,,,7180022943,QWX4K9MNPRTVC37DGH,active
A12345,,,9990123470,Van der Meulen,1979-06-30,,,,,,
A12345,,,9995550156,Ashdowne,1988-08-08,yes,,,8012245601,VWX94KCDGHMN7PQRT3,revoked
C34567,,,9995550121,Quillfeather,1995-05-15,,,,9034417728,KCD4GHJMN9PQRT37VW,active
B23456,,,9995550148,Pellowin,1949-09-09,,,,3345120094,TVWXY4KCDGHJMN9PQ3,active
";

pub struct Desk {
    /// For files of imports and exports.
    pub folder: tempfile::TempDir,
    pub place: Place,
    pub plugin: Arc<Plugin>,
    pub clock: Clock,
}

impl Desk {
    /// A register in a file, with the fixture.
    pub async fn new() -> Self {
        Self::with(json!({})).await
    }

    /// The same with further keys of the configuration.
    pub async fn with(more: Value) -> Self {
        let desk = Self::empty(more).await;
        let done = desk.import(FIXTURE, json!({})).await;
        assert_eq!(done["outcome"], "imported", "{done}");
        assert_eq!(done["imported"], 13, "{done}");
        desk.damage("9990123462");
        desk
    }

    pub async fn empty(more: Value) -> Self {
        let (folder, place) = (tempfile::tempdir().unwrap(), Place::new());
        let clock = Clock::manual(TODAY.parse().unwrap());
        let plugin = open(&place, &more, clock.clone()).await.unwrap();
        Self { folder, place, plugin, clock }
    }

    pub async fn call(&self, operation: &str, request: Value) -> Result<Value, Error> {
        call(&self.plugin, operation, request).await
    }

    /// The error object of a call that must fail.
    pub async fn failure(&self, operation: &str, request: Value) -> Value {
        let error = self.call(operation, request).await.expect_err("the call fails");
        let shown = error.to_json(operation, "linkage");
        let all = format!("{shown} {error:?}");
        for secret in SECRETS {
            assert!(!all.contains(secret), "{secret} is in {all}");
        }
        shown
    }

    /// Writes a file and imports it.
    pub async fn import(&self, text: &str, more: Value) -> Value {
        let path = self.folder.path().join("Zoë's register.csv");
        std::fs::write(&path, text).unwrap();
        let mut request = json!({ "path": path, "user": "clerk" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let done = self.call("import_register", request).await.unwrap();
        assert_eq!(self.staged(), 0, "rows of an import are left over");
        done
    }

    fn count(&self, of: &str) -> u64 {
        self.place.value(&format!("SELECT count(*) FROM {of}")).parse().unwrap()
    }

    pub fn staged(&self) -> u64 {
        self.count("linkage_staged")
    }

    pub fn correlations(&self) -> u64 {
        self.count("linkage_correlations")
    }

    pub async fn retrieve(&self, ods: &str, number: &str) -> Value {
        self.call("retrieve_linkage_key", json!({ "odsCode": ods, "nhsNumber": number })).await.unwrap()
    }

    pub async fn create(&self, ods: &str, number: &str, surname: &str, born: &str) -> Value {
        let request = json!({ "odsCode": ods, "nhsNumber": number, "surname": surname, "dateOfBirth": born });
        self.call("create_linkage_key", request).await.unwrap()
    }

    /// Alters the sealed bytes of a patient's key in force.
    pub fn damage(&self, number: &str) {
        let tag = self.plugin.linkage.register().patient_tag("A12345", number);
        let keys = format!("patient = (SELECT id FROM linkage_patients WHERE tag = '{tag}')");
        assert_eq!(self.count(&format!("linkage_keys WHERE {keys}")), 1);
        self.place
            .run(&format!("UPDATE linkage_keys SET sealed = substr(sealed, 1, length(sealed) - 1) WHERE {keys}"))
            .unwrap();
    }

    /// How many keys a patient of A12345 has had.
    pub fn generations(&self, number: &str) -> u64 {
        let tag = self.plugin.linkage.register().patient_tag("A12345", number);
        self.count(&format!("linkage_keys k JOIN linkage_patients p ON p.id = k.patient WHERE p.tag = '{tag}'"))
    }

    pub fn has_account(&self, number: &str) -> bool {
        let tag = self.plugin.linkage.register().patient_tag("A12345", number);
        self.count(&format!("linkage_accounts a JOIN linkage_patients p ON p.id = a.patient WHERE p.tag = '{tag}'"))
            == 1
    }

    /// The audit trail's entries of the linkage room but for imports, oldest first.
    pub async fn audit(&self) -> Vec<Value> {
        let answer = self.call("query_audit", json!({ "system": "linkage", "limit": 10_000 })).await.unwrap();
        let entries = answer["entries"].as_array().unwrap().iter();
        entries.filter(|entry| entry["operation"] != "import_register").cloned().collect()
    }
}

/// Opens a plugin at a place.
pub async fn open(place: &Place, more: &Value, clock: Clock) -> Result<Arc<Plugin>, Error> {
    let mut config = json!({ "store": place.address(), "vaultKey": VAULT_KEY, "log": { "level": "trace" } });
    config.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_else(Map::new));
    Plugin::open_with(Config::read(&config.to_string())?, clock).await
}

pub async fn call(plugin: &Arc<Plugin>, operation: &str, request: Value) -> Result<Value, Error> {
    let answer = plugin.call(operation, &request.to_string()).await?;
    Ok(serde_json::from_str(&answer.json).unwrap())
}
