//! The report as plain text of at most 100 columns. Only lines of a console may be longer.

use fetch_cors::browser::explain::Sufficiency;

use super::{Answer, Check, Differences, Fix, Message, Phase, Reading, Report, Step, Taken, Verdict, wrap::wrap};

impl Report {
    /// The report for people.
    pub fn to_text(&self) -> String {
        let mut text = Text::default();
        text.input(&self.input);
        for line in &self.call {
            text.line(line);
        }
        for step in &self.steps {
            text.step(step);
        }
        if let Some(left_over) = &self.left_over {
            text.section(left_over);
        }
        text.hints("Likely cause:", self.hints.iter().filter(|hint| hint.cause).map(|hint| hint.text.as_str()));
        text.fixes(&self.fixes);
        text.hints("Worth knowing:", self.hints.iter().filter(|hint| !hint.cause).map(|hint| hint.text.as_str()));
        if !self.consoles.is_empty() {
            text.section("What the console says:");
        }
        for (browser, message) in &self.consoles {
            let mut name = browser.name();
            for line in message.lines() {
                // As the console prints it, so that a search finds it.
                text.out.push_str(&format!("  {name:8}  {line}\n"));
                name = "";
            }
        }
        for message in &self.messages {
            if !text.out.is_empty() {
                text.out.push('\n');
            }
            text.out.push_str(&message.to_text());
        }
        text.section(&self.conclusion());
        text.differences(&self.differences);
        text.out
    }

    /// The verdict in a line.
    pub fn conclusion(&self) -> String {
        match (self.verdict, &self.refusal) {
            (Verdict::Readable, _) => "Allowed: the browser gives the response to the page.".into(),
            (Verdict::Opaque, _) => {
                "Opaque: the request is sent, and the page can read nothing of the response.".into()
            }
            (Verdict::Incomplete, _) => "Incomplete: a response head is missing.".into(),
            (Verdict::Refused, Some(refusal)) => format!("Refused: {refusal}"),
            (Verdict::Refused, None) => "Refused".into(),
        }
    }
}

impl Message {
    /// The meaning for people.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        wrap(&mut out, "", &format!("{}: {}", self.whose, self.id));
        wrap(&mut out, "  means  ", &self.meaning);
        let own = "no step of the standard: it is the browser's own";
        wrap(&mut out, "  fails  ", self.place.as_deref().unwrap_or(own));
        wrap(&mut out, "  fix    ", &self.fix);
        for hint in &self.hints {
            wrap(&mut out, "  hint   ", &hint.text);
        }
        if self.by_few_words {
            let note = "(The line is in another language: only English is known, and the id was found by a few words.)";
            wrap(&mut out, "", note);
        }
        out
    }
}

#[derive(Default)]
struct Text {
    out: String,
}

impl Text {
    fn line(&mut self, line: &str) {
        wrap(&mut self.out, "", line);
    }

    fn indented(&mut self, line: &str) {
        wrap(&mut self.out, "  ", line);
    }

    /// Writes an empty line, and the title of a section.
    fn section(&mut self, title: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.line(title);
    }

    /// Writes lines of two columns.
    fn table(&mut self, rows: &[(String, String)]) {
        let widths = rows.iter().map(|(left, _)| left.chars().count());
        let width = widths.filter(|width| *width <= 40).max().unwrap_or(0);
        for (left, right) in rows {
            wrap(&mut self.out, &format!("  {left:width$}  "), right);
        }
    }

    /// Writes the sources that were read, and their recognized forms.
    fn input(&mut self, input: &[Taken]) {
        for Taken { source, text, notes, .. } in input {
            self.line(&format!("Read from {source}: {text}."));
            for note in notes {
                wrap(&mut self.out, "  - ", &note.text);
            }
        }
        if !input.is_empty() {
            self.out.push('\n');
        }
    }

