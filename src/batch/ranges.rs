//! A set of row numbers. Rows end nearly in their order, so that a few ranges hold any number of them.

use std::collections::BTreeMap;

/// Numbers, as ranges from the first to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ranges(BTreeMap<u64, u64>);

impl Ranges {
    /// Whether `number` is among them.
    pub(super) fn contains(&self, number: u64) -> bool {
        self.0.range(..=number).next_back().is_some_and(|(_, last)| number <= *last)
    }

    /// Adds a number; answers whether it is new.
    pub(super) fn insert(&mut self, number: u64) -> bool {
        if self.contains(number) {
            return false;
        }
        let before = number.checked_sub(1).and_then(|before| self.0.range(..=before).next_back());
        let first = match before {
            Some((first, last)) if *last + 1 == number => *first,
            _ => number,
        };
        let last = self.0.remove(&(number + 1)).unwrap_or(number);
        self.0.insert(first, last);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_any_order_become_few_ranges() {
        let mut ranges = Ranges::default();
        for number in [5, 1, 3, 2, 9, 4, 8] {
            assert!(ranges.insert(number), "{number}");
        }
        assert_eq!(ranges.0.into_iter().collect::<Vec<_>>(), [(1, 5), (8, 9)]);
    }

    #[test]
    fn what_is_in_a_range_is_there_once() {
        let mut ranges = Ranges::default();
        (1..=1000).for_each(|number| assert!(ranges.insert(number)));
        assert!(!ranges.insert(500));
        assert!(ranges.contains(1) && ranges.contains(1000) && !ranges.contains(0) && !ranges.contains(1001));
        assert_eq!(ranges.0.len(), 1);
    }
}
