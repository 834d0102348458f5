//! What is reported of a refused request.

use actix_web::{dev::RequestHead, http::header};
use fetch_cors::server::{LookupFailure, Refusal};

/// A refused request, for logs and counts.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RefusedRequest<'a> {
    /// Why it is refused.
    pub refusal: Refusal<'a>,
    /// The look-up that failed, if that is why.
    pub lookup: Option<LookupFailure<'a>>,
    /// The request.
    pub head: &'a RequestHead,
}

impl<'a> RefusedRequest<'a> {
    /// A stable name: that of the look-up's failure if there is one, else that of the refusal.
    pub fn code(&self) -> &'static str {
        self.lookup.map_or_else(|| self.refusal.code(), |failure| failure.code())
    }

    /// The first value of `Origin`. It comes from a stranger: escape it before it is shown.
    pub fn origin(&self) -> &'a [u8] {
        self.head.headers.get(header::ORIGIN).map_or(b"", |value| value.as_bytes())
    }
}

/// Writes an event of `tracing` for a refused request: pass it to [`Cors::on_refusal`](crate::Cors::on_refusal).
///
/// The target is `fetch_cors`, the fields are `code`, `origin`, `method` and `path`, and of the last three at most 512 bytes are
/// shown. The level is `DEBUG`, because strangers can make any number of these; `WARN` if a look-up has failed.
///
/// ```
/// use fetch_cors::server::PolicyConfig;
/// use fetch_cors_actix::{Cors, trace};
///
/// let cors = Cors::new(PolicyConfig::new(["https://app.example"]).build()?).on_refusal(trace);
/// # Ok::<(), fetch_cors::server::ConfigErrors>(())
/// ```
#[cfg(feature = "tracing")]
pub fn trace(refused: &RefusedRequest<'_>) {
    fn shown(bytes: &[u8]) -> core::slice::EscapeAscii<'_> {
        bytes.get(..512).unwrap_or(bytes).escape_ascii()
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
