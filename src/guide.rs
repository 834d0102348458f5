#![doc = include_str!("../docs/guide/overview.md")]

// The pages link to these items, and are shown and tested only where all of them are there.
#[allow(unused_imports, reason = "links of the pages")]
use crate::{
    browser::Profile,
    header::{HeaderSink, HeaderSource},
    server::{
        Caching, ConfigErrors, Danger, Decision, Disclosure, Enforcement, OriginLookup, OriginPattern, OriginPredicate,
        OwnedPolicy, Policy, PolicyBuilder, PolicyConfig, PreflightAnswer, PrivateNetwork, Refusal, ReloadablePolicy,
        Rule, SavedHeaders, Start, Upstream,
    },
    tower::CorsLayer,
};

macro_rules! pages {
    ($($name:ident = $file:literal;)*) => {
        $(
            #[doc = include_str!(concat!("../docs/guide/", $file))]
            pub mod $name {}
        )*
    };
}

pages! {
    from_tower_http = "from-tower-http.md";
    from_actix_cors = "from-actix-cors.md";
    from_express = "from-express.md";
    from_jub0bs_cors = "from-jub0bs-cors.md";
    from_rs_cors = "from-rs-cors.md";
    from_spring = "from-spring.md";
    from_django = "from-django.md";
    caches = "caches.md";
    cookies = "cookies.md";
    websockets = "websockets.md";
    hot_reload = "hot-reload.md";
    databases = "databases.md";
    header_sinks = "header-sinks.md";
    preflights = "preflights.md";
    browsers = "browsers.md";
}
