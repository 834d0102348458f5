//! Answers to preflights.

use super::{Cleared, ResponseHeaders, WRITTEN, mirror, with_predicate, write_grant, write_vary};
use crate::{
    header::{HeaderName, HeaderSink, HeaderText, Headers, VaryNames},
    method::Method,
    server::{
        decision::{Refusal, verdict::Ruling},
        outline::apart,
        policy::{
            rule::{List, Which},
            settings::{Disclosure, PreflightAnswers, PrivateNetwork, reads_list},
            view::{PolicyForm, PolicyRef, RuleForm},
        },
        request,
    },
};

/// The answer to a preflight: a status and headers, and no body.
#[derive(Clone, Copy, Debug)]
pub struct PreflightAnswer<'a> {
    pub(in crate::server) headers: ResponseHeaders<'a>,
    pub(in crate::server) request: Headers<'a>,
}

impl<'a> PreflightAnswer<'a> {
    /// The status of the response.
    pub fn status(&self) -> u16 {
        let settings = self.headers.policy.settings();
        match self.headers.verdict.ruling {
            Ruling::Static | Ruling::Allowed(_) => settings.preflight_status,
            _ => settings.refused_preflight_status,
        }
    }

    /// The method that the preflight asks about, if it is one.
    pub fn asked_method(&self) -> Option<Method<'a>> {
        let method = request::asked_method(self.request)?;
        core::str::from_utf8(method).ok().and_then(|method| Method::new(method).ok())
    }

    /// Why the origin is refused; see [`ResponseHeaders::refusal`].
    pub fn refusal(&self) -> Option<Refusal<'a>> {
        self.headers.refusal()
    }

    /// The headers of the request that the answer depends on, as `Vary` tells caches.
    ///
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    #[inline]
    pub fn vary(&self) -> VaryNames {
        with_predicate(self.headers.policy.settings().preflight_vary, self.headers.policy.predicate())
    }

    /// The headers that an application writes into its own answer, where it would rather answer preflights itself.
    pub const fn response_headers(&self) -> ResponseHeaders<'a> {
        self.headers
    }

    /// Writes the headers of the answer; those of the same names go.
    ///
    /// <https://fetch.spec.whatwg.org/#http-responses>
    #[inline(always)]
    pub fn write<S: HeaderSink<'a>>(&self, sink: &mut S) -> Result<(), S::Error> {
        match self.headers.policy {
            PolicyRef::Borrowed(policy) => self.write_of(policy, sink),
            #[cfg(feature = "alloc")]
            PolicyRef::Owned(policy) => self.write_of(policy, sink),
        }
    }

    #[inline(always)]
    fn write_of<S: HeaderSink<'a>>(&self, policy: &'a impl PolicyForm, sink: &mut S) -> Result<(), S::Error> {
        let settings = policy.settings();
        if settings.preflight_answers == PreflightAnswers::Made {
            let answer = *self;
            return sink.lend(|sink| apart(move || answer.write_made(policy, sink)));
        }
        sink.remove(&WRITTEN)?;
        if !settings.preflight_vary.is_empty() {
            sink.merge_vary(VaryNames::new(settings.preflight_vary, &[]))?;
        }
        let Some((rule, allow_origin)) = self.headers.verdict.grant(policy) else { return Ok(()) };
        write_grant(rule, allow_origin, Cleared::All, sink)?;
        write_methods(rule.list(Which::Methods).as_it_stands(), sink)?;
        write_request_headers(rule.list(Which::RequestHeaders).as_it_stands(), sink)?;
        write_max_age(rule, sink)
    }

    /// The same, where more of the request is read than its origin.
    fn write_made<S: HeaderSink<'a>>(self, policy: &'a impl PolicyForm, sink: &mut S) -> Result<(), S::Error> {
        let settings = policy.settings();
        sink.remove(&WRITTEN)?;
        write_vary(settings.preflight_vary, policy, sink)?;
        let Some((rule, allow_origin)) = self.headers.verdict.grant(policy) else { return Ok(()) };
        write_grant(rule, allow_origin, Cleared::All, sink)?;
        write_read_lists(settings.disclosure, rule, self.request, sink)?;
        write_max_age(rule, sink)?;
        if settings.private_network == PrivateNetwork::Allowed && asks_private_network(self.request) {
            sink.append(HeaderName::ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK, HeaderText::TRUE)?;
        }
        Ok(())
    }
}

#[inline(always)]
fn write_max_age<'a, S: HeaderSink<'a>>(rule: &'a impl RuleForm, sink: &mut S) -> Result<(), S::Error> {
    match rule.max_age() {
        Some(max_age) => sink.append(HeaderName::ACCESS_CONTROL_MAX_AGE, max_age),
        None => Ok(()),
    }
}

/// Writes the lists, those that are made from the preflight's among them.
fn write_read_lists<'a, S: HeaderSink<'a>>(
    disclosure: Disclosure,
    rule: &'a impl RuleForm,
    request: Headers<'a>,
    sink: &mut S,
) -> Result<(), S::Error> {
    let credentials = rule.credentials();
    let reads = |list: &List<'_>| reads_list(disclosure, credentials, list.extent);
    let methods = rule.list(Which::Methods);
    let listed = if reads(&methods) { mirror::method(&methods, credentials, request) } else { methods.as_it_stands() };
    write_methods(listed, sink)?;
    let request_headers = rule.list(Which::RequestHeaders);
    if !reads(&request_headers) {
        return write_request_headers(request_headers.as_it_stands(), sink);
    }
    mirror::request_headers(&request_headers, credentials, request)
        .try_for_each(|line| write_request_headers(Some(line), sink))
}

/// <https://wicg.github.io/private-network-access/#headers>
#[cold]
fn asks_private_network(request: Headers<'_>) -> bool {
    request.get(HeaderName::ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK).is_some_and(|value| value == *b"true")
}

/// Writes `Access-Control-Allow-Methods`, with the methods that need no list where there is none: to a request with an upload
/// listener or a stream for its body, no list at all grants whatever method it has.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.4.
#[inline(always)]
fn write_methods<'a, S: HeaderSink<'a>>(methods: Option<HeaderText<'a>>, sink: &mut S) -> Result<(), S::Error> {
    let methods = methods.unwrap_or(HeaderText::CORS_SAFELISTED_METHODS);
    sink.append(HeaderName::ACCESS_CONTROL_ALLOW_METHODS, methods)
}

#[inline(always)]
fn write_request_headers<'a, S: HeaderSink<'a>>(names: Option<HeaderText<'a>>, sink: &mut S) -> Result<(), S::Error> {
    match names {
        Some(names) => sink.append(HeaderName::ACCESS_CONTROL_ALLOW_HEADERS, names),
        None => Ok(()),
    }
}
