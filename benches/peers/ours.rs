//! This crate: with byte pairs, with `HeaderMap`, and as a layer of tower.

use std::{cell::RefCell, hint::black_box, rc::Rc};

use fetch_cors::{
    header::{AnswerSink, Headers, PairSink},
    server::{Danger, Decision, OriginPredicate, OwnedPolicy, PatternConfig, PolicyConfig},
    tower::CorsLayer,
};
use http::{HeaderMap, Method, Request, Response, StatusCode};

use super::{
    Answer, Around, Exchange, Lines, exchange, http_request, http_response, leak,
    scenes::{Names, Origins, Scene, Setup, is_preview},
    tower_http::through_tower,
};

/// The policy of a scene.
pub(super) fn policy(setup: &Setup) -> OwnedPolicy {
    let patterns: Vec<PatternConfig> = match &setup.origins {
        // Any origin together with credentials is a danger, which must be spelled out.
        Origins::Any if setup.credentials => vec![PatternConfig::new("*").dangerously_allow(Danger::AnyOrigin)],
        Origins::Any => vec![PatternConfig::new("*")],
        Origins::List(list) | Origins::ListOrPreview(list) => list.iter().map(PatternConfig::new).collect(),
        Origins::SubdomainsOf(suffixes) => {
            suffixes.iter().map(|suffix| PatternConfig::new(format!("https://*{suffix}"))).collect()
        }
    };
    let mut config = PolicyConfig::new(patterns);
    config = match setup.methods {
        Names::Any | Names::Mirror => config.methods(["*"]),
        Names::List(names) => config.methods(names.iter().copied()),
    };
    config = match setup.request_headers {
        Names::Any => config.request_headers(["*"]),
        // With credentials, `*` mirrors the list.
        Names::Mirror => config.request_headers(["*", "authorization"]),
        Names::List(names) => config.request_headers(names.iter().copied()),
    };
    if !setup.exposed.is_empty() {
        config = config.exposed_headers(setup.exposed.iter().copied());
    }
    if setup.credentials {
        config = config.credentials();
    }
    if let Some(seconds) = setup.max_age_seconds {
        config = config.max_age_seconds(seconds);
    }
    let built = match &setup.origins {
        Origins::ListOrPreview(_) => {
            let predicate: Box<dyn OriginPredicate> = Box::new(|origin: &str| is_preview(origin.as_bytes()));
            config.build_with_predicate(0, predicate)
        }
        _ => config.build(),
    };
    built.expect("the policy is right")
}

/// Writes the answer. Returns its status, if the policy sets one.
#[inline]
fn write<'a, S: AnswerSink<'a>>(decision: &Decision<'a>, sink: &mut S) -> Option<u16> {
    assert!(decision.write(sink).is_ok(), "there is room");
    decision.status()
}

/// The service's lines. It does not see a preflight, so it adds none to its answer.
pub(super) fn said(scene: &Scene) -> Lines {
    if scene.method == "OPTIONS" { &[] } else { scene.response }
}

/// The memory of an answer in pairs, which `show` reads.
pub(super) type Memory = Rc<RefCell<[(&'static str, &'static [u8]); 24]>>;

/// An exchange of byte pairs. `answer` returns a status and the number of lines.
pub(super) fn pair_exchange(
    scene: &Scene,
    mut answer: impl FnMut(&str, PairLines, &mut [(&'static str, &'static [u8])], usize) -> (u16, usize) + 'static,
) -> Box<dyn Exchange> {
    let pair = |(name, value): &(&'static str, String)| (*name, leak(value.clone()).as_bytes());
    let request: PairLines = leak(scene.request.iter().map(pair).collect::<Vec<_>>());
    let response: PairLines =
        leak(said(scene).iter().map(|(name, value)| (*name, value.as_bytes())).collect::<Vec<_>>());
    let method = scene.method;
    let memory = Memory::new(RefCell::new([("", &b""[..]); 24]));
    let shown = Rc::clone(&memory);
    exchange(
        || (),
        move |()| {
            let mut memory = memory.borrow_mut();
            let response = black_box(response);
            memory.iter_mut().zip(response).for_each(|(slot, line)| *slot = *line);
            let answer = answer(black_box(method), black_box(request), memory.as_mut_slice(), response.len());
            black_box(&memory);
            answer
        },
        move |(status, length)| Answer::new(status, shown.borrow()[..length].iter().copied()),
    )
}

pub(super) type PairLines = &'static [(&'static str, &'static [u8])];

pub(super) fn pairs(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    if around == Around::Nothing {
        return Some(pair_exchange(scene, |_, _, _, length| (200, length)));
    }
    let policy = leak(policy(&scene.setup));
    Some(pair_exchange(scene, |method, request, memory, length| {
        let mut sink = PairSink::with_headers(memory, length);
        let status = write(&policy.decide(method, Headers::from_pairs(request)), &mut sink);
        (status.unwrap_or(200), sink.pairs().len())
    }))
}

/// An exchange of `HeaderMap`s. `answer` returns a status if it is not the service's.
pub(super) fn map_exchange(
    scene: &Scene,
    answer: impl Fn(&Method, &HeaderMap, &mut HeaderMap) -> Option<u16> + 'static,
) -> Box<dyn Exchange> {
    let said = said(scene);
    let answer = move |request: Request<()>| {
        let mut response: Response<()> = http_response(black_box(said));
        if let Some(status) = answer(request.method(), request.headers(), response.headers_mut()) {
            *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        }
        response
    };
    exchange(http_request::<()>(scene), answer, |response| Answer::of(&response))
}

pub(super) fn map(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    if around == Around::Nothing {
        return Some(map_exchange(scene, |_, _, _| None));
    }
    let policy = leak(policy(&scene.setup));
    Some(map_exchange(scene, |method, request, response| {
        write(&policy.decide(method.as_str(), Headers::from(request)), response)
    }))
}

pub(super) fn tower(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    let layer = (around == Around::Service).then(|| CorsLayer::new(policy(&scene.setup)));
    Some(through_tower(scene, layer))
}
