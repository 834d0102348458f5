//! A page's request, its classification, and its preflight.
#![no_std]
#![no_main]
use core::hint::black_box;

use fetch_cors::{
    browser::{
        Profile, Request, RequestInit, Url, XhrInit,
        cross_origin_resource_policy::EmbedderPolicy,
        preflight::preflight_request,
        request::{
            BodyInit, CacheMode, CredentialsMode, Duplex, HeadersGuard, HostIsSite, RedirectMode, RedirectTaint,
            ReferrerPolicy, RequestMode, ResponseTainting, SameSite, TraversableForUserPrompts, UploadListener,
            XhrCredentials,
        },
        request_origin_header,
        route::{Route, route, scheme_fetch},
        safelist::{cors_safelisted_request_header, cors_unsafe_request_header_names},
    },
    header::HeaderName,
};
use no_panic::*;

program!({
    if let Ok(name) = HeaderName::new(text()) {
        keep(cors_safelisted_request_header(name, bytes(), profile()));
    }
    let body = black_box(Some(BodyInit::Blob(text())));
    if let (Some(url), Some(origin)) = (url(), origin()) {
        let init = RequestInit {
            method: text(),
            headers: headers(),
            body,
            mode: black_box(RequestMode::Cors),
            credentials: black_box(CredentialsMode::Include),
            redirect: black_box(RedirectMode::Follow),
            referrer_policy: black_box(ReferrerPolicy::Empty),
            cache: black_box(CacheMode::NoStore),
            duplex: black_box(Some(Duplex::Half)),
            traversable_for_user_prompts: black_box(TraversableForUserPrompts::Client),
        };
        keep(init.request(url, origin));
        let init = XhrInit {
            method: text(),
            headers: headers(),
            body,
            with_credentials: black_box(XhrCredentials::Include),
            upload_listener: black_box(UploadListener::Present),
        };
        keep(init.request(url, origin));
        keep(HostIsSite.same_site(origin, url.origin()));
        keep(black_box(RedirectTaint::SameSite).after_redirect(origin, origin, url.origin(), &HostIsSite));
    }
    keep(RequestMode::from_word(text()));
    keep((text().parse::<RequestMode>(), text().parse::<EmbedderPolicy>(), text().parse::<Profile>()));
    keep((Url::try_from(bytes()), url().map(|url| url == *text())));
    keep(ReferrerPolicy::from_word(text()));
    if let Some(request) = request() {
        classify(request);
    }
});

fn classify(request: Request<'static>) {
    let headers = request.headers().with_guard(black_box(HeadersGuard::RequestNoCors));
    keep_all(headers.iter());
    headers.header_list().for_each(|header| keep_all(header.value.bytes()));
    keep_all(headers.dropped_by_guard());
    let names = cors_unsafe_request_header_names(headers, profile());
    keep((names.is_empty(), names == *black_box(&names)));
    keep_all(names.iter());
    keep_all(names.reasons());
    match route(&request, profile()) {
        Ok(Route::CorsWithPreflight(reasons)) => {
            keep((reasons.method, reasons.flag));
            keep_all(reasons.headers.iter());
        }
        Ok(route) => keep::<ResponseTainting>(route.response_tainting()),
        Err(error) => keep(error.step()),
    }
    keep(scheme_fetch(&request));
    keep(request_origin_header(&request, fetch_cors::browser::Environment::new(profile())));
    let preflight = preflight_request(&request, profile());
    keep_all(preflight.headers());
    keep_all(preflight.access_control_request_headers.iter());
}
