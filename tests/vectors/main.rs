//! Runs every case of `spec-vectors/`, and prints each by its file and id.
//!
//! There are three ways to fail: a failure, an unexpected success, and an expected failure that did not run. A file
//! that no module here reads is a failure too. An argument runs only the cases whose name contains it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bytes;
mod cors_check;
mod cors_safelisted_request_headers;
mod cors_unsafe_request_header_names;
mod cross_origin_resource_policy;
mod expected_failures;
mod filtered_responses;
mod get_decode_and_split;
mod header_lists;
mod header_names;
mod header_values;
mod headers_guard;
mod max_age;
mod methods;
mod origin_header;
mod origins;
mod preflight_requests;
mod preflight_responses;
mod redirect_taint;
mod request;
mod request_init;
mod routes;
mod scenario;
mod statuses;
mod timing_allow_origin;
mod wpt;

use core::{fmt::Debug, panic::AssertUnwindSafe};
use std::{
    collections::BTreeSet,
    env, fs, panic,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde::de::DeserializeOwned;
use serde_json::Value;

use expected_failures::{ExpectedFailures, Verdict};

/// Compares the crate with a case. If they differ, returns what the crate does.
type Check = fn(&Value) -> Result<(), String>;

/// How the cases of a file are named and checked.
enum Kind {
    /// A list of cases, each with its `id`.
    Own(Check),
    /// A list of cases of web-platform-tests, named by their numbers; strings are comments.
    Wpt(Check),
}

use Kind::{Own, Wpt};

const FILES: &[(&str, Kind)] = &[
    ("cors-check.json", Own(cors_check::check)),
    ("cors-safelisted-request-header-bytes.json", Own(cors_safelisted_request_headers::check_bytes)),
    ("cors-safelisted-request-headers.json", Own(cors_safelisted_request_headers::check)),
    ("cors-unsafe-request-header-names.json", Own(cors_unsafe_request_header_names::check)),
    ("credentials.json", Own(scenario::check)),
    ("cross-origin-resource-policy.json", Own(cross_origin_resource_policy::check)),
    ("filtered-responses.json", Own(filtered_responses::check)),
    ("forbidden-request-headers.json", Own(header_names::check_forbidden)),
    ("get-decode-and-split.json", Own(get_decode_and_split::check)),
    ("header-lists.json", Own(header_lists::check)),
    ("header-names.json", Own(header_names::check)),
    ("header-values.json", Own(header_values::check)),
    ("headers-guard.json", Own(headers_guard::check)),
    ("max-age.json", Own(max_age::check)),
    ("methods.json", Own(methods::check)),
    ("origin-header.json", Own(origin_header::check)),
    ("origins.json", Own(origins::check)),
    ("preflight-cache.json", Own(scenario::check)),
    ("preflight-requests.json", Own(preflight_requests::check)),
    ("preflight-responses.json", Own(preflight_responses::check)),
    ("redirect-locations.json", Own(scenario::check)),
    ("redirect-methods.json", Own(scenario::check)),
    ("redirect-modes.json", Own(scenario::check)),
    ("redirect-origins.json", Own(scenario::check)),
    ("redirect-preflights.json", Own(scenario::check)),
    ("redirect-taint.json", Own(redirect_taint::check)),
    ("redirect-userinfo.json", Own(scenario::check)),
    ("request-init.json", Own(request_init::check)),
    ("routes.json", Own(routes::check)),
    ("same-origin.json", Own(origins::check_same_origin)),
    ("statuses.json", Own(statuses::check)),
    ("text-tracks.json", Own(scenario::check)),
    ("timing-allow-origin.json", Own(timing_allow_origin::check)),
    ("urls.json", Own(origins::check_url)),
    ("misdirected-requests.json", Own(scenario::check)),
    ("whole-fetches.json", Own(scenario::check)),
    ("wpt/cors/resources/access-control-expose-headers.json", Wpt(wpt::check_expose_headers)),
    ("wpt/fetch/api/cors/resources/not-cors-safelisted.json", Wpt(wpt::check_not_cors_safelisted)),
    ("wpt/fetch/nosniff/resources/x-content-type-options.json", Wpt(wpt::check_nosniff)),
    ("wpt/mimesniff/mime-types/resources/generated-mime-types.json", Wpt(wpt::check_mime_type)),
    ("wpt/mimesniff/mime-types/resources/mime-types.json", Wpt(wpt::check_mime_type)),
];

const EXPECTED_FAILURES: &str = "expected-failures.json";

/// Reads a case with all its members. A member that the module does not know is a failure.
fn read<T: DeserializeOwned>(case: &Value) -> Result<T, String> {
    let mut case = case.clone();
    if let Value::Object(members) = &mut case {
        members.retain(|name, _| !["id", "source", "note"].contains(&name.as_str()));
    }
    serde_json::from_value(case).map_err(|error| format!("unreadable: {error}"))
}

/// Reports the difference, if there is one.
#[allow(clippy::needless_pass_by_value, reason = "both are made for this call")]
fn expect<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what} is {found:?}, expected {expected:?}")) }
}

