//! A decision that outlives its request, for servers that see request and response apart.

use core::fmt;

use super::verdict::{Ruling, Verdict};
use crate::{
    header::HeaderText,
    server::{
        pattern::ORIGIN_LIMIT,
        policy::{Policy, settings::Form, view::PolicyForm},
        response::ResponseHeaders,
    },
};

/// The headers of a response to come, without a borrow: an origin and the number of a rule.
///
/// ```
/// use fetch_cors::header::{Headers, PairSink};
/// use fetch_cors::server::{Decision, OriginPattern, Policy};
///
/// static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://*.app.example")]).build_or_panic();
///
/// let saved = {
///     let request: [(&str, &[u8]); 1] = [("origin", b"https://a.app.example")];
///     let Decision::Handle(headers) = POLICY.decide("GET", Headers::from_pairs(&request)) else { unreachable!() };
///     headers.save()
/// };
/// // Later, when the upstream has answered:
/// let mut memory = [("", &b""[..]); 8];
/// let mut response = PairSink::new(&mut memory);
/// POLICY.restore(&saved).write(&mut response)?;
/// assert_eq!(response.pairs().len(), 2);
/// # Ok::<(), fetch_cors::header::Full>(())
/// ```
#[derive(Clone)]
pub struct SavedHeaders {
    kind: Kind,
    origin: SavedOrigin,
}

#[derive(Clone)]
#[allow(clippy::large_enum_variant, reason = "nothing is allocated to make it smaller")]
enum SavedOrigin {
    Copied {
        length: u16,
        bytes: [u8; ORIGIN_LIMIT],
    },
    /// OPTIMIZATION: the request's own value is not copied, neither here nor when it is written.
    #[cfg(feature = "http")]
    Shared(http::HeaderValue),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    WithoutOrigin,
    Several,
    Refused,
    /// A pattern of the rule matches.
    Listed {
        rule: usize,
    },
    /// The predicate or the caller of the rule has allowed it.
    Answered {
        rule: usize,
    },
}

impl SavedHeaders {
    fn new(kind: Kind, value: HeaderText<'_>) -> Self {
        #[cfg(feature = "http")]
        if let Some(value) = value.as_shared() {
            return SavedHeaders { kind, origin: SavedOrigin::Shared(value.clone()) };
        }
        let mut bytes = [0; ORIGIN_LIMIT];
        let mut length = 0;
        for (slot, byte) in bytes.iter_mut().zip(value.as_bytes()) {
            *slot = *byte;
            length += 1;
        }
        SavedHeaders { kind, origin: SavedOrigin::Copied { length, bytes } }
    }

    /// The origin; of one that is refused, as much of it as can be an origin.
    pub fn origin(&self) -> &[u8] {
        self.text().as_bytes()
    }

    fn text(&self) -> HeaderText<'_> {
        match &self.origin {
            SavedOrigin::Copied { length, bytes } => {
                HeaderText::borrowed(bytes.get(..usize::from(*length)).unwrap_or_default())
            }
            #[cfg(feature = "http")]
            SavedOrigin::Shared(value) => match value.as_bytes().get(..ORIGIN_LIMIT) {
                Some(limited) if limited.len() < value.len() => HeaderText::borrowed(limited),
                _ => HeaderText::shared(value),
            },
        }
    }
}

impl fmt::Debug for SavedHeaders {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.origin().escape_ascii();
        write!(formatter, "SavedHeaders({:?}, \"{origin}\")", self.kind)
    }
}

impl ResponseHeaders<'_> {
    /// The same, without a borrow of the policy or of the request.
    pub fn save(&self) -> SavedHeaders {
        let settings = self.policy.settings();
        let asks = |rule| settings.predicate == Some(rule) || settings.look_up == Some(rule);
        let origin = self.verdict.origin;
        match self.verdict.ruling {
            Ruling::Static | Ruling::WithoutOrigin => SavedHeaders::new(Kind::WithoutOrigin, HeaderText::EMPTY),
            Ruling::Allowed(rule) if origin.as_bytes().len() <= ORIGIN_LIMIT => {
                let answered = asks(rule) && self.policy.find(origin.as_bytes()) != Some(rule);
                let kind = if answered { Kind::Answered { rule } } else { Kind::Listed { rule } };
                SavedHeaders::new(kind, origin)
            }
            // Only a rule that sends `*` allows what is longer, and that reads no origin.
            Ruling::Allowed(rule) => SavedHeaders::new(Kind::Listed { rule }, HeaderText::EMPTY),
            Ruling::SeveralOrigins => SavedHeaders::new(Kind::Several, HeaderText::EMPTY),
            Ruling::Refused | Ruling::NotAsked => SavedHeaders::new(Kind::Refused, origin),
        }
    }
}

/// Gives the headers their policy again. What a predicate or the caller has answered stands. Another policy than the one that
/// made them, after a reload say, grants no more than its own rules do: the rule must still be there, and still be for the
/// origin.
fn restore<'a>(policy: &'a impl PolicyForm, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
    let settings = policy.settings();
    let origin = saved.text();
    let ruling = match (settings.form(), saved.kind) {
        (Form::Static, _) => Ruling::Static,
        (Form::Dynamic, Kind::WithoutOrigin) => Ruling::WithoutOrigin,
        (Form::Dynamic, Kind::Several) => Ruling::SeveralOrigins,
        (Form::Dynamic, Kind::Refused) => Ruling::Refused,
        (Form::Dynamic, Kind::Listed { rule }) if policy.find(saved.origin()) == Some(rule) => Ruling::Allowed(rule),
        (Form::Dynamic, Kind::Answered { rule })
            if settings.predicate == Some(rule) || settings.look_up == Some(rule) =>
        {
            Ruling::Allowed(rule)
        }
        (Form::Dynamic, Kind::Listed { .. } | Kind::Answered { .. }) => Ruling::Refused,
    };
    let verdict = Verdict { ruling, origin };
    ResponseHeaders { policy: policy.as_ref(), verdict }
}

impl<'a> Policy<'a> {
    /// Gives saved headers their policy again.
    ///
    /// Another policy than the one that made them, after a reload say, grants no more than its own patterns do; what a
    /// predicate or a caller has answered for the rule of the same number stands.
    pub fn restore(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
        restore(self, saved)
    }
}

#[cfg(feature = "alloc")]
impl crate::server::OwnedPolicy {
    /// See [`Policy::restore`].
    pub fn restore<'a>(&'a self, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
        restore(self, saved)
    }
}
