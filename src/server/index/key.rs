//! The keys of patterns with a wildcard.

use core::hash::Hasher;

use foldhash::fast::FoldHasher;

/// The text of a pattern with a wildcard, in the pieces that an origin of it has, too.
///
/// | pattern                     | `before`                | `after`              | `ports` |
/// |-----------------------------|-------------------------|----------------------|---------|
/// | `https://*.app.example:444` | `https://`              | `.app.example:444`   | one     |
/// | `https://*.app.example:*`   | `https://`              | `.app.example`       | any     |
/// | `https://app.example:*`     | `https://app.example`   | none                 | any     |
/// | `https://app-*-x.b.example` | `https://app-`          | `-x.b.example`       | one     |
/// | `moz-extension://*`         | `moz-extension://`      | empty                | one     |
///
/// Two patterns have the same key only if they have the same text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key<'a> {
    pub(super) before: &'a [u8],
    /// The part after the `*`, if there is one before the port.
    pub(super) after: Option<&'a [u8]>,
    pub(super) any_port: bool,
}

impl<'a> Key<'a> {
    /// The key of the pattern with this text.
    pub(super) fn of(text: &'a str) -> Self {
        let (rest, any_port) = match text.strip_suffix(":*") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let (before, after) = match rest.split_once('*') {
            Some((before, after)) => (before, Some(after.as_bytes())),
            None => (rest, None),
        };
        Key { before: before.as_bytes(), after, any_port }
    }

    /// The scheme, with the `://` after it.
    pub(super) fn scheme(&self) -> &'a [u8] {
        let end = self.before.iter().position(|byte| *byte == b':').map_or(0, |colon| colon + b"://".len());
        self.before.get(..end).unwrap_or_default()
    }

    pub(super) fn hash(&self, hasher: FoldHasher<'_>) -> u64 {
        self.hash_after(hash_before(hasher, self.before))
    }

    /// The hash, where `before` is hashed already.
    #[inline]
    pub(super) fn hash_after(&self, mut hasher: FoldHasher<'_>) -> u64 {
        if let Some(after) = self.after {
            hasher.write(after);
        }
        if self.any_port {
            hasher.write(b":*");
        }
        hasher.finish()
    }

    /// Whether this is the key of the pattern with this text.
    pub(super) fn is_of(&self, text: &str) -> bool {
        let Some(mut rest) = text.as_bytes().strip_prefix(self.before) else { return false };
        if self.any_port {
            let Some(portless) = rest.strip_suffix(b":*") else { return false };
            rest = portless;
        }
        match (self.after, rest) {
            (Some(after), [b'*', rest @ ..]) => after == rest,
            (Some(_), _) => false,
            (None, rest) => rest.is_empty(),
        }
    }
}

#[inline]
pub(super) fn hash_before<'s>(mut hasher: FoldHasher<'s>, before: &[u8]) -> FoldHasher<'s> {
    hasher.write(before);
    hasher
}
