//! The checks on a policy: one walk for both forms, at compile time and at run time.

use super::error::{ConfigError, ConfigReason, Field};
use crate::{
    grammar::{
        self,
        const_bytes::{self, as_text},
    },
    header::HeaderName,
    method::Method,
    server::{
        pattern::{OriginPattern, Shape},
        policy::{
            list::Elements,
            rule::{ExternalLookup, OwnExposed, Rule},
            settings::Settings,
        },
    },
};

/// The mistakes of a policy, in order: an iterator whose step is `const`.
#[derive(Clone, Debug)]
pub(in crate::server) struct Mistakes<'a> {
    settings: Settings,
    rule: Rule<'a>,
    more: &'a [Rule<'a>],
    number: usize,
    at: At<'a>,
    predicates: usize,
    asks: usize,
}

/// The position of the walk.
#[derive(Clone, Copy, Debug)]
enum At<'a> {
    Start,
    /// Patterns are being checked; the first `found` mistakes of the first one are reported already.
    Patterns {
        rest: &'a [OriginPattern<'a>],
        index: usize,
        found: usize,
    },
    AllowList {
        field: Field,
        rest: Elements<'a>,
        index: usize,
    },
    Single(Field),
    End,
}

const CORS_RESPONSE_HEADERS: [&str; 7] = [
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-allow-private-network",
    "access-control-expose-headers",
    "access-control-max-age",
];

/// Headers that no readable response has: those of requests, and those of answers to preflights.
const NEVER_READ: [&str; 6] = [
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-max-age",
    "access-control-request-headers",
    "access-control-request-method",
    "origin",
];

impl<'a> Mistakes<'a> {
    pub(in crate::server) const fn new(settings: Settings, first: Rule<'a>, more: &'a [Rule<'a>]) -> Self {
        Mistakes { settings, rule: first, more, number: 0, at: At::Start, predicates: 0, asks: 0 }
    }

    /// The next mistake, if there is one.
    pub(in crate::server) const fn find_next(&mut self) -> Option<ConfigError<'a>> {
        loop {
            let found = match self.at {
                At::Start => {
                    self.at = At::Patterns { rest: self.rule.origins, index: 0, found: 0 };
                    let none = self.rule.predicate.is_none() && matches!(self.rule.external_lookup, ExternalLookup::No);
                    if self.rule.origins.is_empty() && none {
                        Some(self.error(Field::Origins, 0, "", ConfigReason::NoOrigin))
                    } else {
                        None
                    }
                }
                At::Patterns { rest: patterns @ [pattern, rest @ ..], index, found } => {
                    if let Some(reason) = find_pattern_mistake(*pattern, &self.rule, found) {
                        self.at = At::Patterns { rest: patterns, index, found: found + 1 };
                        Some(self.error(Field::Origins, index, pattern.as_str(), reason))
                    } else {
                        self.at = At::Patterns { rest, index: index + 1, found: 0 };
                        None
                    }
                }
                At::Patterns { .. } => {
                    self.at = At::AllowList { field: Field::Methods, rest: self.rule.methods.elements, index: 0 };
                    None
                }
                At::AllowList { field, rest, index } => {
                    if let Some((element, rest)) = rest.split_first() {
                        self.at = At::AllowList { field, rest, index: index + 1 };
                        match check_name(field, element, &self.rule) {
                            Some(reason) => Some(self.error(field, index, as_text(element), reason)),
                            None => None,
                        }
                    } else {
                        self.at = self.after(field);
                        None
                    }
                }
                At::Single(field) => self.check_single(field),
                At::End => return None,
            };
            if found.is_some() {
                return found;
            }
        }
    }