struct Runner {
    filter: Option<String>,
    expected_failures: ExpectedFailures,
    passed: usize,
    expected: usize,
    filtered_out: usize,
    failures: Vec<String>,
}

impl Runner {
    fn run_file(&mut self, root: &Path, file: &str, kind: &Kind) {
        let text = fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut ids = BTreeSet::new();
        for (number, case) in cases.iter().enumerate() {
            let (id, check) = match kind {
                Wpt(_) if case.is_string() => continue,
                Wpt(check) => (number.to_string(), check),
                Own(check) => match case.get("id").and_then(Value::as_str) {
                    Some(id) if case.get("source").is_some_and(Value::is_string) => (id.to_owned(), check),
                    _ => panic!("{file}: case {number} lacks an `id` or a `source`"),
                },
            };
            assert!(ids.insert(id.clone()), "{file}: two cases are called `{id}`");
            self.run_case(file, &id, case, *check);
        }
        assert!(!ids.is_empty(), "{file} has no case");
    }

    fn run_case(&mut self, file: &str, id: &str, case: &Value, check: Check) {
        let name = format!("{file}::{id}");
        if self.filter.as_ref().is_some_and(|filter| !name.contains(filter)) {
            self.filtered_out += 1;
            return;
        }
        let result = panic::catch_unwind(AssertUnwindSafe(|| check(case)));
        let result = result.unwrap_or_else(|_| Err("panicked".to_owned()));
        match self.expected_failures.judge(file, id, result) {
            Verdict::Passed => {
                self.passed += 1;
                println!("test {name} ... ok");
            }
            Verdict::FailedAsExpected { reason } => {
                self.expected += 1;
                println!("test {name} ... failed as expected: {reason}");
            }
            Verdict::Failed { why } => {
                println!("test {name} ... FAILED");
                self.failures.push(format!("{name}: {why}"));
            }
        }
    }

    fn finish(mut self, unread: Vec<String>) -> ExitCode {
        self.failures.extend(unread.into_iter().map(|file| format!("{file}: no module reads this file")));
        if self.filter.is_none() {
            let not_run = self.expected_failures.not_run();
            self.failures.extend(not_run.map(|name| format!("{name}: expected to fail, and did not run")));
        }
        if !self.failures.is_empty() {
            println!("\nfailures:");
            for failure in &self.failures {
                println!("    {failure}");
            }
        }
        let ok = self.failures.is_empty();
        println!(
            "\ntest result: {}. {} passed; {} failed; {} failed as expected; {} filtered out",
            if ok { "ok" } else { "FAILED" },
            self.passed,
            self.failures.len(),
            self.expected,
            self.filtered_out,
        );
        if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// The JSON files below `root` that [`FILES`] does not name. Recordings are not included; `tests/recordings` reads
/// them.
fn unread_files(root: &Path) -> Vec<String> {
    let mut unread = Vec::new();
    let mut directories: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                // Other tests read these.
                if !matches!(name.as_str(), "browsers" | "default-settings" | "devtools" | "failures" | "ip-literals") {
                    directories.push(path);
                }
                continue;
            }
            if path.extension().is_some_and(|extension| extension == "json")
                && name != EXPECTED_FAILURES
                && FILES.iter().all(|file| file.0 != name)
            {
                unread.push(name);
            }
        }
    }
    unread
}

fn main() -> ExitCode {
    expected_failures::self_test();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec-vectors");
    let expected_failures = fs::read_to_string(root.join(EXPECTED_FAILURES)).unwrap();
    let mut runner = Runner {
        filter: env::args().skip(1).find(|argument| !argument.starts_with('-')),
        expected_failures: ExpectedFailures::parse(&expected_failures).unwrap(),
        passed: 0,
        expected: 0,
        filtered_out: 0,
        failures: Vec::new(),
    };
    for (file, kind) in FILES {
        runner.run_file(&root, file, kind);
    }
    runner.finish(unread_files(&root))
}
