//! `filtered-responses.json`

use std::collections::BTreeMap;

use fetch_cors::{
    browser::{
        Profile, Request, Response, Url,
        filter::{HiddenBecause, Visibility, filter, filter_opaque_redirect},
        request::{CredentialsMode, ResponseTainting},
    },
    header::{HeaderName, Headers},
    origin::Origin,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{bytes::HeaderList, expect, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    tainting: String,
    credentials: String,
    status: u16,
    headers: HeaderList,
    r#type: String,
    script_status: u16,
    visible: HeaderList,
    #[serde(default)]
    hidden: BTreeMap<String, String>,
}

pub(crate) fn check(case: &Value) -> Result<(), String> {
    let case: Case = read(case)?;
    let pairs = case.headers.pairs();
    let response = Response::new(case.status, Headers::from_pairs(&pairs)).map_err(|error| error.to_string())?;
    let request =
        Request::new(Url::new("https://api.example/").unwrap(), Origin::parse("https://page.example").unwrap())
            .with_credentials_mode(CredentialsMode::from_word(&case.credentials).ok_or("no credentials mode")?);
    let filtered = if case.tainting == "opaque-redirect" {
        filter_opaque_redirect(&request, &response)
    } else {
        let tainting = ResponseTainting::from_word(&case.tainting).ok_or("no response tainting")?;
        filter(&request.with_response_tainting(tainting), &response, &Profile::FETCH)
    };
    expect("type", filtered.response_type().as_str(), &case.r#type)?;
    expect("script_status", filtered.status(), case.script_status)?;
    expect("internal status", filtered.internal_status().as_u16(), case.status)?;
    expect("visible", filtered.headers().collect(), case.visible)?;
    for (name, expected) in case.hidden {
        let found = filtered.visibility(HeaderName::new(&name).map_err(|error| error.to_string())?);
        expect(&name, because(found), &expected)?;
    }
    Ok(())
}

fn because(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Shown(_) => "shown",
        Visibility::Hidden(HiddenBecause::Forbidden) => "forbidden",
        Visibility::Hidden(HiddenBecause::NotListed) => "not-listed",
        Visibility::Hidden(HiddenBecause::ListUnparsable) => "list-unparsable",
        Visibility::Hidden(HiddenBecause::WildcardWithCredentials) => "wildcard-with-credentials",
        Visibility::Hidden(HiddenBecause::Opaque) => "opaque",
        Visibility::Hidden(_) => "hidden for another reason",
    }
}
