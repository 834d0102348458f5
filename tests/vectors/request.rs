//! Requests, from the descriptions of cases.

use fetch_cors::{
    browser::{
        Request, RequestInit, Url, XhrInit,
        request::{
            Body, BodyInit, CacheMode, CredentialsMode, DocumentType, Duplex, RedirectMode, RedirectTaint,
            ReferrerPolicy, RequestError, RequestHeaders, RequestMode, ResponseTainting, SameSite,
            TraversableForUserPrompts, UnsafeRequestFlag, UploadListener, UseCorsPreflightFlag, XhrCredentials,
        },
        url::BlobUrlEntry,
    },
    header::Headers,
    method::Method,
    origin::Origin,
    spec::Step,
};
use serde::Deserialize;

use crate::bytes::HeaderList;

/// The description of a request. Missing members have defaults.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(clippy::struct_excessive_bools, reason = "it is the form of the vectors")]
pub(crate) struct Description {
    api: Api,
    origin: String,
    url: String,
    method: String,
    headers: HeaderList,
    body: Option<String>,
    mode: String,
    credentials: String,
    redirect: String,
    referrer_policy: String,
    cache: String,
    duplex: Option<String>,
    window_null: bool,
    blob_url_entry: bool,
    upload_listener: bool,
    unsafe_request: bool,
    redirect_taint: String,
    response_tainting: String,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Api {
    Fetch,
    Xhr,
    Other,
}

impl Default for Description {
    fn default() -> Self {
        Description {
            api: Api::Fetch,
            origin: "https://page.example".to_owned(),
            url: "https://api.example/".to_owned(),
            method: "GET".to_owned(),
            headers: HeaderList::default(),
            body: None,
            mode: "cors".to_owned(),
            credentials: "same-origin".to_owned(),
            redirect: "follow".to_owned(),
            referrer_policy: String::new(),
            cache: "default".to_owned(),
            duplex: Some("half".to_owned()),
            window_null: false,
            blob_url_entry: false,
            upload_listener: false,
            unsafe_request: false,
            redirect_taint: "same-origin".to_owned(),
            response_tainting: "basic".to_owned(),
        }
    }
}

impl Description {
    /// Calls the function with the request, or returns the step that throws.
    pub(crate) fn with<R>(&self, then: impl FnOnce(Result<Request<'_>, RequestError<'_>>) -> R) -> R {
        let pairs = self.headers.pairs();
        let headers = Headers::from_pairs(&pairs);
        let blob_url_entry = if self.blob_url_entry { BlobUrlEntry::OfPage } else { BlobUrlEntry::Unknown };
        let url = Url::new(&self.url).expect("the case has a serialized URL").with_blob_url_entry(blob_url_entry);
        let origin = Origin::parse(&self.origin).expect("the case has a serialized origin");
        let request = match self.api {
            Api::Fetch => self.init(headers).request(url, origin),
            Api::Xhr => self.xhr(headers).request(url, origin),
            Api::Other => Ok(self.other(Request::new(url, origin), headers)),
        };
        let tainting = ResponseTainting::from_word(&self.response_tainting).expect("a response tainting");
        then(request.map(|request| {
            request.with_redirect_taint(redirect_taint(&self.redirect_taint)).with_response_tainting(tainting)
        }))
    }

