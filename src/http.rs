//! The `http` crate's header map, as a header list and as a sink for headers.

extern crate std;

mod words;

use http::{HeaderMap, header};

#[cfg(feature = "browser")]
use std::string::ToString;

#[cfg(feature = "browser")]
use crate::browser::{OutgoingRequest, Url, preflight::PreflightRequest, request::RequestHeader};
use crate::header::Headers;
#[cfg(feature = "server")]
use crate::header::{HeaderName, HeaderSink, ValueRef, VaryNames, pairs::Lengths, vary};

impl<'a> From<&'a HeaderMap> for Headers<'a> {
    fn from(map: &'a HeaderMap) -> Self {
        Headers::from_map(map)
    }
}

/// The values of the lines of a name.
#[cfg(feature = "server")]
pub(crate) struct Values<'a>(header::ValueIter<'a, header::HeaderValue>);

#[cfg(feature = "server")]
impl<'a> Values<'a> {
    /// `None` if the `http` crate does not know the name: a look-up would allocate.
    #[inline(always)]
    pub(crate) fn of(map: &'a HeaderMap, name: HeaderName<'static>) -> Option<Self> {
        Some(Values(map.get_all(known_name(name)?).into_iter()))
    }
}

#[cfg(feature = "server")]
impl<'a> Iterator for Values<'a> {
    type Item = &'a header::HeaderValue;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// The lines of a header map, in its order.
pub(crate) struct Lines<'a> {
    map: &'a HeaderMap,
    rest: header::Iter<'a, header::HeaderValue>,
    taken: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(map: &'a HeaderMap) -> Self {
        Lines { map, rest: map.iter(), taken: 0 }
    }
}

/// `http`'s own iterator cannot be cloned, so a clone walks to the same position again.
impl Clone for Lines<'_> {
    fn clone(&self) -> Self {
        let mut clone = Lines::new(self.map);
        clone.by_ref().take(self.taken).for_each(drop);
        clone
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, &'a [u8]);

    #[inline(never)] // So that the pairs of other lists are walked over where they are needed.
    fn next(&mut self) -> Option<Self::Item> {
        let (name, value) = self.rest.next()?;
        self.taken += 1;
        Some((name.as_str(), value.as_bytes()))
    }
}

/// A header map as a sink for headers. Prepared values of the policy or of the request are not copied.
#[cfg(feature = "server")]
impl HeaderSink for HeaderMap {
    type Error = WriteError;

    fn for_each_line(&self, visit: &mut dyn FnMut(&str, &[u8])) {
        self.iter().for_each(|(name, value)| visit(name.as_str(), value.as_bytes()));
    }

    fn count(&self, name: HeaderName<'_>) -> usize {
        self.get_all(name.as_str()).iter().count()
    }

    #[inline(always)]
    fn append(&mut self, name: HeaderName<'static>, value: ValueRef<'_>) -> Result<(), WriteError> {
        append_line(self, map_name(name)?, value)
    }

