//! Statements: names that get a value, and the first call that makes a request.

use std::collections::HashMap;

use crate::{error::MistakeKind, note::NoteKind};

use super::{
    Findings, Found, angular, axios, browser, fetch, jquery,
    ky::{self, Library},
    lexer::{Kind, tokens},
    superagent,
    value::{Data, Value, Values},
    xhr::Xhr,
};

/// How many names are kept.
const NAMES: usize = 256;

/// The first call of `code` that makes a request.
pub(super) fn read(code: &str, findings: &mut Findings) -> Option<Found> {
    let tokens = tokens(code);
    let mut values = Values::new(code, &tokens);
    let mut requests: HashMap<String, Xhr> = HashMap::new();
    while let Some(token) = values.peek() {
        if token.kind != Kind::Word {
            values.at += 1;
            continue;
        }
        let (start, at) = (values.at, token.start);
        let is_declaration = matches!(values.word(), Some("const" | "let" | "var"));
        if let Some(sign) = is_declaration.then(|| values.sign_of_declaration(start + 2)).flatten() {
            let name = values.word_at(start + 1).unwrap_or_default().to_owned();
            values.at = sign + 1;
            assign(&mut values, name, &mut requests);
            continue;
        }
        let Some(path) = values.path() else {
            values.at = start + 1;
            continue;
        };
        if let Some((object, "headers.common")) = path.split_once(".defaults.") {
            values.default_header(object);
        } else if path.contains(".defaults.headers.") && values.is_sign('[') {
            findings.note(at, NoteKind::MemberLeftOut(path));
        } else if values.is_sign('(') {
            if let Some(found) = called(&mut values, &path, at, &mut requests, findings) {
                return Some(found);
            }
        } else if values.is_sign('=') && !values.sign_at(values.at + 1, '=') && !values.sign_at(values.at + 1, '>') {
            if let Some((object, member)) = path.split_once('.')
                && let Some(request) = requests.get_mut(object)
            {
                values.at += 1;
                if let Some(value) = values.value() {
                    request.assign(member, &value);
                }
            } else if let Some((object, member)) = path.split_once(".defaults.")
                && (object == "axios" || instance(&values, object, &["axios.create"]).is_some())
            {
                values.at += 1;
                if let Some(value) = values.value() {
                    values.add_default(object, member, value);
                }
            } else if let Some((object, member)) = path.split_once('.')
                && values.names.contains_key(object)
            {
                values.at += 1;
                if let Some(value) = values.value() {
                    values.add(object, member, value);
                }
            } else {
                values.at += 1;
            }
        }
    }
    let end = values.end();
    requests.values_mut().find_map(|request| request.unsent(end))
}

/// Reads `const name = value`. The value is kept; a call in its place is read like a statement.
fn assign(values: &mut Values<'_>, name: String, requests: &mut HashMap<String, Xhr>) {
    let before = values.at;
    // A `new` is of the call that comes next, as in `new EventSource()`.
    let skipped = usize::from(matches!(values.word(), Some("await" | "new")));
    values.at += skipped;
    let is_call = values.path().is_some_and(|path| caller(values, &path).is_some()) && values.is_sign('(');
    values.at = before + skipped;
    if is_call {
        return;
    }
    values.at = before;
    let Some(value) = values.value() else {
        values.at = values.at.max(before + 1);
        return;
    };
    match &value.data {
        Data::Call { name: called, .. } if called == "new XMLHttpRequest" => {
            requests.insert(name, Xhr::default());
        }
        Data::Expression(text) if text.contains("fetch(") || text.contains("axios") || text.contains("=>") => {
            // A function, or a chain that begins with a call. It is read from its inside.
            values.at = before;
        }
        _ if values.names.len() < NAMES => {
            values.names.insert(name, value);
        }
        _ => {}
    }
}

