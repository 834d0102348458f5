//! Kinds of requests: functions of scripts and elements, and what each lets a page choose.

use fetch_cors::browser::request::{CacheMode, CredentialsMode, Keepalive, RequestMode};

/// The function or element that makes a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// `fetch()`
    #[default]
    Fetch,
    /// XMLHttpRequest
    Xhr,
    /// `<img>`, `<video>`, `<audio>`
    Img,
    /// `<script>`
    Script,
    /// `<script type=module>`, `import`
    Module,
    /// `<link rel=stylesheet>`
    Style,
    /// `@font-face`
    Font,
    /// `navigator.sendBeacon()`
    Beacon,
    /// `new EventSource()`
    EventSource,
    /// `<form>`
    Form,
    /// `<iframe>`
    Iframe,
    /// `new WebSocket()`
    #[value(name = "websocket")]
    WebSocket,
}

/// The values of a request of some kind, where the page chooses none.
#[derive(Clone, Copy, Debug)]
pub struct Defaults {
    pub method: &'static str,
    pub mode: RequestMode,
    pub credentials: CredentialsMode,
    pub accept: &'static [u8],
    pub cache: CacheMode,
    pub keepalive: Keepalive,
}

const ANY: &[u8] = b"*/*";
const DOCUMENT: &[u8] = b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

impl Kind {
    /// The name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Fetch => "fetch()",
            Kind::Xhr => "XMLHttpRequest",
            Kind::Img => "an <img>",
            Kind::Script => "a <script>",
            Kind::Module => "a module script",
            Kind::Style => "a style sheet",
            Kind::Font => "a font of a style sheet",
            Kind::Beacon => "navigator.sendBeacon()",
            Kind::EventSource => "an EventSource",
            Kind::Form => "a <form>",
            Kind::Iframe => "an <iframe>",
            Kind::WebSocket => "a WebSocket",
        }
    }

    /// Whether a script chooses the method, the headers and the body.
    pub const fn is_of_script(self) -> bool {
        matches!(self, Kind::Fetch | Kind::Xhr)
    }

    /// Whether the page gives the request a body.
    pub const fn has_body(self) -> bool {
        matches!(self, Kind::Fetch | Kind::Xhr | Kind::Beacon | Kind::Form)
    }

    /// Whether the element has the attribute `crossorigin`.
    pub const fn has_crossorigin(self) -> bool {
        matches!(self, Kind::Img | Kind::Script | Kind::Style)
    }

    /// Whether the page can choose the credentials mode.
    pub const fn has_credentials(self) -> bool {
        self.has_crossorigin() || matches!(self, Kind::Fetch | Kind::Xhr | Kind::Module | Kind::EventSource)
    }

    /// <https://fetch.spec.whatwg.org/#concept-fetch>, step 12, for `Accept`. The standard of each API or element has the other
    /// values.
    pub fn defaults(self) -> Defaults {
        use CredentialsMode::{Include, SameOrigin};
        let of = |mode, credentials, accept: &'static [u8]| Defaults {
            method: "GET",
            mode,
            credentials,
            accept,
            cache: CacheMode::Default,
            keepalive: Keepalive::Unset,
        };
        match self {
            Kind::Fetch | Kind::Xhr | Kind::Module | Kind::Font => of(RequestMode::Cors, SameOrigin, ANY),
            Kind::Script => of(RequestMode::NoCors, Include, ANY),
            Kind::Img => of(RequestMode::NoCors, Include, b"image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"),
            Kind::Style => of(RequestMode::NoCors, Include, b"text/css,*/*;q=0.1"),
            Kind::Beacon => {
                Defaults { method: "POST", keepalive: Keepalive::Set, ..of(RequestMode::NoCors, Include, ANY) }
            }
            Kind::EventSource => {
                Defaults { cache: CacheMode::NoStore, ..of(RequestMode::Cors, SameOrigin, b"text/event-stream") }
            }
            Kind::Form | Kind::Iframe => of(RequestMode::Navigate, Include, DOCUMENT),
            Kind::WebSocket => of(RequestMode::WebSocket, Include, ANY),
        }
    }
}
