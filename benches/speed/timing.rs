//! Whether the time of comparing a linkage key tells where a wrong one differs.
//!
//! As in dudect: the classes are measured in random order, what lies above a percentile that a first pass has fixed is
//! left out because other tenants of the machine and not the code caused it, and Welch's t says whether the means
//! of two classes differ by more than chance. Above 4.5 they do. That the test finds a dependence where there is
//! one is shown by a comparison that stops at the first difference.

use std::hint::black_box;
use std::time::Instant;

use learnerlink::Plugin;
use learnerlink::runtime::Runtime;
use subtle::ConstantTimeEq;

use crate::report::{Goal, Row};
use crate::{Effort, Outcome};

const ODS: &str = "A12345";
const KEY: &str = "K7CDX4RTMN9PQ3WHJV";
const EVIDENCE: f64 = 4.5;
/// What is kept of the measurements, by the first pass.
const KEPT: f64 = 0.8;
/// How often a comparison of some nanoseconds is repeated, so that the clock's own cost does not drown it.
const REPEATED: usize = 32;

/// The register's check of a key, the comparison in it, and one that is known to leak.
pub fn rows(effort: &Effort) -> Outcome {
    let samples = if effort.quick { 100_000 } else { 1_000_000 };
    let runtime = Runtime::shared()?;
    let plugin = runtime.handle().block_on(Plugin::open(r#"{"store":":memory:"}"#))?;
    let register = plugin.linkage.register();
    let mac = register.mac(ODS, KEY);

    let keys = [
        ("right", KEY.to_owned()),
        ("first symbol wrong", with(KEY, 0)),
        ("middle symbol wrong", with(KEY, KEY.len() / 2)),
        ("last symbol wrong", with(KEY, KEY.len() - 1)),
        ("all wrong", KEY.chars().map(other).collect()),
    ];
    // All classes in the same place, so that they differ in nothing but what they hold.
    let mut presented = KEY.to_owned();
    let mut checked_by = |check: &dyn Fn(&str) -> bool| {
        Classes::measured(keys.len(), samples, |class| {
            presented.clear();
            presented.push_str(&keys[class].1);
            let began = Instant::now();
            black_box(check(black_box(&presented)));
            began.elapsed()
        })
    };
    let checked = checked_by(&|presented| register.is_key(black_box(ODS), presented, black_box(&mac)));
    // As much work as the register has, and then the key itself instead of its mac.
    let careless = checked_by(&|presented| {
        black_box(register.mac(black_box(ODS), presented));
        byte_by_byte(black_box(KEY.as_bytes()), presented.as_bytes())
    });
    let macs = [mac, altered(mac, 0), altered(mac, 15), altered(mac, 31)];
    let macs_compared = compared(&macs, samples, |left, right| left.ct_eq(right).into());
    let leaking = compared(&macs, samples, byte_by_byte);
    plugin.close();

    let t = |what: &str, classes: &Classes, goal| {
        Row::value(&format!("{what}, largest |t| of {} classes", classes.0.len()), "", classes.largest_t(), goal)
    };
    let mut rows = vec![
        t("linkage key checked by the register", &checked, Goal::AtMost(EVIDENCE)),
        t("macs compared as the register does", &macs_compared, Goal::AtMost(EVIDENCE)),
        t("control: linkage key compared symbol by symbol", &careless, Goal::AtLeast(EVIDENCE)),
        t("control: macs compared byte by byte", &leaking, Goal::AtLeast(EVIDENCE)),
    ];
    for ((name, _), class) in keys.iter().zip(&checked.0) {
        eprintln!("timing: {name}: {} samples, least {:.0} ns, mean {:.1} ns", class.len(), least(class), mean(class));
        rows.push(Row::value(&format!("linkage key checked, {name}: trimmed mean"), "ns", mean(class), Goal::None));
    }
    rows.push(Row::value("the same: largest difference of the means", "ns", checked.spread(mean), Goal::None));
    rows.push(Row::value("the same: largest difference of the minima", "ns", checked.spread(least), Goal::None));
    rows.push(Row::value(
        "control, symbol by symbol: largest difference of the means",
        "ns",
        careless.spread(mean),
        Goal::None,
    ));
    Ok(rows)
}

/// A key with another symbol at one place.
fn with(key: &str, at: usize) -> String {
    key.chars().enumerate().map(|(place, symbol)| if place == at { other(symbol) } else { symbol }).collect()
}

fn other(symbol: char) -> char {
    if symbol == 'X' { 'Y' } else { 'X' }
}

fn altered(mut mac: [u8; 32], at: usize) -> [u8; 32] {
    mac[at] ^= 1;
    mac
}

/// What `==` would be if it were written by hand.
#[inline(never)]
fn byte_by_byte(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| black_box(left) == black_box(right))
}

/// The first of `macs` compared with each of them.
fn compared(macs: &[[u8; 32]], samples: usize, same: impl Fn(&[u8], &[u8]) -> bool) -> Classes {
    let (known, mut presented) = (macs[0], macs[0]);
    Classes::measured(macs.len(), samples, |class| {
        presented = macs[class];
        let began = Instant::now();
        for _ in 0..REPEATED {
            black_box(same(black_box(&known), black_box(&presented)));
        }
        began.elapsed()
    })
}

/// Nanoseconds of each class.
struct Classes(Vec<Vec<f64>>);

impl Classes {
    fn measured(classes: usize, samples: usize, mut measure: impl FnMut(usize) -> std::time::Duration) -> Self {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut drawn = || {
            // Marsaglia's xorshift: the order must be without pattern, not secret.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 33) as usize % classes
        };
        let mut sample = || {
            let class = drawn();
            (class, measure(class).as_nanos() as f64)
        };
        let mut first: Vec<f64> = (0..samples / 10).map(|_| sample().1).collect();
        first.sort_by(f64::total_cmp);
        let most = first[(first.len() as f64 * KEPT) as usize];
        let mut found = vec![Vec::with_capacity(samples / classes); classes];
        for _ in 0..samples {
            let (class, took) = sample();
            if took <= most {
                found[class].push(took);
            }
        }
        Self(found)
    }

    fn largest_t(&self) -> f64 {
        let pairs = self.0.iter().enumerate().flat_map(|(at, one)| self.0[..at].iter().map(move |other| (one, other)));
        pairs.map(|(one, other)| welch(one, other).abs()).fold(0.0, f64::max)
    }

    /// How far the classes lie apart by some figure.
    fn spread(&self, figure: fn(&[f64]) -> f64) -> f64 {
        let figures = || self.0.iter().map(|class| figure(class));
        figures().fold(f64::NEG_INFINITY, f64::max) - figures().fold(f64::INFINITY, f64::min)
    }
}

/// Welch's t: the difference of two means in units of its own standard error.
fn welch(one: &[f64], other: &[f64]) -> f64 {
    let error = |class: &[f64]| {
        let mean = mean(class);
        let squares: f64 = class.iter().map(|value| (value - mean).powi(2)).sum();
        squares / (class.len() as f64 - 1.0) / class.len() as f64
    };
    (mean(one) - mean(other)) / (error(one) + error(other)).sqrt()
}

fn mean(class: &[f64]) -> f64 {
    class.iter().sum::<f64>() / class.len() as f64
}

fn least(class: &[f64]) -> f64 {
    class.iter().copied().fold(f64::INFINITY, f64::min)
}
