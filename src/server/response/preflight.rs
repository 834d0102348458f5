//! Answers to preflights.

use super::{Refusal, RequestSource, ResponseHeaders, WRITTEN, mirror, with_predicate, write_grant, write_vary};
use crate::{
    header::{AnswerSink, AnySink, HeaderName, Headers, Stopped, ValueRef, VaryNames, with_any_sink},
    method::Method,
    server::{
        origin_match::{Matched, OriginMatch},
        policy::{
            rule::{ListName, ListView},
            settings::{Disclosure, PrivateNetwork, reads_list},
            view::{AnyPolicy, AnyRule},
        },
        request::{self, RequestKind},
    },
};

/// The answer to a preflight: a status and headers, and no body.
#[derive(Clone, Copy, Debug)]
pub struct PreflightAnswer<'a> {
    pub(in crate::server) headers: ResponseHeaders<'a>,
}

impl<'a> PreflightAnswer<'a> {
    /// The status of the response.
    pub fn status(&self) -> u16 {
        let settings = self.headers.policy.settings();
        match self.headers.origin_match.matched {
            Matched::Fixed | Matched::Rule(_) => settings.preflight_status,
            _ => settings.refused_preflight_status,
        }
    }

    /// The method that the preflight asks for, if it is a method.
    pub fn requested_method(&self) -> Option<Method<'a>> {
        let method = request::requested_method(self.request())?.as_bytes();
        core::str::from_utf8(method).ok().and_then(|method| Method::new(method).ok())
    }

    /// Why the origin is refused: see [`ResponseHeaders::refusal`]. For an allowed origin, why the policy does not answer what
    /// the preflight asks for: it is too long, or it is not a list of tokens.
    ///
    /// A method or a header that the policy does not allow is not a refusal: the browser compares them with the answer, and names
    /// them in its console.
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        self.headers.refusal().or_else(|| self.refusal_of_lists())
    }

    fn refusal_of_lists(&self) -> Option<Refusal<'a>> {
        let settings = self.headers.policy.settings();
        settings.rare.write_computed?;
        let (rule, _) = self.headers.origin_match.grant(self.headers.policy)?;
        ReadLists::new(settings.disclosure, rule, self.request()).refusal()
    }

    pub(in crate::server) fn request_kind(&self) -> RequestKind<'a> {
        RequestKind::new(self.headers.origin_lines(), request::requested_method(self.request()))
    }

    /// The request headers that the answer depends on, for `Vary`.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    #[inline]
    pub fn vary(&self) -> VaryNames {
        with_predicate(self.headers.policy.settings().preflight_vary, self.headers.policy.predicate())
    }

    /// The headers that an application writes into its own answer, if it answers preflights itself.
    pub const fn response_headers(&self) -> ResponseHeaders<'a> {
        self.headers
    }

    #[inline]
    fn request(&self) -> Headers<'a> {
        match self.headers.request {
            RequestSource::Live(headers) => headers,
            RequestSource::Saved(_) => Headers::EMPTY,
        }
    }

    /// Writes the headers of the answer. Earlier lines of the same names are removed.
    ///
    /// <https://fetch.spec.whatwg.org/#http-responses>
    ///
    /// # Errors
    ///
    /// If the response has no room for them, or as its own type has it.
    #[inline(always)]
    pub fn write<S: AnswerSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        let (policy, origin_match, request) = (self.headers.policy, self.headers.origin_match, self.request());
        let settings = policy.settings();
        if let Some(write_computed) = settings.rare.write_computed {
            return with_any_sink(sink, |sink| write_computed(policy, origin_match, request, sink));
        }
        sink.remove(&WRITTEN)?;
        if !settings.preflight_vary.is_empty() {
            sink.merge_vary(VaryNames::new(settings.preflight_vary, &[]))?;
        }
        let Some(grant) = origin_match.grant(policy) else { return Ok(()) };
        let (rule, _) = grant;
        write_grant(grant, sink)?;
        write_methods(rule.list(ListName::Methods).as_sent(), sink)?;
        write_request_headers(rule.list(ListName::RequestHeaders).as_sent(), sink)?;
        write_max_age(rule, sink)
    }
}

