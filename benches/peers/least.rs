//! The least code that sends this crate's answers: a plain function for a list of pairs, and one for `HeaderMap`.
//!
//! The grant of a scene is prepared. The code checks only as much of an origin as the scene needs, and supports no
//! other setting. The benchmark fails if its answers differ from this crate's.

use std::{
    collections::HashSet,
    hash::{BuildHasherDefault, Hasher},
};

use http::{HeaderMap, HeaderName, HeaderValue, Method, header, header::Entry};

use super::{
    Around, Exchange, leak,
    ours::{PairLines, map_exchange, pair_exchange},
    scenes::{Names, Origins, Scene, Setup, is_preview},
};

/// The prepared answers of a scene.
struct Ready {
    allows: Allows,
    /// The `Access-Control-Allow-Origin` that is sent to every origin.
    static_origin: Option<HeaderValue>,
    /// The other headers of the grant, for a request and for a preflight.
    granted: Vec<(HeaderName, HeaderValue)>,
    granted_to_preflights: Vec<(HeaderName, HeaderValue)>,
    /// The grant as text.
    pairs: PairLines,
    pairs_of_preflights: PairLines,
    /// Whether the requested method and header names are mirrored.
    mirrors: bool,
}

enum Allows {
    All,
    Few(Vec<Vec<u8>>),
    Many(HashSet<Vec<u8>, BuildHasherDefault<Eights>>),
    FewOrPreview(Vec<Vec<u8>>),
    /// Subdomains of this host.
    BelowOne(Vec<u8>),
    BelowMany(HashSet<Vec<u8>, BuildHasherDefault<Eights>>),
}

/// One multiplication for eight bytes. Only the server chooses the set, so collisions cannot be forced.
#[derive(Default)]
struct Eights(u64);

impl Hasher for Eights {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(chunk.try_into().unwrap_or_default()))
                .wrapping_mul(0x517c_c1b7_2722_0a95);
        }
        for byte in chunks.remainder() {
            self.0 = (self.0.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Allows {
    fn contains(&self, origin: &[u8]) -> bool {
        match self {
            Allows::All => true,
            Allows::Few(origins) => origins.iter().any(|allowed| allowed == origin),
            Allows::Many(origins) => origins.contains(origin),
            Allows::FewOrPreview(origins) => origins.iter().any(|allowed| allowed == origin) || is_preview(origin),
            Allows::BelowOne(host) => {
                let rest = origin.strip_suffix(host.as_slice()).and_then(|rest| rest.strip_prefix(b"https://"));
                rest.is_some_and(|labels| labels.len() + host.len() <= 253 && are_labels(labels))
            }
            Allows::BelowMany(hosts) => is_below(origin, |host| hosts.contains(host)),
        }
    }
}

/// Whether the part of the origin after some dot is in the set, with labels before it, and the host has at most 253
/// bytes.
fn is_below(origin: &[u8], is_host: impl Fn(&[u8]) -> bool) -> bool {
    let Some(host) = origin.strip_prefix(b"https://").filter(|host| host.len() <= 253) else { return false };
    let mut dots = host.iter().enumerate().filter(|(_, byte)| **byte == b'.').map(|(at, _)| at);
    dots.find(|at| is_host(&host[*at..])).is_some_and(|end| are_labels(&host[..end]))
}

fn are_labels(labels: &[u8]) -> bool {
    labels.split(|byte| *byte == b'.').all(|label| {
        (1..64).contains(&label.len())
            && !label.starts_with(b"-")
            && !label.ends_with(b"-")
            && label.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
    })
}

impl Ready {
    fn new(setup: &Setup) -> Self {
        let static_origin = match &setup.origins {
            Origins::Any if !setup.credentials => Some("*"),
            Origins::List(list) if list.len() == 1 => list.first().map(|only| &**leak(only.clone())),
            _ => None,
        };
        let bytes = |text: &String| text.clone().into_bytes();
        let allows = match &setup.origins {
            _ if static_origin.is_some() => Allows::All,
            Origins::Any => Allows::All,
            Origins::List(list) if list.len() <= 4 => Allows::Few(list.iter().map(bytes).collect()),
            Origins::List(list) => Allows::Many(list.iter().map(bytes).collect()),
            Origins::ListOrPreview(list) => Allows::FewOrPreview(list.iter().map(bytes).collect()),
            Origins::SubdomainsOf(hosts) => match hosts.as_slice() {
                [host] => Allows::BelowOne(bytes(host)),
                hosts => Allows::BelowMany(hosts.iter().map(bytes).collect()),
            },
        };
        let mut granted = Vec::new();
        if setup.credentials {
            granted.push((header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true".to_owned()));
        }
        let mut to_preflights = granted.clone();
        if !setup.exposed.is_empty() {
            granted.push((header::ACCESS_CONTROL_EXPOSE_HEADERS, setup.exposed.join(", ")));
        }
        let mirrors = matches!(setup.methods, Names::Mirror);
        let lists = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, setup.methods),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, setup.request_headers),
        ];
        for (name, list) in lists {
            match list {
                Names::Any => to_preflights.push((name, "*".to_owned())),
                Names::List(list) if !list.is_empty() => to_preflights.push((name, list.join(", "))),
                Names::List(_) | Names::Mirror => {}
            }
        }
        if let Some(seconds) = setup.max_age_seconds {
            to_preflights.push((header::ACCESS_CONTROL_MAX_AGE, seconds.to_string()));
        }
        let values = |lines: &[(HeaderName, String)]| {
            // A policy is read at run time, so its values are not constants.
            let line = |(name, value): &(HeaderName, String)| (name.clone(), run_time_value(value));
            lines.iter().map(line).collect::<Vec<_>>()
        };
        let pairs = |lines: &[(HeaderName, String)]| -> PairLines {
            let line =
                |(name, value): &(HeaderName, String)| (&**leak(name.to_string()), leak(value.clone()).as_bytes());
            leak(lines.iter().map(line).collect::<Vec<_>>())
        };
        Ready {
            allows,
            static_origin: static_origin.map(run_time_value),
            granted: values(&granted),
            granted_to_preflights: values(&to_preflights),
            pairs: pairs(&granted),
            pairs_of_preflights: pairs(&to_preflights),
            mirrors,
        }
    }
}

/// Writes the rest of the answer, once the origin is known.
impl Ready {
    fn lines(&self, is_preflight: bool) -> &[(HeaderName, HeaderValue)] {
        if is_preflight { &self.granted_to_preflights } else { &self.granted }
    }

    fn pairs(&self, is_preflight: bool) -> PairLines {
        if is_preflight { self.pairs_of_preflights } else { self.pairs }
    }
}

const PREFLIGHT_STATUS: u16 = 204;
const REFUSED_STATUS: u16 = 403;
const MIRRORS_VARY: &str = "access-control-request-method, origin, access-control-request-headers";

/// Whether the value is a list of header names, within the limit.
fn is_mirrored(value: &[u8]) -> bool {
    value.len() <= 4096
        && value.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b',' | b'_' | b' '))
}