/// The library whose function a name is.
enum Caller {
    Fetch,
    Browser(browser::Function),
    JQuery(jquery::Function),
    Angular(angular::Function),
    Ky(Option<&'static str>, Option<Value>),
    Ofetch,
    SuperAgent(superagent::Function),
    Axios(Option<Value>),
}

/// The library, if the name is a function that makes a request.
fn caller(values: &Values<'_>, path: &str) -> Option<Caller> {
    let (object, member) = path.rsplit_once('.').map_or((path, None), |(object, member)| (object, Some(member)));
    if is_fetch(path) {
        return Some(Caller::Fetch);
    }
    if let Some(function) = browser::function(path) {
        return Some(Caller::Browser(function));
    }
    if let Some(function) = jquery::function(path) {
        return Some(Caller::JQuery(function));
    }
    if let Some(function) = angular::function(path) {
        return Some(Caller::Angular(function));
    }
    if ky::is_ofetch(path) {
        return Some(Caller::Ofetch);
    }
    if let Some(function) = superagent::function(path) {
        return Some(Caller::SuperAgent(function));
    }
    let of_ky = instance(values, object, &["ky.create", "ky.extend"]);
    if object == "ky" || of_ky.is_some() {
        return Some(Caller::Ky(ky::method_of(member).ok()?, of_ky.cloned()));
    }
    let of_axios = instance(values, object, &["axios.create"]);
    let is_call = member.is_none_or(axios::makes_a_request);
    let is_axios = object == "axios" || of_axios.is_some() && member.is_some();
    (is_axios && is_call).then(|| Caller::Axios(of_axios.cloned()))
}

/// Whether the arguments that begin here are those of `open(method, url)`, and not of another function of this name.
fn opens_request(values: &Values<'_>) -> bool {
    let first = values.tokens.get(values.at + 1).map(|token| &token.kind);
    let is_method = |text: &str| {
        let method = text.to_ascii_uppercase();
        matches!(&*method, "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")
    };
    matches!(first, Some(Kind::Text { text, .. }) if is_method(text)) && values.sign_at(values.at + 2, ',')
}

fn is_fetch(path: &str) -> bool {
    matches!(path, "fetch" | "window.fetch" | "self.fetch" | "globalThis.fetch")
}

/// The configuration of the `axios.create(…)`, or of another of these functions, that the name holds.
fn instance<'v>(values: &'v Values<'_>, name: &str, functions: &[&str]) -> Option<&'v Value> {
    match &values.names.get(name)?.data {
        Data::Call { name, arguments } if functions.contains(&&**name) => arguments.first(),
        _ => None,
    }
}

/// Reads a call of this name, whose arguments begin here.
fn called(
    values: &mut Values<'_>,
    path: &str,
    at: usize,
    requests: &mut HashMap<String, Xhr>,
    findings: &mut Findings,
) -> Option<Found> {
    if let Some((object, "append" | "set")) = path.split_once('.')
        && values.is_headers(object)
    {
        let before = values.at;
        match values.arguments().as_deref() {
            Some([name, value, ..]) if name.text().is_some() => {
                values.add(object, name.text().unwrap_or_default(), value.clone());
            }
            _ => values.at = before + 1,
        }
        return None;
    }
    // A request whose beginning is not here.
    if let Some((object, "open")) = path.split_once('.')
        && opens_request(values)
    {
        requests.entry(object.to_owned()).or_default();
    }
    let of_xhr = path.split_once('.').filter(|(object, _)| requests.contains_key(*object));
    let caller = caller(values, path);
    if caller.is_none() && of_xhr.is_none() {
        // The arguments of another function may contain calls.
        values.at += 1;
        return None;
    }
    let Some(arguments) = values.arguments() else {
        let kind = if values.too_deep { MistakeKind::TooDeep } else { MistakeKind::CallSyntax };
        let (place, text) = match values.peek() {
            Some(token) => (token.start, values.code.get(token.start..token.end).unwrap_or_default()),
            None => (at, path),
        };
        findings.mistake(place, kind, text);
        values.at = values.tokens.len();
        return None;
    };
    let end = values.end();
    if let Some((object, member)) = of_xhr {
        return requests.get_mut(object)?.call(member, &arguments, end, findings);
    }
    match caller? {
        Caller::Fetch => fetch::read(&arguments, end, findings),
        Caller::Browser(function) => browser::read(function, &arguments, end, findings),
        Caller::JQuery(function) => jquery::read(function, &arguments, end, findings),
        Caller::Angular(function) => angular::read(function, &arguments, end, findings),
        Caller::Ky(method, instance) => ky::read(Library::Ky, method, &arguments, instance.as_ref(), end, findings),
        Caller::Ofetch => ky::read(Library::Ofetch, None, &arguments, None, end, findings),
        Caller::SuperAgent(function) => superagent::read(function, &arguments, values, findings),
        Caller::Axios(instance) => {
            let member = path.rsplit_once('.').map(|(_, member)| member);
            axios::read(member, &arguments, instance.as_ref(), end, findings)
        }
    }
}
