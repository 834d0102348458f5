//! Random choices, from a seed or from a fuzzer's bytes.

mod chance;
mod origins;
mod seed;

/// Draws numbers, from wherever they come.
pub struct Rng(Box<dyn FnMut(usize) -> usize>);

impl Rng {
    /// Draws what `draw` says, which is given the number of sides.
    pub fn new(draw: impl FnMut(usize) -> usize + 'static) -> Self {
        Rng(Box::new(draw))
    }

    /// Draws from bytes that somebody else has chosen: one for each draw among up to 256, two for others. When they run out all
    /// is zero, so whatever is drawn ends.
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
