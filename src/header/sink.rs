//! Sinks for the headers of an answer.

use super::{HeaderName, ValueRef, VaryNames, vary};
use crate::grammar::{Elements, is_lowercase};

/// A response's headers, in a type of your own, to write an answer into.
///
/// Three methods define how the type stores its lines. The other methods call them, above all to merge `Vary` and to
/// expose the response's own headers.
///
/// # Errors
///
/// A method fails if the type has no space for a line, or for a reason of its own.
///
/// # Example
///
/// A newtype makes a sink of a type of another crate.
///
/// ```
/// use core::convert::Infallible;
/// use fetch_cors::header::{HeaderName, HeaderSink, Headers, ValueRef};
/// use fetch_cors::server::PolicyConfig;
///
/// struct Response(Vec<(String, Vec<u8>)>);
///
/// impl HeaderSink for Response {
///     type Error = Infallible;
///
///     fn for_each_line(&self, visit: &mut dyn FnMut(&str, &[u8])) {
///         self.0.iter().for_each(|(name, value)| visit(name, value));
///     }
///
///     fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), Infallible> {
///         self.0.retain(|(line, _)| names.iter().all(|name| !line.eq_ignore_ascii_case(name.as_str())));
///         Ok(())
///     }
///
///     fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), Infallible> {
///         self.0.push((name.as_str().to_owned(), value.as_bytes().to_vec()));
///         Ok(())
///     }
/// }
///
/// let policy = PolicyConfig::new(["https://*.app.example"]).build().unwrap();
/// let mut response = Response(vec![("Vary".to_owned(), b"Accept".to_vec())]);
/// let request: [(&str, &[u8]); 1] = [("origin", b"https://eu.app.example")];
/// policy.decide("GET", Headers::from_pairs(&request)).write(&mut response)?;
/// assert_eq!(response.0[1], ("vary".to_owned(), b"origin".to_vec()));
/// assert_eq!(response.0[2], ("access-control-allow-origin".to_owned(), b"https://eu.app.example".to_vec()));
/// # Ok::<(), Infallible>(())
/// ```
pub trait HeaderSink {
    /// Why a header could not be written.
    type Error;

    /// Calls `visit` with the name and the value of each line. Each call gives the lines in the same order, except for lines
    /// that have been added or removed meanwhile.
    fn for_each_line(&self, visit: &mut dyn FnMut(&str, &[u8]));

    /// Removes all lines of these names. Names are compared without regard to ASCII case.
    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), Self::Error>;

    /// Adds a line, and keeps the lines of the same name.
    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), Self::Error>;

    /// How many lines have this name.
    fn count(&self, name: HeaderName<'_>) -> usize {
        let mut count = 0;
        self.for_each_line(&mut |other, _| count += usize::from(HeaderName::from_transport(other) == name));
        count
    }

    /// Adds to `Vary` the names that it does not have yet. See [`VaryNames::missing_from`].
    fn merge_vary(&mut self, names: VaryNames) -> Result<(), Self::Error> {
        if let Some(own) = names.as_own()
            && self.count(HeaderName::VARY) == 0
        {
            return self.append(HeaderName::VARY, ValueRef::borrowed(own.as_line().as_bytes()));
        }
        for name in names.iter() {
            let mut is_named = false;
            self.for_each_line(&mut |other, value| {
                is_named |= is_vary(other) && vary::is_named(name.as_str().as_bytes(), core::iter::once(value));
            });
            if !is_named {
                self.append(HeaderName::VARY, ValueRef::borrowed(name.as_str().as_bytes()))?;
            }
        }
        Ok(())
    }

    /// Adds lines of `Access-Control-Expose-Headers` with the names of the response's own headers that are [worth
    /// exposing](HeaderName::is_worth_exposing). A name of more than 512 bytes is left out.
    fn expose_own_names(&mut self) -> Result<(), Self::Error> {
        let mut done = 0;
        loop {
            let mut list = NameList::new();
            let mut place = 0;
            self.for_each_line(&mut |name, _| {
                // The lines that this loop adds are skipped, wherever the type puts them.
                if HeaderName::from_transport(name) == HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS {
                    return;
                }
                if place == done && list.takes(name) {
                    done += 1;
                }
                place += 1;
            });
            if list.length > 0 {
                self.append(HeaderName::ACCESS_CONTROL_EXPOSE_HEADERS, ValueRef::borrowed(list.as_bytes()))?;
            }
            if done == place {
                return Ok(());
            }
        }
    }
}

pub(crate) fn is_vary(name: &str) -> bool {
    is_lowercase(name.as_bytes(), b"vary")
}

/// A list of names in fixed memory.
struct NameList {
    bytes: [u8; NAME_LIST_LIMIT],
    length: usize,
}

const NAME_LIST_LIMIT: usize = 512;

