//! Where a command begins on a line: at its start, after a prompt, or after a command that starts it.

use super::httpie;

/// Whether a command needs a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// It may have none.
    Optional,
    /// Without one, a line is not a command.
    Needed,
}

/// The start of a command on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// The offset of the name of the program.
    pub(super) offset: usize,
    pub(super) has_prompt: bool,
    /// The quote around the command, which another command gets as one word.
    pub(super) quote: Option<u8>,
}

const PROGRAMS: [&[u8]; 4] = [b"curl ", b"curl.exe ", b"wget ", b"wget.exe "];
/// Commands that start another, words of a shell before a command, and signs of those who print one.
const STARTERS: [&str; 37] = [
    "time",
    "sudo",
    "doas",
    "command",
    "exec",
    "env",
    "nohup",
    "nice",
    "timeout",
    "watch",
    "strace",
    "docker",
    "docker-compose",
    "podman",
    "nerdctl",
    "kubectl",
    "oc",
    "ssh",
    "sh",
    "bash",
    "zsh",
    "cmd",
    "cmd.exe",
    "wsl",
    "winpty",
    "for",
    "while",
    "until",
    "if",
    "cd",
    "export",
    "set",
    "echo",
    "!",
    "+",
    "-",
    "RUN",
];
/// The longest text before a command, in bytes.
const BEFORE: usize = 160;

/// Whether a line is a command: `curl …`, `wget …` or `http …`, perhaps after a prompt.
pub(crate) fn is_command_line(line: &[u8], prompt: Prompt) -> bool {
    start(line).is_some_and(|start| start.has_prompt || prompt == Prompt::Optional)
}

/// Whether a line has a command as Markdown's code: "`curl https://api.example/`".
pub(crate) fn is_inline(line: &[u8]) -> bool {
    start(line).is_some_and(|start| start.quote == Some(b'`'))
}

/// The start of the command on a line.
pub(super) fn start(line: &[u8]) -> Option<Start> {
    let begins = |offset: usize| {
        let rest = line.get(offset..).unwrap_or_default();
        let is_alone = rest == b"curl" || rest == b"wget";
        // `$curl = curl_init()` is PHP.
        let is_program = |program: &&[u8]| rest.strip_prefix(*program).is_some_and(|rest| !rest.starts_with(b"="));
        PROGRAMS.iter().any(is_program) || is_alone || httpie::is_command(rest)
    };
    if begins(0) {
        return Some(Start { offset: 0, has_prompt: false, quote: None });
    }
    let candidates = (1..line.len().min(BEFORE)).filter(|offset| begins(*offset));
    candidates.into_iter().find_map(|offset| after(line.get(..offset)?, line.get(offset..)?))
}

/// The start of a command that has this text before it.
fn after(before: &[u8], command: &[u8]) -> Option<Start> {
    let (offset, has_prompt) = (before.len(), is_prompt(before));
    if has_prompt {
        return Some(Start { offset, has_prompt, quote: None });
    }
    // `kubectl run --image=curlimages/curl -- curl …`
    let is_later =
        [&b" -- curl "[..], b" -- wget "].iter().any(|later| command.windows(later.len()).any(|it| it == *later));
    let (before, quote) = match before.split_last() {
        Some((quote @ (b'\'' | b'"' | b'`'), before)) => (before, Some(*quote)),
        _ => (before, None),
    };
    let text = core::str::from_utf8(before)
        .ok()
        .filter(|text| !is_later && !text.contains(['\'', '"', '`']) && !text.contains("://"))?;
    let prompt = text.char_indices().take(60).find(|(at, sign)| {
        "$#%>\u{276F}".contains(*sign) && text.get(*at..).is_some_and(|rest| rest.chars().nth(1) == Some(' '))
    });
    let started = prompt.map_or(text, |(at, sign)| text.get(at + sign.len_utf8()..).unwrap_or_default());
    // A path, as `/usr/bin/curl`.
    let started =
        started.strip_suffix(['/', '\\']).map_or(started, |path| path.rsplit_once(' ').map_or("", |(words, _)| words));
    let is_setting = |word: &str| {
        word.split_once('=')
            .is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
    };
    let first = started.split_ascii_whitespace().find(|word| !is_setting(word));
    let is_starter = first.is_none_or(|word| STARTERS.contains(&word.rsplit('/').next().unwrap_or(word)));
    // The words of prose are not those of a command.
    let word = command.split(u8::is_ascii_whitespace).nth(1).unwrap_or_default();
    let is_argument =
        matches!(word, [b'-' | b'\'' | b'"' | b'$' | b':', ..]) || word.contains(&b'/') || word.contains(&b':');
    (is_starter && is_argument).then_some(Start { offset, has_prompt: prompt.is_some(), quote })
}

/// `$ `, `% `, `PS C:\Users\me> `, `me@host:~# `, `❯ `, `➜  ~ `
fn is_prompt(before: &[u8]) -> bool {
    let quoted = before.iter().any(|byte| matches!(byte, b'\'' | b'"' | b'`'));
    let trimmed = before.trim_ascii_end();
    let sign = matches!(trimmed.last(), Some(b'$' | b'%' | b'#' | b'>')) || trimmed.ends_with("❯".as_bytes());
    !quoted && (sign || before.starts_with("➜".as_bytes()))
}