    fn step(&mut self, step: &Step) {
        for title in step.preface.iter().chain(&step.title) {
            self.section(title);
        }
        self.table(&step.reasons);
        if let Some(cache) = &step.cache {
            self.line(cache);
        }
        if !step.sent.is_empty() {
            let kind = if step.phase == Phase::Preflight { "Preflight" } else { "Request" };
            self.section(&format!("{kind}: {} {}", step.method, step.url));
            // Not broken, so that they can be copied.
            for header in &step.sent {
                self.out.extend(["  ", header, "\n"]);
            }
            self.indented(step.credentials);
        }
        match &step.answer {
            Answer::NotAsked => {}
            Answer::Given { place, notes, .. } => {
                let status = step.status.unwrap_or_default();
                self.line(&format!("Answer: status {status} ({place})"));
                for note in notes {
                    self.indented(note);
                }
            }
            Answer::Missing { curl } => {
                self.section("This is sent next, and its answer is not given. To ask for it:");
                self.out.push_str(curl);
            }
            Answer::Supposed(why) => self.line(why),
        }
        if let Some(redirect) = &step.redirect {
            self.line(redirect);
        }
        for check in &step.checks {
            self.check(check);
        }
        if let Some(end) = &step.end {
            self.line(end);
        }
        if let Some(reading) = &step.reading {
            self.reading(reading);
        }
    }

    /// Writes a check with its result. A failure has its step with a link, and the browsers in which it comes first.
    fn check(&mut self, check: &Check) {
        if check.passes {
            wrap(&mut self.out, "  pass  ", &format!("{} ({})", check.text, check.place));
            return;
        }
        wrap(&mut self.out, "  FAIL  ", &check.text);
        for line in core::iter::once(&check.place).chain(&check.marks) {
            wrap(&mut self.out, "        ", line);
        }
    }

    fn reading(&mut self, reading: &Reading) {
        if let Some(preface) = &reading.preface {
            self.section(preface);
        }
        self.section(&reading.title);
        self.table(&reading.headers);
        if let Some(note) = &reading.note {
            self.indented(note);
        }
    }

    fn hints<'a>(&mut self, title: &str, hints: impl Iterator<Item = &'a str>) {
        for (number, hint) in hints.enumerate() {
            if number == 0 {
                self.section(title);
            }
            wrap(&mut self.out, "  - ", hint);
        }
    }

    fn fixes(&mut self, fixes: &[Fix]) {
        if !fixes.is_empty() {
            self.section("What to change:");
        }
        for Fix { of, server, page, .. } in fixes {
            match (server.as_slice(), page.as_slice()) {
                ([], []) => self.indented(&format!("{of}: no header fixes this")),
                ([], _) => {}
                ([_, _, ..], _) => self.indented(&format!("{of} needs all of")),
                _ => self.indented(&format!("{of} needs")),
            }
            for change in server {
                wrap(&mut self.out, "    ", &change.text);
            }
            for (sufficiency, several) in [
                (Sufficiency::Alone, "in the page's call, any one of:"),
                (Sufficiency::Together, "in the page's call, all of:"),
                (Sufficiency::Partial, "in the page's call, which is not enough alone:"),
            ] {
                let changes: Vec<&str> = page
                    .iter()
                    .filter(|change| change.sufficiency == sufficiency)
                    .map(|change| change.text.as_str())
                    .collect();
                let introduction = match (changes.as_slice(), sufficiency) {
                    ([], _) => continue,
                    ([_], Sufficiency::Alone) => "in the page's call:",
                    _ => several,
                };
                let or = match (server.as_slice(), sufficiency) {
                    ([], _) => "",
                    (_, Sufficiency::Partial) => "and, ",
                    _ => "or, ",
                };
                self.indented(&format!("{or}{introduction}"));
                for change in changes {
                    wrap(&mut self.out, "    ", change);
                }
            }
        }
    }

    fn differences(&mut self, differences: &Differences) {
        match differences {
            Differences::None => {}
            Differences::Lines(lines) => lines.iter().for_each(|line| self.line(line)),
            Differences::Against(title, rows) => {
                self.section(title);
                self.table(rows);
            }
        }
    }
}
