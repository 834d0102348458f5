//! What a policy means: who may ask for what, and read what. It knows the words that a policy is written in, and of headers that
//! come and go it knows nothing.

use super::{application::Said, browsers::Browser};
use crate::oracle::origin_pattern::{matches, parts};
use crate::rng::Rng;

/// What a policy means.
#[derive(Debug)]
pub struct Intent {
    /// Its rules; the first that is for an origin counts.
    pub clauses: Vec<Clause>,
    /// Whether an answer grants no more than the request asks for.
    pub minimal: bool,
    /// Whether a private network is opened to the policy's origins.
    pub private_network: bool,
    /// Whether the server itself refuses.
    pub enforced: bool,
    /// What becomes of what the application says itself.
    pub upstream: Upstream,
    /// The status of an answer to a preflight.
    pub status: u16,
    /// The same for an origin that is refused.
    pub refused_status: u16,
}

/// What becomes of what the application says itself of sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upstream {
    /// It has no say.
    Removed,
    /// It may expose headers, to origins that are allowed.
    Merged,
    /// It has the say, once it names one origin.
    Kept,
}

/// What a rule means.
#[derive(Debug)]
pub struct Clause {
    /// Patterns.
    pub origins: Vec<String>,
    /// Further origins.
    pub predicate: Option<Partners>,
    /// Whether tenants are looked up.
    pub asks: bool,
    /// Whether cookies may be sent.
    pub credentials: bool,
    /// Methods besides `GET`, `HEAD` and `POST`.
    pub methods: Vec<&'static str>,
    /// Headers besides those that need not be asked for.
    pub request_headers: Vec<&'static str>,
    /// Headers besides those that are always seen.
    pub exposed_headers: Vec<&'static str>,
    /// Whether all that a response has is seen.
    pub exposes_own: bool,
    /// How long answers may be kept.
    pub max_age: Option<u32>,
}

/// Origins that a predicate allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partners {
    /// Whatever else the request says.
    Always,
    /// If a proxy has marked the request as one for the new edition.
    OfNewEdition,
}

/// What the proxy before the server marks requests with.
pub const EDITIONS: [&str; 2] = ["old", "new"];

impl Partners {
    /// Whether `origin` is one of them.
    pub fn contain(self, origin: &str, edition: &str) -> bool {
        let host_fits = parts(origin).is_some_and(|(_, host, _)| host.len() % 3 == 0);
        host_fits && (self == Partners::Always || edition == "new")
    }
}

/// Whether a look-up finds this origin.
pub fn is_tenant(origin: &str) -> bool {
    parts(origin).is_some_and(|(_, host, _)| host.len() % 2 == 0)
}

/// Why a page reads nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its origin is not allowed.
    Origin,
    /// It sends cookies, which is not allowed.
    Credentials,
    /// The method is not allowed.
    Method,
    /// A header is not allowed.
    Header,
    /// What the page asked the browser for excludes it.
    Page,
}

/// Who asks, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The origin.
    pub origin: &'a str,
    /// Whether cookies go along.
    pub include: bool,
    /// What the proxy says.
    pub edition: &'a str,
    /// The browser.
    pub browser: Browser,
}

/// Which headers a page reads besides those that are always seen.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// All.
    pub all: bool,
    /// All that the application gave.
    pub own: bool,
    /// These.
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

    /// Draws one for one origin, or for all.
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

    /// Whether the rule is for this origin.
    fn is_for(&self, origin: &str, edition: &str) -> bool {
        let listed = self.origins.iter().any(|pattern| match pattern.as_str() {
            // With credentials `null` and `file://` are dangers of their own.
            "*" if self.credentials => !["null", "file://"].contains(&origin) && matches("*", origin),
            "*" => true,
            pattern => matches(pattern, origin),
        });
        listed
            || self.predicate.is_some_and(|partners| partners.contain(origin, edition))
            || self.asks && is_tenant(origin)
    }

    /// Whether every origin gets the same answer.
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
    /// Draws one.
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

    /// The rule for this origin.
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

    /// Whether a preflight may ask for this method and these headers.
    pub fn may_ask(&self, asking: Asking<'_>, method: &str, names: &[String]) -> Result<(), Why> {
        let clause = self.may_send(asking)?;
        if !clause.allows_method(method) {
            return Err(Why::Method);
        }
        // What must be repeated to the browser is read up to 4096 bytes.
        let wildcard = clause.request_headers.contains(&"*");
        let repeats = if wildcard { clause.credentials } else { self.minimal };
        let allowed = names.iter().all(|name| clause.allows_header(name, asking.browser));
        if !allowed || repeats && names.join(",").len() > 4096 {
            return Err(Why::Header);
        }
        Ok(())
    }

    /// Whether a preflight may ask for any one thing.
    fn may_send(&self, asking: Asking<'_>) -> Result<&Clause, Why> {
        let clause = self.clause_for(asking.origin, asking.edition).ok_or(Why::Origin)?;
        if asking.include && !clause.credentials { Err(Why::Credentials) } else { Ok(clause) }
    }

    /// Whether a page may read what the application gives, and which headers of it.
    pub fn may_read(&self, asking: Asking<'_>, said: &Said) -> Result<Shown, Why> {
        // A server that refuses on its own lets no application have its say.
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

/// Whether what a browser kept of the answers of all these policies may let it ask for nothing: each thing was allowed by one.
pub fn may_have_asked(intents: &[&Intent], asking: Asking<'_>, method: &str, names: &[String]) -> Result<(), Why> {
    let one_may = |method: &str, names: &[String]| {
        let verdicts: Vec<_> = intents.iter().map(|intent| intent.may_ask(asking, method, names)).collect();
        verdicts.iter().copied().find(Result::is_ok).unwrap_or(verdicts[verdicts.len() - 1])
    };
    one_may(method, &[])?;
    names.iter().try_for_each(|name| one_may("GET", core::slice::from_ref(name)))
}
