//! The report of a refused request.

use actix_web::{dev::RequestHead, http::header};
use fetch_cors::server::{LookupFailure, Refusal};

/// A refused request, for logs and metrics.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RefusedRequest<'a> {
    /// Why the request is refused.
    pub refusal: Refusal<'a>,
    /// The failure of the look-up, if that is the cause.
    pub lookup: Option<LookupFailure<'a>>,
    /// The request.
    pub head: &'a RequestHead,
}

impl<'a> RefusedRequest<'a> {
    /// A stable name: the code of the look-up's failure if there is one, else the code of the refusal.
    pub fn code(&self) -> &'static str {
        self.lookup.map_or_else(|| self.refusal.code(), |failure| failure.code())
    }

    /// The first value of `Origin`. The client chooses it: escape it before you show it.
    pub fn origin(&self) -> &'a [u8] {
        self.head.headers.get(header::ORIGIN).map_or(b"", |value| value.as_bytes())
    }
}

/// Writes an event of `tracing` for a refused request. Pass this function to
/// [`Cors::on_refusal`](crate::Cors::on_refusal).
///
/// The target is `fetch_cors`. The fields are `code`, `origin`, `method` and `path`; the last three are cut to 512 bytes. The
/// level is `DEBUG`, because clients can cause any number of events. It is `WARN` if a look-up failed. With the `EnvFilter` of
/// `tracing-subscriber`, `fetch_cors=debug` shows all of them.
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
