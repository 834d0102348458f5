//! Where an answer's headers go.

use super::{HeaderName, HeaderText, VaryNames};

/// A response's headers, to write: what an answer is written into.
///
/// Names are blind to ASCII case. All methods may fail only for want of room, or as the sink's own type has it.
pub trait HeaderSink<'v> {
    /// Why a header could not be written.
    type Error;

    /// How many lines of this name there are.
    fn count(&self, name: HeaderName<'_>) -> usize;

    /// Removes the lines of this name, and adds one with this value.
    fn set(&mut self, name: HeaderName<'static>, value: HeaderText<'v>) -> Result<(), Self::Error>;

    /// Adds a line, and leaves those of the same name.
    fn append(&mut self, name: HeaderName<'static>, value: HeaderText<'v>) -> Result<(), Self::Error>;

    /// Removes the lines of all these names.
    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), Self::Error>;

    /// Adds to `Vary` the names that it has not yet; see [`VaryNames::missing_from`].
    fn merge_vary(&mut self, names: VaryNames) -> Result<(), Self::Error>;

    /// Adds an `Access-Control-Expose-Headers` that lists the names of the response's headers, for which
    /// [`HeaderName::is_worth_exposing`].
    fn expose_own_names(&mut self) -> Result<(), Self::Error>;

    /// Lends the sink, or one that is to take its place, to what is seldom called; nobody else need write this.
    #[doc(hidden)]
    #[inline(always)]
    fn lend<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R
    where
        Self: Sized,
    {
        write(self)
    }
}

/// There is no room left for a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl core::fmt::Display for Full {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("no room for another header")
    }
}

impl core::error::Error for Full {}

/// A line of a list of byte pairs.
pub(crate) type Pair<'v> = (&'v str, &'v [u8]);

/// A list of byte pairs that can grow to some size.
pub(crate) trait Pairs<'v> {
    fn pairs(&self) -> &[Pair<'v>];

    fn is_empty(&self) -> bool {
        self.pairs().is_empty()
    }

    fn push(&mut self, pair: Pair<'v>) -> Result<(), Full>;
    fn retain(&mut self, keep: impl FnMut(&Pair<'v>) -> bool);

    /// OPTIMIZATION: who lends another list in its place has its own at hand, and need not look what has become of it.
    #[inline(always)]
    fn lend<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R {
        write(self)
    }
}

/// Writes the methods of a sink over byte pairs; a blanket impl would leave no room for others' types.
macro_rules! impl_pairs_sink {
    ([$($generics:tt)*] $type:ty) => {
        impl<'v, $($generics)*> $crate::header::HeaderSink<'v> for $type {
            type Error = $crate::header::Full;

            fn count(&self, name: $crate::header::HeaderName<'_>) -> usize {
                $crate::header::pairs::count(self, name)
            }

            fn set(
                &mut self,
                name: $crate::header::HeaderName<'static>,
                value: $crate::header::HeaderText<'v>,
            ) -> Result<(), Self::Error> {
                $crate::header::pairs::set(self, name, value)
            }

            #[inline]
            fn append(
                &mut self,
                name: $crate::header::HeaderName<'static>,
                value: $crate::header::HeaderText<'v>,
            ) -> Result<(), Self::Error> {
                $crate::header::sink::Pairs::push(self, (name.as_str(), value.as_bytes()))
            }

            #[inline(always)]
            fn remove(&mut self, names: &[$crate::header::HeaderName<'static>]) -> Result<(), Self::Error> {
                $crate::header::pairs::remove(self, names);
                Ok(())
            }

            #[inline(always)]
            fn merge_vary(&mut self, names: $crate::header::VaryNames) -> Result<(), Self::Error> {
                $crate::header::pairs::merge_vary(self, names)
            }

            fn expose_own_names(&mut self) -> Result<(), Self::Error> {
                $crate::header::pairs::expose_own_names(self)
            }

            #[inline(always)]
            fn lend<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R {
                $crate::header::sink::Pairs::lend(self, write)
            }
        }
    };
}
pub(crate) use impl_pairs_sink;
