//! The exchange as a sequence: an ordered list of steps, each with its messages, and with what the browser checks.

use super::{
    super::{Answer, Check, Phase, Reading, Report, Step},
    escape::{escaped, marked_up},
};

/// Adds the sequence to a page.
pub fn add(report: &Report, out: &mut String) {
    if report.steps.is_empty() {
        return;
    }
    out.push_str("<h2>The exchange</h2>\n<div class=\"lanes\" aria-hidden=\"true\"><span>browser</span><span>server</span></div>\n<ol class=\"sequence\">\n");
    for step in &report.steps {
        add_step(step, out);
    }
    out.push_str("</ol>\n");
}

fn add_step(step: &Step, out: &mut String) {
    let fails = step.checks.iter().any(|check| !check.passes);
    let class = match (fails, step.supposed) {
        (true, false) => "fails",
        (true, true) => "fails supposed",
        (false, true) => "supposed",
        (false, false) => "passes",
    };
    out.push_str(&format!("<li class=\"{class}\">\n"));
    paragraph("preface", step.preface.as_deref(), out);
    let mark = if fails { " <strong class=\"mark\">fails here</strong>" } else { "" };
    let kind = match step.phase {
        Phase::Preflight => "Preflight",
        Phase::Response => "Request",
        Phase::Redirect => "Redirect",
        Phase::Request => "Before anything is sent",
    };
    out.push_str(&format!("<h3>{kind}{mark}</h3>\n"));
    paragraph("says", step.title.as_deref(), out);
    rows(&step.reasons, out);
    paragraph("says", step.cache.as_deref(), out);
    if !step.sent.is_empty() {
        let line = format!("{} {}", step.method, step.url);
        message("request", "sends", &line, &step.sent, out);
        out.push_str(&format!("<p class=\"note\">{}</p>\n", escaped(step.credentials)));
    }
    answer(step, out);
    paragraph("says", step.redirect.as_deref(), out);
    checks(&step.checks, out);
    paragraph("end", step.end.as_deref(), out);
    if let Some(reading) = &step.reading {
        add_reading(reading, out);
    }
    out.push_str("</li>\n");
}

fn paragraph(class: &str, text: Option<&str>, out: &mut String) {
    if let Some(text) = text {
        out.push_str(&format!("<p class=\"{class}\">{}</p>\n", marked_up(text)));
    }
}

/// A message from one lane to the other.
fn message(class: &str, verb: &str, line: &str, headers: &[String], out: &mut String) {
    let headers: Vec<String> = headers.iter().map(|header| escaped(header)).collect();
    out.push_str(&format!(
        "<div class=\"message {class}\">\n<p><span class=\"who\">{verb}</span> <code>{}</code></p>\n",
        escaped(line)
    ));
    if !headers.is_empty() {
        out.push_str(&format!("<pre tabindex=\"0\">{}</pre>\n", headers.join("\n")));
    }
    out.push_str("</div>\n");
}

fn answer(step: &Step, out: &mut String) {
    match &step.answer {
        Answer::NotAsked => {}
        Answer::Given { place, lines, notes } => {
            let status = step.status.map(|status| format!("status {status}")).unwrap_or_default();
            let lines: Vec<String> =
                lines.iter().map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value))).collect();
            message("answer", "answers", &status, &lines, out);
            out.push_str(&format!("<p class=\"note\">({})</p>\n", escaped(place)));
            for note in notes {
                out.push_str(&format!("<p class=\"note\">{}</p>\n", marked_up(note)));
            }
        }
        Answer::Missing { curl } => {
            out.push_str("<p class=\"end\">Its answer is not given. To ask for it:</p>\n");
            out.push_str(&format!("<pre tabindex=\"0\">{}</pre>\n", escaped(curl.trim_end())));
        }
        Answer::Supposed(why) => out.push_str(&format!("<p class=\"note\">{}</p>\n", escaped(why))),
    }
}

fn checks(checks: &[Check], out: &mut String) {
    if checks.is_empty() {
        return;
    }
    out.push_str("<ul class=\"checks\">\n");
    for check in checks {
        let (class, word) = if check.passes { ("pass", "pass") } else { ("fail", "FAIL") };
        out.push_str(&format!(
            "<li class=\"{class}\"><strong>{word}</strong> <span>{}<br><small>{}</small>",
            marked_up(&check.text),
            marked_up(&check.place)
        ));
        for mark in &check.marks {
            out.push_str(&format!("<br><small>{}</small>", marked_up(mark)));
        }
        out.push_str("</span></li>\n");
    }
    out.push_str("</ul>\n");
}

fn add_reading(reading: &Reading, out: &mut String) {
    paragraph("preface", reading.preface.as_deref(), out);
    out.push_str(&format!("<p>{}</p>\n", marked_up(&reading.title)));
    // In the text format, blanks separate the word from its reason.
    let divided = |(name, why): &(String, String)| {
        let why = why.split_once("  ").map(|(word, reason)| format!("{word}: {}", reason.trim_start()));
        Some((name.clone(), why?))
    };
    rows(&reading.headers.iter().filter_map(divided).collect::<Vec<_>>(), out);
    paragraph("note", reading.note.as_deref(), out);
}

/// A list of names, each with its reason.
fn rows(rows: &[(String, String)], out: &mut String) {
    if rows.is_empty() {
        return;
    }
    out.push_str("<dl>\n");
    for (left, right) in rows {
        out.push_str(&format!("<dt><code>{}</code></dt><dd>{}</dd>\n", escaped(left), marked_up(right)));
    }
    out.push_str("</dl>\n");
}
