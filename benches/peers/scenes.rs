//! The policies and requests of the measurements, equal for all peers.

/// The policy: which pages may read, and what else is granted.
#[derive(Clone)]
pub struct Setup {
    pub origins: Origins,
    pub credentials: bool,
    pub methods: Names,
    pub request_headers: Names,
    pub exposed: &'static [&'static str],
    pub max_age_seconds: Option<u32>,
}

#[derive(Clone)]
pub enum Origins {
    Any,
    List(Vec<String>),
    /// Suffixes of hosts, with their dots: all subdomains, over `https`.
    SubdomainsOf(Vec<String>),
    /// A list, and a predicate of the server: [`is_preview`].
    ListOrPreview(Vec<String>),
}

/// Whether the origin belongs to a preview.
pub fn is_preview(origin: &[u8]) -> bool {
    origin.starts_with(b"https://") && origin.ends_with(b".preview.example")
}

#[derive(Clone, Copy)]
pub enum Names {
    /// `*`.
    Any,
    /// The request's list is granted.
    Mirror,
    List(&'static [&'static str]),
}

pub struct Scene {
    pub name: String,
    pub setup: Setup,
    pub method: &'static str,
    pub request: Vec<(&'static str, String)>,
    /// The response of the service.
    pub response: &'static [(&'static str, &'static str)],
}

const APP: &str = "https://app.example";
const OTHER: &str = "https://oth.example";
const ADMIN: &str = "https://admin.example";

const PLAIN: &[(&str, &str)] =
    &[("content-type", "application/json"), ("content-length", "512"), ("etag", "\"0123456789abcdef\"")];

const UPSTREAM: &[(&str, &str)] = &[
    ("content-type", "application/json"),
    ("content-length", "512"),
    ("etag", "\"0123456789abcdef\""),
    ("access-control-allow-origin", "https://old.example"),
    ("access-control-allow-credentials", "true"),
    ("access-control-expose-headers", "etag"),
    ("vary", "accept-encoding"),
];

const METHODS: Names = Names::List(&["GET", "POST", "PUT", "PATCH", "DELETE"]);
const HEADERS: Names = Names::List(&["authorization", "content-type", "x-request-id", "x-requested-with", "x-tenant"]);
const ASKED: &str = "authorization,content-type";

impl Setup {
    fn new(origins: Origins) -> Self {
        let none = Names::List(&[]);
        Setup { origins, credentials: false, methods: none, request_headers: none, exposed: &[], max_age_seconds: None }
    }

    fn of(origins: &[&str]) -> Self {
        Setup::new(Origins::List(origins.iter().map(ToString::to_string).collect()))
    }

    fn many(count: usize) -> Self {
        Setup::new(Origins::List((0..count).map(numbered).collect()))
    }

    fn subdomains(count: usize) -> Self {
        let of = |number| format!(".tenant-{number:06}.example");
        Setup::new(Origins::SubdomainsOf((0..count).map(of).collect()))
    }

    fn with_credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// Adds all lists of a preflight's answer.
    fn with_lists(mut self) -> Self {
        (self.methods, self.request_headers, self.max_age_seconds) = (METHODS, HEADERS, Some(7200));
        self
    }

    fn with(mut self, names: Names) -> Self {
        (self.methods, self.request_headers, self.max_age_seconds) = (names, names, Some(7200));
        self
    }
}

fn numbered(number: usize) -> String {
    format!("https://app-{number:06}.example")
}

impl Scene {
    fn get(name: impl Into<String>, setup: Setup, origin: Option<&str>) -> Self {
        let mut request: Vec<_> = USUAL.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        request.extend(origin.map(|origin| ("origin", origin.to_owned())));
        Scene { name: name.into(), setup, method: "GET", request, response: &[] }
    }

    fn preflight(name: impl Into<String>, setup: Setup, origin: &str, method: &str, asked: String) -> Self {
        let mut scene = Scene { method: "OPTIONS", ..Scene::get(name, setup, Some(origin)) };
        scene.request.push(("access-control-request-method", method.to_owned()));
        scene.request.push(("access-control-request-headers", asked));
        scene
    }

