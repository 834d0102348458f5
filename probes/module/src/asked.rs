//! A page's request, as text.

use core::fmt;

use fetch_cors::{
    browser::{
        Profile, Request, RequestInit, Url, XhrInit,
        request::{
            BodyInit, CredentialsMode, RedirectMode, ReferrerPolicy, RequestMode, UploadListener, XhrCredentials,
        },
    },
    header::Headers,
    origin::Origin,
};

use exchange::{Output, next_line};

pub(crate) fn read_text<'a>(text: &mut &'a [u8]) -> Option<&'a str> {
    core::str::from_utf8(next_line(text)?).ok()
}

#[cfg(feature = "profiles")]
pub(crate) fn profile(name: &str) -> Option<&'static Profile> {
    static PROFILES: [(&str, Profile); 4] = [
        ("fetch", Profile::FETCH),
        ("chromium", Profile::CHROMIUM),
        ("firefox", Profile::FIREFOX),
        ("webkit", Profile::WEBKIT),
    ];
    PROFILES.iter().find(|(own, _)| *own == name).map(|(_, profile)| profile)
}

#[cfg(not(feature = "profiles"))]
pub(crate) fn profile(_: &str) -> Option<&'static Profile> {
    Some(&Profile::FETCH)
}

pub(crate) struct Asked<'a> {
    api: &'a str,
    origin: Origin<'a>,
    url: Url<'a>,
    method: &'a str,
    mode: RequestMode,
    credentials: CredentialsMode,
    redirect: RedirectMode,
    referrer_policy: ReferrerPolicy,
    body: &'a str,
    upload: &'a str,
}

impl<'a> Asked<'a> {
    /// Reads one line each: the API, the page's origin, the URL, the method, the mode, the credentials mode, the
    /// redirect mode, the referrer policy, the body, and `upload` for an upload listener.
    pub(crate) fn read(text: &mut &'a [u8]) -> Option<Self> {
        Some(Asked {
            api: read_text(text)?,
            origin: Origin::parse(read_text(text)?).ok()?,
            url: Url::new(read_text(text)?).ok()?,
            method: read_text(text)?,
            mode: RequestMode::from_word(read_text(text)?)?,
            credentials: CredentialsMode::from_word(read_text(text)?)?,
            redirect: RedirectMode::from_word(read_text(text)?)?,
            referrer_policy: ReferrerPolicy::from_word(read_text(text)?)?,
            body: read_text(text)?,
            upload: read_text(text)?,
        })
    }

    /// The request that the page's call makes; `None` if it throws.
    pub(crate) fn request(&self, headers: Headers<'a>) -> Option<Request<'a>> {
        let body = match self.body {
            "" => None,
            "text" => Some(BodyInit::Text),
            "url-search-params" => Some(BodyInit::UrlSearchParams),
            blob => Some(BodyInit::Blob(blob.strip_prefix("blob:")?)),
        };
        let Asked { method, mode, credentials, redirect, referrer_policy, .. } = *self;
        match self.api {
            "xhr" => XhrInit {
                method,
                headers,
                body,
                with_credentials: match credentials {
                    CredentialsMode::Include => XhrCredentials::Include,
                    _ => XhrCredentials::SameOrigin,
                },
                upload_listener: match self.upload {
                    "upload" => UploadListener::Present,
                    _ => UploadListener::Absent,
                },
            }
            .request(self.url, self.origin)
            .ok(),
            _ => RequestInit {
                method,
                headers,
                body,
                mode,
                credentials,
                redirect,
                referrer_policy,
                ..RequestInit::default()
            }
            .request(self.url, self.origin)
            .ok(),
        }
    }
}

pub(crate) fn write_request(output: &mut Output<'_>, method: &str, url: Url<'_>) -> Option<()> {
    output.write(method.as_bytes())?;
    output.write(b" ")?;
    output.write(url.without_fragment().as_bytes())?;
    output.write(b"\n")
}

pub(crate) fn write_header(output: &mut Output<'_>, name: &str, value: fmt::Arguments<'_>) -> Option<()> {
    output.write(name.as_bytes())?;
    output.write(b": ")?;
    fmt::write(output, value).ok()?;
    output.write(b"\n")
}
