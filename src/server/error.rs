//! Mistakes in a policy: each with its place, its value, its reason and what would mend it.

use core::{error, fmt, str};

use super::pattern::{Danger, PatternFault};

/// A mistake in a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfigError<'a> {
    /// The number of the rule, from 0.
    pub rule: usize,
    /// The field.
    pub field: Field,
    /// The number of the element in that field's list, from 0.
    pub index: usize,
    /// The element; empty if there is none.
    pub value: &'a str,
    /// What is wrong with it.
    pub reason: ConfigReason,
}

/// A field of a rule or of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The origins.
    Origins,
    /// The methods.
    Methods,
    /// The request headers.
    RequestHeaders,
    /// The exposed headers.
    ExposedHeaders,
    /// The time for which an answer to a preflight is kept.
    MaxAge,
    /// The predicate.
    Predicate,
    /// The external look-up.
    ExternalLookup,
    /// The status of an answer to a preflight.
    PreflightStatus,
    /// The status of an answer to a preflight from an origin that is not allowed.
    RefusedPreflightStatus,
    /// The legacy opt-in for private networks.
    PrivateNetwork,
}

impl Field {
    /// The name, as it stands in configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Origins => "origins",
            Field::Methods => "methods",
            Field::RequestHeaders => "request_headers",
            Field::ExposedHeaders => "exposed_headers",
            Field::MaxAge => "max_age",
            Field::Predicate => "predicate",
            Field::ExternalLookup => "external_lookup",
            Field::PreflightStatus => "preflight_status",
            Field::RefusedPreflightStatus => "refused_preflight_status",
            Field::PrivateNetwork => "private_network",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// What is wrong with an element of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConfigReason {
    /// A rule has no pattern, no predicate and no external look-up.
    NoOrigin,
    /// The text is no origin pattern.
    Pattern(PatternFault),
    /// The pattern has a danger that it does not spell out.
    DangerNotSpelledOut(Danger),
    /// There is nothing between two commas.
    EmptyElement,
    /// The name is no token.
    NotAToken {
        /// The offset of the first byte that no token has, in bytes.
        offset: usize,
    },
    /// No page may use the method.
    ForbiddenMethod,
    /// No page may set the request header.
    ForbiddenRequestHeader,
    /// The name is that of a response header of the CORS protocol.
    CorsResponseHeader,
    /// No page may read the response header.
    ForbiddenResponseHeader,
    /// The name is that of a header of the CORS protocol, which is not on the responses that pages read.
    CorsRequestHeader,
    /// `*` among the exposed headers is a literal where there are credentials.
    WildcardWithCredentials,
    /// The status of an answer to a preflight is not ok, so it would refuse.
    StatusNotOk {
        /// The status.
        status: u16,
    },
    /// The status of a refusal is neither ok nor an error.
    StatusNotFinal {
        /// The status.
        status: u16,
    },
    /// There is no rule for the predicate.
    NoSuchRule,
    /// A policy has one predicate at most.
    SecondPredicate,
    /// A policy has one external look-up at most.
    SecondExternalLookup,
}

