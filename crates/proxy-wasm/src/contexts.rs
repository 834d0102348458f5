//! The contexts of a module, by the proxy's numbers for them.

use alloc::vec::Vec;

/// Contexts, sorted by their numbers.
// OPTIMIZATION: a map of the standard library would make the module 7 KB larger. A sorted list finds the same contexts.
// Proxies number contexts upwards, so a new one is nearly always added at the end.
#[derive(Debug)]
pub(crate) struct Contexts<T>(Vec<(u32, T)>);

impl<T> Contexts<T> {
    pub(crate) const fn new() -> Self {
        Contexts(Vec::new())
    }

    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        let place = self.place(number).ok()?;
        self.0.get(place).map(|(_, context)| context)
    }

    pub(crate) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        let place = self.place(number).ok()?;
        self.0.get_mut(place).map(|(_, context)| context)
    }

    /// Adds a context. It replaces the one with the same number, if there is one.
    pub(crate) fn insert(&mut self, number: u32, context: T) {
        match self.place(number) {
            Ok(place) => {
                if let Some(old) = self.0.get_mut(place) {
                    old.1 = context;
                }
            }
            Err(place) => self.0.insert(place, (number, context)),
        }
    }

    pub(crate) fn remove(&mut self, number: u32) {
        if let Ok(place) = self.place(number) {
            self.0.remove(place);
        }
    }

    fn place(&self, number: u32) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if *last < number => Err(self.0.len()),
            _ => self.0.binary_search_by_key(&number, |(number, _)| *number),
        }
    }
}
