//! Compares a matrix in the model with the same in real browsers: the cells must be equal, and so must the requests to the
//! server.
//!
//! ```text
//! driver page ──▶ a frame for each origin ──▶ fetch, fetch, … ──▶ server (sees each request)
//!      ▲                   │ outcomes
//!      └─── /results ◀─────┘            the model asks the same server in this process: compare
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a check may fail")]

mod launch;
mod pages;
mod server;

use std::{fmt::Write as _, process::ExitCode, time::Duration};

use axum::Router;
use fetch_cors_test::{Browser, Fetch, Matrix, Page, RedirectMode, RequestMode, matrix::Expected};
use tokio::{net::TcpListener, sync::mpsc, time::timeout};

use pages::Pages;
use server::{Seen, Server};

const PATIENCE: Duration = Duration::from_secs(60);

/// The fetches of the pages, with the body as a script writes it.
fn fetches(api: &str) -> Vec<(&'static str, Fetch, &'static str)> {
    let of = |name: &str, path: &str| format!("{api}{path}?{name}");
    vec![
        ("list", Fetch::get(of("list", "/own/items")), ""),
        ("cookies", Fetch::get(of("cookies", "/own/items")).credentials(), ""),
        ("create", Fetch::post(of("create", "/own/items")).form(), "new URLSearchParams(\"name=value\")"),
        ("change", Fetch::put(of("change", "/own/items")).json().credentials(), "\"{}\""),
        ("patch", Fetch::patch(of("patch", "/own/items")).text(), "\"text\""),
        ("remove", Fetch::delete(of("remove", "/own/items")), ""),
        ("token", Fetch::get(of("token", "/own/items")).header("authorization", "Bearer 1"), ""),
        ("missing", Fetch::get(of("missing", "/own/nowhere")), ""),
        ("log", Fetch::post(of("log", "/own/items")).text().mode(RequestMode::NoCors), "\"text\""),
        ("picture", Fetch::get(of("picture", "/none/items")).mode(RequestMode::NoCors), ""),
        ("star", Fetch::get(of("star", "/star/items")), ""),
        ("star_cookies", Fetch::get(of("star_cookies", "/star/items")).credentials(), ""),
        ("star_token", Fetch::get(of("star_token", "/star/items")).header("authorization", "Bearer 1"), ""),
        ("none", Fetch::get(of("none", "/none/items")), ""),
        ("none_put", Fetch::put(of("none_put", "/none/items")), ""),
        ("moved", Fetch::get(of("moved", "/own/moved")), ""),
        ("moved_put", Fetch::put(of("moved_put", "/own/moved")), ""),
        ("moved_none", Fetch::get(of("moved_none", "/none/moved")), ""),
        ("moved_preflight", Fetch::put(of("moved_preflight", "/none/moved")), ""),
        ("manual", Fetch::get(of("manual", "/own/moved")).redirect(RedirectMode::Manual), ""),
        ("error", Fetch::get(of("error", "/own/moved")).redirect(RedirectMode::Error), ""),
    ]
}

#[tokio::main]
async fn main() -> ExitCode {
    let (seen, server) = Server::new();
    let api = serve("api.shop.localhost", server.router()).await;
    let (results, mut posted) = mpsc::unbounded_channel();
    let frames = [
        serve("app.shop.localhost", pages::frame()).await,
        // A page of another site.
        serve("other.localhost", pages::frame()).await,
    ];
    // The policy allows the first page.
    server.allow(&frames[0]);
    let fetches = fetches(&api);
    let origins = [&frames[0], &frames[1], "null", &api].map(str::to_owned);
    let pages = Pages { origins: &origins, frame_of_null: &frames[0], fetches: &fetches };
    let driver = serve("app.shop.localhost", pages.driver(results)).await;
    let mut failed = false;
    for browser in Browser::ALL {
        let Some(running) = launch::start(browser, &driver) else {
            println!("{}: skipped, it is not installed", browser.name());
            continue;
        };
        let mut observed = Vec::new();
        for _ in &origins {
            match timeout(PATIENCE, posted.recv()).await {
                Ok(Some(outcomes)) => observed.push((outcomes, seen.take())),
                Ok(None) | Err(_) => break,
            }
        }
        running.end();
        if observed.len() < origins.len() {
            println!("{}: it does not answer", browser.name());
            failed = true;
            continue;
        }
        let mut differences = String::new();
        for (origin, (outcomes, requests)) in origins.iter().zip(&observed) {
            compare(browser, origin, &fetches, outcomes, requests, &server, &seen, &mut differences).await;
        }
        if differences.is_empty() {
            println!("{}: {} cells, as the model has them", browser.name(), origins.len() * fetches.len());
        } else {
            println!("{}:\n{differences}", browser.name());
            failed = true;
        }
    }
    // The same fetches as a matrix, so that its checks also get a real server's answers.
    failed |= !matrix_agrees(&origins, &fetches, &server).await;
    ExitCode::from(u8::from(failed))
}

/// Serves on a port of this machine, under any name below `localhost`. Returns the origin.
async fn serve(host: &str, router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{host}:{port}")
}

/// Compares the outcomes of a browser's page with those of the model.
#[expect(clippy::too_many_arguments, reason = "they are all that is compared")]
async fn compare(
    browser: Browser,
    origin: &str,
    fetches: &[(&'static str, Fetch, &'static str)],
    outcomes: &[String],
    requests: &[Seen],
    server: &Server,
    seen: &server::Log,
    differences: &mut String,
) {
    if outcomes.len() != fetches.len() {
        _ = writeln!(differences, "  {origin}: {} fetches of {}: {outcomes:?}", outcomes.len(), fetches.len());
    }
    for ((name, fetch, _), outcome) in fetches.iter().zip(outcomes) {
        let mut page = Page::of(origin).in_browsers([browser]);
        if pages::sends_cookies(browser, origin) {
            page = page.cookies("api.shop.localhost", pages::COOKIE);
        }
        let in_model = page.fetch(&server.router(), fetch.clone()).await;
        seen.take();
        let model = pages::outcome_in_model(&in_model);
        if model != *outcome {
            _ = writeln!(differences, "  {origin} {name}: {outcome:?} in the browser, {model:?} in the model");
        }
        let of_browser = requests.iter().filter(|seen| seen.is_of(name)).cloned();
        // A page with an opaque origin has no URL in the model. WebKit sends the URL of its frame.
        let hidden = origin == "null" && browser == Browser::WebKit;
        let of_browser: Vec<Seen> =
            of_browser.map(|seen| if hidden { seen.without_referrer() } else { seen }).collect();
        let of_model: Vec<Seen> = in_model.requests(browser).map(Seen::of).collect();
        if of_browser != of_model {
            _ = writeln!(
                differences,
                "  {origin} {name}: the browser sends\n{of_browser:#?}\nthe model\n{of_model:#?}"
            );
        }
    }
}

/// Whether the checks of a matrix find nothing on a server without faults.
async fn matrix_agrees(origins: &[String], fetches: &[(&'static str, Fetch, &'static str)], server: &Server) -> bool {
    let own: Vec<_> = fetches.iter().filter(|(_, fetch, _)| fetch.url().contains("/own/items")).collect();
    let names = own.iter().map(|(name, fetch, _)| ((*name).to_owned(), fetch.clone()));
    let rows = origins.iter().map(|origin| (origin.clone(), vec![Expected::Refused; own.len()]));
    let matrix = Matrix::new(names, rows).expect("it is a matrix");
    let cells = matrix.ask(&server.router()).await;
    for finding in cells.findings() {
        println!("{finding}");
    }
    cells.findings().is_empty()
}
