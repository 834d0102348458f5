//! The intent of a policy: which page may send what, and read what. It uses the words that a policy is written in, and
//! knows nothing of the protocol's headers.

use super::{application::Said, browsers::Browser};
use crate::oracle::origin_pattern::{matches, parts};
use crate::rng::Rng;

/// The intent of a policy.
#[derive(Debug)]
pub struct Intent {
    /// Its rules. The first one for an origin applies.
    pub clauses: Vec<Clause>,
    /// Whether an answer grants only what the request asks for.
    pub minimal: bool,
    /// Whether the policy's origins may reach a private network.
    pub private_network: bool,
    /// Whether the server itself refuses requests.
    pub enforced: bool,
    /// The treatment of the application's own CORS headers.
    pub upstream: Upstream,
    /// The status of the answer to a preflight.
    pub status: u16,
    /// The status of the answer to a preflight whose origin is refused.
    pub refused_status: u16,
}

/// The treatment of the application's own CORS headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upstream {
    /// They are removed.
    Removed,
    /// It may expose headers to allowed origins. Its other CORS headers are removed.
    Merged,
    /// They are kept if there is only one `Access-Control-Allow-Origin`.
    Kept,
}

/// The intent of a rule.
#[derive(Debug)]
pub struct Clause {
    /// The patterns.
    pub origins: Vec<String>,
    /// A predicate that allows further origins.
    pub predicate: Option<Partners>,
    /// Whether tenants are looked up externally.
    pub asks: bool,
    /// Whether cookies may be sent.
    pub credentials: bool,
    /// Methods other than `GET`, `HEAD` and `POST`.
    pub methods: Vec<&'static str>,
    /// Request headers that are not safelisted.
    pub request_headers: Vec<&'static str>,
    /// Response headers that are not safelisted.
    pub exposed_headers: Vec<&'static str>,
    /// Whether all headers of the response are exposed.
    pub exposes_own: bool,
    /// How long a browser may cache the answers.
    pub max_age: Option<u32>,
}

/// The origins that a predicate allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partners {
    /// Every request.
    Always,
    /// Only requests that the proxy has marked as "new".
    OfNewEdition,
}

/// The marks that the proxy before the server puts on requests.
pub const EDITIONS: [&str; 2] = ["old", "new"];

impl Partners {
    /// Whether the predicate allows `origin`.
    pub fn contain(self, origin: &str, edition: &str) -> bool {
        let host_fits = parts(origin).is_some_and(|(_, host, _)| host.len() % 3 == 0);
        host_fits && (self == Partners::Always || edition == "new")
    }
}

/// Whether the look-up finds this origin.
pub fn is_tenant(origin: &str) -> bool {
    parts(origin).is_some_and(|(_, host, _)| host.len() % 2 == 0)
}

/// Why a page cannot read a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its origin is not allowed.
    Origin,
    /// It sends cookies, and they are not allowed.
    Credentials,
    /// The method is not allowed.
    Method,
    /// A header is not allowed.
    Header,
    /// The page's own settings rule it out.
    Page,
}

/// The request's client, as far as a policy depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The origin.
    pub origin: &'a str,
    /// Whether cookies are sent.
    pub include: bool,
    /// The proxy's mark.
    pub edition: &'a str,
    /// The browser.
    pub browser: Browser,
}

/// The headers that a page reads, apart from the safelisted ones.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Every header.
    pub all: bool,
    /// Every header of the application.
    pub own: bool,
    /// The headers with these names.
    pub names: Vec<&'static str>,
}

impl Clause {
    fn draw(rng: &mut Rng, predicate: Option<Partners>, asks: bool) -> Self {
        let credentials = rng.below(2) == 0;
        let exposes_own = rng.once_in(4);
        let mut origins: Vec<String> = (0..=rng.below(2)).map(|_| rng.pattern()).collect();
        match rng.below(10) {
            1 => origins.push("*".into()),
            2 | 3 => origins.push("null".into()),
            4 => origins = vec!["*".into()],
            6 => origins.push("file://".into()),
            5 if asks || predicate.is_some() => origins.clear(),
            _ => {}
        }
        let wildcard = if credentials && !exposes_own { "x-b" } else { "*" };
        let rarity = 2 + rng.below(2);
        let mut methods = rng.some(rarity, &["PUT", "DELETE", "PATCH", "patch", "OPTIONS", "POST"]);
        methods.extend(rng.some(4, &["*"]));
        let mut request_headers =
            rng.some(rarity, &["x-a", "X-B", "authorization", "content-type", "Accept", "range", "save-data"]);
        request_headers.extend(rng.some(3, &["*"]));
        Clause {
            origins,
            predicate,
            asks,
            credentials,
            methods,
            request_headers,
            exposed_headers: rng.some(3, &["etag", "X-Total", "vary", wildcard]),
            exposes_own,
            max_age: rng.pick(&[None, Some(0), Some(600), Some(100_000)]),
        }
    }

    /// Draws a rule with one pattern: an origin, or `*`.
    fn plain(rng: &mut Rng) -> Self {
        let clause = Clause::draw(rng, None, false);
        let one = rng.pick(&[
            "*",
            "*",
            "*",
            "*",
            "https://app.example",
            "https://a_b.example:8443",
            "http://[::1]:3000",
            "null",
        ]);
        Clause { origins: vec![one.to_owned()], ..clause }
    }

    /// Whether the rule applies to this origin.
    fn is_for(&self, origin: &str, edition: &str) -> bool {
        let listed = self.origins.iter().any(|pattern| match pattern.as_str() {
            // With credentials, `null` and `file://` need an opt-in of their own.
            "*" if self.credentials => !["null", "file://"].contains(&origin) && matches("*", origin),
            "*" => true,
            pattern => matches(pattern, origin),
        });
        listed
            || self.predicate.is_some_and(|partners| partners.contain(origin, edition))
            || self.asks && is_tenant(origin)
    }

