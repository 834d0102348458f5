//! Requests, from the descriptions in the vectors.

use fetch_cors::{
    browser::{
        Request, RequestInit, Url, XhrInit,
        request::{
            Body, BodyInit, CredentialsMode, Duplex, RedirectMode, RedirectTaint, RequestHeaders, RequestMode,
            ResponseTainting, UnsafeRequestFlag, UploadListener, UseCorsPreflightFlag, XhrCredentials,
        },
        url::BlobUrlEntry,
    },
    header::Headers,
    method::Method,
    origin::Origin,
};

pub(crate) struct Asked {
    pub(crate) api: &'static str,
    pub(crate) origin: &'static str,
    pub(crate) url: &'static str,
    pub(crate) method: &'static str,
    pub(crate) headers: &'static [(&'static str, &'static [u8])],
    pub(crate) body: Option<&'static str>,
    pub(crate) mode: &'static str,
    pub(crate) credentials: &'static str,
    pub(crate) redirect: &'static str,
    /// Whether the page has made the `blob:` URL.
    pub(crate) blob_url_entry: bool,
    pub(crate) upload_listener: bool,
    pub(crate) unsafe_request: bool,
    pub(crate) redirect_taint: &'static str,
    pub(crate) response_tainting: &'static str,
}

impl Asked {
    /// The request; `None` if the page's call throws, which no vector here does.
    pub(crate) fn request(&self) -> Option<Request<'static>> {
        let blob_url_entry = if self.blob_url_entry { BlobUrlEntry::OfPage } else { BlobUrlEntry::Unknown };
        let url = Url::new(self.url).ok()?.with_blob_url_entry(blob_url_entry);
        let origin = Origin::parse(self.origin).ok()?;
        let headers = Headers::from_pairs(self.headers);
        let credentials = CredentialsMode::from_word(self.credentials)?;
        let mode = RequestMode::from_word(self.mode)?;
        let redirect = RedirectMode::from_word(self.redirect)?;
        let request = match self.api {
            "fetch" => {
                let body = self.body();
                RequestInit {
                    method: self.method,
                    headers,
                    body,
                    mode,
                    credentials,
                    redirect,
                    // A stream needs this, and it does not affect other bodies.
                    duplex: Some(Duplex::Half),
                    ..RequestInit::default()
                }
                .request(url, origin)
                .ok()?
            }
            "xhr" => XhrInit {
                method: self.method,
                headers,
                body: self.body(),
                with_credentials: match credentials {
                    CredentialsMode::Include => XhrCredentials::Include,
                    _ => XhrCredentials::SameOrigin,
                },
                upload_listener: if self.upload_listener { UploadListener::Present } else { UploadListener::Absent },
            }
            .request(url, origin)
            .ok()?,
            _ => Request::new(url, origin)
                .with_method(Method::new(self.method).ok()?)
                .with_headers(RequestHeaders::new(headers))
                .with_mode(mode)
                .with_credentials_mode(credentials)
                .with_redirect_mode(redirect)
                .with_body(if self.body.is_some() { Body::WithSource } else { Body::None })
                .with_unsafe_request_flag(if self.unsafe_request {
                    UnsafeRequestFlag::Set
                } else {
                    UnsafeRequestFlag::Unset
                })
                .with_use_cors_preflight_flag(if self.upload_listener {
                    UseCorsPreflightFlag::SetByUploadListener
                } else {
                    UseCorsPreflightFlag::Unset
                }),
        };
        Some(
            request
                .with_redirect_taint(redirect_taint(self.redirect_taint)?)
                .with_response_tainting(ResponseTainting::from_word(self.response_tainting)?),
        )
    }

    fn body(&self) -> Option<BodyInit<'static>> {
        Some(match self.body? {
            "text" => BodyInit::Text,
            "url-search-params" => BodyInit::UrlSearchParams,
            "form-data" => BodyInit::FORM_DATA,
            "bytes" => BodyInit::Bytes,
            "stream" => BodyInit::Stream,
            blob => BodyInit::Blob(blob.strip_prefix("blob:").unwrap_or(blob)),
        })
    }
}

pub(crate) fn redirect_taint(word: &str) -> Option<RedirectTaint> {
    Some(match word {
        "same-origin" => RedirectTaint::SameOrigin,
        "same-site" => RedirectTaint::SameSite,
        "cross-site" => RedirectTaint::CrossSite,
        _ => return None,
    })
}
