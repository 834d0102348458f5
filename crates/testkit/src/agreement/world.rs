//! The path between browsers and applications: a shared cache, a proxy that marks requests, and the servers.

use core::time::Duration;
use std::collections::HashMap;

use super::{
    application::{RESOURCES, Site, url},
    server::Server,
    shared_cache::{From, Reply, SharedCache, Wire, values, words},
};

/// The servers of the sites, and the cache in front of them.
pub struct World<'i> {
    sites: &'i [Site],
    servers: Vec<Option<Server<'i>>>,
    urls: Vec<(String, usize, usize)>,
    cache: SharedCache,
    reported: HashMap<(Kind, Vec<Named>), Reply>,
    varying: HashMap<Kind, Vec<String>>,
}

/// A site, a resource, and whether the request is a preflight.
type Kind = (usize, usize, bool);

/// A name in `Vary`, and the request's values of that header.
type Named = (String, Vec<Vec<u8>>);

impl<'i> World<'i> {
    /// These sites, with these servers.
    pub fn new(sites: &'i [Site], servers: Vec<Option<Server<'i>>>) -> Self {
        let all = (0..sites.len()).flat_map(|site| (0..RESOURCES).map(move |resource| (site, resource)));
        let urls = all.map(|(site, resource)| (url(sites[site].origin, resource), site, resource)).collect();
        World { sites, servers, urls, cache: SharedCache::default(), reported: HashMap::new(), varying: HashMap::new() }
    }

    /// The response to a request, from the cache or from its server.
    pub fn send(&mut self, request: &Wire, now: Duration) -> (Reply, From) {
        if let Some((reply, from)) = self.cache.find(request, now) {
            return (reply.clone(), from);
        }
        let (_, site, number) = *self.urls.iter().find(|place| place.0 == request.url).unwrap();
        let resource = &self.sites[site].resources[number];
        let reply = match &self.servers[site] {
            Some(server) => {
                let reply = server.reply(request, resource);
                self.check_vary((site, number, request.is_preflight()), request, &reply);
                reply
            }
            None => Reply { status: resource.status, lines: resource.all_lines() },
        };
        self.cache.store(request, &reply, now);
        (reply, From::Server)
    }
    /// Checks that requests with equal values of the headers that `Vary` names get equal answers, whatever their
    /// method. All answers for a resource have the same names in `Vary`, apart from the application's.
    fn check_vary(&mut self, kind: Kind, request: &Wire, reply: &Reply) {
        let mut names = words(&reply.lines, "vary");
        if names.contains(&"*".to_owned()) {
            return;
        }
        names.sort();
        names.dedup();
        let owned = |name: &String| values(&request.lines, name).into_iter().map(<[u8]>::to_vec).collect();
        let key = (kind, names.iter().map(|name| (name.clone(), owned(name))).collect());
        let reported = self.reported.entry(key).or_insert_with(|| reply.clone());
        assert_eq!(reported, reply, "`Vary` names every header that the answer depends on: {request:?}");
        names.retain(|name| !matches!(name.as_str(), "cookie" | "accept-encoding"));
        let before = self.varying.entry(kind).or_insert_with(|| names.clone());
        assert_eq!(*before, names, "`Vary` is the same on all answers: {request:?}");
    }
}
