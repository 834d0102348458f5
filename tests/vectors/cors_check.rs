//! `cors-check.json`

use fetch_cors::{
    browser::{Profile, Request, Response, Url, cors_check, request::CredentialsMode},
    header::Headers,
    origin::Origin,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    bytes::{Bytes, HeaderList},
    expect, read,
    request::{expect_step, redirect_taint},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    origin: String,
    credentials: String,
    redirect_taint: Option<String>,
    allow_origin: Option<Vec<Bytes>>,
    allow_credentials: Vec<Bytes>,
    failed_step: Option<String>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let mut list = HeaderList::lines("Access-Control-Allow-Origin", case.allow_origin.as_deref().unwrap_or_default());
    for line in &case.allow_credentials {
        list.push("Access-Control-Allow-Credentials", &line.0);
    }
    let pairs = list.pairs();
    let response = Response::new(200, Headers::from_pairs(&pairs)).map_err(|error| error.to_string())?;
    let origin = Origin::parse(&case.origin).map_err(|error| error.to_string())?;
    let url = Url::new("https://api.example/").unwrap();
    let request = Request::new(url, origin)
        .with_credentials_mode(CredentialsMode::from_word(&case.credentials).ok_or("no credentials mode")?)
        .with_redirect_taint(redirect_taint(case.redirect_taint.as_deref().unwrap_or("same-origin")));
    match (cors_check(&request, &response, &Profile::FETCH), case.failed_step) {
        (Err(error), Some(step)) => expect_step(error.step(), &format!("concept-cors-check:{step}")),
        (found, expected) => expect("failed", found.is_err(), expected.is_some()),
    }
}
