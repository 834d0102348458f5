//! CORS check: may this origin read this response?

use super::{
    error::{NetworkError, Phase, Reason, Several},
    profile::{Profile, switches::EmptyLine},
    request::{CredentialsMode, Request},
    response::Response,
};
use crate::{
    header::{CombinedValue, Header, HeaderName},
    origin::Origin,
};

/// Whether `request`'s origin may read `response`.
///
/// <https://fetch.spec.whatwg.org/#concept-cors-check>
pub fn cors_check<'a>(
    request: &Request<'a>,
    response: &Response<'a>,
    profile: &Profile,
) -> Result<(), NetworkError<'a>> {
    let [allow_origin, allow_credentials] =
        failures(request.serialized_origin(), request.credentials_mode(), response, profile);
    match allow_origin.or(allow_credentials) {
        Some(reason) => {
            Err(NetworkError { phase: Phase::Response, reason, response_tainting: request.response_tainting() })
        }
        None => Ok(()),
    }
}

/// All failures, in the order of the checks.
pub(super) fn failures<'a>(
    origin: Origin<'a>,
    credentials_mode: CredentialsMode,
    response: &Response<'a>,
    profile: &Profile,
) -> [Option<Reason<'a>>; 2] {
    [
        check_allow_origin(origin, credentials_mode, response, profile).err(),
        check_allow_credentials(credentials_mode, response, profile).err(),
    ]
}

fn check_allow_origin<'a>(
    origin: Origin<'a>,
    credentials_mode: CredentialsMode,
    response: &Response<'a>,
    profile: &Profile,
) -> Result<(), Reason<'a>> {
    let include = credentials_mode == CredentialsMode::Include;
    // 1.
    let value = profile.get(response, HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN);
    // 2. Null is not `null`: only an absent header fails here.
    let value = value.ok_or(Reason::AllowOriginMissing)?;
    if profile.empty_line == EmptyLine::Ignored && counts_several(response) {
        return Err(Reason::AllowOriginMultiple { value, several: Several::Lines });
    }
    // 3.
    if value == *b"*" {
        return if include { Err(Reason::AllowOriginWildcardWithCredentials) } else { Ok(()) };
    }
    // 4.
    match value.single() {
        Some(single) if origin.is_serialized_as(single) => Ok(()),
        _ => Err(explain_mismatch(value, origin, profile)),
    }
}

/// The standard has one failure for every value other than the origin. Each mistake has its own reason here.
fn explain_mismatch<'a>(value: CombinedValue<'a>, origin: Origin<'a>, profile: &Profile) -> Reason<'a> {
    let Some(single) = value.single() else {
        let several = match profile.empty_line {
            EmptyLine::Combined => Several::Lines,
            // The lines were counted above.
            EmptyLine::Ignored => Several::Values,
        };
        return Reason::AllowOriginMultiple { value, several };
    };
    if single.iter().any(|byte| matches!(byte, b' ' | b',')) {
        return Reason::AllowOriginMultiple { value, several: Several::Values };
    }
    match core::str::from_utf8(single).map(Origin::parse) {
        Ok(Ok(_)) => Reason::AllowOriginMismatch { value, origin },
        _ => Reason::AllowOriginInvalid { value },
    }
}

fn check_allow_credentials<'a>(
    credentials_mode: CredentialsMode,
    response: &Response<'a>,
    profile: &Profile,
) -> Result<(), Reason<'a>> {
    // 5.
    if credentials_mode != CredentialsMode::Include {
        return Ok(());
    }
    // 6–8.
    match profile.get(response, HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS) {
        Some(value) if value == *b"true" => Ok(()),
        value => Err(Reason::AllowCredentialsNotTrue { value }),
    }
}

// AD-HOC: Firefox fails several lines before it looks at them, and counts those whose name is written just so.
fn counts_several(response: &Response<'_>) -> bool {
    let counts = |header: &Header<'_>| header.name.as_str() == "Access-Control-Allow-Origin";
    response.headers.iter().filter(counts).nth(1).is_some()
}