/// Writes an answer that depends on more of the request than its origin.
pub(in crate::server) fn write_computed<'a>(
    policy: AnyPolicy<'a>,
    origin_match: OriginMatch<'a>,
    request: Headers<'a>,
    sink: &mut AnySink<'_, 'a>,
) -> Result<(), Stopped> {
    let settings = policy.settings();
    sink.remove(&WRITTEN)?;
    write_vary(settings.preflight_vary, policy, sink)?;
    let Some(grant) = origin_match.grant(policy) else { return Ok(()) };
    let (rule, _) = grant;
    write_grant(grant, sink)?;
    ReadLists::new(settings.disclosure, rule, request).write(sink)?;
    write_max_age(rule, sink)?;
    if settings.private_network == PrivateNetwork::Allowed && asks_private_network(request) {
        sink.append(HeaderName::ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK, ValueRef::TRUE)?;
    }
    Ok(())
}

#[inline(always)]
fn write_max_age<'a, S: AnswerSink<'a> + ?Sized>(rule: AnyRule<'a>, sink: &mut S) -> Result<(), S::Error> {
    match rule.max_age() {
        Some(max_age) => sink.append(HeaderName::ACCESS_CONTROL_MAX_AGE, max_age),
        None => Ok(()),
    }
}

/// The lists of a rule, where at least one answer depends on the request's list.
struct ReadLists<'a> {
    disclosure: Disclosure,
    rule: AnyRule<'a>,
    request: Headers<'a>,
}

impl<'a> ReadLists<'a> {
    const fn new(disclosure: Disclosure, rule: AnyRule<'a>, request: Headers<'a>) -> Self {
        ReadLists { disclosure, rule, request }
    }

    fn reads(&self, list: &ListView<'_>) -> bool {
        reads_list(self.disclosure, self.rule.credentials(), list.coverage)
    }

    fn methods(&self) -> Result<Option<ValueRef<'a>>, Refusal<'static>> {
        let list = self.rule.list(ListName::Methods);
        if !self.reads(&list) {
            return Ok(list.as_sent());
        }
        mirror::method(&list, self.rule.credentials(), self.request)
    }

    fn request_headers(&self) -> Result<mirror::Lines<'a>, Refusal<'static>> {
        let list = self.rule.list(ListName::RequestHeaders);
        if !self.reads(&list) {
            return Ok(mirror::Lines::of_one(list.as_sent()));
        }
        mirror::request_headers(&list, self.rule.credentials(), self.request)
    }

    fn refusal(&self) -> Option<Refusal<'static>> {
        self.methods().err().or_else(|| self.request_headers().err())
    }

    /// Writes the lists. A list that is refused is not sent, so the browser's check fails.
    fn write(&self, sink: &mut AnySink<'_, 'a>) -> Result<(), Stopped> {
        write_methods(self.methods().unwrap_or_default(), sink)?;
        let lines = self.request_headers().unwrap_or_default();
        lines.iter().try_for_each(|line| write_request_headers(Some(line), sink))
    }
}

/// <https://wicg.github.io/private-network-access/#headers>
fn asks_private_network(request: Headers<'_>) -> bool {
    match request::first_lines(request, HeaderName::ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK) {
        (Some(line), None) => line.as_bytes() == b"true",
        _ => false,
    }
}

/// Writes `Access-Control-Allow-Methods`. A policy that lists none sends the methods that need no list: without the header, a
/// request with an upload listener or with a stream for its body would be granted every method.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.4.
#[inline(always)]
fn write_methods<'a, S: AnswerSink<'a> + ?Sized>(methods: Option<ValueRef<'a>>, sink: &mut S) -> Result<(), S::Error> {
    let methods = methods.unwrap_or(ValueRef::CORS_SAFELISTED_METHODS);
    sink.append(HeaderName::ACCESS_CONTROL_ALLOW_METHODS, methods)
}

#[inline(always)]
fn write_request_headers<'a, S: AnswerSink<'a> + ?Sized>(
    names: Option<ValueRef<'a>>,
    sink: &mut S,
) -> Result<(), S::Error> {
    match names {
        Some(names) => sink.append(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS, names),
        None => Ok(()),
    }
}
