//! Random choices, from a seed or from a fuzzer's bytes.

mod chance;
mod origins;
mod seed;

/// A source of random numbers.
pub struct Rng(Box<dyn FnMut(usize) -> usize>);

impl Rng {
    /// Draws with `draw`, which gets the number of sides.
    pub fn new(draw: impl FnMut(usize) -> usize + 'static) -> Self {
        Rng(Box::new(draw))
    }

    /// Draws from given bytes: one byte for a draw among up to 256, two for others. After the last byte every draw is
    /// zero, so every drawn structure ends.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut bytes = Vec::from(bytes).into_iter();
        let mut next = move || usize::from(bytes.next().unwrap_or_default());
        Rng::new(move |sides| if sides > 256 { next() << 8 | next() } else { next() })
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0(sides) % sides
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}