impl ConfigReason {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            ConfigReason::NoOrigin => "no-origin",
            ConfigReason::Pattern(fault) => fault.reason.code(),
            ConfigReason::DangerNotSpelledOut(Danger::OpaqueOrigin) => "opaque-origin-not-spelled-out",
            ConfigReason::DangerNotSpelledOut(Danger::InsecureScheme) => "insecure-scheme-not-spelled-out",
            ConfigReason::DangerNotSpelledOut(Danger::AnyOrigin) => "any-origin-not-spelled-out",
            ConfigReason::DangerNotSpelledOut(Danger::PublicSuffix) => "public-suffix-not-spelled-out",
            ConfigReason::EmptyElement => "empty-element",
            ConfigReason::NotAToken { .. } => "not-a-token",
            ConfigReason::ForbiddenMethod => "forbidden-method",
            ConfigReason::ForbiddenRequestHeader => "forbidden-request-header",
            ConfigReason::CorsResponseHeader => "cors-response-header",
            ConfigReason::ForbiddenResponseHeader => "forbidden-response-header",
            ConfigReason::CorsRequestHeader => "cors-request-header",
            ConfigReason::WildcardWithCredentials => "wildcard-with-credentials",
            ConfigReason::StatusNotOk { .. } => "status-not-ok",
            ConfigReason::StatusNotFinal { .. } => "status-not-final",
            ConfigReason::NoSuchRule => "no-such-rule",
            ConfigReason::SecondPredicate => "second-predicate",
            ConfigReason::SecondExternalLookup => "second-external-lookup",
        }
    }

    /// What is wrong, as a fixed sentence.
    pub const fn text(self) -> &'static str {
        match self {
            ConfigReason::NoOrigin => "a rule needs an origin",
            ConfigReason::Pattern(fault) => fault.reason.text(),
            ConfigReason::DangerNotSpelledOut(Danger::OpaqueOrigin) => "any page can have the origin `null`",
            ConfigReason::DangerNotSpelledOut(Danger::InsecureScheme) => {
                "an insecure origin cannot be allowed together with credentials"
            }
            ConfigReason::DangerNotSpelledOut(Danger::AnyOrigin) => {
                "any origin cannot be allowed together with credentials"
            }
            ConfigReason::DangerNotSpelledOut(Danger::PublicSuffix) => {
                "anyone can register a name under a public suffix"
            }
            ConfigReason::EmptyElement => "a list has an empty element",
            ConfigReason::NotAToken { .. } => "a name is no token",
            ConfigReason::ForbiddenMethod => "no page may use the method",
            ConfigReason::ForbiddenRequestHeader => "no page may set the request header",
            ConfigReason::CorsResponseHeader => "the header is one of a response, not of a request",
            ConfigReason::ForbiddenResponseHeader => "no page may read the response header",
            ConfigReason::CorsRequestHeader => "the header is not on responses that pages read",
            ConfigReason::WildcardWithCredentials => "an exposed `*` is a literal where there are credentials",
            ConfigReason::StatusNotOk { .. } => "the status of an answer to a preflight must be 200 to 299",
            ConfigReason::StatusNotFinal { .. } => "the status of a refusal must be 200 to 299 or 400 to 599",
            ConfigReason::NoSuchRule => "the policy has no rule of this number",
            ConfigReason::SecondPredicate => "a policy has one predicate at most",
            ConfigReason::SecondExternalLookup => "a policy has one external look-up at most",
        }
    }

    /// What would mend it.
    pub const fn mend(self) -> &'static str {
        match self {
            ConfigReason::NoOrigin => "list an origin, or `*`",
            ConfigReason::Pattern(fault) => fault.reason.mend(),
            ConfigReason::DangerNotSpelledOut(Danger::OpaqueOrigin) => {
                "drop it, or spell out the danger `opaque-origin` on it"
            }
            ConfigReason::DangerNotSpelledOut(Danger::InsecureScheme) => {
                "write `https`, or spell out the danger `insecure-scheme` on it"
            }
            ConfigReason::DangerNotSpelledOut(Danger::AnyOrigin) => {
                "list the origins, drop the credentials, or spell out the danger `any-origin` on it"
            }
            ConfigReason::DangerNotSpelledOut(Danger::PublicSuffix) => {
                "list the origins, or spell out the danger `public-suffix` on it"
            }
            ConfigReason::EmptyElement => "drop the comma too many",
            ConfigReason::NotAToken { .. } => "write one name, without blanks",
            ConfigReason::ForbiddenMethod | ConfigReason::ForbiddenRequestHeader => "drop it: browsers never send it",
            ConfigReason::CorsResponseHeader => "drop it: the policy's answer has it where it belongs",
            ConfigReason::ForbiddenResponseHeader | ConfigReason::CorsRequestHeader => "drop it: scripts never see it",
            ConfigReason::WildcardWithCredentials => "list the names, or expose the response's own headers",
            ConfigReason::StatusNotOk { .. } => "write 204, or 200",
            ConfigReason::StatusNotFinal { .. } => "write 403",
            ConfigReason::NoSuchRule => "number the rules from 0",
            ConfigReason::SecondPredicate => "join the predicates in one",
            ConfigReason::SecondExternalLookup => "keep one of them, and answer for both rules",
        }
    }
}

impl ConfigError<'_> {
    /// A stable name of the reason.
    pub const fn code(&self) -> &'static str {
        self.reason.code()
    }

    /// What would mend it.
    pub const fn mend(&self) -> &'static str {
        self.reason.mend()
    }
}

impl fmt::Display for ConfigError<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ConfigError { rule, field, index, value, reason } = self;
        write!(formatter, "rule {rule}, `{field}`, {index}: ")?;
        match reason {
            ConfigReason::Pattern(fault) => write!(formatter, "`{value}`: {fault}")?,
            ConfigReason::NotAToken { offset } => {
                write!(formatter, "`{}`: {}, at byte {offset}", value.escape_default(), reason.text())?;
            }
            ConfigReason::StatusNotOk { status } | ConfigReason::StatusNotFinal { status } => {
                write!(formatter, "`{status}`: {}", reason.text())?;
            }
            _ if value.is_empty() => formatter.write_str(reason.text())?,
            _ => write!(formatter, "`{}`: {}", value.escape_default(), reason.text())?,
        }
        write!(formatter, " ({})", reason.mend())
    }
}

impl error::Error for ConfigError<'_> {}

/// The text that these bytes are, being cut from a text at ASCII bytes.
pub(super) const fn as_text(bytes: &[u8]) -> &str {
    match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}
