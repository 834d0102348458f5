//! CORS check: whether an origin may read a response.

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
    let check = CorsCheck::of(request.serialized_origin(), request.credentials_mode(), response, profile);
    let network_error =
        |reason| NetworkError { phase: Phase::Response, reason, response_tainting: request.response_tainting() };
    check.check_allow_origin().and_then(|()| check.check_allow_credentials()).map_err(network_error)
}

/// A CORS check, with the header values that it reads.
pub(super) struct CorsCheck<'r, 'a> {
    pub(super) origin: Origin<'a>,
    pub(super) credentials_mode: CredentialsMode,
    pub(super) response: &'r Response<'a>,
    pub(super) profile: &'r Profile,
    /// `Access-Control-Allow-Origin` and `Access-Control-Allow-Credentials`.
    pub(super) values: [Option<CombinedValue<'a>>; 2],
}

impl<'r, 'a> CorsCheck<'r, 'a> {
    pub(super) const NAMES: [HeaderName<'static>; 2] =
        [HeaderName::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName::ACCESS_CONTROL_ALLOW_CREDENTIALS];

    pub(super) fn of(
        origin: Origin<'a>,
        credentials_mode: CredentialsMode,
        response: &'r Response<'a>,
        profile: &'r Profile,
    ) -> Self {
        let names = Self::NAMES.map(|name| (name, profile.empty_lines()));
        // Step 6 is reached only with credentials.
        let values = if credentials_mode == CredentialsMode::Include {
            response.headers.get_each(names)
        } else {
            let [name, _] = names;
            let [allow_origin] = response.headers.get_each([name]);
            [allow_origin, None]
        };
        CorsCheck { origin, credentials_mode, response, profile, values }
    }

    /// All failures, in the order of the checks.
    pub(super) fn failures(&self) -> [Option<Reason<'a>>; 2] {
        [self.check_allow_origin().err(), self.check_allow_credentials().err()]
    }

    pub(super) fn check_allow_origin(&self) -> Result<(), Reason<'a>> {
        let CorsCheck { origin, credentials_mode, response, profile, values: [value, _] } = *self;
        // 1–2. Null is not `null`: only an absent header fails here.
        let value = value.ok_or(Reason::AllowOriginMissing)?;
        if profile.empty_line == EmptyLine::Ignored && counts_several(response) {
            return Err(Reason::AllowOriginMultiple { value, several: Several::Lines });
        }
        // 3.
        if value == *b"*" {
            return match credentials_mode {
                CredentialsMode::Include => Err(Reason::AllowOriginWildcardWithCredentials),
                CredentialsMode::Omit | CredentialsMode::SameOrigin => Ok(()),
            };
        }
        // 4.
        match value.single() {
            Some(single) if origin.is_serialized_as(single) => Ok(()),
            _ => Err(explain_mismatch(value, origin, profile)),
        }
    }

    pub(super) fn check_allow_credentials(&self) -> Result<(), Reason<'a>> {
        // 5.
        if self.credentials_mode != CredentialsMode::Include {
            return Ok(());
        }
        // 6–8.
        match self.values {
            [_, Some(value)] if value == *b"true" => Ok(()),
            [_, value] => Err(Reason::AllowCredentialsNotTrue { value }),
        }
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

// AD-HOC: Firefox rejects several lines before it reads them, and counts those whose name is spelled exactly so.
fn counts_several(response: &Response<'_>) -> bool {
    let counts = |header: &Header<'_>| header.name.as_str() == "Access-Control-Allow-Origin";
    response.headers.iter().filter(counts).nth(1).is_some()
}
