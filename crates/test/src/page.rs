//! A page, and the state of its browsers.

use core::time::Duration;

use fetch_cors::{
    browser::{GrowingPreflightCache, Url},
    origin::Origin,
};

use crate::{
    browser::Browser,
    exchange::{Answer, Exchange, Next},
    fetch::Fetch,
    fetched::{Fetched, InBrowser},
    server::Server,
};

/// A page of an origin, opened in several browsers. Each has a preflight cache and cookies of its own.
///
/// It is opened in Chromium, Firefox and WebKit, so each fetch asks the server three times. A response that one of them refuses
/// is a fault of the server. A model of a browser takes microseconds.
///
/// The page is at the root of its origin, in a window, with the referrer policy `strict-origin-when-cross-origin`.
///
/// ```
/// use fetch_cors_test::{Fetch, Page};
///
/// let server = |_| http::Response::builder().header("access-control-allow-origin", "*").body(()).unwrap();
/// let mut page = Page::of("https://app.example");
/// page.fetch_blocking(&server, Fetch::get("https://api.example/items")).assert_readable();
/// ```
#[derive(Clone, Debug)]
pub struct Page {
    origin: String,
    cookies: Cookies,
    now: Duration,
    browsers: Vec<(Browser, GrowingPreflightCache)>,
}

/// The cookies of hosts, each as the value of `Cookie`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies(Vec<(String, String)>);

impl Cookies {
    pub(crate) fn of(&self, url: Url<'_>) -> Option<&str> {
        self.0.iter().find(|(host, _)| host == url.origin().host()).map(|(_, cookies)| cookies.as_str())
    }
}

/// The fix for a text that is not an origin.
pub(crate) fn fix_of(origin: &str) -> String {
    match Origin::suggest(origin) {
        Some(suggestion) => format!("write `{suggestion}`"),
        None => "write an origin, as `https://app.example`, or `null`".into(),
    }
}

/// Checks that a text is a host alone, without a scheme and a port. The error has the fix.
pub(crate) fn check_host(host: &str) -> Result<(), String> {
    let with_scheme = format!("https://{host}");
    if Origin::parse(&with_scheme).is_ok_and(|origin| origin.host() == host) {
        return Ok(());
    }
    let host_of = |url: &str| url::Url::parse(url).ok()?.host_str().map(str::to_owned);
    match host_of(host).or_else(|| host_of(&with_scheme)) {
        Some(meant) => Err(format!("write the host alone, as `{meant}`")),
        None => Err("write a host, as `api.example`".into()),
    }
}

impl Page {
    /// A page of an origin such as `https://app.example`, or of an opaque origin, `null`, such as a sandboxed frame's.
    ///
    /// # Panics
    ///
    /// If `origin` is not an origin as a browser sends it. `https://app.example/` is none, because of its slash.
    #[track_caller]
    pub fn of(origin: impl Into<String>) -> Self {
        match Page::try_of(origin) {
            Ok(page) => page,
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) fn try_of(origin: impl Into<String>) -> Result<Self, String> {
        let origin = origin.into();
        if let Err(error) = Origin::parse(&origin) {
            return Err(format!("the page's origin `{origin}`: {error}; {}", fix_of(&origin)));
        }
        let page = Page { origin, cookies: Cookies::default(), now: Duration::ZERO, browsers: Vec::new() };
        Ok(page.in_all_browsers())
    }

    /// Opens the page anew in each of [`Browser::ALL`]. A new page is open in these.
    #[must_use]
    pub fn in_all_browsers(self) -> Self {
        self.in_browsers(Browser::ALL)
    }

    /// Opens the page anew in these browsers only.
    #[must_use]
    pub fn in_browsers(mut self, browsers: impl IntoIterator<Item = Browser>) -> Self {
        let started = |browser: Browser| (browser, GrowingPreflightCache::of_browser(browser.profile()));
        self.browsers = browsers.into_iter().map(started).collect();
        self
    }

    /// Gives the browsers cookies for a host, as in `.cookies("api.example", "session=1; theme=dark")`. They are sent with
    /// credentials, and `Set-Cookie` is ignored.
    ///
    /// Attributes of cookies are not modelled. Give only those that the browser would send: for a page of another site, those
    /// with `SameSite=None`.
    ///
    /// # Panics
    ///
    /// If `host` is not a host alone: it has no scheme and no port, because cookies have none.
    #[must_use]
    #[track_caller]
    pub fn cookies(mut self, host: impl Into<String>, cookies: impl Into<String>) -> Self {
        let host = host.into();
        if let Err(fix) = check_host(&host) {
            panic!("cookies of `{host}`: {fix}");
        }
        self.cookies.0.retain(|(own, _)| *own != host);
        self.cookies.0.push((host, cookies.into()));
        self
    }

    /// Lets this many seconds pass, after which entries of the preflight cache may have expired.
    pub fn later(&mut self, seconds: u64) -> &mut Self {
        self.now = self.now.saturating_add(Duration::from_secs(seconds));
        self
    }

    /// The origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Fetches from a server. Each browser sends preflights if needed, then the request, then the requests after redirects, all
    /// to the same server.
    ///
    /// The future is `Send` if the server's future is.
    pub async fn fetch<Kind, S: Server<Kind> + ?Sized>(&mut self, server: &S, fetch: Fetch) -> Fetched {
        let mut ended = Vec::with_capacity(self.browsers.len());
        for (browser, cache) in &mut self.browsers {
            let mut exchange = Exchange {
                browser: *browser,
                origin: self.origin.clone(),
                fetch: fetch.clone(),
                cookies: self.cookies.clone(),
                cache: cache.clone(),
                now: self.now,
                answers: Vec::new(),
            };
            let end = loop {
                match exchange.run(&mut ()) {
                    Next::Ask(request) => {
                        let head = server.send((*request).clone()).await;
                        exchange.answers.push(Answer::new(*request, head));
                    }
                    Next::End(end, after) => {
                        *cache = after;
                        break end;
                    }
                }
            };
            ended.push(InBrowser { exchange, end });
        }
        Fetched::new(ended)
    }

    /// [`Page::fetch`], on this thread, which blocks until it is done.
    pub fn fetch_blocking<Kind, S: Server<Kind> + ?Sized>(&mut self, server: &S, fetch: Fetch) -> Fetched {
        pollster::block_on(self.fetch(server, fetch))
    }
}
