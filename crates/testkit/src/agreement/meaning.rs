//! The law: what a page should get, from the intents of the policies alone. No CORS header is read or written here.

use super::{
    application::{Resource, Site},
    asking::{Sent, names_to_ask_for},
    browsers::{AsksAfterRedirects, Browser},
    intent::{Asking, Intent, Shown, Why, may_have_asked},
    page::{Body, Cookies, Mode, Page, Redirects, Upload, Way},
    visit::{Client, Trace},
};

/// What a page should get.
#[derive(Clone, Debug)]
pub enum Meant {
    /// A response that it can read, with some of its headers.
    Response(Readable),
    /// A response of which it can read nothing.
    Opaque,
    /// A network error.
    Refused(Why),
}

/// A response that a page can read.
#[derive(Clone, Debug)]
pub struct Readable {
    /// The site.
    pub site: usize,
    /// The resource.
    pub resource: usize,
    /// The headers. `None` if the response is of the page's own origin: then all but forbidden ones are read.
    pub shown: Option<Shown>,
    /// Whether redirects have changed the page's origin to `null`.
    pub tainted: bool,
}

/// The safelisted headers.
const ALWAYS: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

impl Readable {
    /// Whether the page can read the header of this name, in lower case.
    pub fn shows(&self, name: &str, resource: &Resource) -> bool {
        if name == "set-cookie" {
            return false;
        }
        let Some(shown) = &self.shown else { return true };
        let listed = shown.names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        ALWAYS.contains(&name) || shown.all || listed || shown.own && resource.gives(name)
    }
}

/// A request and its redirects so far.
struct Trip<'m> {
    page: &'m Page,
    browser: Browser,
    method: &'static str,
    /// The body that is sent.
    body: Body,
    /// Whether a response of another origin was involved, so that all later ones need the CORS check.
    shared: bool,
    /// Whether a redirect went from one foreign origin to a different origin.
    tainted: bool,
    /// The headers of the last preflight, if there was one.
    asked_before: Option<Vec<String>>,
    /// Whether the last redirect, and whether any redirect, removed the body.
    body_dropped: (bool, bool),
    /// Whether the last redirect, and whether any redirect, led to another origin.
    left: (bool, bool),
}

impl<'m> Trip<'m> {
    /// The client as the next server sees it.
    fn asking(&self, client: &Client) -> Asking<'m> {
        Asking {
            origin: if self.tainted { "null" } else { &self.page.origin },
            include: self.page.cookies == Cookies::Include,
            edition: client.edition,
            browser: self.browser,
        }
    }

    /// The names of the headers that need a preflight, without those that redirects removed.
    fn names(&self, headers: Vec<Sent>, body_dropped: bool, left: bool) -> Vec<String> {
        let stays = |header: &Sent| {
            !(body_dropped && matches!(header.0.as_str(), "content-type" | "content-language")
                || left && header.0 == "authorization")
        };
        let headers: Vec<Sent> = headers.into_iter().filter(stays).collect();
        names_to_ask_for(&headers, self.page.combines(), self.browser)
    }

    /// Whether the request needs a preflight whatever its method and headers are.
    fn always_asks(&self) -> bool {
        let watched = self.page.way == Way::Xhr(Upload::Watched)
            && (self.body != Body::None || self.browser.listens_to_nothing());
        watched || self.body == Body::Stream
    }

    /// The headers that a preflight must ask for; `None` if no preflight is needed.
    fn asks_for(&self) -> Option<Vec<String>> {
        let as_made = self.page.headers_sent(self.body);
        let must_ask = |names: &[String]| {
            !matches!(self.method, "GET" | "HEAD" | "POST") || self.always_asks() || !names.is_empty()
        };
        match self.browser.asks_after_redirects() {
            AsksAfterRedirects::WhatIsLeft => {
                let names = self.names(as_made, self.body_dropped.1, self.left.1);
                must_ask(&names).then_some(names)
            }
            AsksAfterRedirects::WhatTheLastLeft => {
                // `fetch()` treats the type of the body as one of the page's own headers. XMLHttpRequest drops it with
                // the body.
                let is_own = !self.page.combines() || !self.body_dropped.1;
                let as_made = if is_own { as_made } else { self.page.headers_given() };
                if must_ask(&self.names(as_made.clone(), false, false)) {
                    return Some(self.names(as_made, self.body_dropped.0, self.left.0));
                }
                self.asked_before.clone()
            }
            AsksAfterRedirects::AsPageMade => {
                let names = self.names(as_made, false, false);
                (must_ask(&names) || self.asked_before.is_some()).then_some(names)
            }
        }
    }
}

