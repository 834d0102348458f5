//! What a page got, against what it was meant to get.

use super::{
    application::Site,
    intent::Why,
    meaning::{Meant, meant},
    page::{Body, Cookies, Page, Upload, Way},
    tally::Tally,
    visit::{Client, Got, Trace},
    world::From,
};

/// Fails unless the page got what was meant.
pub(crate) fn check(eras: &[Vec<Site>], page: &Page, client: &Client, got: &Got, trace: &Trace, tally: &mut Tally) {
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
            assert_eq!(*names, expected, "the visible headers are the intended ones: {}", context());
        }
        (Meant::Opaque, Got::Opaque) | (Meant::Refused(_), Got::Error(_)) => {}
        _ => panic!("the page reads if and only if that is intended: {}", context()),
    }
    count(&meant, page, trace, eras.len(), tally);
}

fn count(meant: &Meant, page: &Page, trace: &Trace, era: usize, tally: &mut Tally) {
    let reads = matches!(meant, Meant::Response(_));
    let shared = matches!(meant, Meant::Response(readable) if readable.shown.is_some());
    let any = |what: fn(&super::visit::Hop) -> bool| trace.hops.iter().any(what);
    let preflighted = any(|hop| hop.preflight.is_some());
    let refused = |why| matches!(meant, Meant::Refused(refused) if *refused == why);
    tally.see("triples", true);
    tally.see("read, of the page's own origin", reads && !shared);
    tally.see("read, simple", shared && !preflighted);
    tally.see("read, preflighted", shared && preflighted);
    tally.see("read, with credentials", shared && page.cookies == Cookies::Include);
    tally.see("read, from the shared cache", shared && any(|hop| hop.request == Some(From::Cache)));
    tally.see("read, preflight from the shared cache", shared && any(|hop| hop.preflight == Some(From::Cache)));
    tally.see("read, after a redirect", shared && trace.hops.len() > 1);
    tally.see("read, after two redirects", shared && trace.hops.len() > 2);
    tally.see("read, by `null`", shared && page.origin == "null");
    tally.see("read, a stream sent", shared && page.body == Body::Stream);
    tally.see("read, an upload watched", shared && page.way == Way::Xhr(Upload::Watched));
    tally.see("read, after a change of policy", shared && era > 1);
    tally.see(
        "read, answer to a preflight kept",
        shared && !preflighted && !matches!(page.method_sent(), "GET" | "HEAD" | "POST"),
    );
    tally.see("opaque", matches!(meant, Meant::Opaque));
    tally.see("refused, by origin", refused(Why::Origin));
    tally.see("refused, by credentials", refused(Why::Credentials));
    tally.see("refused, by method", refused(Why::Method));
    tally.see("refused, by header", refused(Why::Header));
    tally.see("refused, by the page itself", refused(Why::Page));
    tally.see("refused, from the shared cache", !reads && any(|hop| hop.request == Some(From::Cache)));
    tally.see("refused, after a redirect", matches!(meant, Meant::Refused(_)) && trace.hops.len() > 1);
}
