//! Requests that the server refuses itself.

use super::ResponseHeaders;
use crate::{
    header::HeaderSink,
    server::{decision::Refusal, outline::apart},
};

/// A cross-origin request that the server refuses itself.
#[derive(Clone, Copy, Debug)]
pub struct Forbidden<'a> {
    pub(in crate::server) headers: ResponseHeaders<'a>,
}

impl<'a> Forbidden<'a> {
    /// The status of the response.
    pub const fn status(&self) -> u16 {
        403
    }

    /// Why.
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        self.headers.refusal()
    }

    /// Writes the headers that make caches tell such responses apart.
    #[inline(always)]
    pub fn write<S: HeaderSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        let headers = self.headers;
        sink.lend(|sink| apart(move || headers.write_no_grant(sink)))
    }
}