impl NameList {
    const fn new() -> Self {
        NameList { bytes: [0; NAME_LIST_LIMIT], length: 0 }
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Adds a name that is worth exposing and not in the list yet. Returns `false` if the list has no space for it.
    fn takes(&mut self, name: &str) -> bool {
        let is_listed = || Elements::new(self.as_bytes()).any(|listed| listed.eq_ignore_ascii_case(name.as_bytes()));
        if name.len() > NAME_LIST_LIMIT
            || !HeaderName::new(name).is_ok_and(HeaderName::is_worth_exposing)
            || is_listed()
        {
            return true;
        }
        let separator: &[u8] = if self.length == 0 { b"" } else { b", " };
        let end = self.length + separator.len() + name.len();
        let Some(room) = self.bytes.get_mut(self.length..end) else { return false };
        for (slot, byte) in room.iter_mut().zip(separator.iter().chain(name.as_bytes())) {
            *slot = *byte;
        }
        self.length = end;
        true
    }
}

/// A sink for an answer: every [`HeaderSink`], [`PairSink`](super::PairSink), `Vec` of byte pairs (feature `alloc`),
/// and `heapless::Vec` of byte pairs (feature `heapless`).
///
/// Byte pairs borrow the values that are written, so they must not outlive the policy and the request: `'v`. Implement
/// [`HeaderSink`] for other types.
pub trait AnswerSink<'v>: sealed::Sealed {
    /// Why a header could not be written.
    type Error;

    /// How many lines have this name.
    fn count(&self, name: HeaderName<'_>) -> usize;

    /// Adds a line, and keeps the lines of the same name.
    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'v>) -> Result<(), Self::Error>;

    /// Removes all lines of these names.
    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), Self::Error>;

    /// Adds to `Vary` the names that it does not have yet.
    fn merge_vary(&mut self, names: VaryNames) -> Result<(), Self::Error>;

    /// Adds lines of `Access-Control-Expose-Headers` with the names of the response's own headers.
    fn expose_own_names(&mut self) -> Result<(), Self::Error>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
    impl<S: super::HeaderSink> Sealed for S {}
}

impl<'v, S: HeaderSink> AnswerSink<'v> for S {
    type Error = S::Error;

    fn count(&self, name: HeaderName<'_>) -> usize {
        HeaderSink::count(self, name)
    }

    #[inline(always)]
    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'v>) -> Result<(), S::Error> {
        HeaderSink::append(self, name, value)
    }

    #[inline(always)]
    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), S::Error> {
        HeaderSink::remove(self, names)
    }

    #[inline]
    fn merge_vary(&mut self, names: VaryNames) -> Result<(), S::Error> {
        HeaderSink::merge_vary(self, names)
    }

    fn expose_own_names(&mut self) -> Result<(), S::Error> {
        HeaderSink::expose_own_names(self)
    }
}

/// Calls `write` with the sink as a trait object, and returns the sink's error.
// OPTIMIZATION: rarely used code is compiled once for all types of sinks in this way. The written lines are the same.
pub(crate) fn with_any_sink<'v, S: AnswerSink<'v>>(
    sink: &mut S,
    write: impl FnOnce(&mut AnySink<'_, 'v>) -> Result<(), Stopped>,
) -> Result<(), S::Error> {
    let mut noting = Noting { sink, error: None };
    // The error is kept in `noting`.
    let _ = write(&mut noting);
    noting.error.map_or(Ok(()), Err)
}

/// A sink of any type, as a trait object.
pub(crate) type AnySink<'s, 'v> = dyn AnswerSink<'v, Error = Stopped> + 's;

/// The sink has failed, and its error has been kept.
pub(crate) struct Stopped;

/// A sink whose error is kept.
struct Noting<'s, S, E> {
    sink: &'s mut S,
    error: Option<E>,
}

impl<S, E> Noting<'_, S, E> {
    fn note(&mut self, work: impl FnOnce(&mut S) -> Result<(), E>) -> Result<(), Stopped> {
        work(self.sink).map_err(|error| {
            self.error = Some(error);
            Stopped
        })
    }
}

impl<S, E> sealed::Sealed for Noting<'_, S, E> {}

impl<'v, S: AnswerSink<'v>> AnswerSink<'v> for Noting<'_, S, S::Error> {
    type Error = Stopped;

    fn count(&self, name: HeaderName<'_>) -> usize {
        self.sink.count(name)
    }

    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'v>) -> Result<(), Stopped> {
        self.note(|sink| sink.append(name, value))
    }

    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), Stopped> {
        self.note(|sink| sink.remove(names))
    }

    fn merge_vary(&mut self, names: VaryNames) -> Result<(), Stopped> {
        self.note(|sink| sink.merge_vary(names))
    }

    fn expose_own_names(&mut self) -> Result<(), Stopped> {
        self.note(S::expose_own_names)
    }
}

/// The sink has no room for another header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "sinks outside of this crate return it")]
pub struct CapacityError;

impl core::fmt::Display for CapacityError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("no room for another header")
    }
}

impl core::error::Error for CapacityError {}
