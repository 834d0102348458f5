//! A decision that outlives its request, for servers that see request and response apart.

use core::fmt;

use super::{
    answer::ResponseHeaders, decide::Verdict, form::PolicyForm, pattern::ORIGIN_LIMIT, policy::Policy, settings::Form,
};
use crate::header::HeaderText;

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

const NO_ORIGIN: HeaderText<'static> = HeaderText::borrowed(b"");

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
        match self.verdict {
            Verdict::Static | Verdict::WithoutOrigin => SavedHeaders::new(Kind::WithoutOrigin, NO_ORIGIN),
            Verdict::Allowed(rule, origin) if origin.as_bytes().len() <= ORIGIN_LIMIT => {
                let answered = asks(rule) && self.policy.find(origin.as_bytes()) != Some(rule);
                let kind = if answered { Kind::Answered { rule } } else { Kind::Listed { rule } };
                SavedHeaders::new(kind, origin)
            }
            // Only a rule that sends `*` allows what is longer, and that reads no origin.
            Verdict::Allowed(rule, _) => SavedHeaders::new(Kind::Listed { rule }, NO_ORIGIN),
            Verdict::SeveralOrigins => SavedHeaders::new(Kind::Several, NO_ORIGIN),
            Verdict::Refused(origin) | Verdict::NotAsked(origin) => SavedHeaders::new(Kind::Refused, origin),
        }
    }
}

/// Gives the headers their policy again. What a predicate or the caller has answered stands. Another policy than the one that
/// made them, after a reload say, grants no more than its own rules do: the rule must still be there, and still be for the
/// origin.
pub(super) fn restore<'a>(policy: &'a impl PolicyForm, saved: &'a SavedHeaders) -> ResponseHeaders<'a> {
    let settings = policy.settings();
    let origin = saved.text();
    let refused = Verdict::Refused(origin);
    let verdict = match (settings.form, saved.kind) {
        (Form::Static, _) => Verdict::Static,
        (Form::Dynamic, Kind::WithoutOrigin) => Verdict::WithoutOrigin,
        (Form::Dynamic, Kind::Several) => Verdict::SeveralOrigins,
        (Form::Dynamic, Kind::Refused) => refused,
        (Form::Dynamic, Kind::Listed { rule }) if policy.find(saved.origin()) == Some(rule) => {
            Verdict::Allowed(rule, origin)
        }
        (Form::Dynamic, Kind::Answered { rule })
            if settings.predicate == Some(rule) || settings.look_up == Some(rule) =>
        {
            Verdict::Allowed(rule, origin)
        }
        (Form::Dynamic, Kind::Listed { .. } | Kind::Answered { .. }) => refused,
    };
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
