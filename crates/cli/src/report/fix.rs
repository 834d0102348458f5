//! The changes that fix an exchange, and their form in JSON.
//!
//! A change is `{where, phase, url, set, remove, code}` or `{where, phase, url, change, code}`. All changes of a list are
//! needed. One of `any_of` is enough, and all of `all_of` are needed.

use fetch_cors::browser::explain::Sufficiency;
use serde::{Serialize, Serializer};

use super::Phase;

/// The fix of one step: all changes of the server, or enough changes of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub phase: Phase,
    pub url: String,
    /// What needs the change, for people: `The response to GET https://api.example/`.
    pub of: String,
    pub server: Vec<ServerChange>,
    pub page: Vec<PageChange>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerChange {
    pub code: &'static str,
    pub text: String,
    pub kind: ServerChangeKind,
}

/// The effect of a change of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerChangeKind {
    /// The response has this line, once.
    Set(String),
    /// The response does not have this header.
    Remove(String),
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageChange {
    pub code: &'static str,
    pub text: String,
    pub sufficiency: Sufficiency,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Tree<'a> {
    Headers {
        #[serde(rename = "where")]
        place: &'static str,
        phase: Phase,
        url: &'a str,
        set: Vec<&'a str>,
        remove: Vec<&'a str>,
        code: &'static str,
    },
    Other {
        #[serde(rename = "where")]
        place: &'static str,
        phase: Phase,
        url: &'a str,
        change: &'a str,
        code: &'static str,
        /// Whether the change is enough, together with those that are needed with it.
        enough: bool,
    },
    Any {
        any_of: Vec<Tree<'a>>,
    },
    All {
        all_of: Vec<Tree<'a>>,
    },
}

pub fn serialize<S: Serializer>(fixes: &[Fix], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(fixes.iter().flat_map(Fix::trees))
}

impl Fix {
    /// The fix, and changes that help without being enough.
    fn trees(&self) -> impl Iterator<Item = Tree<'_>> {
        let page = |sufficiency| {
            let changes = self.page.iter().filter(move |change| change.sufficiency == sufficiency);
            changes
                .map(move |change| self.other("page", &change.text, change.code, sufficiency != Sufficiency::Partial))
        };
        let alternatives = [all(self.server_changes())]
            .into_iter()
            .chain(page(Sufficiency::Alone).map(Some))
            .chain([all(page(Sufficiency::Together).collect())]);
        let mut alternatives: Vec<_> = alternatives.flatten().collect();
        let fix = if alternatives.len() > 1 { Some(Tree::Any { any_of: alternatives }) } else { alternatives.pop() };
        fix.into_iter().chain(page(Sufficiency::Partial))
    }

    /// Each change that is not of a header, and one tree with all changes of headers.
    fn server_changes(&self) -> Vec<Tree<'_>> {
        let (mut trees, mut set, mut remove) = (Vec::new(), Vec::new(), Vec::new());
        for change in &self.server {
            match &change.kind {
                ServerChangeKind::Set(line) => set.push(line.as_str()),
                ServerChangeKind::Remove(name) => remove.push(name.as_str()),
                ServerChangeKind::Other => trees.push(self.other("server", &change.text, change.code, true)),
            }
        }
        let code = if set.is_empty() { "remove-header" } else { "set-header" };
        if !set.is_empty() || !remove.is_empty() {
            trees.push(Tree::Headers { place: "server", phase: self.phase, url: &self.url, set, remove, code });
        }
        trees
    }

    fn other<'a>(&'a self, place: &'static str, change: &'a str, code: &'static str, enough: bool) -> Tree<'a> {
        Tree::Other { place, phase: self.phase, url: &self.url, change, code, enough }
    }
}

/// A tree that needs all of these; `None` if there are none.
fn all(mut trees: Vec<Tree<'_>>) -> Option<Tree<'_>> {
    if trees.len() > 1 { Some(Tree::All { all_of: trees }) } else { trees.pop() }
}
