//! A response as a sink: the upstream's, or an answer of the filter itself.

use alloc::{borrow::Cow, vec::Vec};

use fetch_cors::header::{HeaderName, HeaderSink, ValueRef};

use crate::{
    header_map::Line,
    proxy::{HostError, Proxy},
};

/// The headers of a response. Of the upstream's, whose callback is running, they are a copy, and the proxy makes the same changes.
// OPTIMIZATION: reading the headers makes the proxy copy all of them, so they are read once and looked up in the copy. Only lines that are
// in the copy are removed, which saves calls. Every change is made to both, so the result is the same. The filter's own answers have the same
// type, so that the code that writes headers is compiled once, which saves 3 KB.
pub(crate) struct Response<'a, P> {
    /// Of the upstream's response.
    proxy: Option<&'a P>,
    lines: Vec<(Cow<'a, str>, Cow<'a, [u8]>)>,
}

impl<'a, P: Proxy> Response<'a, P> {
    /// The upstream's response, with these lines.
    pub(crate) fn of_upstream(proxy: &'a P, lines: &[Line<'a>]) -> Self {
        let lines = lines.iter().map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(*value))).collect();
        Response { proxy: Some(proxy), lines }
    }

    /// An answer of the filter itself, without a line yet.
    pub(crate) fn own() -> Self {
        Response { proxy: None, lines: Vec::new() }
    }

    pub(crate) fn lines(&self) -> Vec<Line<'_>> {
        self.lines.iter().map(|(name, value)| (&**name, &**value)).collect()
    }
}

impl<P: Proxy> HeaderSink for Response<'_, P> {
    type Error = HostError;

    fn for_each_line(&self, visit: &mut dyn FnMut(&str, &[u8])) {
        self.lines.iter().for_each(|(name, value)| visit(name, value));
    }

    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), HostError> {
        for name in names {
            let before = self.lines.len();
            self.lines.retain(|(line, _)| !line.eq_ignore_ascii_case(name.as_str()));
            if self.lines.len() < before
                && let Some(proxy) = self.proxy
            {
                proxy.remove_response_header(name.as_str())?;
            }
        }
        Ok(())
    }

    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), HostError> {
        if let Some(proxy) = self.proxy {
            proxy.add_response_header(name.as_str(), value.as_bytes())?;
        }
        self.lines.push((Cow::Borrowed(name.as_str()), Cow::Owned(value.as_bytes().to_vec())));
        Ok(())
    }
}
