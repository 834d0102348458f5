//! Reports on refused requests.

use super::RequestHead;
use crate::server::{Decision, LookupFailure, Refusal};

/// A refused request, for logs and counts.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RefusedRequest<'a> {
    /// Why it is refused.
    pub refusal: Refusal<'a>,
    /// The look-up that failed, if that is the cause.
    pub lookup: Option<LookupFailure<'a>>,
    /// The request.
    pub head: RequestHead<'a>,
}

impl<'a> RefusedRequest<'a> {
    /// A stable name: that of the look-up's failure if there is one, else that of the refusal.
    pub fn code(&self) -> &'static str {
        self.lookup.map_or_else(|| self.refusal.code(), |failure| failure.code())
    }

    /// The first value of `Origin`. It comes from a stranger: escape it before you show it.
    pub fn origin(&self) -> &'a [u8] {
        self.head.headers.get(http::header::ORIGIN).map_or(b"", |value| value.as_bytes())
    }
}

/// Called with each refused request: a closure, or nothing.
pub trait RefusalHook {
    #[doc(hidden)]
    fn report(&self, decision: &Decision<'_>, lookup: Option<LookupFailure<'_>>, head: RequestHead<'_>);
}

/// Nothing is called, and no reason is computed.
impl RefusalHook for () {
    #[inline]
    fn report(&self, _decision: &Decision<'_>, _lookup: Option<LookupFailure<'_>>, _head: RequestHead<'_>) {}
}

impl<F: Fn(&RefusedRequest<'_>)> RefusalHook for F {
    #[inline]
    fn report(&self, decision: &Decision<'_>, lookup: Option<LookupFailure<'_>>, head: RequestHead<'_>) {
        if let Some(refusal) = decision.refusal() {
            self(&RefusedRequest { refusal, lookup, head });
        }
    }
}

/// The longest value of a request that an event shows, in bytes.
#[cfg(feature = "tracing")]
const SHOWN_LIMIT: usize = 512;

/// Writes an event of `tracing` for a refused request: pass it to [`CorsLayer::on_refusal`](super::CorsLayer::on_refusal).
///
/// The target is `fetch_cors`. The fields are `code`, `origin`, `method` and `path`; of the last three at most 512 bytes are
/// shown. The level is `DEBUG`, because strangers can make any number of these events, or `WARN` if a look-up failed. With the `EnvFilter` of
/// `tracing-subscriber`, `fetch_cors=debug` shows all of them.
///
/// If no subscriber wants the level, an event costs one comparison.
///
/// ```
/// use fetch_cors::server::PolicyConfig;
/// use fetch_cors::tower::{CorsLayer, trace};
///
/// let layer = CorsLayer::new(PolicyConfig::new(["https://app.example"]).build()?).on_refusal(trace);
/// # Ok::<(), fetch_cors::server::ConfigErrors>(())
/// ```
#[cfg(feature = "tracing")]
pub fn trace(refused: &RefusedRequest<'_>) {
    fn shown(bytes: &[u8]) -> core::slice::EscapeAscii<'_> {
        bytes.get(..SHOWN_LIMIT).unwrap_or(bytes).escape_ascii()
    }
    macro_rules! event {
        ($level:ident, $message:expr) => {
            tracing::$level!(
                target: "fetch_cors",
                code = refused.code(),
                origin = %shown(refused.origin()),
                method = %shown(refused.head.method.as_str().as_bytes()),
                path = %shown(refused.head.uri.path().as_bytes()),
                "{}",
                $message
            )
        };
    }
    if let Some(failure) = refused.lookup {
        event!(warn, failure);
    } else {
        event!(debug, refused.refusal);
    }
}
