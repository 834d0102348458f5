//! The page's call.

use fetch_cors::{
    browser::{
        Request, RequestInit, Url, XhrInit,
        request::{BodyInit, CredentialsMode, Duplex, RequestError, UploadListener, XhrCredentials},
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
                _ => XhrCredentials::SameOrigin,
            },
            upload_listener: UploadListener::Present,
        }
        .request(url, origin),
    }
}

/// The origin that `--origin` names.
pub fn origin(given: &str) -> Result<Origin<'_>, String> {
    let text = given;
    Origin::parse(given).map_err(|error| {
        if text.starts_with("file:") {
            return format!(
                "`--origin {text}`: browsers send `null` for a page of a file, so use `null`; old web views send \
                 `file://`, which is not an origin, and which a server must compare as text"
            );
        }
        // A host and a port look like a scheme and a path.
        let text_with_scheme = if text.contains("://") || text == "null" { text.to_owned() } else { with_scheme(text) };
        let text = &*text_with_scheme;
        let origin = url::Url::parse(text).map(|url| url.origin().ascii_serialization());
        let meant = match origin {
            Ok(origin) if origin != "null" => format!("; is it `{origin}`?"),
            _ => String::new(),
        };
        format!("`--origin {given}`: {error}{meant}")
    })
}

/// A host as an origin: this machine's is served without TLS as a rule.
fn with_scheme(host: &str) -> String {
    let name = host.split([':', '/']).next().unwrap_or_default();
    let local = name == "localhost" || name.parse::<core::net::Ipv4Addr>().is_ok();
    format!("{}://{host}", if local { "http" } else { "https" })
}

/// The URL, parsed against nothing.
pub fn url(text: &str) -> Result<url::Url, String> {
    url::Url::parse(text).map_err(|error| format!("the URL `{text}`: {error}"))
}
