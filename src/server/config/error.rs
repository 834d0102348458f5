//! Mistakes in a policy: each with its place, its value, its reason and its fix.

use core::{error, fmt};

use super::expected::{Expected, Meant};
use crate::{
    grammar::Escaped,
    server::pattern::{Danger, PatternFault},
};

/// A mistake in a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ConfigError<'a> {
    /// The number of the rule, from 0.
    pub rule: usize,
    /// The field.
    pub field: Field,
    /// The number of the element in that field's list, from 0.
    pub index: usize,
    /// The element, or an empty text if the mistake is not in an element.
    pub value: &'a str,
    /// Why the value is wrong.
    pub reason: ConfigReason,
}

/// A field of a rule or of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Whether the response's own headers are exposed.
    ExposeOwnHeaders,
    /// Whether requests with credentials are allowed.
    Credentials,
    /// How long browsers may cache an answer to a preflight.
    MaxAge,
    /// The predicate.
    Predicate,
    /// The external look-up.
    ExternalLookup,
    /// A further rule as a whole.
    Rules,
    /// The policy as a whole.
    Policy,
    /// The status of an answer to a preflight.
    PreflightStatus,
    /// The status of an answer to a preflight from an origin that is not allowed.
    RefusedPreflightStatus,
    /// How much an answer to a preflight discloses.
    Disclosure,
    /// The legacy opt-in for private networks.
    PrivateNetwork,
    /// Whether the server itself refuses.
    Enforcement,
    /// What happens to the headers that a response already has.
    Upstream,
}

impl Field {
    /// The name, as it is written in configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Origins => "origins",
            Field::Methods => "methods",
            Field::RequestHeaders => "request_headers",
            Field::ExposedHeaders => "exposed_headers",
            Field::ExposeOwnHeaders => "expose_own_headers",
            Field::Credentials => "credentials",
            Field::MaxAge => "max_age",
            Field::Predicate => "predicate",
            Field::ExternalLookup => "external_lookup",
            Field::Rules => "rules",
            Field::Policy => "policy",
            Field::PreflightStatus => "preflight_status",
            Field::RefusedPreflightStatus => "refused_preflight_status",
            Field::Disclosure => "disclosure",
            Field::PrivateNetwork => "private_network",
            Field::Enforcement => "enforcement",
            Field::Upstream => "upstream",
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
    /// The text is not an origin pattern.
    Pattern(PatternFault),
    /// The pattern has a danger that it does not spell out.
    DangerNotSpelledOut(Danger),
    /// An element of a list is empty.
    EmptyElement,
    /// The name is not a token.
    NotAToken {
        /// The offset of the first byte that a token cannot have, in bytes.
        offset: usize,
    },
    /// Pages never send the method in this case: `fetch()` and XHR write it in upper case.
    MethodCase {
        /// The method that they send.
        sent_as: &'static str,
    },
    /// No page may use the method.
    ForbiddenMethod,
    /// No page may set the request header.
    ForbiddenRequestHeader,
    /// The header is a response header of the CORS protocol.
    CorsResponseHeader,
    /// No page may read the response header.
    ForbiddenResponseHeader,
    /// The header belongs to the CORS protocol, and responses that pages read do not have it.
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
    /// The predicate's rule does not exist.
    NoSuchRule,
    /// A policy has one predicate at most.
    SecondPredicate,
    /// A policy has one external look-up at most.
    SecondExternalLookup,
    /// The value is not one that the field can have.
    WrongValue {
        /// What the field can have.
        expected: Expected,
        /// What was probably meant.
        meant: Option<Meant>,
    },
    /// No field has this name.
    UnknownField {
        /// The name that was probably meant.
        meant: Option<&'static str>,
    },
    /// A rule has a field of the policy.
    FieldOfPolicy,
    /// The field is given twice.
    RepeatedField,
    /// A pattern in a map lacks its text.
    MissingPattern,
    /// A pattern in a map lacks the list of the dangers that it spells out.
    MissingDangers,
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
            ConfigReason::DangerNotSpelledOut(Danger::AnyHost) => "any-host-not-spelled-out",
            ConfigReason::DangerNotSpelledOut(Danger::FileOrigin) => "file-origin-not-spelled-out",
            ConfigReason::EmptyElement => "empty-element",
            ConfigReason::NotAToken { .. } => "not-a-token",
            ConfigReason::MethodCase { .. } => "method-case",
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
            ConfigReason::WrongValue { .. } => "wrong-value",
            ConfigReason::UnknownField { .. } => "unknown-field",
            ConfigReason::FieldOfPolicy => "field-of-policy",
            ConfigReason::RepeatedField => "repeated-field",
            ConfigReason::MissingPattern | ConfigReason::MissingDangers => "missing-field",
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
            ConfigReason::DangerNotSpelledOut(Danger::AnyHost) => {
                "any host of a scheme cannot be allowed together with credentials"
            }
            ConfigReason::DangerNotSpelledOut(Danger::FileOrigin) => {
                "any file that a user opens can have the origin `file://`"
            }
            ConfigReason::EmptyElement => "a list has an empty element",
            ConfigReason::NotAToken { .. } => "a name is not a token",
            ConfigReason::MethodCase { .. } => "pages send this method in upper case only",
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
            ConfigReason::WrongValue { expected, .. } => expected.text(),
            ConfigReason::UnknownField { .. } => "no field has this name",
            ConfigReason::FieldOfPolicy => "the field belongs to the policy, not to a rule",
            ConfigReason::RepeatedField => "the field is given twice",
            ConfigReason::MissingPattern => "a pattern in a map needs the field `pattern`",
            ConfigReason::MissingDangers => "a pattern in a map needs the list `dangerously_allow`",
        }
    }

    /// How to fix it, as a fixed sentence.
    pub const fn fix(self) -> &'static str {
        match self {
            ConfigReason::NoOrigin => {
                "list an origin, or `*`; to allow nobody, use no policy: without its headers browsers refuse every other origin"
            }
            ConfigReason::Pattern(fault) => fault.reason.fix(),
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
            ConfigReason::DangerNotSpelledOut(Danger::AnyHost) => {
                "list the origins, drop the credentials, or spell out the danger `any-host` on it"
            }
            ConfigReason::DangerNotSpelledOut(Danger::FileOrigin) => {
                "drop it, or spell out the danger `file-origin` on it"
            }
            ConfigReason::EmptyElement => "drop the extra comma",
            ConfigReason::NotAToken { .. } => "write one name for each element, without blanks",
            ConfigReason::MethodCase { .. } => "write it in upper case",
            ConfigReason::ForbiddenMethod | ConfigReason::ForbiddenRequestHeader => "drop it: browsers never send it",
            ConfigReason::CorsResponseHeader => "drop it: the policy's answer has it already",
            ConfigReason::ForbiddenResponseHeader | ConfigReason::CorsRequestHeader => "drop it: scripts never see it",
            ConfigReason::WildcardWithCredentials => "list the names, or expose the response's own headers",
            ConfigReason::StatusNotOk { .. } => "write 204, or 200",
            ConfigReason::StatusNotFinal { .. } => "write 403",
            ConfigReason::NoSuchRule => "number the rules from 0",
            ConfigReason::SecondPredicate => "join the predicates in one",
            ConfigReason::SecondExternalLookup => "keep one of them, and answer for both rules",
            ConfigReason::WrongValue { expected, .. } => expected.fix(),
            ConfigReason::UnknownField { .. } => "drop it, or write the name of a field",
            ConfigReason::FieldOfPolicy => "move it out of `rules`, to the fields of the policy",
            ConfigReason::RepeatedField => "keep one of them",
            ConfigReason::MissingPattern => "add `pattern`",
            ConfigReason::MissingDangers => "write the pattern as a text, or list the dangers that it spells out",
        }
    }
}