    /// The position after a list of names.
    const fn after(&self, field: Field) -> At<'a> {
        let (field, rest) = match field {
            Field::Methods => (Field::RequestHeaders, self.rule.request_headers.elements),
            Field::RequestHeaders => (Field::ExposedHeaders, self.rule.exposed_headers.elements),
            _ => return At::Single(Field::Predicate),
        };
        At::AllowList { field, rest, index: 0 }
    }

    const fn check_single(&mut self, field: Field) -> Option<ConfigError<'a>> {
        let (next, reason) = match field {
            Field::Predicate => {
                self.predicates += self.rule.predicate.is_some() as usize;
                let second = self.rule.predicate.is_some() && self.predicates > 1;
                (At::Single(Field::ExternalLookup), if second { Some(ConfigReason::SecondPredicate) } else { None })
            }
            Field::ExternalLookup => {
                let asks = matches!(self.rule.external_lookup, ExternalLookup::Yes);
                self.asks += asks as usize;
                let next = match self.more {
                    [rule, rest @ ..] => {
                        // The error has the number of the rule that the walk leaves here, so it is made before.
                        let error = if asks && self.asks > 1 {
                            Some(self.error(field, 0, "", ConfigReason::SecondExternalLookup))
                        } else {
                            None
                        };
                        (self.rule, self.more) = (*rule, rest);
                        self.number += 1;
                        self.at = At::Start;
                        return error;
                    }
                    [] => At::Single(Field::PreflightStatus),
                };
                (next, if asks && self.asks > 1 { Some(ConfigReason::SecondExternalLookup) } else { None })
            }
            Field::PreflightStatus => {
                let status = self.settings.preflight_status;
                let ok = matches!(status, 200..=299);
                (
                    At::Single(Field::RefusedPreflightStatus),
                    if ok { None } else { Some(ConfigReason::StatusNotOk { status }) },
                )
            }
            _ => {
                let status = self.settings.refused_preflight_status;
                let ok = matches!(status, 200..=299 | 400..=599);
                (At::End, if ok { None } else { Some(ConfigReason::StatusNotFinal { status }) })
            }
        };
        self.at = next;
        match reason {
            Some(reason) => Some(self.error(field, 0, "", reason)),
            None => None,
        }
    }

    const fn error(&self, field: Field, index: usize, value: &'a str, reason: ConfigReason) -> ConfigError<'a> {
        let rule = match field {
            Field::PreflightStatus | Field::RefusedPreflightStatus => 0,
            _ => self.number,
        };
        ConfigError { rule, field, index, value, reason }
    }
}

impl<'a> Iterator for Mistakes<'a> {
    type Item = ConfigError<'a>;

    fn next(&mut self) -> Option<ConfigError<'a>> {
        self.find_next()
    }
}

/// The mistake of this number, from 0, in a pattern.
const fn find_pattern_mistake(pattern: OriginPattern<'_>, rule: &Rule<'_>, number: usize) -> Option<ConfigReason> {
    match pattern.shape {
        Shape::Faulty(first) if number == 0 => Some(ConfigReason::Pattern(first)),
        Shape::Faulty(_) => match pattern.all_faults().get(number) {
            Some(fault) => Some(ConfigReason::Pattern(fault)),
            None => None,
        },
        _ => match pattern.missing_danger(rule.credentials, number) {
            Some(danger) => Some(ConfigReason::DangerNotSpelledOut(danger)),
            None => None,
        },
    }
}

const fn check_name(field: Field, element: &[u8], rule: &Rule<'_>) -> Option<ConfigReason> {
    if element.is_empty() {
        return Some(ConfigReason::EmptyElement);
    }
    if let Some(offset) = grammar::find_non_token(element) {
        return Some(ConfigReason::NotAToken { offset });
    }
    let text = as_text(element);
    let name = HeaderName::from_transport(text);
    match field {
        Field::Methods if Method::is_forbidden_bytes(element) => Some(ConfigReason::ForbiddenMethod),
        Field::Methods => match Method::normalized(element) {
            Some(sent_as) if !const_bytes::eq(sent_as.as_bytes(), element) => {
                Some(ConfigReason::MethodCase { sent_as })
            }
            _ => None,
        },
        Field::RequestHeaders if name.is_forbidden_request_header_name() => Some(ConfigReason::ForbiddenRequestHeader),
        Field::RequestHeaders if name.is_one_of(&CORS_RESPONSE_HEADERS) => Some(ConfigReason::CorsResponseHeader),
        Field::ExposedHeaders if name.is_forbidden_response_header_name() => {
            Some(ConfigReason::ForbiddenResponseHeader)
        }
        Field::ExposedHeaders if name.is_one_of(&NEVER_READ) => Some(ConfigReason::CorsRequestHeader),
        Field::ExposedHeaders
            if matches!(element, b"*") && rule.with_credentials() && matches!(rule.own_exposed, OwnExposed::No) =>
        {
            Some(ConfigReason::WildcardWithCredentials)
        }
        _ => None,
    }
}
