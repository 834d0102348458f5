//! Explanations, without their texts.
#![no_std]
#![no_main]
use core::hint::black_box;

use fetch_cors::browser::{Explanation, NetworkError, Profile};
use no_panic::*;

fn console(error: NetworkError<'_>) {
    keep((error.chromium_cors_error(), error.firefox_console_id(), error.webkit_message(), error.step()));
}

fn explain(explanation: Explanation<'_>) {
    explanation.failures().for_each(console);
    for check in explanation.checks() {
        keep(check.step());
        check.verdict.err().map(console);
    }
    keep_all(explanation.hints());
    for change in explanation.fix() {
        keep((change.status(), change.header_name()));
        keep(change);
    }
    keep_all(explanation.page_changes());
    keep(explanation.mixed_content());
}

program!({
    if let (Some(request), Some(response)) = (request(), response()) {
        explain(Explanation::of_request(&request, environment()));
        explain(Explanation::of_preflight(&request, &response, environment()));
        explain(Explanation::of_response(&request, &response, environment()));
        explain(Explanation::of_redirect(&request, &response, black_box(url()), environment()));
    }
    let (one, other): (Profile, Profile) = (*profile(), *profile());
    for departure in one.departures_from(other) {
        keep(one.with(departure, other));
    }
    keep_all(one.departures());
    keep_all(one.causes(other, |profile| black_box(profile).max_age_limit.is_some()));
});
