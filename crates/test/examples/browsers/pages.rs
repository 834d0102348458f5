//! The pages that real browsers open, and what their scripts report.

use axum::{
    Router,
    response::Html,
    routing::{get, post},
};
use fetch_cors_test::{Browser, Fetch, Fetched, Outcome};
use tokio::sync::mpsc::UnboundedSender;

/// The cookie of `shop.localhost`.
pub(crate) const COOKIE: &str = "session=1";

/// Whether the cookie goes along with a page's requests. It has no `SameSite`, so it goes to its own site only; WebKitGTK's
/// network layer sends it from everywhere.
pub(crate) fn sends_cookies(browser: Browser, origin: &str) -> bool {
    browser == Browser::WebKit || origin.contains(".shop.localhost")
}

/// The outcome of a fetch, as the pages' script writes it.
pub(crate) fn outcome_in_model(fetched: &Fetched) -> String {
    match fetched.outcomes().next() {
        Some((_, Outcome::Readable { status, headers })) => {
            let names = headers.iter().map(|(name, _)| name.as_str());
            // A real server adds it.
            let mut names: Vec<&str> = names.filter(|name| *name != "content-length").collect();
            names.sort_unstable();
            names.dedup();
            format!("readable, status {status}, {}", names.join(", "))
        }
        Some((_, Outcome::Opaque(response_type))) => format!("opaque, type {response_type}"),
        Some((_, Outcome::Refused(_))) => "refused".into(),
        _ => "thrown".into(),
    }
}

/// The pages of one run.
pub(crate) struct Pages<'a> {
    pub origins: &'a [String],
    /// The origin that serves the frame whose origin is opaque.
    pub frame_of_null: &'a str,
    pub fetches: &'a [(&'static str, Fetch, &'static str)],
}

impl Pages<'_> {
    /// The page that opens a frame for each origin, one after the other, and posts what they report.
    pub(crate) fn driver(&self, results: UnboundedSender<Vec<String>>) -> Router {
        let frames: Vec<String> = self
            .origins
            .iter()
            .map(|origin| match origin.as_str() {
                "null" => format!("[{:?}, \"allow-scripts\"]", self.frame_of_null),
                origin => format!("[{origin:?}, null]"),
            })
            .collect();
        let calls = self.fetches.iter().map(|(_, fetch, body)| fetch.to_string().replace('…', body));
        let calls: Vec<String> = calls.map(|call| format!("{call:?}")).collect();
        let page = DRIVER.replace("FRAMES", &frames.join(", ")).replace("CALLS", &calls.join(",\n"));
        let page = page.replace("COOKIE", COOKIE);
        let post = post(async move |body: String| {
            let outcomes = body.lines().map(str::to_owned).collect();
            // Nobody receives once the run has ended.
            _ = results.send(outcomes);
        });
        Router::new().route("/", get(async move || Html(page.clone()))).route("/results", post)
    }
}

/// The frame, at the root of its origin.
pub(crate) fn frame() -> Router {
    Router::new().route("/", get(async || Html(FRAME)))
}

const DRIVER: &str = r#"<!doctype html><body><script>
document.cookie = "COOKIE; domain=shop.localhost";
const frames = [FRAMES];
const calls = [CALLS];
const report = () => new Promise((reported) => addEventListener("message", ({ data }) => reported(data), { once: true }));
(async () => {
  for (const [origin, sandbox] of frames) {
    const frame = document.createElement("iframe");
    if (sandbox !== null) frame.sandbox = sandbox;
    frame.src = `${origin}/`;
    const loaded = new Promise((loaded) => (frame.onload = loaded));
    document.body.append(frame);
    await loaded;
    const reported = report();
    frame.contentWindow.postMessage(calls, "*");
    await fetch("/results", { method: "POST", body: (await reported).join("\n") });
    frame.remove();
  }
})();
</script>"#;

const FRAME: &str = r#"<!doctype html><script>
const outcome = async (call) => {
  try {
    const response = await (0, eval)(call);
    if (response.type.startsWith("opaque")) return `opaque, type ${response.type}`;
    const names = [...response.headers.keys()].filter((name) => !["content-length", "date"].includes(name)).sort();
    return `readable, status ${response.status}, ${names.join(", ")}`;
  } catch (error) {
    return error instanceof TypeError ? "refused" : `${error}`;
  }
};
addEventListener("message", async ({ data: calls, source }) => {
  const outcomes = [];
  for (const call of calls) outcomes.push(await outcome(call));
  source.postMessage(outcomes, "*");
});
</script>"#;
