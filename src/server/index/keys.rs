//! The keys that an origin has: the texts of patterns with a wildcard that may match it.

use foldhash::fast::FoldHasher;

use super::{
    key::{Key, hash_before},
    labels::{Found, Labels},
    lengths::Lengths,
};
use crate::server::pattern::Hosts;

/// What the keys of some patterns have in common, so that few other keys are looked up.
#[derive(Default)]
pub(super) struct Keys {
    /// The lengths of schemes, with the `://` after them.
    schemes: Lengths,
    one_port: Suffixes,
    any_port: Suffixes,
    /// The lengths of `scheme://host`, where the port is any.
    hosts_of_any_port: Lengths,
    /// Whether a pattern has any port.
    has_any_port: bool,
}

/// What patterns have after their `*`, up to the port if that is any.
#[derive(Default)]
struct Suffixes {
    /// The lengths of suffixes that start with a dot, in patterns such as `https://*.app.example`.
    lengths: Lengths,
    /// Patterns such as `https://app-*-team.example.com`.
    labels: Labels,
    /// Whether there is a pattern such as `moz-extension://*`.
    has_any_host: bool,
}

impl Keys {
    /// Adds the key of the pattern at `place`, of this rule. `text` says which text a pattern has.
    pub(super) fn insert<'t>(
        &mut self,
        place: u32,
        rule: u32,
        hosts: Hosts,
        key: Key<'_>,
        hasher: &FoldHasher<'_>,
        text: impl Fn(u32) -> &'t str,
    ) {
        self.schemes.insert(key.scheme().len());
        self.has_any_port |= key.any_port;
        let suffixes = if key.any_port { &mut self.any_port } else { &mut self.one_port };
        match hosts {
            Hosts::One => self.hosts_of_any_port.insert(key.before.len()),
            Hosts::Subdomains => suffixes.lengths.insert(key.after.unwrap_or_default().len()),
            Hosts::Label => suffixes.labels.insert(place, rule, key, hasher, text),
            Hosts::Any => suffixes.has_any_host = true,
        }
    }

    /// Visits the keys of `origin` that may be keys of patterns, each with the hash of what is before its `*`. Patterns with a
    /// `*` within a label are left out. If `origin` is the text of a pattern, these are the keys of patterns that may cover it.
    pub(super) fn for_each<'s>(
        &self,
        origin: &[u8],
        hasher: &FoldHasher<'s>,
        mut visit: impl FnMut(Key<'_>, FoldHasher<'s>),
    ) {
        let Some(scheme) = self.scheme(origin) else { return };
        let before = hash_before(hasher.clone(), scheme);
        self.one_port.for_each(origin, scheme, false, &before, &mut visit);
        if self.has_any_port {
            let portless = without_port(origin);
            if self.hosts_of_any_port.contains(portless.len()) {
                let key = Key { before: portless, after: None, any_port: true };
                visit(key, hash_before(hasher.clone(), portless));
            }
            self.any_port.for_each(portless, scheme, true, &before, &mut visit);
        }
    }

    /// Visits the keys of `origin` that may be keys of patterns with a `*` within a label.
    pub(super) fn for_each_of_labels(&self, origin: &[u8], hasher: &FoldHasher<'_>, mut visit: impl FnMut(Key<'_>)) {
        let Some(scheme) = self.scheme(origin) else { return };
        self.one_port.labels.for_each_key(origin, scheme, false, hasher, &mut visit);
        if self.has_any_port {
            self.any_port.labels.for_each_key(without_port(origin), scheme, true, hasher, &mut visit);
        }
    }

    /// The first rule before `limit` with a pattern whose `*` is within a label, and whose literal text `origin` has.
    pub(super) fn find_label<'t>(
        &self,
        origin: &[u8],
        limit: usize,
        hasher: &FoldHasher<'_>,
        text: impl Fn(u32) -> &'t str,
    ) -> Option<Found> {
        let scheme = self.scheme(origin)?;
        let found = self.one_port.labels.find(origin, scheme, false, limit, hasher, &text);
        if !self.has_any_port {
            return found;
        }
        let limit = found.as_ref().map_or(limit, |found| found.rule);
        self.any_port.labels.find(without_port(origin), scheme, true, limit, hasher, &text).or(found)
    }

    /// The scheme of an origin, with the `://` after it, if a pattern has a scheme of its length.
    #[inline]
    fn scheme<'o>(&self, origin: &'o [u8]) -> Option<&'o [u8]> {
        self.schemes.iter().find_map(|length| scheme_of(origin, length))
    }
}

impl Suffixes {
    #[inline]
    fn for_each<'s>(
        &self,
        origin: &[u8],
        scheme: &[u8],
        any_port: bool,
        before: &FoldHasher<'s>,
        visit: &mut impl FnMut(Key<'_>, FoldHasher<'s>),
    ) {
        for start in self.lengths.iter().map_while(|length| origin.len().checked_sub(length)) {
            if let Some(suffix @ [b'.', ..]) = origin.get(start..) {
                visit(Key { before: scheme, after: Some(suffix), any_port }, before.clone());
            }
        }
        if self.has_any_host {
            let host = if any_port { origin } else { without_port(origin) };
            visit(Key { before: scheme, after: origin.get(host.len()..), any_port }, before.clone());
        }
    }
}

/// The scheme of an origin or of a pattern with the `://` after it, if these have this length.
fn scheme_of(origin: &[u8], length: usize) -> Option<&[u8]> {
    origin.get(..length).filter(|scheme| scheme.ends_with(b"://"))
}

/// The part before the port of an origin or of a pattern: a colon, and five digits at most.
// OPTIMIZATION: only the end is read. An IPv6 address ends in its bracket, and a text that ends like a port in another way is
// not an origin, which `OriginPattern::matches` finds.
fn without_port(text: &[u8]) -> &[u8] {
    let mut rest = text;
    for _ in 0..=5 {
        match rest {
            [before @ .., b':'] => return before,
            [before @ .., b'0'..=b'9' | b'*'] => rest = before,
            _ => break,
        }
    }
    text
}
