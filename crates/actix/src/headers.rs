//! actix-web's header map, as a source and as a sink of headers.

use actix_web::{
    error::HttpError,
    http::header::{self, HeaderMap, HeaderValue},
};
use fetch_cors::header::{HeaderName, HeaderSink, ValueRef};

/// The lines of a map. The hash map has no access by position, so they are listed, in one allocation.
pub(crate) fn pairs(map: &HeaderMap) -> Vec<(&str, &[u8])> {
    map.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect()
}

/// A map to write headers into.
pub(crate) struct Sink<'a>(pub(crate) &'a mut HeaderMap);

impl HeaderSink for Sink<'_> {
    type Error = HttpError;

    fn for_each_line(&self, visit: &mut dyn FnMut(&str, &[u8])) {
        self.0.iter().for_each(|(name, value)| visit(name.as_str(), value.as_bytes()));
    }

    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), HttpError> {
        for name in names {
            self.0.remove(name.as_str());
        }
        Ok(())
    }

    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), HttpError> {
        let name = header::HeaderName::from_bytes(name.as_str().as_bytes())?;
        self.0.append(name, HeaderValue::from_bytes(value.as_bytes())?);
        Ok(())
    }

    fn count(&self, name: HeaderName<'_>) -> usize {
        self.0.get_all(name.as_str()).count()
    }
}
