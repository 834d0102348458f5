//! The codes of policies: their errors, lints and dangers, and why they refuse requests.

use fetch_cors::server::{ConfigReason, Danger, Expected, LintKind, PatternReason};

use super::{Code, Kind};

pub(super) fn codes() -> impl Iterator<Item = Code> {
    let errors = REASONS.iter().map(|reason| match reason {
        ConfigReason::WrongValue { .. } => (reason.code(), "the value is not one that the field can have"),
        _ => (reason.code(), reason.text()),
    });
    let errors = errors.chain(PATTERNS.iter().map(|reason| (reason.code(), reason.text())));
    // A danger has the sentence of its lint: an error names the same danger.
    let dangers = Danger::ALL.iter().map(|danger| (danger.code(), LintKind::DangerSpelledOut(*danger).text()));
    let lints = LINTS.iter().map(|lint| match lint {
        LintKind::DangerSpelledOut(_) => (lint.code(), "the pattern spells out a danger that it has"),
        LintKind::MaxAgeAboveLimit { .. } => (lint.code(), "browsers keep answers for a shorter time"),
        _ => (lint.code(), lint.text()),
    });
    of(Kind::PolicyError, errors)
        .chain(of(Kind::PolicyLint, lints))
        .chain(of(Kind::PolicyDanger, dangers))
        .chain(of(Kind::Refusal, REFUSALS.iter().copied()))
}

fn of(kind: Kind, codes: impl Iterator<Item = (&'static str, &'static str)>) -> impl Iterator<Item = Code> {
    codes.map(move |(code, meaning)| Code { kind, code, meaning })
}

const REASONS: &[ConfigReason] = &[
    ConfigReason::NoOrigin,
    ConfigReason::DangerNotSpelledOut(Danger::OpaqueOrigin),
    ConfigReason::DangerNotSpelledOut(Danger::InsecureScheme),
    ConfigReason::DangerNotSpelledOut(Danger::AnyOrigin),
    ConfigReason::DangerNotSpelledOut(Danger::PublicSuffix),
    ConfigReason::DangerNotSpelledOut(Danger::AnyHost),
    ConfigReason::DangerNotSpelledOut(Danger::FileOrigin),
    ConfigReason::EmptyElement,
    ConfigReason::NotAToken { offset: 0 },
    ConfigReason::MethodCase { sent_as: "" },
    ConfigReason::ForbiddenMethod,
    ConfigReason::ForbiddenRequestHeader,
    ConfigReason::CorsResponseHeader,
    ConfigReason::ForbiddenResponseHeader,
    ConfigReason::CorsRequestHeader,
    ConfigReason::WildcardWithCredentials,
    ConfigReason::StatusNotOk { status: 0 },
    ConfigReason::StatusNotFinal { status: 0 },
    ConfigReason::NoSuchRule,
    ConfigReason::SecondPredicate,
    ConfigReason::SecondExternalLookup,
    ConfigReason::WrongValue { expected: Expected::Map, meant: None },
    ConfigReason::UnknownField { meant: None },
    ConfigReason::FieldOfPolicy,
    ConfigReason::RepeatedField,
    ConfigReason::MissingPattern,
];

const PATTERNS: &[PatternReason] = &[
    PatternReason::TooLong,
    PatternReason::SeveralOrigins,
    PatternReason::Empty,
    PatternReason::Keyword,
    PatternReason::Variable,
    PatternReason::RegularExpression,
    PatternReason::SchemeWithoutHost,
    PatternReason::SchemeRepeated,
    PatternReason::SchemeWildcard,
    PatternReason::Quoted,
    PatternReason::Blank,
    PatternReason::SchemeMissing,
    PatternReason::SchemeInvalid,
    PatternReason::SchemeTooLong,
    PatternReason::SchemeFile,
    PatternReason::UpperCase,
    PatternReason::NonAscii,
    PatternReason::Userinfo,
    PatternReason::TrailingSlash,
    PatternReason::Path,
    PatternReason::HostEmpty,
    PatternReason::HostByte,
    PatternReason::HostTooLong,
    PatternReason::LeadingDot,
    PatternReason::LabelEmpty,
    PatternReason::WildcardPlace,
    PatternReason::WildcardAddress,
    PatternReason::Ipv4,
    PatternReason::Ipv6,
    PatternReason::Ipv6Brackets,
    PatternReason::Ipv6Form,
    PatternReason::PortInvalid,
    PatternReason::PortLeadingZero,
    PatternReason::PortOutOfRange,
    PatternReason::PortDefault,
];

const LINTS: &[LintKind<'static>] = &[
    LintKind::PatternShadowed { by: "" },
    LintKind::PatternRepeated,
    LintKind::DangerSpelledOut(Danger::OpaqueOrigin),
    LintKind::DangerIdle(Danger::OpaqueOrigin),
    LintKind::HttpsTwinMissing,
    LintKind::PublicSuffix,
    LintKind::MaxAgeAboveLimit { limit: 0 },
    LintKind::MaxAgeMissing,
    LintKind::WildcardWithoutAuthorization,
    LintKind::NameRepeated,
    LintKind::NameNeedless,
    LintKind::MethodCase,
    LintKind::PrivateNetworkLegacy,
    LintKind::SchemeNeverSent,
    LintKind::LiteralAsterisk,
    LintKind::WildcardVaries,
    LintKind::ManyPatterns,
];

const REFUSALS: &[(&str, &str)] = &[
    ("origin-not-allowed", "no rule allows the origin"),
    ("origin-opaque", "no rule allows the origin `null`"),
    ("origin-malformed", "the value of `Origin` is not an origin that browsers send"),
    ("origin-several", "the request has several `Origin` lines"),
    ("origin-not-looked-up", "the origin needs an external look-up, and none was made"),
    ("request-too-long", "the policy has to read what the preflight asks for, and that is too long"),
    (
        "request-malformed",
        "the policy has to read what the preflight asks for, and that is not a token or a list of tokens",
    ),
];
