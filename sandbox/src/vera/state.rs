//! Holds what the emulated service knows: tokens, shares and consents.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::share::{Approval, Decision, PUSH_LIFE_SECONDS, Pattern, Share, ShareRefused, ShareState};
use super::token::Tokens;
use crate::chance::Chance;
use crate::learner::Roll;

/// The most shares that are kept; the oldest go first.
const MOST_SHARES: usize = 10_000;

/// What polling by correlation id finds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Polled {
    /// No share of this provider.
    Unknown,
    /// The learner has not decided.
    Pending,
    /// Declined, lapsed, spoilt by wrong codes, or approved too long ago.
    Closed,
    /// The learner with this ULN agreed.
    Shared(String),
}

/// What the service knows.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(super) tokens: Tokens,
    shares: BTreeMap<u64, Share>,
    numbers: HashMap<String, u64>,
    counted: u64,
    /// Who may see whose record: (ULN, UKPRN).
    consents: BTreeSet<(String, String)>,
}

impl State {
    /// Opens a share that is to be scanned; `base` is the address that the QR code leads to.
    pub(super) fn open_qr(&mut self, chance: &mut Chance, base: &str, ukprn: &str, now: i64, life: i64) -> &Share {
        let correlation_id = chance.id().to_string();
        let request_id = chance.id().to_string();
        let url = format!("openid-vc://?request_uri={base}/vc/{request_id}");
        self.open(Share {
            correlation_id,
            pattern: Pattern::Qr,
            ukprn: ukprn.to_owned(),
            request_id: Some(request_id),
            url: Some(url),
            uln: None,
            code: None,
            wrong_codes: 0,
            created: now,
            expires: now.saturating_add(life),
            decision: None,
        })
    }

    /// Opens a share that is pushed to the phone of the learner with `uln`.
    pub(super) fn open_push(&mut self, chance: &mut Chance, ukprn: &str, uln: String, now: i64) -> &Share {
        self.open(Share {
            correlation_id: chance.id().to_string(),
            pattern: Pattern::Push,
            ukprn: ukprn.to_owned(),
            request_id: None,
            url: None,
            uln: Some(uln),
            code: Some(chance.code()),
            wrong_codes: 0,
            created: now,
            expires: now.saturating_add(PUSH_LIFE_SECONDS),
            decision: None,
        })
    }

    fn open(&mut self, share: Share) -> &Share {
        while self.shares.len() >= MOST_SHARES {
            let Some((_, oldest)) = self.shares.pop_first() else { break };
            self.numbers.remove(&oldest.correlation_id);
        }
        self.counted += 1;
        self.numbers.insert(share.correlation_id.clone(), self.counted);
        self.shares.entry(self.counted).or_insert(share)
    }

    /// All shares, the oldest first.
    pub(super) fn shares(&self) -> impl DoubleEndedIterator<Item = &Share> {
        self.shares.values()
    }

    pub(super) fn share(&self, correlation_id: &str) -> Option<&Share> {
        self.shares.get(self.numbers.get(correlation_id)?)
    }

    /// The share whose QR code leads to this request.
    pub(super) fn share_of_request(&self, request_id: &str) -> Option<&Share> {
        self.shares.values().rev().find(|share| share.request_id.as_deref() == Some(request_id))
    }

    /// The share with this id, if it still waits for the learner.
    fn waiting(&mut self, correlation_id: &str, now: i64) -> Result<&mut Share, ShareRefused> {
        let number = self.numbers.get(correlation_id).ok_or(ShareRefused::Unknown)?;
        let share = self.shares.get_mut(number).ok_or(ShareRefused::Unknown)?;
        match share.state(now) {
            ShareState::Waiting => Ok(share),
            state => Err(ShareRefused::NotWaiting { state }),
        }
    }

    /// Takes the learner's yes, which lets the provider see the record from now on.
    pub(super) fn approve(
        &mut self,
        learners: &Roll,
        correlation_id: &str,
        approval: &Approval,
        now: i64,
    ) -> Result<(), ShareRefused> {
        let share = self.waiting(correlation_id, now)?;
        let uln = match share.pattern {
            Pattern::Qr => {
                let uln = approval.uln.as_deref().ok_or(ShareRefused::UlnRequired)?;
                learners.by_uln(uln).ok_or(ShareRefused::UnknownLearner)?.uln()
            }
            Pattern::Push => {
                let uln = share.uln.clone().unwrap_or_default();
                if approval.uln.as_ref().is_some_and(|given| *given != uln) {
                    return Err(ShareRefused::OtherLearner);
                }
                let code = approval.code.as_deref().ok_or(ShareRefused::CodeRequired)?;
                if share.code.as_deref() != Some(code) {
                    share.wrong_codes += 1;
                    if share.attempts_left() == 0 {
                        share.decision = Some(Decision::WrongCode);
                    }
                    return Err(ShareRefused::WrongCode { left: share.attempts_left() });
                }
                uln
            }
        };
        share.decision = Some(Decision::Approved { at: now });
        share.uln = Some(uln.clone());
        let ukprn = share.ukprn.clone();
        self.consents.insert((uln, ukprn));
        Ok(())
    }

