//! The applications, and the responses that they give without any policy.

use core::fmt;

use super::intent::Intent;
use crate::oracle::origin_pattern::parts;
use crate::rng::Rng;

/// A line of a request or of a response.
pub type Line = (String, Vec<u8>);

/// The lines as text, for people.
pub fn as_text(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|(name, value)| format!("{name}: {}", value.escape_ascii())).collect()
}

/// How many resources a site has. The last two redirect to the first two.
pub const RESOURCES: usize = 4;

/// A server, with an application behind it.
#[derive(Debug)]
pub struct Site {
    /// Its origin.
    pub origin: &'static str,
    /// The intent of its policy. A site without a policy shares nothing.
    pub intent: Option<Intent>,
    /// The resources of its application.
    pub resources: Vec<Resource>,
}

/// A resource of an application. Its response is always the same.
pub struct Resource {
    /// The status.
    pub status: u16,
    /// The headers, without those in `said`.
    pub lines: Vec<Line>,
    /// The CORS headers that the application writes.
    pub said: Said,
    /// The target of a redirect: a site and a resource.
    pub goes_to: Option<(usize, usize)>,
}

/// The CORS headers that an application writes itself.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The values of the lines of `Access-Control-Allow-Origin`.
    pub origins: Vec<String>,
    /// Whether it allows cookies.
    pub credentials: bool,
    /// The names that it exposes.
    pub exposed: Vec<&'static str>,
}

impl Said {
    fn draw(rng: &mut Rng, intent: Option<&Intent>) -> Self {
        // An application without a policy writes no CORS headers.
        let Some(intent) = intent.filter(|_| rng.once_in(2)) else { return Said::default() };
        let clause = &intent.clauses[rng.below(intent.clauses.len())];
        let mut listed = || clause.origins.iter().find(|_| rng.once_in(2)).map(|origin| rng.origin_near(origin));
        // The application names only origins that a page can have.
        let listed = listed().filter(|origin| parts(origin).is_some() || origin == "null");
        let origins = match rng.below(4) {
            0 => Vec::new(),
            1 => vec!["*".into()],
            2 => listed.into_iter().collect(),
            _ => vec!["*".into(), "*".into()],
        };
        Said { origins, credentials: rng.once_in(2), exposed: rng.some(2, &["x-c"]) }
    }

    fn lines(&self) -> impl Iterator<Item = Line> {
        let origins = self.origins.iter().map(|origin| ("Access-Control-Allow-Origin", origin.as_str()));
        let credentials = self.credentials.then_some(("access-control-allow-credentials", "true"));
        let exposed = self.exposed.iter().map(|name| ("Access-Control-Expose-Headers", *name));
        let lines = origins.chain(credentials).chain(exposed);
        lines.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()))
    }
}

impl fmt::Debug for Resource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {:?}, to {:?}", self.status, as_text(&self.all_lines()), self.goes_to)
    }
}

impl Resource {
    fn draw(rng: &mut Rng, intent: Option<&Intent>, goes_to: Option<(usize, usize, &str)>) -> Self {
        let status = match goes_to {
            Some(_) => rng.pick(&[302, 301, 303, 307, 308]),
            None => rng.pick(&[200, 200, 200, 204, 206, 304, 401, 404, 500]),
        };
        let mut lines = vec![
            ("ETag", "1"),
            ("x-total", "2"),
            ("X-C", "3"),
            ("Set-Cookie", "a=b"),
            ("Cache-Control", rng.pick(&["max-age=60", "max-age=60", "max-age=60", "no-store"])),
        ];
        if rng.once_in(3) {
            lines.extend([("etag", "2"), ("content-type", "application/json"), ("x-total", "")]);
        }
        match rng.below(8) {
            5 => lines.push(("Vary", "Cookie")),
            6 => lines.extend([("vary", "accept-encoding , ORIGIN"), ("Vary", "cookie")]),
            7 => lines.push(("Vary", "*")),
            _ => {}
        }
        let mut lines: Vec<Line> =
            lines.into_iter().map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect();
        if let Some((_, number, origin)) = goes_to {
            lines.push(("Location".to_owned(), url(origin, number).into_bytes()));
        }
        let goes_to = goes_to.map(|(site, number, _)| (site, number));
        Resource { status, lines, said: Said::draw(rng, intent), goes_to }
    }

    /// All lines of the application's response.
    pub fn all_lines(&self) -> Vec<Line> {
        self.said.lines().chain(self.lines.iter().cloned()).collect()
    }

    /// Whether the application's response has a header of this name, in lower case.
    pub fn gives(&self, name: &str) -> bool {
        self.lines.iter().any(|line| line.0.eq_ignore_ascii_case(name))
    }
}

/// The URL of a resource of a site.
pub fn url(origin: &str, resource: usize) -> String {
    format!("{origin}/r{resource}")
}

impl Site {
    /// Draws three sites: two with policies, one without.
    pub fn draw_all(rng: &mut Rng) -> Vec<Site> {
        let second = rng.pick(&[
            "https://api.example:8443",
            "http://other.example",
            "https://[2001:db8::2]",
            "https://b_b.example",
        ]);
        let origins = ["https://api.example", second, "https://plain.example"];
        let mut draw = |number: usize, origin| {
            let intent = (number < 2).then(|| Intent::draw(rng));
            let resources = (0..RESOURCES).map(|resource| {
                let goes_to = (resource >= RESOURCES - 2).then(|| {
                    let site = rng.pick(&[number, number, 0, 1, 2]);
                    (site, rng.below(resource), origins[site])
                });
                Resource::draw(rng, intent.as_ref(), goes_to)
            });
            let resources = resources.collect();
            Site { origin, intent, resources }
        };
        origins.into_iter().enumerate().map(|(number, origin)| draw(number, origin)).collect()
    }
}
