//! Draws with a given chance. A source of zeros never draws the chance.

use super::Rng;

impl Rng {
    /// Draws a number below `sides`. Returns whether it is the last one.
    pub fn once_in(&mut self, sides: usize) -> bool {
        self.below(sides) == sides - 1
    }

    /// Some of these, each with a chance of one in `rarity`.
    pub fn some<T: Copy>(&mut self, rarity: usize, choices: &[T]) -> Vec<T> {
        choices.iter().copied().filter(|_| self.once_in(rarity)).collect()
    }
}