    #[inline(always)]
    fn remove(&mut self, names: &[HeaderName<'static>]) -> Result<(), WriteError> {
        if self.is_empty() {
            return Ok(());
        }
        names.chunks(64).try_for_each(|names| remove_some(self, names, Lengths::of(names)))
    }

    #[inline(never)]
    fn merge_vary(&mut self, names: VaryNames) -> Result<(), WriteError> {
        // OPTIMIZATION: looks the entry up once. But `entry` makes a full map grow even if the name is present, so it
        // is not used for a full map.
        if let Some(own) = names.as_own()
            && self.keys_len() < self.capacity()
        {
            match self.try_entry(header::VARY)? {
                header::Entry::Vacant(vacant) => {
                    vacant.try_insert(own.as_value().clone())?;
                    return Ok(());
                }
                header::Entry::Occupied(lines) if are_named(names, &lines) => return Ok(()),
                header::Entry::Occupied(_) => {}
            }
        }
        merge_vary_names(self, names)
    }

    fn expose_own_names(&mut self) -> Result<(), WriteError> {
        let mut list = std::string::String::new();
        for name in self.keys() {
            if HeaderName::from_transport(name.as_str()).is_worth_exposing() {
                list.push_str(if list.is_empty() { "" } else { ", " });
                list.push_str(name.as_str());
            }
        }
        if !list.is_empty() {
            self.try_append(header::ACCESS_CONTROL_EXPOSE_HEADERS, header::HeaderValue::try_from(list)?)?;
        }
        Ok(())
    }
}

// OPTIMIZATION: out of line, for what `http` compiles into each caller is 4 KB; the name is a constant of the caller.
#[cfg(feature = "server")]
#[inline(never)]
fn append_line(map: &mut HeaderMap, name: header::HeaderName, value: ValueRef<'_>) -> Result<(), WriteError> {
    map.try_append(name, value.to_header_value()?)?;
    Ok(())
}

// OPTIMIZATION: one walk over the names in the map costs less than a look-up for each of ours, because most names
// already differ in length. `names` has at most 64.
#[cfg(feature = "server")]
#[inline(never)]
fn remove_some(map: &mut HeaderMap, names: &[HeaderName<'static>], lengths: Lengths) -> Result<(), WriteError> {
    // A bit for each name.
    let mut there = 0_u64;
    for key in map.keys().map(header::HeaderName::as_str).filter(|key| lengths.contains(key)) {
        let is_key = |name: &HeaderName<'_>| name.as_str() == key || *name == HeaderName::from_transport(key);
        if let Some(place) = names.iter().position(is_key) {
            there |= 1 << place;
        }
    }
    while let Some(name) = names.get(there.trailing_zeros() as usize) {
        map.remove(map_name(*name)?);
        there &= there - 1;
    }
    Ok(())
}

/// Whether these lines of `Vary` have all the names.
#[cfg(feature = "server")]
#[inline(never)]
fn are_named(names: VaryNames, lines: &header::OccupiedEntry<'_, header::HeaderValue>) -> bool {
    names.iter().all(|name| vary::is_named(name.as_str().as_bytes(), lines.iter().map(header::HeaderValue::as_bytes)))
}

/// Adds the names that `Vary` does not have yet. If there is no `Vary`, they are one line.
#[cfg(feature = "server")]
fn merge_vary_names(map: &mut HeaderMap, names: VaryNames) -> Result<(), WriteError> {
    if let Some(own) = names.as_own()
        && !map.contains_key(header::VARY)
    {
        map.try_append(header::VARY, own.as_value().clone())?;
        return Ok(());
    }
    for name in names.iter() {
        let lines = map.get_all(header::VARY).iter().map(header::HeaderValue::as_bytes);
        if !vary::is_named(name.as_str().as_bytes(), lines) {
            map.try_append(header::VARY, header::HeaderValue::from_static(name.as_str()))?;
        }
    }
    Ok(())
}

/// A name that the crate reads or writes, as a name of the `http` crate.
// OPTIMIZATION: names that the `http` crate knows are constants there, and need no parsing. Inlined, the match is resolved by
// the compiler.
#[cfg(feature = "server")]
#[inline(always)]
fn map_name(name: HeaderName<'static>) -> Result<header::HeaderName, header::InvalidHeaderName> {
    known_name(name).map_or_else(|| header::HeaderName::from_bytes(name.as_str().as_bytes()), Ok)
}

#[cfg(feature = "server")]
#[inline(always)]
fn known_name(name: HeaderName<'static>) -> Option<header::HeaderName> {
    Some(match name.as_str() {
        "access-control-allow-origin" => header::ACCESS_CONTROL_ALLOW_ORIGIN,
        "access-control-allow-credentials" => header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        "access-control-allow-methods" => header::ACCESS_CONTROL_ALLOW_METHODS,
        "access-control-allow-headers" => header::ACCESS_CONTROL_ALLOW_HEADERS,
        "access-control-max-age" => header::ACCESS_CONTROL_MAX_AGE,
        "access-control-expose-headers" => header::ACCESS_CONTROL_EXPOSE_HEADERS,
        "access-control-request-headers" => header::ACCESS_CONTROL_REQUEST_HEADERS,
        "access-control-request-method" => header::ACCESS_CONTROL_REQUEST_METHOD,
        "host" => header::HOST,
        "origin" => header::ORIGIN,
        _ => return None,
    })
}

/// Why a header map rejects a header.
#[cfg(feature = "server")]
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The map is full.
    Capacity(header::MaxSizeReached),
    /// The map rejects the name.
    Name(header::InvalidHeaderName),
    /// The map rejects the value.
    Value(header::InvalidHeaderValue),
}

#[cfg(feature = "server")]
impl From<header::MaxSizeReached> for WriteError {
    fn from(error: header::MaxSizeReached) -> Self {
        WriteError::Capacity(error)
    }
}

#[cfg(feature = "server")]
impl From<header::InvalidHeaderName> for WriteError {
    fn from(error: header::InvalidHeaderName) -> Self {
        WriteError::Name(error)
    }
}

#[cfg(feature = "server")]
impl From<header::InvalidHeaderValue> for WriteError {
    fn from(error: header::InvalidHeaderValue) -> Self {
        WriteError::Value(error)
    }
}

#[cfg(feature = "server")]
impl core::fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            WriteError::Capacity(error) => error.fmt(formatter),
            WriteError::Name(error) => error.fmt(formatter),
            WriteError::Value(error) => error.fmt(formatter),
        }
    }
}