    /// Adds headers of the service's response.
    fn into(self, response: &'static [(&'static str, &'static str)]) -> Self {
        Scene { response, ..self }
    }
}

/// The other headers that a browser sends.
const USUAL: [(&str, &str); 9] = [
    ("host", "api.example"),
    ("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"),
    ("accept", "*/*"),
    ("accept-language", "en-US,en;q=0.9"),
    ("accept-encoding", "gzip, deflate, br, zstd"),
    ("referer", "https://app.example/"),
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-mode", "cors"),
    ("sec-fetch-dest", "empty"),
];

/// All scenes: those of the tables, then those that only the curves need.
pub fn all() -> Vec<Scene> {
    let mut all = actual();
    all.extend(predicate());
    all.extend(many());
    all.extend(preflights());
    all.extend(hostile());
    all.extend(curves());
    all
}

fn actual() -> Vec<Scene> {
    let one = || Setup::of(&[APP]);
    let two = || Setup::of(&[ADMIN, APP]);
    let full = || Setup { exposed: &["x-request-id", "x-total"], ..two().with_credentials() };
    let any = || Setup::new(Origins::Any);
    vec![
        Scene::get("no `Origin`", two(), None),
        Scene::get("no `Origin`, 3 headers", two(), None).into(PLAIN),
        Scene::get("one origin", one(), Some(APP)),
        Scene::get("one origin, 3 headers", one(), Some(APP)).into(PLAIN),
        Scene::get("two origins", two(), Some(APP)),
        Scene::get("two origins, 3 headers", two(), Some(APP)).into(PLAIN),
        Scene::get("two origins, refused", two(), Some(OTHER)),
        Scene::get("credentials, two exposed", full(), Some(APP)),
        Scene::get("credentials, two exposed, 3 headers", full(), Some(APP)).into(PLAIN),
        Scene::get("any origin", any(), Some(APP)),
        Scene::get("any origin, 3 headers", any(), Some(APP)).into(PLAIN),
        Scene::get("upstream with its own CORS headers", two(), Some(APP)).into(UPSTREAM),
        Scene::get("upstream with its own CORS headers, refused", two(), Some(OTHER)).into(UPSTREAM),
    ]
}

fn predicate() -> Vec<Scene> {
    let setup = || Setup::new(Origins::ListOrPreview(vec![ADMIN.to_owned(), APP.to_owned()]));
    vec![
        Scene::get("predicate beside two origins, listed", setup(), Some(APP)),
        Scene::get("predicate beside two origins, by the predicate", setup(), Some("https://1234.preview.example")),
        Scene::get("predicate beside two origins, refused", setup(), Some(OTHER)),
    ]
}

fn many() -> Vec<Scene> {
    let mut all = Vec::new();
    for (count, reported) in [(100, "100"), (10_000, "10,000"), (100_000, "100,000")] {
        let (last, none) = (numbered(count - 1), numbered(999_999));
        all.push(Scene::get(format!("{reported} origins"), Setup::many(count), Some(&last)));
        all.push(Scene::get(format!("{reported} origins, refused"), Setup::many(count), Some(&none)));
    }
    let subdomain = |number: usize| format!("https://a.tenant-{number:06}.example");
    let long = format!("https://{}tenant-000000.example", "a.".repeat(4096));
    all.push(Scene::get("wildcard", Setup::subdomains(1), Some(&subdomain(0))));
    all.push(Scene::get("wildcard, refused", Setup::subdomains(1), Some(&subdomain(999_999))));
    all.push(Scene::get("wildcard, 8 KiB of `Origin`", Setup::subdomains(1), Some(&long)));
    all.push(Scene::get("10,000 wildcards", Setup::subdomains(10_000), Some(&subdomain(9_999))));
    all.push(Scene::get("10,000 wildcards, refused", Setup::subdomains(10_000), Some(&subdomain(999_999))));
    all
}

fn preflights() -> Vec<Scene> {
    let lists = || Setup::of(&[ADMIN, APP]).with_credentials().with_lists();
    let many = Setup::many(10_000).with_credentials().with_lists();
    let asked = || ASKED.to_owned();
    vec![
        Scene::preflight("preflight", lists(), APP, "PUT", asked()),
        Scene::preflight("preflight, 10,000 origins", many, &numbered(9_999), "PUT", asked()),
        Scene::preflight("preflight, anything", Setup::new(Origins::Any).with(Names::Any), APP, "PUT", asked()),
        Scene::preflight("preflight, mirrored", mirror(), APP, "PUT", asked()),
        Scene::preflight("preflight, any origin, mirrored", mirror_for_all(), APP, "PUT", asked()),
        Scene::preflight("preflight, origin refused", lists(), OTHER, "PUT", asked()),
        Scene::preflight("preflight, method refused", lists(), APP, "PURGE", asked()),
        Scene::preflight("preflight, header refused", lists(), APP, "PUT", "authorization,x-other".to_owned()),
    ]
}

fn mirror() -> Setup {
    Setup::of(&[ADMIN, APP]).with_credentials().with(Names::Mirror)
}

fn mirror_for_all() -> Setup {
    Setup::new(Origins::Any).with_credentials().with(Names::Mirror)
}

/// The content of long lists in `Access-Control-Request-Headers`.
const LISTS: [&str; 4] = ["commas", "names", "one name again and again", "one name"];

fn list(what: &str, bytes: usize) -> String {
    let repeated = match what {
        "commas" => ",".repeat(bytes),
        "names" => (0..=bytes / 8).map(|number| format!("x-{number:05},")).collect::<Vec<_>>().concat(),
        "one name again and again" => "content-type,".repeat(bytes / 13 + 1),
        _ => "x".repeat(bytes),
    };
    repeated[..bytes].trim_end_matches(|c| c == ',' && what != "commas").to_owned()
}

fn hostile() -> Vec<Scene> {
    let lists = || Setup::of(&[ADMIN, APP]).with_credentials().with_lists();
    let mut all = Vec::new();
    for kibibytes in [8, 64] {
        for what in LISTS {
            let (name, asked) = (format!("preflight, {kibibytes} KiB: {what}"), list(what, kibibytes * 1024));
            all.push(Scene::preflight(name, lists(), APP, "PUT", asked));
        }
        let (name, asked) = (format!("preflight, {kibibytes} KiB: mirrored"), list("names", kibibytes * 1024));
        all.push(Scene::preflight(name, mirror(), APP, "PUT", asked));
    }
    all
}

/// The prefix of the scenes that are only for curves. A number follows it.
const ORIGINS: &str = "origins: ";
const BYTES: &str = "bytes asked for: ";
const HEADERS_OF_REQUEST: &str = "request headers: ";

/// Whether it is in no table.
pub fn is_of_curve(scene: &Scene) -> bool {
    [ORIGINS, BYTES, HEADERS_OF_REQUEST].iter().any(|prefix| scene.name.starts_with(prefix))
}

fn curves() -> Vec<Scene> {
    let mut all = Vec::new();
    for count in [2, 10, 100, 1_000, 10_000, 100_000] {
        all.push(Scene::get(format!("{ORIGINS}{count}"), Setup::many(count), Some(&numbered(count - 1))));
    }
    for bytes in [64, 256, 1024, 4096, 16_384, 65_536] {
        let lists = Setup::of(&[ADMIN, APP]).with_credentials().with_lists();
        all.push(Scene::preflight(
            format!("{BYTES}{bytes}"),
            lists,
            APP,
            "PUT",
            list("one name again and again", bytes),
        ));
    }
    for count in [10, 20, 50, 100] {
        let mut scene = Scene::get(format!("{HEADERS_OF_REQUEST}{count}"), Setup::of(&[ADMIN, APP]), Some(APP));
        let more =
            (scene.request.len()..count).map(|number| (&*format!("x-header-{number:03}").leak(), "1".to_owned()));
        scene.request.splice(0..0, more);
        all.push(scene);
    }
    all
}
