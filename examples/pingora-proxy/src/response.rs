//! The response of pingora as a sink.

use fetch_cors::header::{HeaderName, HeaderSink, ValueRef};
use http::HeaderValue;
use pingora_core::{Error, ErrorType, OrErr};
use pingora_http::ResponseHeader;

/// pingora keeps the case of names beside the header map, so its own methods change both.
pub(crate) struct Response<'a>(pub(crate) &'a mut ResponseHeader);

impl HeaderSink for Response<'_> {
    type Error = Box<Error>;

    fn for_each_line(&self, visit: &mut dyn FnMut(&str, &[u8])) {
        self.0.headers.iter().for_each(|(name, value)| visit(name.as_str(), value.as_bytes()));
    }

    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), Self::Error> {
        for name in names {
            self.0.remove_header(name.as_str());
        }
        Ok(())
    }

    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), Self::Error> {
        let value =
            HeaderValue::from_bytes(value.as_bytes()).or_err(ErrorType::InvalidHTTPHeader, "a value of CORS")?;
        self.0.append_header(name.as_str(), value).map(|_| ())
    }
}
