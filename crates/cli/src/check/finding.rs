//! Findings of a probe: faults of a server, each shown by its own answers.

use super::transport::Exchange;
use crate::rules::Rules;

/// Something that a server should not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    /// The URL that was asked for.
    pub url: String,
    /// The page that the finding is about: one that should be able to read, or one that should not.
    pub origin: String,
    pub message: String,
    pub fix: String,
    /// The browsers in which it happens.
    pub browsers: Vec<Rules>,
    pub evidence: Vec<Exchange>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The server gives away more than it needs, which alone does no harm.
    Note,
    /// A page that should read does not, or not always.
    Broken,
    /// A page that should not reads what is a user's, or acts for the user.
    Dangerous,
}

impl Severity {
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Broken => "broken",
            Severity::Dangerous => "dangerous",
        }
    }
}

/// A page that should not be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    AnySite,
    Null,
    HttpPage,
    Lookalike,
    Subdomain,
}

/// What a page is allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    ReadsWithCredentials,
    SendsWithCredentials,
    Reads,
}

/// The code of a finding. It is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    AnySiteReadsWithCredentials,
    NullReadsWithCredentials,
    HttpPageReadsWithCredentials,
    LookalikeReadsWithCredentials,
    SubdomainReadsWithCredentials,
    AnySiteSendsWithCredentials,
    NullSendsWithCredentials,
    HttpPageSendsWithCredentials,
    LookalikeSendsWithCredentials,
    AnySiteReads,
    NullReads,
    LookalikeReads,
    WildcardWithCredentials,
    LineDoubled,
    PreflightNeedsLogin,
    VaryOriginMissing,
    CacheMixesOrigins,
    ErrorUnreadable,
}

impl Code {
    pub const ALL: [Code; 18] = [
        Code::AnySiteReadsWithCredentials,
        Code::NullReadsWithCredentials,
        Code::HttpPageReadsWithCredentials,
        Code::LookalikeReadsWithCredentials,
        Code::SubdomainReadsWithCredentials,
        Code::AnySiteSendsWithCredentials,
        Code::NullSendsWithCredentials,
        Code::HttpPageSendsWithCredentials,
        Code::LookalikeSendsWithCredentials,
        Code::AnySiteReads,
        Code::NullReads,
        Code::LookalikeReads,
        Code::WildcardWithCredentials,
        Code::LineDoubled,
        Code::PreflightNeedsLogin,
        Code::VaryOriginMissing,
        Code::CacheMixesOrigins,
        Code::ErrorUnreadable,
    ];

    /// The code for a page that is allowed to do this. `None` if that is not a fault: without credentials a page reads only
    /// what is public, and pages on subdomains and over `http` usually belong to the server's owner.
    pub const fn of_stranger(who: Who, what: What) -> Option<Self> {
        Some(match (who, what) {
            (Who::AnySite, What::ReadsWithCredentials) => Code::AnySiteReadsWithCredentials,
            (Who::Null, What::ReadsWithCredentials) => Code::NullReadsWithCredentials,
            (Who::HttpPage, What::ReadsWithCredentials) => Code::HttpPageReadsWithCredentials,
            (Who::Lookalike, What::ReadsWithCredentials) => Code::LookalikeReadsWithCredentials,
            (Who::Subdomain, What::ReadsWithCredentials) => Code::SubdomainReadsWithCredentials,
            (Who::AnySite, What::SendsWithCredentials) => Code::AnySiteSendsWithCredentials,
            (Who::Null, What::SendsWithCredentials) => Code::NullSendsWithCredentials,
            (Who::HttpPage, What::SendsWithCredentials) => Code::HttpPageSendsWithCredentials,
            (Who::Lookalike, What::SendsWithCredentials) => Code::LookalikeSendsWithCredentials,
            (Who::AnySite, What::Reads) => Code::AnySiteReads,
            (Who::Null, What::Reads) => Code::NullReads,
            (Who::Lookalike, What::Reads) => Code::LookalikeReads,
            (Who::Subdomain, What::SendsWithCredentials) | (Who::HttpPage | Who::Subdomain, What::Reads) => {
                return None;
            }
        })
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Code::ALL.into_iter().find(|code| code.as_str() == word)
    }

    pub const fn as_str(self) -> &'static str {
        self.rule().0
    }

    pub const fn severity(self) -> Severity {
        self.rule().1
    }

    /// What the code means, in a sentence.
    pub const fn meaning(self) -> &'static str {
        self.rule().2
    }

    const fn rule(self) -> (&'static str, Severity, &'static str) {
        use Severity::{Broken, Dangerous, Note};
        match self {
            Code::AnySiteReadsWithCredentials => (
                "any-site-reads-with-credentials",
                Dangerous,
                "any site reads responses made with the user's credentials",
            ),
            Code::NullReadsWithCredentials => (
                "null-reads-with-credentials",
                Dangerous,
                "a sandboxed frame, which any site can make, reads responses made with the user's credentials",
            ),
            Code::HttpPageReadsWithCredentials => (
                "http-page-reads-with-credentials",
                Dangerous,
                "an attacker on the network, who can change pages that come over `http`, reads responses made with the user's credentials",
            ),
            Code::LookalikeReadsWithCredentials => (
                "lookalike-reads-with-credentials",
                Dangerous,
                "a site whose name contains the allowed one reads responses made with the user's credentials",
            ),
            Code::SubdomainReadsWithCredentials => (
                "subdomain-reads-with-credentials",
                Note,
                "every subdomain of the page's host reads responses made with the user's credentials",
            ),
            Code::AnySiteSendsWithCredentials => (
                "any-site-sends-with-credentials",
                Dangerous,
                "the preflight lets any site send what no form could, with the user's credentials",
            ),
            Code::NullSendsWithCredentials => (
                "null-sends-with-credentials",
                Dangerous,
                "the preflight lets a sandboxed frame send what no form could, with the user's credentials",
            ),
            Code::HttpPageSendsWithCredentials => (
                "http-page-sends-with-credentials",
                Dangerous,
                "the preflight lets a page that came over `http` send what no form could, with the user's credentials",
            ),
            Code::LookalikeSendsWithCredentials => (
                "lookalike-sends-with-credentials",
                Dangerous,
                "the preflight lets a site whose name contains the allowed one send what no form could, with credentials",
            ),
            Code::AnySiteReads => (
                "any-site-reads",
                Note,
                "any origin is sent back, without credentials; `*` says the same, and caches better",
            ),
            Code::NullReads => ("null-reads", Note, "`null` is allowed, which any site can be, without credentials"),
            Code::LookalikeReads => (
                "lookalike-reads",
                Note,
                "a site whose name contains the allowed one reads responses, without credentials",
            ),
            Code::WildcardWithCredentials => (
                "wildcard-with-credentials",
                Broken,
                "the answer is `*` where credentials are meant to go along, which no browser accepts",
            ),
            Code::LineDoubled => {
                ("line-doubled", Broken, "a header with a single value comes twice, because two layers add it")
            }
            Code::PreflightNeedsLogin => {
                ("preflight-needs-login", Broken, "the preflight, which never has credentials, is asked to log in")
            }
            Code::VaryOriginMissing => (
                "vary-origin-missing",
                Broken,
                "answers depend on `Origin` without `Vary: Origin`, so a cache may give a page the answer to another",
            ),
            Code::CacheMixesOrigins => (
                "cache-mixes-origins",
                Broken,
                "a cache gave a page the answer to another request, which the page cannot read",
            ),
            Code::ErrorUnreadable => {
                ("error-unreadable", Broken, "the page can read successful responses and cannot read errors")
            }
        }
    }
}
