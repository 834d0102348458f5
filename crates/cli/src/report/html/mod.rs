//! The report as one page: the exchange drawn as a sequence, and what to change.
//!
//! ```text
//! head ─ verdict ─ sequence (an ordered list, a step an item) ─ causes, fixes ─ browsers ─ hints
//! ```
//!
//! The page has no script and loads nothing. Words say everything that its lines and colours show.

mod escape;
mod sequence;

use fetch_cors::browser::explain::Sufficiency;

use super::{Differences, Fix, Report, Verdict};
use crate::rules::Rules;
use escape::{escaped, marked_up};

const STYLE: &str = include_str!("style.css");

impl Report {
    /// The report as a page.
    pub fn to_html(&self) -> String {
        let mut page = Page { out: String::new() };
        let verdict = self.verdict_word();
        page.add(&format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>CORS: {verdict}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>CORS: {verdict}</h1>\n"
        ));
        page.add(&format!("<p class=\"verdict {verdict}\">{}</p>\n", marked_up(&self.conclusion())));
        for line in &self.call {
            page.paragraph(line);
        }
        page.input(self);
        sequence::add(self, &mut page.out);
        page.list("Likely cause", self.hints.iter().filter(|hint| hint.cause).map(|hint| hint.text.as_str()));
        page.fixes(&self.fixes);
        page.browsers(self);
        page.messages(self);
        page.list("Worth knowing", self.hints.iter().filter(|hint| !hint.cause).map(|hint| hint.text.as_str()));
        page.add("</main>\n</body>\n</html>\n");
        page.out
    }

    /// The verdict's word in JSON.
    const fn verdict_word(&self) -> &'static str {
        self.verdict.as_str()
    }
}

struct Page {
    out: String,
}

impl Page {
    fn add(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn title(&mut self, title: &str) {
        self.add(&format!("<h2>{}</h2>\n", escaped(title)));
    }

    fn paragraph(&mut self, text: &str) {
        self.add(&format!("<p>{}</p>\n", marked_up(text)));
    }

    fn list<'a>(&mut self, title: &str, texts: impl Iterator<Item = &'a str>) {
        let items: String = texts.map(|text| format!("<li>{}</li>\n", marked_up(text))).collect();
        if !items.is_empty() {
            self.title(title);
            self.add(&format!("<ul>\n{items}</ul>\n"));
        }
    }

    fn input(&mut self, report: &Report) {
        for taken in &report.input {
            self.paragraph(&format!("Read from {}: {}.", taken.source, taken.text));
            if !taken.notes.is_empty() {
                let notes = taken.notes.iter().map(|note| format!("<li>{}</li>\n", marked_up(&note.text)));
                self.add(&format!("<ul>\n{}</ul>\n", notes.collect::<String>()));
            }
        }
    }

    fn fixes(&mut self, fixes: &[Fix]) {
        if !fixes.is_empty() {
            self.title("What to change");
        }
        for Fix { of, server, page, .. } in fixes {
            if server.is_empty() && page.is_empty() {
                self.paragraph(&format!("{of}: no header fixes this"));
            }
            if !server.is_empty() {
                self.paragraph(&format!("{of} needs{}", if server.len() > 1 { " all of" } else { "" }));
                self.lines(server.iter().map(|change| change.text.as_str()));
            }
            for (sufficiency, introduction) in [
                (Sufficiency::Alone, "in the page's call, any one of:"),
                (Sufficiency::Together, "in the page's call, all of:"),
                (Sufficiency::Partial, "in the page's call, which is not enough alone:"),
            ] {
                let mut changes = page.iter().filter(|change| change.sufficiency == sufficiency).peekable();
                if changes.peek().is_none() {
                    continue;
                }
                let or = match (server.is_empty(), sufficiency) {
                    (true, _) => "",
                    (_, Sufficiency::Partial) => "and, ",
                    _ => "or, ",
                };
                self.paragraph(&format!("{or}{introduction}"));
                self.lines(changes.map(|change| change.text.as_str()));
            }
        }
    }

    /// Lines to copy.
    fn lines<'a>(&mut self, lines: impl Iterator<Item = &'a str>) {
        let lines: Vec<_> = lines.map(escaped).collect();
        self.add(&format!("<pre tabindex=\"0\">{}</pre>\n", lines.join("\n")));
    }

    /// The verdict of each browser, and its console messages.
    fn browsers(&mut self, report: &Report) {
        self.title("What the browsers do");
        self.add("<table>\n<thead><tr><th scope=\"col\">browser</th><th scope=\"col\">verdict</th><th scope=\"col\">its console</th></tr></thead>\n<tbody>\n");
        for (browser, verdict) in report.browsers.iter() {
            let says = |(own, _): &&(Rules, String)| *own == browser;
            let console = report.consoles.iter().find(says).map_or("nothing", |(_, text)| text.as_str());
            let word = verdict.as_str();
            self.add(&format!(
                "<tr><th scope=\"row\">{}</th><td class=\"{word}\">{word}</td><td>{}</td></tr>\n",
                browser.name(),
                marked_up(console).replace('\n', "<br>")
            ));
        }
        self.add("</tbody>\n</table>\n");
        match &report.differences {
            Differences::None => {}
            Differences::Lines(lines) => lines.iter().for_each(|line| self.paragraph(line)),
            Differences::Against(title, rows) => {
                self.paragraph(title);
                let rows: String = rows
                    .iter()
                    .map(|(left, right)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(left), marked_up(right)))
                    .collect();
                self.add(&format!("<dl>\n{rows}</dl>\n"));
            }
        }
    }

    fn messages(&mut self, report: &Report) {
        if !report.messages.is_empty() {
            self.title("The lines of the console");
        }
        for message in &report.messages {
            self.add(&format!(
                "<h3>{}: {}</h3>\n<p>It means that {}.</p>\n<p>Fix: {}.</p>\n",
                escaped(message.whose),
                escaped(&message.id),
                marked_up(&message.meaning),
                marked_up(&message.fix)
            ));
        }
    }
}

impl Verdict {
    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Readable => "readable",
            Verdict::Opaque => "opaque",
            Verdict::Refused => "refused",
            Verdict::Incomplete => "incomplete",
        }
    }
}
