//! What the policies on a page's way mean for the page: the law, stated without a header that is sent or read.

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
    /// A response, and which headers of it.
    Response(Readable),
    /// A response of which it reads nothing.
    Opaque,
    /// Nothing.
    Refused(Why),
}

/// A response that a page may read: where from, and how much.
#[derive(Clone, Debug)]
pub struct Readable {
    /// The site.
    pub site: usize,
    /// The resource.
    pub resource: usize,
    /// The headers; all that scripts ever see, if the response is the page's own.
    pub shown: Option<Shown>,
    /// Whether redirects have made `null` of the page's origin.
    pub tainted: bool,
}

/// Headers that are always seen.
const ALWAYS: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

impl Readable {
    /// Whether the page sees a header of this name, in lower case.
    pub fn shows(&self, name: &str, resource: &Resource) -> bool {
        if name == "set-cookie" {
            return false;
        }
        let Some(shown) = &self.shown else { return true };
        let listed = shown.names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        ALWAYS.contains(&name) || shown.all || listed || shown.own && resource.gives(name)
    }
}

/// The way of a request, as far as it has come.
struct Trip<'m> {
    page: &'m Page,
    browser: Browser,
    method: &'static str,
    /// What is sent for the page's body.
    body: Body,
    /// Whether another origin's response is on the way, so that all that follow are shared ones.
    shared: bool,
    /// Whether a redirect left another origin than the page's for yet another.
    tainted: bool,
    /// Whether a preflight may have been asked for.
    asked_before: bool,
    /// Whether the last redirect changed the method, or any.
    body_dropped: (bool, bool),
    /// Whether the last redirect led to another origin, or any.
    left: (bool, bool),
}

impl<'m> Trip<'m> {
    /// Who asks by now.
    fn asking(&self, client: &Client) -> Asking<'m> {
        Asking {
            origin: if self.tainted { "null" } else { &self.page.origin },
            include: self.page.cookies == Cookies::Include,
            edition: client.edition,
            browser: self.browser,
        }
    }

    /// The headers that must be asked for, with the browser's own view of what redirects take away.
    fn names(&self) -> Vec<String> {
        let (body_dropped, left) = match self.browser.asks_after_redirects() {
            AsksAfterRedirects::WhatIsLeft => (self.body_dropped.1, self.left.1),
            AsksAfterRedirects::WhatTheLastLeft => (self.body_dropped.0, self.left.0),
            AsksAfterRedirects::AsPageMade => (false, false),
        };
        let stays = |header: &Sent| {
            !(body_dropped && matches!(header.0.as_str(), "content-type" | "content-language")
                || left && header.0 == "authorization")
        };
        let headers: Vec<Sent> = self.page.headers_sent(self.body).into_iter().filter(stays).collect();
        names_to_ask_for(&headers, self.page.combines(), self.browser)
    }

    /// Whether the way it is asked for makes a preflight, whatever is asked.
    fn always_asks(&self) -> bool {
        let watched = self.page.way == Way::Xhr(Upload::Watched)
            && (self.body != Body::None || self.browser.listens_to_nothing());
        watched || self.body == Body::Stream
    }

    /// Whether the browser must ask, and for which headers.
    fn asks_for(&self) -> Option<Vec<String>> {
        let names = self.names();
        let safe = matches!(self.method, "GET" | "HEAD" | "POST") && names.is_empty();
        let once_for_all = match self.browser.asks_after_redirects() {
            AsksAfterRedirects::WhatIsLeft => false,
            AsksAfterRedirects::WhatTheLastLeft => {
                let as_made = self.page.headers_sent(self.body);
                self.asked_before || !names_to_ask_for(&as_made, self.page.combines(), self.browser).is_empty()
            }
            AsksAfterRedirects::AsPageMade => self.asked_before,
        };
        (!safe || self.always_asks() || once_for_all).then_some(names)
    }
}

/// What the page should get; nothing, if the law is not stated for such a journey.
///
/// `eras` has the sites as they were, those of today last: what a browser keeps of an answer outlives the policy that gave it.
/// From the trace nothing is taken but whether a preflight was answered anew.
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
        asked_before: false,
        body_dropped: (false, false),
        left: (false, false),
    };
    let (mut site, mut number) = page.goes_to;
    let began_at_home = sites[site].origin == page.origin;
    for hop in 0.. {
        let own = sites[site].origin == page.origin;
        // AD-HOC: Firefox asks the page's own origin without looking at whom it allows.
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
            // A stream cannot be sent again.
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

/// Whether the page may read one response on its way, by the policies that the site has had.
fn read(
    way: &mut Trip<'_>,
    past: &[&Intent],
    answered_anew: bool,
    client: &Client,
    resource: &Resource,
) -> Result<Shown, Why> {
    let asking = way.asking(client);
    // AD-HOC: in Firefox a preflight is that of the page, whatever redirects have made of the request.
    let asks_as = if client.browser == Browser::Firefox { &way.page.origin } else { asking.origin };
    let preflight = Asking { origin: asks_as, ..asking };
    let intent = past.last().ok_or(Why::Origin)?;
    if let Some(names) = way.asks_for() {
        way.asked_before = true;
        if answered_anew {
            intent.may_ask(preflight, way.method, &names)?;
        } else {
            may_have_asked(past, preflight, way.method, &names)?;
        }
    }
    intent.may_read(asking, &resource.said)
}
