//! Draws identifiers, codes and token signatures, repeatably when a seed is given.

use fastrand::Rng;
use uuid::{Builder, Uuid};

/// The symbols of a linkage key: none that looks like another, and no vowels, so that no words appear.
const KEY_SYMBOLS: &[u8; 22] = b"34679CDFGHJKMNPQRTVWXY";

/// The length of a linkage key.
const KEY_LENGTH: usize = 18;

/// The bytes that stand for symbols, each as often as any other; the rest are drawn again.
const KEY_BYTES: u8 = 242;

/// The sandbox's source of invented values.
///
/// Each kind of value has a stream of its own, so that the third share gets the same identifier
/// however many tokens or error answers came before it.
#[derive(Clone, Debug)]
pub(crate) struct Chance {
    ids: Rng,
    codes: Rng,
    tokens: Rng,
    traces: Rng,
    linkages: Rng,
    exchanges: Rng,
    enrolments: Rng,
}

impl Chance {
    /// Starts the streams from `seed`, or from the system's randomness.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        let mut root = seed.map_or_else(Rng::new, Rng::with_seed);
        Self {
            ids: root.fork(),
            codes: root.fork(),
            tokens: root.fork(),
            traces: root.fork(),
            linkages: root.fork(),
            exchanges: root.fork(),
            enrolments: root.fork(),
        }
    }

    /// A version 4 UUID for a share or a presentation request.
    pub(crate) fn id(&mut self) -> Uuid {
        uuid(&mut self.ids)
    }

    /// Six decimal digits; leading zeros count.
    pub(crate) fn code(&mut self) -> String {
        format!("{:06}", self.codes.u32(0..1_000_000))
    }

    /// Bytes that stand for a token's signature.
    pub(crate) fn signature(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.tokens.fill(&mut bytes);
        bytes
    }

    /// A UUID for a token answer's trace or correlation.
    pub(crate) fn trace_uuid(&mut self) -> Uuid {
        uuid(&mut self.traces)
    }

    /// A linkage key.
    pub(crate) fn linkage_key(&mut self) -> String {
        std::iter::repeat_with(|| symbol(&mut self.linkages)).take(KEY_LENGTH).collect()
    }

    /// Ten decimal digits, the first not zero.
    pub(crate) fn account_id(&mut self) -> String {
        self.linkages.u64(1_000_000_000..10_000_000_000).to_string()
    }

    /// A UUID for an identity or an answer of a linkage supplier.
    pub(crate) fn linkage_uuid(&mut self) -> Uuid {
        uuid(&mut self.linkages)
    }

    /// A UUID for a message of the SIF exchange.
    pub(crate) fn sif_uuid(&mut self) -> Uuid {
        uuid(&mut self.exchanges)
    }

    /// A UUID for an enrolment or an association.
    pub(crate) fn enrolment_id(&mut self) -> Uuid {
        uuid(&mut self.enrolments)
    }

    /// Bytes that stand for a token of a home institution.
    pub(crate) fn enrolment_secret(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.tokens.fill(&mut bytes);
        bytes
    }

    /// The reference of an error of the receiver: 0 to 10000.
    pub(crate) fn enrolment_reference(&mut self) -> String {
        self.traces.u32(0..=10_000).to_string()
    }

    /// A trace identifier in the form of the W3C trace context.
    pub(crate) fn trace_id(&mut self) -> String {
        format!("00-{:032x}-{:016x}-00", self.traces.u128(1..), self.traces.u64(1..))
    }
}

fn symbol(stream: &mut Rng) -> char {
    loop {
        let byte = stream.u8(..);
        if byte < KEY_BYTES {
            return char::from(KEY_SYMBOLS[usize::from(byte) % KEY_SYMBOLS.len()]);
        }
    }
}

fn uuid(stream: &mut Rng) -> Uuid {
    Builder::from_random_bytes(stream.u128(..).to_be_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_values() {
        let mut one = Chance::new(Some(7));
        let mut two = Chance::new(Some(7));
        assert_eq!((one.id(), one.code(), one.signature()), (two.id(), two.code(), two.signature()));
        assert_ne!(Chance::new(Some(8)).id(), Chance::new(Some(7)).id());
    }

    #[test]
    fn identifiers_do_not_depend_on_how_many_traces_were_drawn() {
        let mut quiet = Chance::new(Some(7));
        let mut noisy = Chance::new(Some(7));
        for _ in 0..5 {
            noisy.trace_id();
            noisy.signature();
        }
        assert_eq!(quiet.id(), noisy.id());
        assert_eq!(quiet.code(), noisy.code());
    }

    #[test]
    fn a_code_is_six_digits_even_when_it_begins_with_zeros() {
        let mut chance = Chance::new(Some(1));
        let codes: Vec<_> = (0..2000).map(|_| chance.code()).collect();
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())));
        assert!(codes.iter().any(|code| code.starts_with('0')));
    }

    #[test]
    fn a_linkage_key_is_eighteen_symbols_that_are_drawn_alike() {
        let mut chance = Chance::new(Some(1));
        let mut counts = [0_u32; 22];
        for _ in 0..1000 {
            let key = chance.linkage_key();
            assert_eq!(key.len(), 18);
            for byte in key.bytes() {
                counts[KEY_SYMBOLS.iter().position(|symbol| *symbol == byte).unwrap()] += 1;
            }
        }
        assert!(counts.iter().all(|count| (700..940).contains(count)), "{counts:?}");
        assert_eq!(chance.account_id().len(), 10);
    }

    #[test]
    fn without_a_seed_two_sandboxes_differ() {
        assert_ne!(Chance::new(None).id(), Chance::new(None).id());
    }
}
