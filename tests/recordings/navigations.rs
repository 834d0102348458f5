//! Requests that no API of scripts sends: the `Origin` of form navigations, of elements with `crossorigin`, and of
//! HTTPS pages to HTTP.

use std::{collections::BTreeMap, fs, path::Path};

use fetch_cors::{
    browser::{
        Environment, Profile, Request, RequestInit, Url,
        request::{CredentialsMode, ReferrerPolicy, RequestMode},
        request_origin_header,
        route::route,
    },
    method::Method,
    origin::Origin,
};
use serde::Deserialize;

use testkit::recordings::Recorded;

#[derive(Deserialize)]
struct Recordings {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    page: String,
    referrer_policy: String,
    target: String,
    method: String,
    kind: String,
    #[serde(default)]
    crossorigin: String,
    observed: BTreeMap<String, Observed>,
}

#[derive(Deserialize)]
struct Observed {
    method: String,
    origin: Option<String>,
    /// `None` if the browser does not send `Sec-Fetch-Mode`: Firefox sends it only to secure URLs.
    mode: Option<String>,
}

impl Case {
    fn request<'a>(&'a self, url: &'a str, browser: Recorded) -> Request<'a> {
        let (url, origin) = (Url::new(url).unwrap(), Origin::parse(&self.page).unwrap());
        let referrer_policy = ReferrerPolicy::from_word(&self.referrer_policy).unwrap();
        if self.kind == "fetch" {
            let init =
                RequestInit { method: "POST", mode: RequestMode::NoCors, referrer_policy, ..RequestInit::default() };
            return init.request(url, origin).unwrap();
        }
        let mode = match (self.kind.as_str(), self.crossorigin.as_str()) {
            ("form", _) => RequestMode::Navigate,
            // In WebKit a page may use the fonts of any site.
            ("font", _) if browser == Recorded::WebKit => RequestMode::NoCors,
            ("module" | "font", _) | (_, "anonymous" | "use-credentials") => RequestMode::Cors,
            _ => RequestMode::NoCors,
        };
        let method = Method::new(&self.method).unwrap();
        let request = Request::new(url, origin).with_method(method).with_mode(mode);
        request.with_referrer_policy(referrer_policy).with_credentials_mode(CredentialsMode::Include)
    }

    /// The value of `Origin` by a profile, for this browser's request of the case.
    fn origin(&self, profile: &Profile, browser: Recorded) -> Option<String> {
        let url = format!("{}/t/{}", self.target, self.id);
        let request = self.request(&url, browser);
        let tainting = route(&request, profile).unwrap().response_tainting();
        request_origin_header(&request.with_response_tainting(tainting), Environment::new(profile))
            .map(|origin| origin.to_string())
    }
}

fn cases() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec-vectors/browsers/navigations.json");
    serde_json::from_str::<Recordings>(&fs::read_to_string(file).unwrap()).unwrap().cases
}

#[test]
fn each_profile_predicts_the_origin_of_its_browsers_navigations_and_elements() {
    for against in crate::BROWSERS {
        let (mut compared, mut wrong) = (0, Vec::new());
        for case in cases() {
            let Some(observed) = case.observed.get(against.name()) else { continue };
            compared += 1;
            let url = format!("{}/t/{}", case.target, case.id);
            let request = case.request(&url, against);
            assert_eq!(observed.method, case.method, "{}", case.id);
            let mode = observed.mode.as_deref();
            assert!(mode.is_none_or(|mode| mode == request.mode().as_str()), "{}: {mode:?}", case.id);
            let predicted = case.origin(&against.profile(), against);
            if predicted != observed.origin {
                wrong.push(format!("{}: expected {:?} got {predicted:?}", case.id, observed.origin));
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", against.name());
        assert!(compared > 140, "{}: {compared} of {}", against.name(), cases().len());
    }
}

/// The departures that only these recordings show.
pub(crate) fn shows(against: Recorded, without: &Profile) -> bool {
    let profile = against.profile();
    let recorded = |case: &&Case| case.observed.contains_key(against.name());
    cases().iter().filter(recorded).any(|case| case.origin(&profile, against) != case.origin(without, against))
}
