//! Recordings of real browsers, replayed. Each profile predicts its own browser, and the standard differs from browsers
//! only for known causes.

mod navigations;

use std::{collections::BTreeMap, fs, path::Path};

use fetch_cors::browser::{Profile, profile::Departure};
use testkit::recordings::{self, Ids, Recorded, Replay, Scenario, Verdict, differences};

const BROWSERS: [Recorded; 3] = [Recorded::Chromium, Recorded::Firefox, Recorded::WebKit];

/// The recordings that an independent model of the standard was compared with.
const MODELLED: [Recorded; 2] = [Recorded::Chromium, Recorded::Firefox];

/// All scenarios of a folder of recordings.
fn scenarios_of(folder: &str) -> Vec<Scenario> {
    scenarios_in(&format!("browsers/{folder}"))
}

fn scenarios_in(folder: &str) -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec-vectors").join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    files.iter().flat_map(|file| recordings::read(file).unwrap()).collect()
}

fn folders() -> Vec<String> {
    let browsers = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec-vectors/browsers");
    let entries = fs::read_dir(browsers).unwrap().map(|entry| entry.unwrap());
    let mut folders: Vec<String> = entries
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    folders
}

#[test]
fn each_profile_predicts_its_browser_and_its_ids() {
    let mut fetches = 0;
    for folder in folders() {
        for scenario in scenarios_of(&folder) {
            for against in BROWSERS {
                let replay = Replay { profile: against.profile(), against, ids: against.ids() };
                for (number, verdict) in replay.scenario(&scenario).unwrap().into_iter().enumerate() {
                    fetches += 1;
                    if let Verdict::Differs(differences) = verdict {
                        let reported: Vec<_> = differences
                            .iter()
                            .map(|found| format!("{}: expected {} got {}", found.what, found.expected, found.got))
                            .collect();
                        panic!("{folder} {} {number} {}: {reported:?}", scenario.id, against.name());
                    }
                }
            }
        }
    }
    assert!(fetches >= 3 * 2621, "only {fetches} fetches were replayed");
}

/// Fetches that differ in more than cookies if the browsers have their own settings, with the difference.
const BEYOND_COOKIES: [(&str, &str, &str); 2] = [
    // A page with an opaque origin sends `Origin` with a `HEAD` without CORS.
    ("chromium", "h501-000053", "origin"),
    // The recorder finds no message of Firefox about a URL with the id in upper case in its path.
    ("firefox", "r501-000076", "cors_error"),
];

/// Scenarios with addresses as hosts, in which Firefox repeats preflights that its cache could save. The reason is not
/// known.
const ASKED_AGAIN: [&str; 4] = ["k601-000008", "k601-000015", "k601-000025", "k601-000029"];

#[test]
fn default_cookie_settings_change_only_the_cookies() {
    withhold_cookies("default-settings", &[]);
}

#[test]
fn addresses_as_hosts_change_nothing_but_cookies_and_some_preflights_of_firefox() {
    withhold_cookies("ip-literals", &ASKED_AGAIN);
}

/// Each browser of a folder differs from its profile only in cookies, except for the listed fetches.
fn withhold_cookies(folder: &str, asked_again: &[&str]) {
    for against in BROWSERS {
        let (mut fetches, mut withheld) = (0, 0);
        for scenario in scenarios_in(folder) {
            let is_asked_again = against == Recorded::Firefox && asked_again.contains(&&*scenario.id);
            let mut asks = 0;
            let replay = Replay { profile: against.profile(), against, ids: against.ids() };
            for verdict in replay.scenario(&scenario).unwrap() {
                fetches += 1;
                let Verdict::Differs(differences) = verdict else { continue };
                let is_cookie = |what: &str| what.ends_with("cookie");
                asks += usize::from(differences.iter().any(|found| found.what == "exchanges"));
                if is_asked_again {
                    continue;
                }
                withheld += usize::from(differences.iter().any(|found| is_cookie(&found.what)));
                for found in differences.iter().filter(|found| !is_cookie(&found.what)) {
                    let listed = |it: &&(&str, &str, &str)| it.0 == against.name() && it.1 == scenario.id;
                    let listed = BEYOND_COOKIES.iter().find(listed).is_some_and(|it| found.what.ends_with(it.2));
                    assert!(listed, "{} {}: {} is {}", against.name(), scenario.id, found.what, found.expected);
                }
            }
            assert_eq!(asks > 0, is_asked_again, "{}", scenario.id);
        }
        assert!(fetches > 300, "{fetches} fetches");
        // WebKit's default prevents other sites from setting cookies. The page's own cookies are sent.
        assert_eq!(withheld == 0, against == Recorded::WebKit, "{}: {withheld} of {fetches}", against.name());
    }
}

