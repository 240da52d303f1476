//! Handles: integers that name objects and can never name another one by mistake.
//!
//! A handle packs, from the top, one zero bit, 7 bits kind, 8 bits salt drawn once per table, 20 bits
//! slot and 28 bits generation. Free slots are reused first-in-first-out, and a slot whose generations
//! are spent is retired, so a stale handle is always found out. Looking one up touches the lock of its
//! slot only.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::error::{Error, Result};

const GENERATION_BITS: u32 = 28;
const SLOT_BITS: u32 = 20;
const LAST_GENERATION: u32 = (1 << GENERATION_BITS) - 1;
const CHUNK: usize = 1024;
const CHUNKS: usize = (1 << SLOT_BITS) / CHUNK;

/// What a handle names. The numbers are part of no promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A plugin.
    Plugin = 1,
    /// An operation that was started.
    Op = 2,
    /// A text on its way out.
    Text = 3,
    /// An error object.
    Error = 4,
    /// A completion queue.
    Queue = 5,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Plugin, Self::Op, Self::Text, Self::Error, Self::Queue];

    /// The word used in errors and statistics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plugin => "plugin",
            Self::Op => "op",
            Self::Text => "text",
            Self::Error => "error",
            Self::Queue => "queue",
        }
    }
}

/// Maps handles to values.
#[derive(Debug)]
pub struct Table<V> {
    salt: u8,
    chunks: Box<[OnceLock<Chunk<V>>]>,
    ledger: Mutex<Ledger>,
    used: AtomicU32,
}

/// What a value coming or going changes.
#[derive(Debug, Default)]
struct Ledger {
    free: VecDeque<u32>,
    live: [u64; Kind::ALL.len()],
}

/// Made when its first slot is needed, and never moved again.
type Chunk<V> = Box<[Mutex<Slot<V>>]>;

#[derive(Debug)]
struct Slot<V> {
    generation: u32,
    held: Option<(Kind, V)>,
}

impl<V: Clone> Table<V> {
    /// An empty table whose handles carry `salt`.
    #[must_use]
    pub fn new(salt: u8) -> Self {
        Self {
            salt,
            chunks: std::iter::repeat_with(OnceLock::new).take(CHUNKS).collect(),
            ledger: Mutex::default(),
            used: AtomicU32::new(0),
        }
    }

    /// Stores a value and answers with its handle.
    ///
    /// # Errors
    /// `HANDLES_EXHAUSTED` when about a million are open.
    pub fn insert(&self, kind: Kind, value: V) -> Result<u64> {
        let number = self.take_slot(kind)?;
        let mut slot = self.slot(number).ok_or_else(|| Error::HandlesExhausted)?;
        slot.generation += 1;
        slot.held = Some((kind, value));
        Ok(pack(kind, self.salt, number, slot.generation))
    }

    /// The value of an open handle of this kind.
    #[must_use]
    pub fn get(&self, kind: Kind, handle: u64) -> Option<V> {
        self.with(kind, handle, V::clone)
    }

    /// What `read` makes of the value of an open handle of this kind, which cannot be closed meanwhile.
    pub fn with<T>(&self, kind: Kind, handle: u64, read: impl FnOnce(&V) -> T) -> Option<T> {
        let (found, number, generation) = self.unpack(handle)?;
        let slot = self.slot(number)?;
        match &slot.held {
            Some((held, value)) if *held == kind && found == kind && slot.generation == generation => Some(read(value)),
            _ => None,
        }
    }

    /// Ends a handle of whatever kind and answers with its value.
    pub fn remove(&self, handle: u64) -> Option<(Kind, V)> {
        let (kind, number, generation) = self.unpack(handle)?;
        let mut slot = self.slot(number)?;
        if slot.generation != generation || slot.held.as_ref().is_none_or(|(held, _)| *held != kind) {
            return None;
        }
        let held = slot.held.take();
        let spent = slot.generation == LAST_GENERATION;
        drop(slot);
        let mut ledger = self.ledger();
        ledger.live[kind as usize - 1] -= 1;
        if !spent {
            ledger.free.push_back(number);
        }
        held
    }

    /// All values of a kind.
    #[must_use]
    pub fn values(&self, kind: Kind) -> Vec<V> {
        let used = self.used.load(Ordering::Acquire);
        let slots = (0..used).filter_map(|number| self.slot(number));
        slots
            .filter_map(|slot| slot.held.as_ref().filter(|(held, _)| *held == kind).map(|(_, value)| value.clone()))
            .collect()
    }

    /// How many handles of a kind are open.
    #[must_use]
    pub fn live(&self, kind: Kind) -> u64 {
        self.ledger().live[kind as usize - 1]
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_slot(&self, kind: Kind) -> Result<u32> {
        let mut ledger = self.ledger();
        let number = match ledger.free.pop_front() {
            Some(number) => number,
            None => self.another_slot()?,
        };
        ledger.live[kind as usize - 1] += 1;
        Ok(number)
    }

    fn another_slot(&self) -> Result<u32> {
        let taken = self
            .used
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |used| (used < 1 << SLOT_BITS).then_some(used + 1));
        taken.map_err(|_| Error::HandlesExhausted)
    }

