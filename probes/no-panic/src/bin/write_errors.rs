//! The texts of the browser half: network errors, verdicts, explanations, consoles.
#![no_std]
#![no_main]
use core::{hint::black_box, time::Duration};

use fetch_cors::browser::{
    Explanation, NetworkError, RequestInit,
    cache::CacheMiss,
    filter::{Visibility, filter},
    request::BodyInit,
    safelist::{CorsUnsafeRequestHeader, cors_unsafe_request_header_names},
};
use no_panic::*;

fn error(error: NetworkError<'_>) {
    write(error);
    write(error.reason);
    write(error.step());
    for message in [error.chromium_cors_error(), error.firefox_console_id()].into_iter().flatten() {
        message.parameter.map(write);
    }
}

fn explain(explanation: Explanation<'_>) {
    explanation.failures().for_each(error);
    for check in explanation.checks() {
        write(check.subject);
        write(check.step());
    }
    explanation.hints().for_each(write);
    explanation.fix().for_each(write);
    explanation.page_changes().for_each(|(change, _)| write(change));
}

program!({
    write(black_box(CacheMiss::Expired { at: Duration::ZERO }));
    if let (Some(url), Some(origin)) = (url(), origin()) {
        let init = RequestInit { method: text(), headers: headers(), ..RequestInit::default() };
        let init = RequestInit { body: black_box(Some(BodyInit::Stream)), ..init };
        match init.request(url, origin) {
            Ok(request) => write(request),
            Err(error) => write(error),
        }
    }
    if let (Some(request), Some(response)) = (request(), response()) {
        for CorsUnsafeRequestHeader { name, reason, .. } in
            cors_unsafe_request_header_names(request.headers(), profile()).reasons()
        {
            write(name);
            write(reason);
        }
        for (_, visibility) in filter(&request, &response, profile()).verdicts() {
            match visibility {
                Visibility::Shown(because) => write(because),
                Visibility::Hidden(because) => write(because),
            }
        }
        explain(Explanation::of_request(&request, environment()));
        explain(Explanation::of_preflight(&request, &response, environment()));
        explain(Explanation::of_response(&request, &response, environment()));
        explain(Explanation::of_redirect(&request, &response, black_box(url()), environment()));
    }
});
