//! The page's call.

use fetch_cors::{
    browser::{
        BodyInit, CredentialsMode, Duplex, Request, RequestError, RequestInit, UploadListener, Url, XhrCredentials,
        XhrInit,
    },
    header::Headers,
    origin::Origin,
};

use super::args::{Api, Arguments, BodyArgument};

/// The request that the page's call makes, or what the call throws.
pub fn request<'a>(
    arguments: &'a Arguments,
    headers: Headers<'a>,
    url: Url<'a>,
    origin: Origin<'a>,
) -> Result<Request<'a>, RequestError<'a>> {
    let Arguments { method, credentials, mode, redirect, referrer_policy, .. } = arguments;
    let body = match arguments.body {
        BodyArgument::None => None,
        BodyArgument::Text => Some(BodyInit::Text),
        BodyArgument::Stream => Some(BodyInit::Stream),
    };
    match arguments.api {
        Api::Fetch => RequestInit {
            method,
            headers,
            body,
            mode: *mode,
            credentials: *credentials,
            redirect: *redirect,
            referrer_policy: *referrer_policy,
            duplex: Some(Duplex::Half),
            ..RequestInit::default()
        }
        .request(url, origin),
        Api::XhrWithUploadListener => XhrInit {
            method,
            headers,
            body,
            with_credentials: match credentials {
                CredentialsMode::Include => XhrCredentials::Include,
                CredentialsMode::SameOrigin | CredentialsMode::Omit => XhrCredentials::SameOrigin,
            },
            upload_listener: UploadListener::Present,
        }
        .request(url, origin),
    }
}

/// The origin that `--origin` names.
pub fn origin(text: &str) -> Result<Origin<'_>, String> {
    Origin::parse(text).map_err(|error| {
        let origin = url::Url::parse(text).map(|url| url.origin().ascii_serialization());
        let meant = match origin {
            Ok(origin) if origin != "null" => format!("; is it `{origin}`?"),
            _ => String::new(),
        };
        format!("`--origin {text}`: {error}{meant}")
    })
}

/// The URL, parsed against nothing.
pub fn url(text: &str) -> Result<url::Url, String> {
    url::Url::parse(text).map_err(|error| format!("the URL `{text}`: {error}"))
}
