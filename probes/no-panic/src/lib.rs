//! The common part of the programs: a panic handler that links only if there is no panic path, and inputs that the
//! optimizer does not know.
#![no_std]

use core::{fmt, hint::black_box, panic::PanicInfo};

use fetch_cors::{
    browser::{
        Environment, Profile, Request, Response, Url,
        cross_origin_resource_policy::EmbedderPolicy,
        environment::{GlobalObject, HttpVersion, LocationParses, StorageAccess},
        request::{
            Body, CredentialsMode, HostIsSite, RedirectMode, ReferrerPolicy, RequestHeaders, RequestMode,
            ResponseTainting, UseCorsPreflightFlag,
        },
    },
    header::Headers,
    origin::Origin,
};

unsafe extern "C" {
    /// Defined nowhere: a program that can call it does not link.
    safe fn a_panic_path_is_left() -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    a_panic_path_is_left()
}

/// Makes a program of a block.
#[macro_export]
macro_rules! program {
    ($block:block) => {
        #[unsafe(no_mangle)]
        extern "C" fn _start() -> ! {
            $block
            loop {
                core::hint::spin_loop();
            }
        }
    };
}

/// Keeps the optimizer from removing a value.
pub fn keep<T>(value: T) {
    black_box(value);
}

/// Keeps all items of an iterator.
pub fn keep_all<T>(values: impl IntoIterator<Item = T>) {
    for value in values {
        keep(value);
    }
}

pub fn text() -> &'static str {
    black_box::<&str>("")
}

pub fn bytes() -> &'static [u8] {
    black_box::<&[u8]>(&[])
}

pub fn number() -> usize {
    black_box(0)
}

pub fn lines() -> Headers<'static> {
    Headers::from_pairs(black_box::<&[(&str, &[u8])]>(&[]))
}

/// A header list of the caller's type.
struct Source;

impl fetch_cors::header::HeaderSource for Source {
    fn header(&self, number: usize) -> Option<(&str, &[u8])> {
        (number < self::number()).then(|| (text(), bytes()))
    }
}

/// A header list of either kind.
pub fn headers() -> Headers<'static> {
    static SOURCE: Source = Source;
    if black_box(false) { Headers::from_source(black_box(&SOURCE)) } else { lines() }
}

pub fn origin() -> Option<Origin<'static>> {
    Origin::from_header(bytes()).ok()
}

pub fn url() -> Option<Url<'static>> {
    Url::new(text()).ok()
}

/// Any profile: one of the four, or a mixture.
pub fn profile() -> &'static Profile {
    const PROFILES: &[Profile] = &[Profile::FETCH, Profile::CHROMIUM, Profile::FIREFOX, Profile::WEBKIT];
    static FIRST: Profile = Profile::FETCH;
    black_box(PROFILES).get(number()).unwrap_or(black_box(&FIRST))
}

pub fn environment() -> Environment<'static> {
    Environment {
        partition: text(),
        embedder_policy: black_box(EmbedderPolicy::RequireCorp),
        same_site: black_box(&HostIsSite),
        parse_location: black_box(|_, _, _| LocationParses::No),
        global_object: black_box(GlobalObject::Worker),
        http_version: black_box(HttpVersion::Http1),
        storage_access: black_box(Some(StorageAccess::Inactive)),
        ..Environment::new(profile())
    }
}

pub fn response() -> Option<Response<'static>> {
    Response::new(black_box(200), headers()).ok()
}

/// A request of any kind.
pub fn request() -> Option<Request<'static>> {
    let request = Request::new(url()?, origin()?)
        .with_method(fetch_cors::method::Method::new(text()).ok()?)
        .with_headers(
            RequestHeaders::new(headers())
                .with_guard(black_box(fetch_cors::browser::request::HeadersGuard::Request))
                .with_duplicate_names(black_box(fetch_cors::browser::request::DuplicateNames::Append))
                .with_content_type(black_box(None))
                .with_accept(black_box(None))
                .with_accept_language(black_box(None)),
        )
        .with_mode(black_box(RequestMode::Cors))
        .with_credentials_mode(black_box(CredentialsMode::Include))
        .with_redirect_mode(black_box(RedirectMode::Follow))
        .with_referrer_policy(black_box(ReferrerPolicy::Empty))
        .with_body(black_box(Body::None))
        .with_use_cors_preflight_flag(black_box(UseCorsPreflightFlag::Unset))
        .with_response_tainting(black_box(ResponseTainting::Cors));
    Some(black_box(request))
}

/// A sink for text with unknown results.
pub struct Anywhere;

impl fmt::Write for Anywhere {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        black_box(Ok(()))
    }
}

/// Writes a value with `{}`.
pub fn write(value: impl fmt::Display) {
    keep(fmt::write(&mut Anywhere, format_args!("{value}")));
}

/// Writes a value with `{:?}`.
pub fn write_debug(value: impl fmt::Debug) {
    keep(fmt::write(&mut Anywhere, format_args!("{value:?}")));
}
