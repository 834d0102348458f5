//! `cors answer`: requests answered by a policy.
//!
//! A request is a line `{"method": "GET", "headers": [[name, value], …], "response": {"status": 200, "headers": […]}}`.
//! The `response` is the application's own, and may be left out. Each request is answered by a line
//! `{"decision": "preflight" | "handle" | "forbid", "status": …, "headers": […], "refusal": null | code}`. Its headers
//! are those of the response that stay, then ours. Strings are Latin-1: a character is a byte.
//!
//! The exit status is 0, or 2 for bad input.

#[cfg(test)]
mod tests;

use std::{
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
};

use fetch_cors::{
    header::{HeaderName, Headers},
    server::{ConfigErrors, Decision, OwnedPolicy},
};
use serde::{Deserialize, Serialize};

use crate::{BadInput as Failure, exit::Exit, lint::read_policy};

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct Arguments {
    /// The policy, as docs/policy-json.md describes it
    policy: PathBuf,
}

/// What `cors answer --help` says after the options.
const AFTER_HELP: &str = "\
Each line of standard input is a request: {\"method\": \"GET\", \"headers\": [[name, value], …], \"response\": {\"status\": 200, \
\"headers\": […]}}. The response, the application's own, may be left out.

Each is answered by a line {\"decision\": \"preflight\" | \"handle\" | \"forbid\", \"status\": …, \"headers\": […], \"refusal\": null or \
a code} with the headers that leave: those of the response that stay, then the policy's. Strings are Latin-1: a character is a \
byte.

Exit status: 0; 2 for a policy or a line that is wrong.";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestLine {
    method: String,
    headers: Vec<(String, String)>,
    response: Option<ResponseLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResponseLine {
    status: u16,
    #[serde(default)]
    headers: Vec<(String, String)>,
}

#[derive(Serialize)]
struct AnswerLine {
    decision: &'static str,
    status: u16,
    headers: Vec<(String, String)>,
    refusal: Option<&'static str>,
}

pub fn main(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    answer_all(&arguments.policy, io::stdin().lock(), &mut output)?;
    output.flush()?;
    Ok(Exit::Readable)
}

/// Writes an answer for each line of the input.
fn answer_all(path: &Path, input: impl BufRead, output: &mut impl Write) -> Result<(), Failure> {
    let invalid = |errors: ConfigErrors| format!("{}:\n{errors}", path.display());
    let policy = read_policy(path)?.build().map_err(invalid)?;
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = answer(&policy, &line).map_err(|error| format!("line {}: {error}", number + 1))?;
        serde_json::to_writer(&mut *output, &answer)?;
        writeln!(output)?;
    }
    Ok(())
}

fn answer(policy: &OwnedPolicy, line: &str) -> Result<AnswerLine, Failure> {
    let request: RequestLine = serde_json::from_str(line)?;
    let response = request.response.unwrap_or(ResponseLine { status: 200, headers: Vec::new() });
    let (request_lines, response_lines) = (to_bytes(&request.headers)?, to_bytes(&response.headers)?);
    let request_pairs = to_pairs(&request_lines);
    let decision = policy.decide(&request.method, Headers::from_pairs(&request_pairs));

    let mut sink = to_pairs(&response_lines);
    let name = match decision {
        Decision::AnswerPreflight(_) => "preflight",
        Decision::Handle(_) => "handle",
        Decision::Forbid(_) => "forbid",
    };
    if decision.status().is_some() {
        sink.clear();
    }
    decision.write(&mut sink)?;
    let status = decision.status().unwrap_or(response.status);
    let refusal = decision.refusal().map(|refusal| refusal.code());
    Ok(AnswerLine { decision: name, status, headers: to_text(&sink), refusal })
}

type Line = (String, Vec<u8>);

fn to_bytes(headers: &[(String, String)]) -> Result<Vec<Line>, Failure> {
    let bytes = |text: &String| text.chars().map(u8::try_from).collect::<Result<Vec<u8>, _>>();
    let line = |(name, value): &(String, String)| match (HeaderName::new(name), bytes(value)) {
        (Ok(_), Ok(value)) => Ok((name.to_ascii_lowercase(), value)),
        (Err(error), _) => Err(format!("`{name}`: {error}").into()),
        (_, Err(_)) => Err(format!("`{name}` has a value that is not Latin-1").into()),
    };
    headers.iter().map(line).collect()
}

fn to_pairs(lines: &[Line]) -> Vec<(&str, &[u8])> {
    lines.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect()
}

/// The headers as text. All lines of `Vary` become one, at the place of the first.
fn to_text(pairs: &[(&str, &[u8])]) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for (name, value) in pairs {
        let value: String = value.iter().copied().map(char::from).collect();
        match lines.iter_mut().find(|(earlier, _)| *name == "vary" && earlier == "vary") {
            Some((_, vary)) if !vary.is_empty() && !value.is_empty() => {
                vary.push_str(", ");
                vary.push_str(&value);
            }
            Some((_, vary)) => vary.push_str(&value),
            None => lines.push(((*name).to_owned(), value)),
        }
    }
    lines
}
