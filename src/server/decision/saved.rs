//! A decision that outlives its request, for servers that handle requests and responses separately.

use core::{fmt, hash};

use crate::server::origin_match::{Matched, OriginMatch};
use crate::{
    header::ValueRef,
    server::{
        pattern::ORIGIN_LIMIT,
        policy::{Policy, settings::Caching, view::AnyPolicy},
        request::OriginLines,
        response::{RequestSource, ResponseHeaders},
    },
};

/// The headers of a later response, without a borrow: the origin and the rule that matches it.
///
/// ```
/// use fetch_cors::header::{Headers, PairSink};
/// use fetch_cors::server::{Decision, MAX_ANSWER_LINES, OriginPattern, Policy};
///
/// static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")]).build_or_panic();
///
/// let saved = {
///     let request: [(&str, &[u8]); 1] = [("origin", b"https://a.app.example")];
///     let Decision::Handle(headers) = POLICY.decide("GET", Headers::from_pairs(&request)) else { unreachable!() };
///     headers.save()
/// };
/// // Later, when the upstream has answered:
/// let mut memory = [("", &b""[..]); MAX_ANSWER_LINES];
/// let mut response = PairSink::new(&mut memory);
/// POLICY.restore(&saved).write(&mut response)?;
/// assert_eq!(response.pairs().len(), 2);
/// # Ok::<(), fetch_cors::header::CapacityError>(())
/// ```
#[derive(Clone)]
pub struct SavedHeaders {
    matched: SavedMatch,
    origin: SavedOrigin,
}

/// One byte more than the longest origin, so that a value which is cut off does not become an origin.
const SAVED_LIMIT: usize = ORIGIN_LIMIT + 1;

#[derive(Clone)]
#[allow(clippy::large_enum_variant, reason = "nothing is allocated to make it smaller")]
enum SavedOrigin {
    Copied {
        length: u16,
        bytes: [u8; SAVED_LIMIT],
    },
    // OPTIMIZATION: the value of a header map is shared, so it is copied neither here nor when it is written.
    #[cfg(feature = "http")]
    Shared(http::HeaderValue),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum SavedMatch {
    Fixed,
    /// A pattern of the rule matches.
    ByPattern {
        rule: usize,
    },
    /// The predicate or the external look-up of the rule has allowed the origin.
    ByAnswer {
        rule: usize,
    },
    NoRule,
    NotLookedUp,
    SeveralOrigins,
    WithoutOrigin,
}

impl SavedHeaders {
    fn new(matched: SavedMatch, value: ValueRef<'_>) -> Self {
        #[cfg(feature = "http")]
        if let Some(value) = value.as_shared() {
            return SavedHeaders { matched, origin: SavedOrigin::Shared(value.clone()) };
        }
        let mut bytes = [0; SAVED_LIMIT];
        let mut length = 0;
        for (slot, byte) in bytes.iter_mut().zip(value.as_bytes()) {
            *slot = *byte;
            length += 1;
        }
        SavedHeaders { matched, origin: SavedOrigin::Copied { length, bytes } }
    }

    /// The value of `Origin`. If it is longer than every origin, only its first bytes.
    pub fn origin(&self) -> &[u8] {
        self.value().as_bytes()
    }

    fn value(&self) -> ValueRef<'_> {
        match &self.origin {
            SavedOrigin::Copied { length, bytes } => {
                ValueRef::borrowed(bytes.get(..usize::from(*length)).unwrap_or_default())
            }
            #[cfg(feature = "http")]
            SavedOrigin::Shared(value) => match value.as_bytes().get(..SAVED_LIMIT) {
                Some(limited) if limited.len() < value.len() => ValueRef::borrowed(limited),
                _ => ValueRef::shared(value),
            },
        }
    }

    fn origin_lines(&self) -> OriginLines<'_> {
        match self.matched {
            SavedMatch::WithoutOrigin => OriginLines::None,
            SavedMatch::SeveralOrigins => OriginLines::Several,
            _ => OriginLines::One(self.value()),
        }
    }
}

/// Two are equal if the same comes of them under the same policy.
impl PartialEq for SavedHeaders {
    fn eq(&self, other: &Self) -> bool {
        self.matched == other.matched && self.origin() == other.origin()
    }
}

impl Eq for SavedHeaders {}

impl hash::Hash for SavedHeaders {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.matched.hash(state);
        self.origin().hash(state);
    }
}

