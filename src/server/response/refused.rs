//! Requests that the server refuses itself.

use super::{Refusal, ResponseHeaders};
use crate::{
    header::{AnswerSink, VaryNames},
    server::{outline::outlined, request::RequestKind},
};

/// A cross-origin request that the server refuses itself.
#[derive(Clone, Copy, Debug)]
pub struct Forbidden<'a> {
    pub(in crate::server) headers: ResponseHeaders<'a>,
}

impl<'a> Forbidden<'a> {
    /// The status of the response: 403.
    ///
    /// It cannot be set, because nothing depends on it: the page gets a network error with every status.
    ///
    /// <https://httpwg.org/specs/rfc9110.html#status.403>
    pub const fn status(&self) -> u16 {
        403
    }

    /// Why the request is refused.
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        self.headers.refusal()
    }

    /// The request headers that the answer depends on, for `Vary`.
    pub fn vary(&self) -> VaryNames {
        self.headers.vary()
    }

    pub(in crate::server) fn request_kind(&self) -> RequestKind<'a> {
        self.headers.request_kind()
    }

    /// Writes `Vary`, so that caches do not give this response to other clients.
    ///
    /// # Errors
    ///
    /// If the response has no room for it, or as its own type has it.
    #[inline(always)]
    pub fn write<S: AnswerSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        let headers = self.headers;
        outlined(move || headers.write_no_grant(sink))
    }
}