impl ConfigError<'_> {
    /// A stable name of the reason.
    pub const fn code(&self) -> &'static str {
        self.reason.code()
    }

    /// How to fix it, as a fixed sentence.
    pub const fn fix(&self) -> &'static str {
        self.reason.fix()
    }
}

impl fmt::Display for ConfigReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.text())
    }
}

/// Writes the place, the value in backticks and escaped, the reason, and the fix in brackets.
impl fmt::Display for ConfigError<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ConfigError { rule, field, index, value, reason } = self;
        write!(formatter, "rule {rule}, `{field}`, {index}: ")?;
        match reason {
            ConfigReason::StatusNotOk { status } | ConfigReason::StatusNotFinal { status } => {
                write!(formatter, "`{status}`: {}", reason.text())?;
            }
            ConfigReason::Pattern(fault) => write!(formatter, "`{}`: {fault}", Escaped(value))?,
            _ if value.is_empty() => formatter.write_str(reason.text())?,
            _ => write!(formatter, "`{}`: {}", Escaped(value), reason.text())?,
        }
        if let ConfigReason::NotAToken { offset } = reason {
            write!(formatter, ", at byte {offset}")?;
        }
        match self.suggestion() {
            Some(suggestion) => write!(formatter, " ({}: {suggestion})", reason.fix()),
            None => write!(formatter, " ({})", reason.fix()),
        }
    }
}

impl error::Error for ConfigError<'_> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.reason {
            ConfigReason::Pattern(fault) => Some(fault),
            _ => None,
        }
    }
}