    fn slot(&self, number: u32) -> Option<MutexGuard<'_, Slot<V>>> {
        let (chunk, place) = (number as usize / CHUNK, number as usize % CHUNK);
        let empty = || Mutex::new(Slot { generation: 0, held: None });
        let slots = self.chunks.get(chunk)?.get_or_init(|| std::iter::repeat_with(empty).take(CHUNK).collect());
        slots.get(place).map(|slot| slot.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn unpack(&self, handle: u64) -> Option<(Kind, u32, u32)> {
        let generation = (handle & u64::from(LAST_GENERATION)) as u32;
        let number = (handle >> GENERATION_BITS) as u32 & ((1 << SLOT_BITS) - 1);
        let salt = (handle >> (GENERATION_BITS + SLOT_BITS)) as u8;
        let kind = (handle >> (GENERATION_BITS + SLOT_BITS + 8)) as u8;
        // A made-up number must not make the table grow.
        let used = number < self.used.load(Ordering::Acquire);
        let kind = *Kind::ALL.iter().find(|known| **known as u8 == kind)?;
        (used && salt == self.salt && generation != 0).then_some((kind, number, generation))
    }
}

fn pack(kind: Kind, salt: u8, number: u32, generation: u32) -> u64 {
    (u64::from(kind as u8) << (GENERATION_BITS + SLOT_BITS + 8))
        | (u64::from(salt) << (GENERATION_BITS + SLOT_BITS))
        | (u64::from(number) << GENERATION_BITS)
        | u64::from(generation)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_closed_handle_never_names_its_successor() {
        let table = Table::new(7);
        let first = table.insert(Kind::Text, 1).unwrap();
        assert_eq!(table.remove(first), Some((Kind::Text, 1)));
        let second = table.insert(Kind::Text, 2).unwrap();
        assert_eq!(first >> GENERATION_BITS, second >> GENERATION_BITS, "the slot is reused");
        assert_ne!(first, second);
        assert_eq!(table.get(Kind::Text, first), None);
        assert_eq!(table.remove(first), None);
        assert_eq!(table.get(Kind::Text, second), Some(2));
    }

    #[test]
    fn a_handle_is_positive_and_bound_to_its_kind_and_table() {
        let (table, other) = (Table::new(7), Table::new(8));
        let handle = table.insert(Kind::Queue, 'q').unwrap();
        other.insert(Kind::Queue, 'o').unwrap();
        assert!(i64::try_from(handle).is_ok_and(|handle| handle > 0));
        assert_eq!(table.get(Kind::Op, handle), None);
        assert_eq!(other.get(Kind::Queue, handle), None);
        assert_eq!((table.live(Kind::Queue), table.live(Kind::Op)), (1, 0));
    }

    #[test]
    fn slots_are_reused_first_in_first_out() {
        let table = Table::new(0);
        let handles: Vec<u64> = (0..3).map(|value| table.insert(Kind::Op, value).unwrap()).collect();
        let slot = |handle: u64| handle >> GENERATION_BITS;
        for at in [1, 0, 2] {
            table.remove(handles[at]);
        }
        let again: Vec<u64> = (0..3).map(|value| table.insert(Kind::Op, value).unwrap()).collect();
        assert_eq!(again.iter().map(|h| slot(*h)).collect::<Vec<_>>(), [1, 0, 2].map(|at| slot(handles[at])));
    }

    #[test]
    fn a_slot_whose_generations_are_spent_is_retired() {
        let table = Table::new(0);
        let handle = table.insert(Kind::Op, ()).unwrap();
        table.slot(0).unwrap().generation = LAST_GENERATION;
        let last = pack(Kind::Op, 0, 0, LAST_GENERATION);
        assert!(table.remove(handle).is_none());
        assert!(table.remove(last).is_some());
        assert_ne!(table.insert(Kind::Op, ()).unwrap() >> GENERATION_BITS, last >> GENERATION_BITS);
    }

    #[test]
    fn a_full_table_says_so_and_recovers() {
        let table = Table::new(0);
        let handles: Vec<u64> = (0..1 << SLOT_BITS).map(|_| table.insert(Kind::Text, ()).unwrap()).collect();
        assert!(matches!(table.insert(Kind::Text, ()), Err(Error::HandlesExhausted)));
        table.remove(handles[77]).unwrap();
        assert!(table.insert(Kind::Text, ()).is_ok());
    }

    proptest! {
        #[test]
        fn a_made_up_number_names_nothing(number: u64, salt: u8) {
            let table = Table::new(salt);
            let real = table.insert(Kind::Plugin, ()).unwrap();
            prop_assume!(number != real);
            for kind in Kind::ALL {
                prop_assert!(table.get(kind, number).is_none());
            }
            prop_assert!(table.remove(number).is_none());
        }
    }
}