/// What the page should get; `None` if the law does not cover this case.
///
/// `eras` has the sites at each time, the current ones last: a cached answer outlives the policy that gave it. The
/// trace is read only for whether each preflight was sent or cached.
pub fn meant(eras: &[Vec<Site>], page: &Page, client: &Client, trace: &Trace) -> Option<Meant> {
    let sites = eras.last()?;
    let (mode, redirects) = match page.way {
        Way::Xhr(_) => (Mode::Cors, Redirects::Follow),
        Way::Fetch(mode, redirects) => (mode, redirects),
    };
    let Some(body) = client.browser.sends(page.body) else { return Some(Meant::Refused(Why::Page)) };
    let mut way = Trip {
        page,
        body,
        browser: client.browser,
        method: page.method_sent(),
        shared: false,
        tainted: false,
        asked_before: None,
        body_dropped: (false, false),
        left: (false, false),
    };
    let (mut site, mut number) = page.goes_to;
    let began_at_home = sites[site].origin == page.origin;
    for hop in 0.. {
        let own = sites[site].origin == page.origin;
        // AD-HOC: Firefox follows the page's own origin without a CORS check.
        if own && way.shared && client.browser == Browser::Firefox {
            return None;
        }
        way.shared |= !own;
        let mut shown = None;
        if way.shared {
            match mode {
                Mode::SameOrigin => return Some(Meant::Refused(Why::Page)),
                Mode::NoCors if redirects != Redirects::Follow => return Some(Meant::Refused(Why::Page)),
                Mode::NoCors => {}
                Mode::Cors => {
                    let answered_anew = trace.hops.get(hop).is_none_or(|hop| hop.preflight.is_some());
                    let past: Vec<_> = eras.iter().filter_map(|era| era[site].intent.as_ref()).collect();
                    match read(&mut way, &past, answered_anew, client, &sites[site].resources[number]) {
                        Ok(headers) => shown = Some(headers),
                        Err(why) => return Some(Meant::Refused(why)),
                    }
                }
            }
        }
        let resource = &sites[site].resources[number];
        let Some(next) = resource.goes_to else {
            let readable = Readable { site, resource: number, shown, tainted: way.tainted };
            return Some(if way.shared && mode == Mode::NoCors { Meant::Opaque } else { Meant::Response(readable) });
        };
        match redirects {
            Redirects::Error => return Some(Meant::Refused(Why::Page)),
            Redirects::Manual => return Some(Meant::Opaque),
            // A body that is a stream cannot be sent again.
            Redirects::Follow if resource.status != 303 && body == Body::Stream && !way.body_dropped.1 => {
                return Some(Meant::Refused(Why::Page));
            }
            Redirects::Follow => {}
        }
        if began_at_home
            && way.shared
            && mode == Mode::Cors
            && page.cookies == Cookies::SameOrigin
            && client.browser.redirects_with_first_credentials()
        {
            let asking = Asking { include: true, ..way.asking(client) };
            let intent = sites[site].intent.as_ref().ok_or(Why::Origin);
            if let Err(why) = intent.and_then(|intent| intent.may_read(asking, &resource.said)) {
                return Some(Meant::Refused(why));
            }
        }
        let leaves = sites[next.0].origin != sites[site].origin;
        let to_get = match resource.status {
            301 | 302 if way.method == "POST" => true,
            303 if !matches!(way.method, "GET" | "HEAD") => true,
            _ => way.method == "DELETE" && leaves && client.browser.deletes_at_one_origin(),
        };
        way.method = if to_get { "GET" } else { way.method };
        way.body_dropped = (to_get, to_get || way.body_dropped.1);
        way.left = (leaves, leaves || way.left.1);
        way.tainted |= leaves && !own;
        (site, number) = next;
    }
    None
}

/// Whether the page may read one response of the chain, by the policies that its site has had.
fn read(
    way: &mut Trip<'_>,
    past: &[&Intent],
    answered_anew: bool,
    client: &Client,
    resource: &Resource,
) -> Result<Shown, Why> {
    let asking = way.asking(client);
    // AD-HOC: Firefox sends a preflight with the page's origin, even if redirects have changed the request's to `null`.
    let asks_as = if client.browser == Browser::Firefox { &way.page.origin } else { asking.origin };
    let preflight = Asking { origin: asks_as, ..asking };
    let intent = past.last().ok_or(Why::Origin)?;
    if let Some(names) = way.asks_for() {
        way.asked_before = Some(names.clone());
        if answered_anew {
            intent.may_ask(preflight, way.method, &names)?;
        } else {
            may_have_asked(past, preflight, way.method, &names)?;
        }
    }
    intent.may_read(asking, &resource.said)
}