#[cfg(feature = "server")]
impl core::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(match self {
            WriteError::Capacity(error) => error,
            WriteError::Name(error) => error,
            WriteError::Value(error) => error,
        })
    }
}

/// The request as it is sent, without a body. Its URL has no fragment, user name or password. Fails if the URL cannot
/// be sent over HTTP.
///
/// ```
/// # #[cfg(feature = "browser")] {
/// use core::time::Duration;
/// use fetch_cors::browser::{Action, Environment, NoCache, Profile, RequestInit, Url, fetch};
/// use fetch_cors::origin::Origin;
///
/// let (page, url) = (Origin::parse("https://app.example").unwrap(), Url::new("https://api.example/items#1").unwrap());
/// let request = RequestInit::default().request(url, page).unwrap();
/// let action = fetch(request, Environment::new(&Profile::FETCH), &mut NoCache, Duration::ZERO);
/// let Ok(Action::SendRequest(awaiting)) = action else { panic!() };
/// let request: http::Request<()> = awaiting.outgoing().try_into().unwrap();
/// assert_eq!(request.uri(), "https://api.example/items");
/// assert_eq!(request.headers()["origin"], "https://app.example");
/// # }
/// ```
#[cfg(feature = "browser")]
impl TryFrom<OutgoingRequest<'_>> for http::Request<()> {
    type Error = http::Error;

    fn try_from(request: OutgoingRequest<'_>) -> Result<Self, http::Error> {
        let builder = http::Request::builder().method(request.method.as_str()).uri(uri(request.url));
        let lines = request.headers.iter();
        let add = |builder: http::request::Builder, header: RequestHeader<'_>| {
            builder.header(header.name.as_str(), header.value.bytes().collect::<std::vec::Vec<u8>>())
        };
        lines.fold(builder, add).body(())
    }
}

/// The preflight as it is sent.
#[cfg(feature = "browser")]
impl TryFrom<PreflightRequest<'_>> for http::Request<()> {
    type Error = http::Error;

    fn try_from(request: PreflightRequest<'_>) -> Result<Self, http::Error> {
        let builder = http::Request::builder().method(PreflightRequest::METHOD.as_str()).uri(uri(request.url));
        let lines = request.headers();
        lines.fold(builder, |builder, (name, value)| builder.header(name.as_str(), value.to_string())).body(())
    }
}

/// The URL as HTTP sends it. It is empty, which is not a URI, for URLs that HTTP cannot send.
#[cfg(feature = "browser")]
fn uri(url: Url<'_>) -> std::string::String {
    if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") {
        return std::string::String::new();
    }
    let href = url.without_fragment();
    let without_userinfo = || {
        let (scheme, rest) = href.split_once("://")?;
        let (authority, path) = rest.split_at(rest.find('/')?);
        let (_, host) = authority.rsplit_once('@')?;
        Some(std::format!("{scheme}://{host}{path}"))
    };
    without_userinfo().unwrap_or_else(|| href.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::HeaderName;

    #[test]
    fn header_map_is_read_as_a_header_list() {
        let mut map = HeaderMap::new();
        map.append("vary", header::HeaderValue::from_static("origin"));
        map.append("x-a", header::HeaderValue::from_static("1"));
        map.append("vary", header::HeaderValue::from_static("accept"));
        let headers = Headers::from(&map);
        assert!(headers.get(HeaderName::VARY).is_some_and(|value| value == *b"origin, accept"));
        let mut lines = headers.iter();
        let _ = lines.next();
        assert!(lines.clone().eq(lines));
    }
}
