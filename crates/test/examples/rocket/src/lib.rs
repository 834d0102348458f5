//! An application of Rocket, with a policy as a fairing.

use fetch_cors::{
    header::Headers,
    server::{OriginPattern, Policy},
};
use http::{HeaderMap, HeaderName, HeaderValue};
use rocket::{
    Build, Request, Response, Rocket,
    fairing::{Fairing, Info, Kind},
    get, put, routes,
};

static POLICY: Policy<'static> = Policy::builder(&[OriginPattern::new("https://app.example")])
    .methods("PUT, DELETE")
    .request_headers("content-type")
    .exposed_headers("etag")
    .credentials()
    .max_age_seconds(600)
    .build_or_panic();

/// Writes the policy's headers into each response, and answers preflights, for which there are no routes.
struct Cors;

#[rocket::async_trait]
impl Fairing for Cors {
    fn info(&self) -> Info {
        Info { name: "CORS", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let asked = map(request.headers());
        let decision = POLICY.decide(request.method().as_str(), Headers::from(&asked));
        if let Some(status) = decision.status() {
            *response = Response::build().status(rocket::http::Status::new(status)).finalize();
        }
        let mut answer = map(response.headers());
        if decision.write(&mut answer).is_err() {
            // Without the headers no page could read it.
            return response.set_status(rocket::http::Status::InternalServerError);
        }
        for name in answer.keys() {
            response.remove_header(name.as_str());
            for value in answer.get_all(name).iter().filter_map(|value| value.to_str().ok()) {
                response.adjoin_raw_header(name.as_str().to_owned(), value.to_owned());
            }
        }
    }
}

fn map(headers: &rocket::http::HeaderMap<'_>) -> HeaderMap {
    let line = |header: rocket::http::Header<'_>| {
        let name = HeaderName::from_bytes(header.name().as_str().as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(header.value()).ok()?))
    };
    let mut map = HeaderMap::new();
    for (name, value) in headers.iter().filter_map(line) {
        map.append(name, value);
    }
    map
}

#[get("/items")]
const fn list() -> &'static str {
    "items"
}

#[put("/items/<_>")]
const fn change() {}

/// The application.
pub fn application() -> Rocket<Build> {
    rocket::custom(rocket::Config { log_level: rocket::config::LogLevel::Off, ..rocket::Config::default() })
        .mount("/", routes![list, change])
        .attach(Cors)
}