    /// Calls the function with a request that does not throw.
    pub(crate) fn with_request<R>(&self, then: impl FnOnce(Request<'_>) -> R) -> R {
        self.with(|request| then(request.expect("the case's request is not thrown for")))
    }

    fn init<'a>(&'a self, headers: Headers<'a>) -> RequestInit<'a> {
        assert!(!self.upload_listener && !self.unsafe_request, "fetch() has none of those");
        RequestInit {
            method: &self.method,
            headers,
            body: self.body(),
            mode: RequestMode::from_word(&self.mode).expect("a mode"),
            credentials: self.credentials_mode(),
            redirect: RedirectMode::from_word(&self.redirect).expect("a redirect mode"),
            referrer_policy: ReferrerPolicy::from_word(&self.referrer_policy).expect("a referrer policy"),
            cache: CacheMode::from_word(&self.cache).expect("a cache mode"),
            duplex: self.duplex.as_deref().map(|word| Duplex::from_word(word).expect("a duplex")),
            traversable_for_user_prompts: if self.window_null {
                TraversableForUserPrompts::NoTraversable
            } else {
                TraversableForUserPrompts::Client
            },
        }
    }

    fn xhr<'a>(&'a self, headers: Headers<'a>) -> XhrInit<'a> {
        assert!(self.mode == "cors" && self.redirect == "follow", "XMLHttpRequest has no other mode");
        XhrInit {
            method: &self.method,
            headers,
            body: self.body(),
            with_credentials: match self.credentials_mode() {
                CredentialsMode::Include => XhrCredentials::Include,
                _ => XhrCredentials::SameOrigin,
            },
            upload_listener: if self.upload_listener { UploadListener::Present } else { UploadListener::Absent },
        }
    }

    fn other<'a>(&'a self, request: Request<'a>, headers: Headers<'a>) -> Request<'a> {
        request
            .with_method(Method::new(&self.method).expect("a method"))
            .with_headers(RequestHeaders::new(headers))
            .with_mode(RequestMode::from_word(&self.mode).expect("a mode"))
            .with_credentials_mode(self.credentials_mode())
            .with_redirect_mode(RedirectMode::from_word(&self.redirect).expect("a redirect mode"))
            .with_referrer_policy(ReferrerPolicy::from_word(&self.referrer_policy).expect("a referrer policy"))
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
            })
    }

    fn credentials_mode(&self) -> CredentialsMode {
        CredentialsMode::from_word(&self.credentials).expect("a credentials mode")
    }

    fn body(&self) -> Option<BodyInit<'_>> {
        self.body.as_deref().map(|body| match body {
            "text" => BodyInit::Text,
            "url-search-params" => BodyInit::UrlSearchParams,
            "form-data" => BodyInit::FORM_DATA,
            "bytes" => BodyInit::Bytes,
            "stream" => BodyInit::Stream,
            "html-document" => BodyInit::Document(DocumentType::Html),
            "xml-document" => BodyInit::Document(DocumentType::Xml),
            _ => BodyInit::Blob(body.strip_prefix("blob:").expect("a body")),
        })
    }
}

pub(crate) fn redirect_taint(word: &str) -> RedirectTaint {
    match word {
        "same-origin" => RedirectTaint::SameOrigin,
        "same-site" => RedirectTaint::SameSite,
        "cross-site" => RedirectTaint::CrossSite,
        _ => panic!("`{word}` is not a redirect-taint"),
    }
}

/// Whether `step` is the one that a case names by its anchor and number, without sub-steps and switches. A step that
/// the crate takes together with others matches each of them.
pub(crate) fn expect_step(step: Step, expected: &str) -> Result<(), String> {
    let anchor = step.algorithm.link().split_once('#').map_or("", |(_, anchor)| anchor);
    let is_expected = |number: &str| {
        let found = format!("{anchor}:{number}");
        found == expected || found.strip_prefix(expected).is_some_and(|rest| rest.starts_with(", "))
    };
    if step.number.split('–').any(is_expected) {
        return Ok(());
    }
    Err(format!("step is {anchor}:{}, expected {expected}", step.number))
}

/// The cases' own rule: a site is the last two labels of a host.
pub(crate) struct TwoLabels;

impl SameSite for TwoLabels {
    fn schemelessly_same_site(&self, left: Origin<'_>, right: Origin<'_>) -> bool {
        let site = |host: &str| host.rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
        !left.is_opaque() && !right.is_opaque() && site(left.host()) == site(right.host())
    }
}