    /// Takes the learner's no.
    pub(super) fn decline(&mut self, correlation_id: &str, now: i64) -> Result<(), ShareRefused> {
        self.waiting(correlation_id, now)?.decision = Some(Decision::Declined);
        Ok(())
    }

    /// What `ukprn` finds when it polls `correlation_id`.
    pub(super) fn poll(&self, correlation_id: &str, ukprn: &str, now: i64) -> Polled {
        let Some(share) = self.share(correlation_id).filter(|share| share.ukprn == ukprn) else {
            return Polled::Unknown;
        };
        match (share.state(now), &share.uln) {
            (ShareState::Waiting, _) => Polled::Pending,
            (ShareState::Approved, Some(uln)) => Polled::Shared(uln.clone()),
            _ => Polled::Closed,
        }
    }

    pub(super) fn consented(&self, uln: &str, ukprn: &str) -> bool {
        self.consents.contains(&(uln.to_owned(), ukprn.to_owned()))
    }

    /// All consents as (ULN, UKPRN).
    pub(super) fn consents(&self) -> impl Iterator<Item = &(String, String)> {
        self.consents.iter()
    }

    pub(crate) fn grant(&mut self, uln: &str, ukprn: &str) {
        self.consents.insert((uln.to_owned(), ukprn.to_owned()));
    }

    pub(crate) fn withdraw(&mut self, uln: &str, ukprn: &str) {
        self.consents.remove(&(uln.to_owned(), ukprn.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_000_000;
    const UKPRN: &str = "10099901";
    const ULN: &str = "5123456782";

    fn open(pattern: Pattern) -> (State, Share) {
        let mut state = State::default();
        let mut chance = Chance::new(Some(1));
        let share = match pattern {
            Pattern::Qr => state.open_qr(&mut chance, "http://h", UKPRN, NOW, 300).clone(),
            Pattern::Push => state.open_push(&mut chance, UKPRN, ULN.to_owned(), NOW).clone(),
        };
        (state, share)
    }

    #[test]
    fn an_approved_share_can_be_fetched_for_a_day_and_no_longer() {
        let (mut state, share) = open(Pattern::Qr);
        let id = &share.correlation_id;
        state.approve(&Roll::invented(), id, &Approval::by(ULN), NOW + 20).unwrap();
        assert_eq!(state.poll(id, UKPRN, NOW + 20 + 86_399), Polled::Shared(ULN.to_owned()));
        assert_eq!(state.poll(id, UKPRN, NOW + 20 + 86_400), Polled::Closed);
        assert!(state.consented(ULN, UKPRN));
    }

    #[test]
    fn a_share_lapses_at_its_expiry_and_stays_lapsed() {
        let (mut state, share) = open(Pattern::Qr);
        let id = &share.correlation_id;
        assert_eq!(state.poll(id, UKPRN, NOW + 299), Polled::Pending);
        assert_eq!(state.poll(id, UKPRN, NOW + 300), Polled::Closed);
        let refused = state.approve(&Roll::invented(), id, &Approval::by(ULN), NOW + 300);
        assert_eq!(refused, Err(ShareRefused::NotWaiting { state: ShareState::Lapsed }));
    }

    #[test]
    fn the_third_wrong_code_ends_a_push_share() {
        let (mut state, share) = open(Pattern::Push);
        let id = &share.correlation_id;
        let roll = Roll::invented();
        for left in [2, 1, 0] {
            let refused = state.approve(&roll, id, &Approval::with_code("no"), NOW + 1);
            assert_eq!(refused, Err(ShareRefused::WrongCode { left }));
        }
        let right = Approval::with_code(share.code.as_deref().unwrap());
        assert!(state.approve(&roll, id, &right, NOW + 1).is_err());
        assert_eq!(state.poll(id, UKPRN, NOW + 1), Polled::Closed);
        assert!(!state.consented(ULN, UKPRN));
    }

    #[test]
    fn forgetting_the_code_does_not_count_as_a_wrong_code() {
        let (mut state, share) = open(Pattern::Push);
        for _ in 0..5 {
            let refused = state.approve(&Roll::invented(), &share.correlation_id, &Approval::default(), NOW);
            assert_eq!(refused, Err(ShareRefused::CodeRequired));
        }
        let code = Approval::with_code(share.code.as_deref().unwrap());
        assert_eq!(state.approve(&Roll::invented(), &share.correlation_id, &code, NOW), Ok(()));
    }

    #[test]
    fn another_provider_finds_nothing() {
        let (state, share) = open(Pattern::Push);
        assert_eq!(state.poll(&share.correlation_id, "10099902", NOW), Polled::Unknown);
    }

    #[test]
    fn the_oldest_shares_make_room() {
        let mut state = State::default();
        let mut chance = Chance::new(Some(1));
        let first = state.open_push(&mut chance, UKPRN, ULN.to_owned(), NOW).correlation_id.clone();
        for _ in 0..MOST_SHARES {
            state.open_push(&mut chance, UKPRN, ULN.to_owned(), NOW);
        }
        assert_eq!(state.shares().count(), MOST_SHARES);
        assert!(state.share(&first).is_none());
    }
}
