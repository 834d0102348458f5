use fetch_cors::server::{ConfigError, Lint, OwnedPolicy, Upstream};

use testkit::compare::Lines;

use crate::{
    config::Plain,
    decided::{Decides, answer, elements, obeys},
    text,
};

/// Lines of a configuration; after an empty line, the words and header lines of a request. Both types of policy must
/// report equal mistakes, or equal lints and answers. The answers must have the properties of every answer.
pub fn run(data: &[u8]) {
    let end = data.windows(2).position(|pair| pair == b"\n\n").unwrap_or(data.len());
    let Ok(config) = core::str::from_utf8(&data[..end]) else { return };
    let plain = Plain::parse(config);
    let request = text::headers(&data[end..]);
    match plain.config().build() {
        Ok(owned) => built(&plain, &owned, &request),
        Err(errors) => {
            errors.iter().for_each(|error| is_complete(&error));
            plain.with_builder(|builder| assert!(builder.errors().eq(errors.iter()), "{errors}"));
        }
    }
}

pub(super) fn is_complete(error: &ConfigError<'_>) {
    let texts = [error.code(), error.fix(), error.reason.text(), error.field.name()];
    assert!(texts.iter().all(|text| !text.is_empty()) && error.to_string().contains(error.reason.text()));
}

fn built(plain: &Plain<'_>, owned: &OwnedPolicy, request: &Lines) {
    let mut lints = Vec::new();
    owned.lint(|lint: Lint<'_>| lints.push(lint.to_string()));
    plain.with_builder(|builder| {
        let policy = builder.build().expect("it is valid at run time");
        let mut others = Vec::new();
        policy.lint(|lint| others.push(lint.to_string()));
        assert_eq!((policy.caching(), &others), (owned.caching(), &lints));
        for method in ["GET", "OPTIONS"] {
            let (reported, list) = answer(Decides::Borrowed(&policy), method, request, &Vec::new());
            let (owned_told, owned_list) = answer(Decides::Owned(owned), method, request, &Vec::new());
            assert_eq!((reported, elements(&list)), (owned_told, elements(&owned_list)));
        }
    });
    for method in ["GET", "OPTIONS"] {
        let (_, list) = answer(Decides::Owned(owned), method, request, &Vec::new());
        obeys(owned.caching(), request, &list);
    }
    let allow_origin = ["null", "*"].map(|value| ("Access-Control-Allow-Origin".to_owned(), value.as_bytes().to_vec()));
    let (_, list) = answer(Decides::Owned(owned), "GET", request, &allow_origin.to_vec());
    let count = list.iter().filter(|header| header.0.eq_ignore_ascii_case(b"access-control-allow-origin")).count();
    assert!(count <= 1, "{list:?}, {:?}", plain.upstream == Upstream::Keep);
}