fn run_time_value(value: impl AsRef<str>) -> HeaderValue {
    HeaderValue::from_str(value.as_ref()).expect("the policy is right")
}

/// Adds the names of a line that no other line has.
fn merge_vary(response: &mut HeaderMap, line: &'static str) {
    match response.entry(header::VARY) {
        Entry::Vacant(vacant) => {
            vacant.insert(HeaderValue::from_static(line));
        }
        Entry::Occupied(mut lines) => {
            for name in line.split(", ") {
                if !lines.iter().any(|line| lists(line.as_bytes(), name)) {
                    lines.append(HeaderValue::from_static(name));
                }
            }
        }
    }
}

fn lists(line: &[u8], name: &str) -> bool {
    line.split(|byte| *byte == b',')
        .map(<[u8]>::trim_ascii)
        .any(|one| one == b"*" || one.eq_ignore_ascii_case(name.as_bytes()))
}

fn map_answer(ready: &Ready, method: &Method, request: &HeaderMap, response: &mut HeaderMap) -> Option<u16> {
    if response.keys().any(|name| name.as_str().starts_with("access-control-")) {
        for name in GRANTS {
            response.remove(name);
        }
    }
    if let Some(origin) = ready.static_origin.as_ref().filter(|_| *method != Method::OPTIONS) {
        // The answer does not depend on the request.
        response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        response.extend(ready.granted.iter().map(|(name, value)| (name.clone(), value.clone())));
        return None;
    }
    let mut origins = request.get_all(header::ORIGIN).iter();
    let origin = origins.next().filter(|_| origins.next().is_none());
    let asked = request.get(header::ACCESS_CONTROL_REQUEST_METHOD);
    let is_preflight = *method == Method::OPTIONS && asked.is_some() && origin.is_some();
    if let Some(origin) = &ready.static_origin {
        response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    } else {
        let vary = if is_preflight && ready.mirrors { MIRRORS_VARY } else { "origin" };
        merge_vary(response, vary);
        let Some(origin) = origin.filter(|origin| ready.allows.contains(origin.as_bytes())) else {
            return is_preflight.then_some(REFUSED_STATUS);
        };
        response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    for (name, value) in ready.lines(is_preflight) {
        response.insert(name.clone(), value.clone());
    }
    if is_preflight && ready.mirrors {
        if let Some(asked) = asked {
            response.insert(header::ACCESS_CONTROL_ALLOW_METHODS, asked.clone());
        }
        let names = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
        if let Some(names) = names.filter(|names| is_mirrored(names.as_bytes())) {
            response.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
        }
    }
    is_preflight.then_some(PREFLIGHT_STATUS)
}

const GRANTS: [HeaderName; 6] = [
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
];

/// Removes the service's CORS headers, and returns the number of remaining lines.
fn without_grants(lines: &mut [(&'static str, &'static [u8])]) -> usize {
    let mut kept = 0;
    for at in 0..lines.len() {
        if !lines[at].0.starts_with("access-control-") {
            lines[kept] = lines[at];
            kept += 1;
        }
    }
    kept
}

/// Compares all bytes at once, without branches. The bit for lower case is set in letters and `-`.
fn is_name<const LENGTH: usize>(name: &str, lower: &[u8; LENGTH]) -> bool {
    let Ok(name) = <&[u8; LENGTH]>::try_from(name.as_bytes()) else { return false };
    name.iter().zip(lower).fold(0, |differ, (one, other)| differ | ((one | 0x20) ^ other)) == 0
}

fn pairs_answer(
    ready: &'static Ready,
    method: &str,
    request: PairLines,
    out: &mut [(&'static str, &'static [u8])],
    length: usize,
) -> (u16, usize) {
    let mut length = without_grants(&mut out[..length]);
    let vary_has_origin = out[..length].iter().any(|line| is_name(line.0, b"vary") && lists(line.1, "origin"));
    let mut write = |name, value| {
        out[length] = (name, value);
        length += 1;
    };
    if let Some(origin) = ready.static_origin.as_ref().filter(|_| method != "OPTIONS") {
        // The answer does not depend on the request.
        write("access-control-allow-origin", origin.as_bytes());
        ready.pairs.iter().for_each(|(name, value)| write(name, value));
        return (200, length);
    }
    let (mut origin, mut several, mut asked, mut names) = (None, false, None, None);
    // The length filters out most lines.
    for (name, value) in request.iter().filter(|(name, _)| matches!(name.len(), 6 | 29 | 30)) {
        if is_name(name, b"origin") {
            several |= origin.replace(*value).is_some();
        } else if is_name(name, b"access-control-request-method") {
            asked = Some(*value);
        } else if is_name(name, b"access-control-request-headers") {
            names = Some(*value);
        }
    }
    let origin = origin.filter(|_| !several);
    let is_preflight = method == "OPTIONS" && asked.is_some() && origin.is_some();
    if let Some(origin) = &ready.static_origin {
        write("access-control-allow-origin", origin.as_bytes());
    } else {
        let vary = if is_preflight && ready.mirrors { MIRRORS_VARY } else { "origin" };
        // A preflight's answer has no lines yet.
        if !vary_has_origin {
            write("vary", vary.as_bytes());
        }
        let Some(origin) = origin.filter(|origin| ready.allows.contains(origin)) else {
            return (if is_preflight { REFUSED_STATUS } else { 200 }, length);
        };
        write("access-control-allow-origin", origin);
    }
    for (name, value) in ready.pairs(is_preflight) {
        write(name, value);
    }
    if is_preflight && ready.mirrors {
        if let Some(asked) = asked {
            write("access-control-allow-methods", asked);
        }
        if let Some(names) = names.filter(|names| is_mirrored(names)) {
            write("access-control-allow-headers", names);
        }
    }
    (if is_preflight { PREFLIGHT_STATUS } else { 200 }, length)
}

pub(super) fn pairs(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    if around == Around::Nothing {
        return Some(pair_exchange(scene, |_, _, _, length| (200, length)));
    }
    let ready = leak(Ready::new(&scene.setup));
    Some(pair_exchange(scene, |method, request, out, length| pairs_answer(ready, method, request, out, length)))
}

pub(super) fn map(scene: &Scene, around: Around) -> Option<Box<dyn Exchange>> {
    if around == Around::Nothing {
        return Some(map_exchange(scene, |_, _, _| None));
    }
    let ready = leak(Ready::new(&scene.setup));
    Some(map_exchange(scene, |method, request, response| map_answer(ready, method, request, response)))
}