    /// Whether the rule sends `*`, the same to every origin.
    fn sends_wildcard(&self) -> bool {
        !self.credentials && self.origins.iter().any(|pattern| pattern == "*")
    }

    fn allows_method(&self, method: &str) -> bool {
        matches!(method, "GET" | "HEAD" | "POST") || self.methods.iter().any(|listed| [method, "*"].contains(listed))
    }

    fn allows_header(&self, name: &str, browser: Browser) -> bool {
        let listed = self.request_headers.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        let covered = name != "authorization" || browser.wildcard_covers_authorization() && !self.credentials;
        listed || covered && self.request_headers.contains(&"*")
    }
}

impl Intent {
    /// Draws an intent.
    pub fn draw(rng: &mut Rng) -> Self {
        let count = 1 + rng.below(3);
        let (predicate, asking) = (rng.below(7), rng.below(7));
        let partners = rng.pick(&[Partners::Always, Partners::OfNewEdition]);
        let clauses = (1..=count)
            .map(|number| Clause::draw(rng, (number == predicate).then_some(partners), number == asking))
            .collect();
        let plain = rng.once_in(3);
        let mut once_in = |sides| rng.once_in(sides) && !plain;
        let (minimal, private_network, enforced) = (once_in(3), once_in(4), once_in(4));
        Intent {
            clauses: if plain { vec![Clause::plain(rng)] } else { clauses },
            minimal,
            private_network,
            enforced,
            upstream: rng.pick(&[Upstream::Removed, Upstream::Merged, Upstream::Kept]),
            status: rng.pick(&[204, 200, 299]),
            refused_status: rng.pick(&[403, 200, 204, 500]),
        }
    }

    /// The rule that applies to this origin.
    pub fn clause_for(&self, origin: &str, edition: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.is_for(origin, edition))
    }

    /// Whether every origin gets the same answer.
    pub fn is_same_for_everybody(&self) -> bool {
        let [clause] = &self.clauses[..] else { return false };
        let [origin] = &clause.origins[..] else { return false };
        let repeats = |list: &[&str]| clause.credentials && list.contains(&"*");
        (clause.sends_wildcard() || !origin.contains('*'))
            && clause.predicate.is_none()
            && !clause.asks
            && !repeats(&clause.methods)
            && !repeats(&clause.request_headers)
            && !(self.minimal || self.private_network || self.enforced)
    }

    /// Whether the answer to a preflight allows this method and these headers.
    pub fn may_ask(&self, asking: Asking<'_>, method: &str, names: &[String]) -> Result<(), Why> {
        let clause = self.may_send(asking)?;
        if !clause.allows_method(method) {
            return Err(Why::Method);
        }
        // A list that the answer repeats is read only up to 4096 bytes.
        let wildcard = clause.request_headers.contains(&"*");
        let repeats = if wildcard { clause.credentials } else { self.minimal };
        let allowed = names.iter().all(|name| clause.allows_header(name, asking.browser));
        if !allowed || repeats && names.join(",").len() > 4096 {
            return Err(Why::Header);
        }
        Ok(())
    }

    /// The rule by which the origin may send a request with or without cookies.
    fn may_send(&self, asking: Asking<'_>) -> Result<&Clause, Why> {
        let clause = self.clause_for(asking.origin, asking.edition).ok_or(Why::Origin)?;
        if asking.include && !clause.credentials { Err(Why::Credentials) } else { Ok(clause) }
    }

    /// Whether a page may read the application's response, and which headers of it.
    pub fn may_read(&self, asking: Asking<'_>, said: &Said) -> Result<Shown, Why> {
        // A server that refuses requests does so whatever its application writes.
        if self.enforced {
            self.clause_for(asking.origin, asking.edition).ok_or(Why::Origin)?;
        }
        let nothing = Said::default();
        let said = match self.upstream {
            Upstream::Kept if said.origins.len() < 2 => said,
            Upstream::Merged => &Said { exposed: said.exposed.clone(), ..Said::default() },
            Upstream::Removed | Upstream::Kept => &nothing,
        };
        if let [origin] = &said.origins[..] {
            let wildcard = origin == "*" && !asking.include;
            return match () {
                () if !wildcard && origin != asking.origin => Err(Why::Origin),
                () if asking.include && !said.credentials => Err(Why::Credentials),
                () => Ok(Shown { names: said.exposed.clone(), ..Shown::default() }),
            };
        }
        let clause = self.clause_for(asking.origin, asking.edition).ok_or(Why::Origin)?;
        if asking.include && !(clause.credentials || said.credentials && !clause.sends_wildcard()) {
            return Err(Why::Credentials);
        }
        let mut names = clause.exposed_headers.clone();
        names.extend(&said.exposed);
        let all = clause.exposed_headers.contains(&"*") && !clause.credentials && !asking.include;
        Ok(Shown { all, own: clause.exposes_own, names })
    }
}

/// Whether cached answers of these policies may allow the request together: one allows the method, and one allows each
/// header.
pub fn may_have_asked(intents: &[&Intent], asking: Asking<'_>, method: &str, names: &[String]) -> Result<(), Why> {
    let one_may = |method: &str, names: &[String]| {
        let verdicts: Vec<_> = intents.iter().map(|intent| intent.may_ask(asking, method, names)).collect();
        verdicts.iter().copied().find(Result::is_ok).unwrap_or(verdicts[verdicts.len() - 1])
    };
    one_may(method, &[])?;
    names.iter().try_for_each(|name| one_may("GET", core::slice::from_ref(name)))
}