impl fmt::Debug for SavedHeaders {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.origin().escape_ascii();
        write!(formatter, "SavedHeaders({:?}, \"{origin}\")", self.matched)
    }
}

impl ResponseHeaders<'_> {
    /// The headers without a borrow of the policy or of the request, for [`Policy::restore`].
    #[inline]
    pub fn save(&self) -> SavedHeaders {
        let settings = self.policy.settings();
        let is_answered = |rule, origin: &[u8]| {
            (settings.predicate == Some(rule) || settings.external_lookup == Some(rule))
                && self.policy.find_again(origin) != Some(rule)
        };
        let matched = match self.origin_match.matched {
            Matched::Fixed => SavedMatch::Fixed,
            Matched::Rule(rule) if is_answered(rule, self.origin_match.origin.as_bytes()) => {
                SavedMatch::ByAnswer { rule }
            }
            Matched::Rule(rule) => SavedMatch::ByPattern { rule },
            Matched::NoRule => SavedMatch::NoRule,
            Matched::NotLookedUp => SavedMatch::NotLookedUp,
            Matched::SeveralOrigins => SavedMatch::SeveralOrigins,
            Matched::WithoutOrigin => SavedMatch::WithoutOrigin,
        };
        match (matched, self.origin_lines()) {
            (matched, OriginLines::One(origin)) => SavedHeaders::new(matched, origin),
            // A fixed answer does not read `Origin`, so the number of lines is counted here.
            (_, OriginLines::None) => SavedHeaders::new(SavedMatch::WithoutOrigin, ValueRef::EMPTY),
            (_, OriginLines::Several) => SavedHeaders::new(SavedMatch::SeveralOrigins, ValueRef::EMPTY),
        }
    }
}

/// Gives saved headers a policy. `is_granted` decides with the rule that they were saved with.
fn restore_if<'a>(
    policy: AnyPolicy<'a>,
    saved: &'a SavedHeaders,
    is_granted: impl Fn(SavedMatch) -> bool,
) -> ResponseHeaders<'a> {
    let matched = match (policy.settings().caching(), saved.matched) {
        (Caching::SameForAll, _) => Matched::Fixed,
        (Caching::PerRequest, SavedMatch::WithoutOrigin) => Matched::WithoutOrigin,
        (Caching::PerRequest, SavedMatch::SeveralOrigins) => Matched::SeveralOrigins,
        (Caching::PerRequest, SavedMatch::NotLookedUp) => Matched::NotLookedUp,
        (Caching::PerRequest, matched @ (SavedMatch::ByPattern { rule } | SavedMatch::ByAnswer { rule }))
            if is_granted(matched) =>
        {
            Matched::Rule(rule)
        }
        (Caching::PerRequest, _) => Matched::NoRule,
    };
    let origin_match = OriginMatch { matched, origin: saved.value() };
    ResponseHeaders { policy, origin_match, request: RequestSource::Saved(saved.origin_lines()) }
}

/// Restores for any policy: the rule must exist, and still match the origin.
fn restore<'a>(policy: AnyPolicy<'a>, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
    let settings = policy.settings();
    restore_if(policy, saved, |matched| match matched {
        SavedMatch::ByPattern { rule } => policy.find_again(saved.origin()) == Some(rule),
        SavedMatch::ByAnswer { rule } => settings.predicate == Some(rule) || settings.external_lookup == Some(rule),
        _ => false,
    })
}

impl<'a> Policy<'a> {
    /// Gives saved headers their policy again.
    ///
    /// If another policy than the one that made them restores them, after a reload for example, it grants no more than its own
    /// patterns do. What a predicate or an external look-up allowed stays allowed if the rule of the same number has one too.
    pub fn restore(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
        restore(AnyPolicy::Borrowed(self), saved)
    }
}

#[cfg(feature = "alloc")]
impl crate::server::OwnedPolicy {
    /// Gives saved headers a policy again: the one that made them, or the one that replaces it. See [`Policy::restore`].
    pub fn restore<'a>(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
        restore(AnyPolicy::Owned(self), saved)
    }

    /// Restores what this policy itself has saved.
    // OPTIMIZATION: the origin is not matched again, about 150 instructions. The policy cannot have changed, so the result is
    // that of [`restore`].
    #[cfg(feature = "tower")]
    #[inline]
    pub(crate) fn restore_own<'a>(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
        restore_if(AnyPolicy::Owned(self), saved, |_| true)
    }
}
