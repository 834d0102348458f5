use core::time::Duration;

use crate::oracle::{max_age::max_age, method::is_cors_safelisted_method};

/// A cache entry. Its max-age is stored as the time at which it expires.
#[derive(Clone, Debug)]
struct Entry {
    key: Key,
    expires: Duration,
    credentials: bool,
    method: Option<String>,
    header_name: Option<String>,
}

/// The common part of a request's entries: network partition key, byte-serialized origin, URL.
pub type Key = (String, String, String);

/// The parts of a request that the cache depends on.
#[derive(Clone, Debug)]
pub struct Asking {
    pub key: Key,
    pub method: String,
    pub unsafe_names: Vec<String>,
    pub use_cors_preflight_flag: bool,
    pub include_credentials: bool,
}

/// The response to a preflight, with its lists extracted.
#[derive(Clone, Debug)]
pub struct Answer {
    pub methods: Option<Vec<String>>,
    pub header_names: Option<Vec<String>>,
    pub max_age: Vec<String>,
}

/// <https://fetch.spec.whatwg.org/#concept-cache>
#[derive(Debug, Default)]
pub struct Cache(Vec<Entry>);

impl Cache {
    /// Removes the entries whose max-age has passed.
    fn remove_old(&mut self, now: Duration) {
        self.0.retain(|entry| now < entry.expires);
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-match>
    fn entry_match(entry: &Entry, request: &Asking) -> bool {
        entry.key == request.key && (entry.credentials || !request.include_credentials)
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-match-method>, except that a `*` stored with credentials never
    /// matches.
    fn method_match(entry: &Entry, method: &str, request: &Asking) -> bool {
        Cache::entry_match(entry, request)
            && (entry.method.as_deref() == Some(method) || entry.method.as_deref() == Some("*") && !entry.credentials)
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-match-header>, except that a `*` stored with credentials never
    /// matches.
    fn header_name_match(entry: &Entry, name: &str, request: &Asking) -> bool {
        let Some(own) = &entry.header_name else { return false };
        let wildcard = own == "*" && !name.eq_ignore_ascii_case("authorization") && !entry.credentials;
        Cache::entry_match(entry, request) && (own.eq_ignore_ascii_case(name) || wildcard)
    }

    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>, 4.1.
    pub fn needs_preflight(&mut self, request: &Asking, now: Duration) -> bool {
        self.remove_old(now);
        let method = self.0.iter().any(|entry| Cache::method_match(entry, &request.method, request));
        let header_name = |name: &String| self.0.iter().any(|entry| Cache::header_name_match(entry, name, request));
        !method && (!is_cors_safelisted_method(&request.method) || request.use_cors_preflight_flag)
            || !request.unsafe_names.iter().all(header_name)
    }

    /// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.4–7.15, for a response that passed the CORS check.
    pub fn preflight_response(&mut self, request: &Asking, answer: &Answer, now: Duration) -> Result<(), ()> {
        self.remove_old(now);
        // 4.
        let methods = match &answer.methods {
            None if request.use_cors_preflight_flag => vec![request.method.clone()],
            methods => methods.clone().unwrap_or_default(),
        };
        let header_names = answer.header_names.clone().unwrap_or_default();
        let named = |name: &String| header_names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        let any = |list: &[String]| list.iter().any(|listed| listed == "*");
        // 5.
        if !methods.contains(&request.method)
            && !is_cors_safelisted_method(&request.method)
            && (request.include_credentials || !any(&methods))
        {
            return Err(());
        }
        // 6.
        if request.unsafe_names.iter().any(|name| name.eq_ignore_ascii_case("authorization") && !named(name)) {
            return Err(());
        }
        // 7.
        let no_wildcard = request.include_credentials || !any(&header_names);
        if request.unsafe_names.iter().any(|name| !named(name) && no_wildcard) {
            return Err(());
        }
        // 8–10.
        let lines: Vec<Vec<u8>> = answer.max_age.iter().map(|line| line.clone().into_bytes()).collect();
        let expires = now + Duration::from_secs(max_age(&lines).into());
        let entry = |method, header_name| {
            let (key, credentials) = (request.key.clone(), request.include_credentials);
            Entry { key, expires, credentials, method, header_name }
        };
        // 12.
        for method in &methods {
            self.0.iter_mut().filter(|held| Cache::method_match(held, method, request)).for_each(|held| {
                held.expires = expires;
            });
        }
        // 13.
        for method in methods {
            if !self.0.iter().any(|held| Cache::method_match(held, &method, request)) {
                self.0.push(entry(Some(method), None));
            }
        }
        // 14.
        for name in &header_names {
            self.0.iter_mut().filter(|held| Cache::header_name_match(held, name, request)).for_each(|held| {
                held.expires = expires;
            });
        }
        // 15.
        for name in header_names {
            if !self.0.iter().any(|held| Cache::header_name_match(held, &name, request)) {
                self.0.push(entry(None, Some(name)));
            }
        }
        Ok(())
    }

    /// <https://fetch.spec.whatwg.org/#concept-cache-clear>
    pub fn clear(&mut self, request: &Asking) {
        self.0.retain(|entry| entry.key != request.key);
    }
}
