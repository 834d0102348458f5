//! Pages that are opened for one call each.

use core::marker::PhantomData;

use crate::{browser::Browser, fetch::Fetch, fetched::Fetched, page::Page, server::Server};

/// The server, browsers and cookies of the pages.
pub(super) struct PageCalls<'a, Kind, S: ?Sized> {
    pub(super) cookies: &'a [(String, String)],
    pub(super) browsers: &'a [Browser],
    pub(super) server: &'a S,
    pub(super) kind: PhantomData<fn(Kind)>,
}

impl<Kind, S: Server<Kind> + ?Sized> PageCalls<'_, Kind, S> {
    /// A fetch of a newly opened page; `None` if `origin` is not an origin.
    pub(super) async fn fetch(&self, origin: &str, fetch: Fetch) -> Fetched {
        let Ok(page) = Page::try_of(origin) else { return Fetched::new(Vec::new()) };
        let page = page.in_browsers(self.browsers.iter().copied());
        let mut page = self.cookies.iter().fold(page, |page, (host, cookies)| page.cookies(host, cookies));
        page.fetch(self.server, fetch).await
    }
}
