//! Compares what a page got with what it should get.

use super::{
    application::Site,
    browsers::Browser,
    intent::{Intent, Upstream, Why},
    meaning::{Meant, Readable, meant},
    page::{Body, Cookies, Page, Upload, Way},
    shared_cache::From,
    tally::Tally,
    visit::{Client, Got, Hop, Trace},
};

/// Panics unless the page got what it should get.
pub fn check(eras: &[Vec<Site>], page: &Page, client: &Client, got: &Got, trace: &Trace, tally: &mut Tally) {
    let Some(meant) = meant(eras, page, client, trace) else {
        tally.see("not stated", true);
        return;
    };
    let context = || {
        let edition = client.edition;
        format!(
            "{:?}, {edition}: {page:#?}\n{:#?}\ngot {got:#?} by {trace:#?}\nmeant {meant:#?}",
            client.browser,
            eras.last()
        )
    };
    match (&meant, got) {
        (Meant::Response(readable), Got::Response(status, names)) => {
            let resource = &eras[eras.len() - 1][readable.site].resources[readable.resource];
            assert_eq!(*status, resource.status, "{}", context());
            let reply = trace.last.as_ref().expect("there is a response");
            let expected = reply.lines.iter().map(|line| line.0.to_lowercase());
            let expected: Vec<String> = expected.filter(|name| readable.shows(name, resource)).collect();
            assert_eq!(*names, expected, "the page reads exactly the intended headers: {}", context());
        }
        (Meant::Opaque, Got::Opaque) | (Meant::Refused(_), Got::Error(_)) => {}
        _ => panic!("the page reads if and only if that is intended: {}", context()),
    }
    if client.browser.sends(page.body).is_none() {
        assert!(trace.hops.is_empty(), "a request that throws sends nothing: {}", context());
    }
    count_all(tally, trace, page);
    match &meant {
        Meant::Response(readable) if readable.shown.is_none() => tally.see("read, of the page's own origin", true),
        Meant::Response(readable) => count_read(tally, readable, page, client.browser, trace, eras),
        Meant::Opaque => tally.see("opaque", true),
        Meant::Refused(why) => count_refused(tally, *why, page, trace, eras.len()),
    }
}

fn count_all(tally: &mut Tally, trace: &Trace, page: &Page) {
    tally.see("triples", true);
    tally.see("all, a method that is asked for", !is_simple(page));
    tally.see("all, redirected twice", trace.hops.len() > 2);
}

fn is_simple(page: &Page) -> bool {
    matches!(page.method_sent(), "GET" | "HEAD" | "POST")
}

fn any(trace: &Trace, what: impl Fn(&Hop) -> bool) -> bool {
    trace.hops.iter().any(what)
}

fn count_read(
    tally: &mut Tally,
    readable: &Readable,
    page: &Page,
    browser: Browser,
    trace: &Trace,
    eras: &[Vec<Site>],
) {
    let preflighted = any(trace, |hop| hop.preflight.is_some());
    let site = &eras[eras.len() - 1][readable.site];
    let said = &site.resources[readable.resource].said;
    let keeps = site.intent.as_ref().is_some_and(|intent| intent.upstream == Upstream::Kept && said.origins.len() == 1);
    tally.see("read, simple", !preflighted);
    tally.see("read, preflighted", preflighted);
    tally.see("read, with credentials", page.cookies == Cookies::Include);
    tally.see("read, from the shared cache", any(trace, |hop| hop.request == Some(From::Cache)));
    tally.see("read, stored for another", any(trace, |hop| hop.request == Some(From::CacheForAnother)));
    tally.see("read, preflight from the shared cache", any(trace, |hop| hop.preflight == Some(From::Cache)));
    tally.see("read, preflight stored for another", any(trace, |hop| hop.preflight == Some(From::CacheForAnother)));
    tally.see("read, answer to a preflight kept", !preflighted && !is_simple(page));
    tally.see("read, after a redirect", trace.hops.len() > 1);
    tally.see("read, after two redirects", trace.hops.len() > 2);
    tally.see("read, by an origin that redirects made `null`", readable.tainted && page.origin != "null");
    tally.see("read, by `null`", page.origin == "null");
    tally.see("read, a stream sent", browser.sends(page.body) == Some(Body::Stream));
    tally.see("read, an upload watched", page.way == Way::Xhr(Upload::Watched));
    tally.see("read, after a change of policy", eras.len() > 1);
    tally.see("read, said to everybody", site.intent.as_ref().is_some_and(Intent::is_same_for_everybody));
    tally.see("read, by the application's say", keeps);
}

fn count_refused(tally: &mut Tally, why: Why, page: &Page, trace: &Trace, era: usize) {
    let answered = trace.hops.last().is_some_and(|hop| hop.request.is_some());
    let spared = answered && !any(trace, |hop| hop.preflight.is_some()) && !is_simple(page);
    let from = |from| trace.hops.last().is_some_and(|hop| hop.request == Some(from));
    tally.see("refused, by origin", why == Why::Origin);
    tally.see("refused, by credentials", why == Why::Credentials);
    tally.see("refused, by method", why == Why::Method);
    tally.see("refused, by header", why == Why::Header);
    tally.see("refused, by the page itself", why == Why::Page);
    tally
        .see("refused, by the server itself", trace.last.as_ref().is_some_and(|reply| answered && reply.status == 403));
    tally.see("refused, from the shared cache", from(From::Cache));
    tally.see("refused, stored for another", from(From::CacheForAnother));
    tally.see("refused, after a redirect", trace.hops.len() > 1);
    tally.see("refused, whatever answer was kept", why != Why::Page && era > 1 && spared);
}
