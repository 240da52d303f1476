//! Measuring: interleaved rounds, medians, CPU time, memory and threads.

use std::fs;
use std::time::{Duration, Instant};

/// The results of one case over all rounds.
#[derive(Clone, Debug)]
pub struct Series(pub Vec<f64>);

impl Series {
    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let (upper, lower) = (sorted[sorted.len() / 2], sorted[(sorted.len() - 1) / 2]);
        (upper + lower) / 2.0
    }

    pub fn least(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub fn most(&self) -> f64 {
        self.0.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// The ratio to `other` in each round: what slows a round down slows both sides of it down.
    pub fn over(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, other)| own / other).collect())
    }
}

/// A case of a comparison: does its work and answers with what it measured.
pub type Case<'a> = Box<dyn FnMut() -> f64 + 'a>;

/// Runs every case once per round, beginning with another one each time.
pub fn interleaved(rounds: usize, mut cases: Vec<Case<'_>>) -> Vec<Series> {
    let mut results = vec![Series(Vec::new()); cases.len()];
    for round in 0..rounds {
        for turn in 0..cases.len() {
            let at = (round + turn) % cases.len();
            let result = cases[at]();
            results[at].0.push(result);
        }
    }
    results
}

/// Nanoseconds of this thread's CPU time per call, over a batch of about `span`.
///
/// CPU time, because other tenants of the machine take the core away now and then.
pub fn nanos_per_call(span: Duration, mut call: impl FnMut()) -> f64 {
    let mut calls = 16_u32;
    loop {
        let began = thread_cpu();
        for _ in 0..calls {
            call();
        }
        let took = thread_cpu() - began;
        if took >= span || calls > 1 << 30 {
            return took.as_secs_f64() * 1e9 / f64::from(calls);
        }
        let factor = span.as_secs_f64() / took.as_secs_f64().max(1e-6) * 1.2;
        calls = (f64::from(calls) * factor.clamp(2.0, 1000.0)) as u32;
    }
}

fn thread_cpu() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a local of the right type.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Seconds of CPU this process has used, in user and in kernel mode.
pub fn process_cpu() -> f64 {
    // SAFETY: zeros are a valid value of this plain structure.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to a local of the right type.
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// Resident memory of this process now, in MiB.
pub fn resident() -> f64 {
    status("VmRSS:") / 1024.0
}

/// The most resident memory this process has ever had, in MiB.
pub fn most_resident() -> f64 {
    status("VmHWM:") / 1024.0
}

/// Threads of this process.
pub fn threads() -> usize {
    status("Threads:") as usize
}

fn status(key: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells about processes");
    let line = status.lines().find(|line| line.starts_with(key)).expect("the kernel reports this");
    line.split_whitespace().nth(1).expect("a value follows").parse().expect("it is a number")
}

/// Waits until `condition` holds; false when it does not within `limit`.
pub fn becomes(limit: Duration, condition: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + limit;
    while !condition() {
        if Instant::now() > deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    true
}
