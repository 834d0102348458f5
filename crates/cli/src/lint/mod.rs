//! `cors lint`: the errors of a policy, and settings that are valid and risky or useless.
//!
//! Wildcards are compared with the whole public suffix list, from the crate `psl`.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use fetch_cors::server::{PolicyConfig, PublicSuffixes};
use serde::Serialize;

use crate::{
    BadInput,
    exit::Exit,
    output::{Format, print, print_json},
    report::wrap,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy, as docs/policy-json.md describes it
    policy: PathBuf,
    /// Exit with 1 for lints too, not only for errors
    #[arg(long)]
    strict: bool,
    /// The format of the output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// An error, or a setting that is valid and risky or useless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub level: Level,
    /// The number of the rule, counted from 0.
    pub rule: usize,
    pub field: &'static str,
    /// The number of the element in the field, counted from 0.
    pub index: usize,
    pub value: String,
    pub code: &'static str,
    pub text: &'static str,
    pub fix: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The policy cannot be built.
    Error,
    Lint,
}

pub fn main(arguments: &Arguments) -> Result<Exit, BadInput> {
    let findings = findings(&read_policy(&arguments.policy)?);
    match arguments.format {
        Format::Json => print_json(&findings)?,
        Format::Text => print(&to_text(&findings))?,
    }
    let fails = |finding: &Finding| arguments.strict || finding.level == Level::Error;
    Ok(if findings.iter().any(fails) { Exit::Refused } else { Exit::Readable })
}

/// Reads the policy of a file, without checking it.
pub fn read_policy(path: &Path) -> Result<PolicyConfig, BadInput> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let place = |error: serde_json::Error| format!("{name}:{}:{}: {error}", error.line(), error.column());
    Ok(serde_json::from_str(&text).map_err(place)?)
}

/// The errors of a policy or, if it has none, its lints.
pub fn findings(config: &PolicyConfig) -> Vec<Finding> {
    let policy = match config.clone().build() {
        Ok(policy) => policy,
        Err(errors) => {
            let finding = |error: fetch_cors::server::ConfigError<'_>| Finding {
                level: Level::Error,
                rule: error.rule,
                field: error.field.name(),
                index: error.index,
                value: error.value.to_owned(),
                code: error.code(),
                text: error.reason.text(),
                fix: error.fix(),
            };
            return errors.iter().map(finding).collect();
        }
    };
    let mut findings = Vec::new();
    policy.lint_with(&PublicSuffixList, |lint| {
        findings.push(Finding {
            level: Level::Lint,
            rule: lint.rule,
            field: lint.field.name(),
            index: lint.index,
            value: lint.value.to_owned(),
            code: lint.code(),
            text: lint.kind.text(),
            fix: lint.fix(),
        });
    });
    findings
}

fn to_text(findings: &[Finding]) -> String {
    let mut out = String::new();
    for Finding { level, rule, field, index, value, code, text, fix } in findings {
        let level = if *level == Level::Error { "error" } else { "lint" };
        let value = if value.is_empty() { String::new() } else { format!(" `{value}`") };
        wrap(&mut out, "", &format!("{level}: rule {rule}, {field}[{index}]{value}: {text} ({code})"));
        wrap(&mut out, "  fix  ", fix);
    }
    let count = |level| findings.iter().filter(|finding| finding.level == level).count();
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let (errors, lints) = (plural(count(Level::Error), "error"), plural(count(Level::Lint), "lint"));
    let summary = if findings.iter().any(|finding| finding.level == Level::Error) {
        format!("{errors}; lints come once there are none")
    } else {
        format!("{errors}, {lints}")
    };
    wrap(&mut out, "", &summary);
    out
}

/// The whole list, of the day when `psl` was released.
struct PublicSuffixList;

impl PublicSuffixes for PublicSuffixList {
    fn is_public_suffix(&self, domain: &str) -> bool {
        // A rule such as `*.ck` has no entry for `ck` itself, and makes suffixes of all names below it.
        let below = format!("a.{domain}");
        psl::suffix_str(domain) == Some(domain) || psl::suffix_str(&below) == Some(&below)
    }
}
