//! What must change, and its form in JSON.
//!
//! A change is `{where, phase, url, set, remove, code}` or `{where, phase, url, change, code}`. All of a list are needed. Of
//! `any_of` each is enough, and of `all_of` all are needed.

use fetch_cors::browser::explain::Sufficiency;
use serde::{Serialize, Serializer};

use super::Phase;

/// What fixes one step: all changes of the server, or enough of the page's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub phase: Phase,
    pub url: String,
    /// What changes, for people: `The response to GET https://api.example/`.
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

/// What a change of the server does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerChangeKind {
    /// Sends this line, once.
    Set(String),
    /// Does not send this header.
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
        /// Whether it is enough, where the other changes are made that are needed with it.
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
    /// The fix, and what helps without being enough.
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

    /// What is not a header, and all headers in one.
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

/// All of these, if there are any.
fn all(mut trees: Vec<Tree<'_>>) -> Option<Tree<'_>> {
    if trees.len() > 1 { Some(Tree::All { all_of: trees }) } else { trees.pop() }
}
