//! Retrieve, and Create where that is the right next step (section 6 of the linkage specification).

use std::time::Duration;

use super::outcome::Outcome;
use super::query::Said;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::invocation::Invocation;

/// How long a composed call may take in all, unless the request says so itself.
const LONGEST: Duration = Duration::from_secs(10);
/// How often a step is repeated when its outcome may be another the next time.
const REPEATS: u32 = 2;
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The most that is added to a pause, so that many callers do not come back together.
const JITTER_MS: u64 = 100;

/// What the caller wants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    pub(super) reissue_revoked: bool,
    pub(super) create_after_patient_not_found: bool,
    pub(super) verify_demographics: bool,
}

/// What was done last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Retrieve,
    Create,
}

/// Whether an invocation is of the composed call, whose steps are repeated here and nowhere else.
pub(super) fn is_composed(invocation: &Invocation) -> bool {
    invocation.operation == "retrieve_or_create_linkage_key"
}

/// The time that is left; a composed call takes no more than its own, unless the request says so.
pub(super) fn remaining(invocation: &Invocation) -> Duration {
    let left = invocation.remaining();
    if !is_composed(invocation) || invocation.context.timeout_ms.is_some() {
        return left;
    }
    left.min(LONGEST.saturating_sub(invocation.started.elapsed()))
}

/// Carries out one step.
pub(super) trait Steps: Sync {
    /// Asks for the key, or for a new one.
    fn take(&self, step: Step) -> impl Future<Output = Result<Said>> + Send;
    /// Whether who was found is who is meant.
    fn fits(&self, said: &Said) -> bool;
    /// The time that is left.
    fn remaining(&self) -> Duration;
    /// Whether it is worth to repeat a step.
    fn repeats(&self) -> bool;
}

/// At most Retrieve, Create and Retrieve, each with its repeats. Answers with the last step taken.
pub(super) async fn compose(steps: &impl Steps, options: Options, clock: &Clock) -> Result<(Step, Said)> {
    let first = checked(steps, options, repeated(steps, Step::Retrieve, clock).await?);
    let create = match first.outcome {
        Outcome::NoLinkageKey => true,
        Outcome::KeyRevoked => options.reissue_revoked,
        Outcome::PatientNotFound => options.create_after_patient_not_found && first.reason.is_none(),
        _ => false,
    };
    if !create {
        return Ok((Step::Retrieve, first));
    }
    let created = repeated(steps, Step::Create, clock).await?;
    if created.outcome != Outcome::KeyAlreadyExists {
        return Ok((Step::Create, created));
    }
    // Somebody else won the race.
    let last = checked(steps, options, repeated(steps, Step::Retrieve, clock).await?);
    Ok(match last.outcome {
        Outcome::NoLinkageKey | Outcome::KeyRevoked => {
            (Step::Create, Said::not(Outcome::CreateFailed).because("inconsistent-supplier"))
        }
        _ => (Step::Retrieve, last),
    })
}

/// A key of somebody with another name or date of birth is not the patient's.
fn checked(steps: &impl Steps, options: Options, said: Said) -> Said {
    if options.verify_demographics && said.linkage.is_some() && !steps.fits(&said) {
        return Said::not(Outcome::PatientNotFound).because("demographics-mismatch");
    }
    said
}

async fn repeated(steps: &impl Steps, step: Step, clock: &Clock) -> Result<Said> {
    let mut pause = FIRST_PAUSE;
    for repeat in 0.. {
        let result = steps.take(step).await;
        let wait = match &result {
            Ok(said) if matches!(said.outcome, Outcome::RetrieveFailed | Outcome::CreateFailed) => pause,
            // Who asks for fewer calls is not asked for a second key.
            Err(Error::Throttled { .. }) if step == Step::Create => return result,
            Err(Error::Throttled { retry_after_ms, .. } | Error::CircuitOpen { retry_after_ms, .. }) => {
                pause.max(Duration::from_millis(*retry_after_ms))
            }
            Err(error) if error.status().retriable() => pause,
            _ => return result,
        };
        let wait = wait + Duration::from_millis(jitter());
        if repeat == REPEATS || !steps.repeats() || wait >= steps.remaining() {
            return result;
        }
        let _busy = clock.sleep(wait).await;
        pause *= 2;
    }
    Err(Error::internal("a step was repeated for ever"))
}

fn jitter() -> u64 {
    let mut byte = [0_u8; 1];
    // Without randomness all pauses are as short as can be.
    let _ = getrandom::fill(&mut byte);
    u64::from(byte[0]) * JITTER_MS / 256
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invocation::Context;

    #[test]
    fn a_composed_call_takes_ten_seconds_unless_the_request_says_so() {
        let remaining = |operation, timeout_ms| {
            let context = Context { timeout_ms, ..Context::default() };
            remaining(&Invocation::new(operation, context, Duration::from_secs(60)))
        };
        assert!(remaining("retrieve_or_create_linkage_key", None) <= LONGEST);
        assert!(remaining("retrieve_or_create_linkage_key", Some(60_000)) > LONGEST);
        assert!(remaining("create_linkage_key", None) > LONGEST);
    }
}
