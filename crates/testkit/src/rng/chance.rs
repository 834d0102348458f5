//! Draws with a chance, which by zeros alone never comes.

use super::Rng;

impl Rng {
    /// Whether the last of so many sides comes up.
    pub fn once_in(&mut self, sides: usize) -> bool {
        self.below(sides) == sides - 1
    }

    /// Some of these, each with a chance of one in `rarity`.
    pub fn some<T: Copy>(&mut self, rarity: usize, choices: &[T]) -> Vec<T> {
        choices.iter().copied().filter(|_| self.once_in(rarity)).collect()
    }
}
