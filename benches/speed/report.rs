//! The table at the end, and the same as JSON.

use serde_json::{Value, json};

use crate::measure::Series;

/// What a row has to reach.
#[derive(Clone, Copy)]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    Exactly(f64),
    /// Reported only.
    None,
}

impl Goal {
    fn met(self, value: f64) -> Option<bool> {
        match self {
            Self::AtLeast(least) => Some(value >= least),
            Self::AtMost(most) => Some(value <= most),
            Self::Exactly(wanted) => Some(value == wanted),
            Self::None => None,
        }
    }

    fn text(self, unit: &str) -> String {
        match self {
            Self::AtLeast(least) => format!("≥ {least}{unit}"),
            Self::AtMost(most) => format!("≤ {most}{unit}"),
            Self::Exactly(wanted) => format!("= {wanted}{unit}"),
            Self::None => "–".into(),
        }
    }
}

/// One line of the table.
pub struct Row {
    what: String,
    ours: String,
    baseline: String,
    ratio: String,
    target: String,
    met: Option<bool>,
    numbers: Value,
}

impl Row {
    /// A row that compares us with a baseline measured in the same rounds.
    pub fn ratio(what: &str, unit: &str, ours: &Series, baseline: &Series, goal: Goal) -> Self {
        let ratio = ours.over(baseline);
        let median = ratio.median();
        Self {
            what: what.into(),
            ours: amount(ours.median(), unit),
            baseline: amount(baseline.median(), unit),
            ratio: format!("{}× ({}–{})", short(median), short(ratio.least()), short(ratio.most())),
            target: goal.text("×"),
            met: goal.met(median),
            numbers: json!({ "unit": unit, "ours": ours.0, "baseline": baseline.0, "ratio": median }),
        }
    }

    /// A row that stands for itself.
    pub fn value(what: &str, unit: &str, value: f64, goal: Goal) -> Self {
        Self {
            what: what.into(),
            ours: amount(value, unit),
            baseline: "–".into(),
            ratio: "–".into(),
            target: goal.text(&format!(" {unit}")),
            met: goal.met(value),
            numbers: json!({ "unit": unit, "ours": value }),
        }
    }

    /// A row that could not be measured, and why.
    pub fn skipped(what: &str, why: &str) -> Self {
        Self {
            what: what.into(),
            ours: format!("not measured: {why}"),
            baseline: "–".into(),
            ratio: "–".into(),
            target: "–".into(),
            met: None,
            numbers: json!({ "skipped": why }),
        }
    }

    fn verdict(&self) -> &'static str {
        match self.met {
            Some(true) => "met",
            Some(false) => "NOT MET",
            None => "–",
        }
    }
}

fn amount(value: f64, unit: &str) -> String {
    format!("{} {unit}", short(value)).trim_end().to_owned()
}

/// Three significant digits are more than two shared cores can tell.
fn short(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        medium if medium >= 10.0 => format!("{value:.1}"),
        0.0 => "0".into(),
        _ => format!("{value:.2}"),
    }
}

/// The table as text.
pub fn table(rows: &[Row]) -> String {
    let heading = ["what", "ours", "baseline", "ratio (min–max)", "target", "verdict"].map(str::to_owned);
    let mut lines = vec![heading];
    for row in rows {
        let verdict = row.verdict().to_owned();
        let [what, ours, baseline, ratio, target] =
            [&row.what, &row.ours, &row.baseline, &row.ratio, &row.target].map(Clone::clone);
        lines.push([what, ours, baseline, ratio, target, verdict]);
    }
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    lines.insert(1, std::array::from_fn(|column| "-".repeat(widths[column])));
    let text = |line: &[String; 6]| {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    lines.iter().map(text).collect()
}

/// The rows as JSON.
pub fn document(rows: &[Row]) -> Value {
    let entries = rows.iter().map(|row| {
        let mut entry = row.numbers.clone();
        entry["what"] = json!(row.what);
        entry["target"] = json!(row.target);
        entry["met"] = json!(row.met);
        entry
    });
    json!({ "version": learnerlink::VERSION, "rows": entries.collect::<Vec<_>>() })
}
