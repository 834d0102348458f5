//! What stands between a browser and an application: a cache, a proxy that marks requests, and the servers.

use core::time::Duration;

use super::{
    application::{RESOURCES, Site, url},
    server::Server,
    shared_cache::{From, Reply, SharedCache, Wire},
};

/// The servers of some sites, and the cache before them.
pub(crate) struct World<'i> {
    sites: &'i [Site],
    servers: Vec<Option<Server<'i>>>,
    urls: Vec<(String, usize, usize)>,
    cache: SharedCache,
}

impl<'i> World<'i> {
    /// These sites with these servers.
    pub(crate) fn new(sites: &'i [Site], servers: Vec<Option<Server<'i>>>) -> Self {
        let all = (0..sites.len()).flat_map(|site| (0..RESOURCES).map(move |resource| (site, resource)));
        let urls = all.map(|(site, resource)| (url(sites[site].origin, resource), site, resource)).collect();
        World { sites, servers, urls, cache: SharedCache::default() }
    }

    /// The response to a request, from wherever it comes.
    pub(crate) fn send(&mut self, request: &Wire, now: Duration) -> (Reply, From) {
        if let Some((reply, from)) = self.cache.find(request, now) {
            return (reply.clone(), from);
        }
        let (_, site, resource) = self.urls.iter().find(|place| place.0 == request.url).unwrap();
        let resource = &self.sites[*site].resources[*resource];
        let reply = match &self.servers[*site] {
            Some(server) => server.reply(request, resource),
            None => Reply { status: resource.status, lines: resource.all_lines() },
        };
        self.cache.store(request, &reply, now);
        (reply, From::Server)
    }
}