#[test]
fn content_type_with_xhr_has_the_charset_that_each_browser_writes() {
    let mut compared = 0;
    for scenario in scenarios_of("requests") {
        for against in BROWSERS {
            let predicted = recordings::predict(&scenario, against.profile(), against);
            for (fetch, predicted) in scenario.fetches.iter().zip(&predicted) {
                let content_type = |observation: &recordings::Observation| {
                    let request = observation.exchanges.iter().find(|sent| sent.method != "OPTIONS");
                    request.and_then(|sent| sent.header("content-type")).map(|value| value.trim().to_owned())
                };
                let recorded = content_type(&fetch.observed[against.name()]);
                if fetch.api == recordings::Api::Xhr {
                    compared += 1;
                    assert_eq!(content_type(predicted), recorded, "{} {}", scenario.id, against.name());
                }
            }
        }
    }
    assert!(compared > 400, "only {compared} are compared");
}

#[test]
fn invalid_recordings_report_the_field_and_value() {
    let good = r#"{"id":"a","server":[{"url":"https://b.example/","when":"actual","status":200,"headers":[]}],"fetches":[
        {"api":"fetch","wait_ms":0,"observed":{},"request":{"origin":"https://a.example","url":"https://b.example/",
        "method":"GET","mode":"cors","credentials":"omit","redirect":"follow","referrer_policy":"","headers":[],
        "body":null,"upload_listener":false}}]}"#;
    serde_json::from_str::<Scenario>(good).unwrap();
    for (from, to, reason) in [
        ("200", "1000", "status"),
        ("\"https://a.example\"", "\"a.example\"", "origin `a.example`: "),
        ("\"url\":\"https://b.example/\",\n", "\"url\":\"/\",", "URL `/`: relative URL without a base"),
        ("\"cors\"", "\"Cors\"", "`Cors` is not a mode"),
        ("\"omit\"", "\"none\"", "`none` is not a credentials mode"),
        ("\"follow\"", "\"\"", "`` is not a redirect mode"),
        ("\"referrer_policy\":\"\"", "\"referrer_policy\":\"a\"", "`a` is not a referrer policy"),
    ] {
        assert!(good.contains(from), "{from}");
        let error = serde_json::from_str::<Scenario>(&good.replace(from, to)).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

/// The result of each browser's recording for the standard's prediction, by scenario and fetch.
fn parted_from_the_standard(scenarios: &[Scenario]) -> BTreeMap<(String, usize), [Option<Vec<&'static Departure>>; 2]> {
    let mut parted = BTreeMap::new();
    for scenario in scenarios {
        let [chromium, firefox] = MODELLED
            .map(|against| Replay { profile: Profile::FETCH, against, ids: Ids::Ignored }.scenario(scenario).unwrap());
        let causes = |verdict: Verdict| match verdict {
            Verdict::Agrees => None,
            Verdict::Known(causes) => {
                assert!(!causes.is_empty(), "{}: known, and for no cause", scenario.id);
                Some(causes)
            }
            Verdict::Differs(_) => panic!("{}: differs, and its own profile does not know why", scenario.id),
        };
        for (number, (chromium, firefox)) in chromium.into_iter().zip(firefox).enumerate() {
            parted.insert((scenario.id.clone(), number), [causes(chromium), causes(firefox)]);
        }
    }
    parted
}

#[test]
fn standard_agrees_where_both_browsers_agree_but_for_known_causes() {
    let scenarios = scenarios_of("reference");
    let (mut alike, mut known) = (0, 0);
    let parted = parted_from_the_standard(&scenarios);
    for scenario in &scenarios {
        for (number, recorded) in scenario.fetches.iter().enumerate() {
            let [chromium, firefox] = MODELLED.map(|browser| &recorded.observed[browser.name()]);
            if !differences(chromium, firefox, Ids::Ignored).is_empty() {
                continue;
            }
            alike += 1;
            match &parted[&(scenario.id.clone(), number)] {
                [None, None] => {}
                [Some(_), Some(_)] => known += 1,
                _ => unreachable!("browsers that agree with each other part from the standard together"),
            }
        }
    }
    assert!(known * 1000 < alike * 15, "{known} of {alike} fetches are parted from the standard");
}

#[test]
fn standard_profile_agrees_with_an_independent_model() {
    #[derive(serde::Deserialize)]
    struct Divergent {
        scenario: String,
        fetch: usize,
        standard_is_as: String,
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec-vectors/browsers/reference/divergent.json");
    let divergent: Vec<Divergent> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let divergent: BTreeMap<(String, usize), String> =
        divergent.into_iter().map(|fetch| ((fetch.scenario, fetch.fetch), fetch.standard_is_as)).collect();
    let parted = parted_from_the_standard(&scenarios_of("reference"));
    for (fetch, parted) in &parted {
        let found = match parted {
            [None, None] => "both",
            [None, Some(_)] => "chromium",
            [Some(_), None] => "firefox",
            [Some(_), Some(_)] => "neither",
        };
        let expected = divergent.get(fetch).map_or("both", |model| model.split(' ').next().unwrap());
        assert_eq!(found, expected, "{fetch:?}");
    }
    assert!(divergent.keys().all(|fetch| parted.contains_key(fetch)));
}

/// Departures that no recording shows, each with the reason.
const UNSEEN: [(&str, &str, &str); 6] = [
    ("chromium", "cache: limit on max-age", "from its sources: 7200 seconds are longer than a recording"),
    ("webkit", "cache: limit on max-age", "from its sources: 600 seconds are longer than a recording"),
    ("firefox", "cache: limit on max-age", "from its sources: 86400 seconds are longer than a recording"),
    (
        "firefox",
        "cache: IP address as host",
        "the driver does not model it, and the recorder sets the preference against it",
    ),
    ("firefox", "a header with a blank before its colon", "it is read, or not, before there is a header list"),
    ("chromium", "cache: limit on entries", "from its sources: 1024 entries are more than a recording fills"),
];

#[test]
fn each_departure_is_seen_in_a_recording() {
    let scenarios: Vec<Scenario> = folders().iter().flat_map(|folder| scenarios_of(folder)).collect();
    let mut surprises = Vec::new();
    for against in BROWSERS {
        let profile = against.profile();
        for departure in profile.departures() {
            let without = profile.with(departure, Profile::FETCH);
            let seen = scenarios.iter().any(|scenario| {
                let predict = |profile| recordings::predict(scenario, profile, against);
                let (with, without) = (predict(profile), predict(without));
                with.iter().zip(&without).any(|(with, without)| !differences(with, without, against.ids()).is_empty())
            });
            let seen = seen || navigations::shows(against, &without);
            let listed = UNSEEN.iter().any(|listed| (listed.0, listed.1) == (against.name(), departure.name));
            if seen == listed {
                surprises.push(format!(
                    "{}: {} is {}",
                    against.name(),
                    departure.name,
                    if seen { "seen" } else { "unseen" }
                ));
            }
        }
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
}
