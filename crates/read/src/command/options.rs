//! The options of `curl`, `wget` and HTTPie: those that change the request, and the others.

/// The effect of an option on the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Method,
    Header,
    Data,
    DataUrlencode,
    Json,
    Form,
    /// The data is that of a form.
    Urlencoded,
    Cookie,
    UserAgent,
    Referer,
    User,
    Bearer,
    Range,
    Url,
    Upload,
    Head,
    Get,
    /// The arguments after it are another request.
    Next,
    /// The request is read from a file.
    File,
    /// Nothing of what is sent; with a value.
    Value,
    /// Nothing of what is sent; without a value.
    Flag,
}

impl Meaning {
    pub(super) const fn takes_value(self) -> bool {
        !matches!(self, Meaning::Head | Meaning::Get | Meaning::Next | Meaning::Urlencoded | Meaning::Flag)
    }
}

/// An option: its letter, if it has one, and its name.
type Known = (Option<char>, &'static str, Meaning);

const CURL: [Known; 88] = {
    use Meaning::*;
    [
        (Some('X'), "request", Method),
        (Some('H'), "header", Header),
        (Some('d'), "data", Data),
        (None, "data-raw", Data),
        (None, "data-ascii", Data),
        (None, "data-binary", Data),
        (None, "data-urlencode", DataUrlencode),
        (None, "json", Json),
        (Some('F'), "form", Form),
        (None, "form-string", Form),
        (Some('b'), "cookie", Cookie),
        (Some('A'), "user-agent", UserAgent),
        (Some('e'), "referer", Referer),
        (Some('u'), "user", User),
        (None, "oauth2-bearer", Bearer),
        (Some('r'), "range", Range),
        (None, "url", Url),
        (Some('T'), "upload-file", Upload),
        (Some('I'), "head", Head),
        (Some('G'), "get", Get),
        (Some(':'), "next", Next),
        (Some('K'), "config", File),
        (Some('o'), "output", Value),
        (Some('m'), "max-time", Value),
        (None, "connect-timeout", Value),
        (None, "connect-to", Value),
        (None, "resolve", Value),
        (Some('c'), "cookie-jar", Value),
        (Some('w'), "write-out", Value),
        (Some('x'), "proxy", Value),
        (Some('U'), "proxy-user", Value),
        (None, "noproxy", Value),
        (None, "cacert", Value),
        (Some('E'), "cert", Value),
        (None, "key", Value),
        (Some('D'), "dump-header", Value),
        (None, "interface", Value),
        (None, "retry", Value),
        (None, "retry-delay", Value),
        (None, "limit-rate", Value),
        (None, "max-redirs", Value),
        (None, "unix-socket", Value),
        (None, "trace", Value),
        (None, "trace-ascii", Value),
        (None, "ciphers", Value),
        (None, "stderr", Value),
        (Some('y'), "speed-time", Value),
        (Some('Y'), "speed-limit", Value),
        (Some('i'), "include", Flag),
        (None, "show-headers", Flag),
        (Some('v'), "verbose", Flag),
        (Some('s'), "silent", Flag),
        (Some('S'), "show-error", Flag),
        (Some('L'), "location", Flag),
        (None, "location-trusted", Flag),
        (Some('k'), "insecure", Flag),
        (None, "compressed", Flag),
        (Some('f'), "fail", Flag),
        (None, "fail-with-body", Flag),
        (Some('g'), "globoff", Flag),
        (Some('O'), "remote-name", Flag),
        (Some('J'), "remote-header-name", Flag),
        (Some('N'), "no-buffer", Flag),
        (Some('n'), "netrc", Flag),
        (Some('#'), "progress-bar", Flag),
        (None, "no-progress-meter", Flag),
        (Some('0'), "http1.0", Flag),
        (None, "http1.1", Flag),
        (None, "http2", Flag),
        (None, "http2-prior-knowledge", Flag),
        (None, "http3", Flag),
        (None, "http3-only", Flag),
        (Some('1'), "tlsv1", Flag),
        (None, "tlsv1.0", Flag),
        (None, "tlsv1.1", Flag),
        (None, "tlsv1.2", Flag),
        (None, "tlsv1.3", Flag),
        (Some('4'), "ipv4", Flag),
        (Some('6'), "ipv6", Flag),
        (None, "path-as-is", Flag),
        (None, "ssl-no-revoke", Flag),
        (None, "basic", Flag),
        (None, "digest", Flag),
        (None, "anyauth", Flag),
        (Some('q'), "disable", Flag),
        (None, "no-keepalive", Flag),
        (None, "trace-time", Flag),
        (Some('Z'), "parallel", Flag),
    ]
};

const WGET: [Known; 26] = {
    use Meaning::*;
    [
        (None, "method", Method),
        (None, "header", Header),
        (None, "post-data", Data),
        (None, "body-data", Data),
        (None, "post-file", Upload),
        (None, "body-file", Upload),
        (Some('U'), "user-agent", UserAgent),
        (None, "referer", Referer),
        (Some('i'), "input-file", File),
        (Some('O'), "output-document", Value),
        (Some('o'), "output-file", Value),
        (Some('T'), "timeout", Value),
        (Some('t'), "tries", Value),
        (None, "user", Value),
        (None, "password", Value),
        (Some('e'), "execute", Value),
        (None, "max-redirect", Value),
        (Some('S'), "server-response", Flag),
        (None, "spider", Head),
        (Some('q'), "quiet", Flag),
        (Some('v'), "verbose", Flag),
        (Some('d'), "debug", Flag),
        (None, "no-check-certificate", Flag),
        (None, "save-headers", Flag),
        (None, "content-on-error", Flag),
        (None, "no-verbose", Flag),
    ]
};

const HTTPIE: [Known; 36] = {
    use Meaning::*;
    [
        (Some('f'), "form", Urlencoded),
        (None, "multipart", Urlencoded),
        (Some('a'), "auth", User),
        (Some('p'), "print", Value),
        (Some('o'), "output", Value),
        (Some('s'), "style", Value),
        (Some('A'), "auth-type", Value),
        (None, "session", Value),
        (None, "session-read-only", Value),
        (None, "pretty", Value),
        (None, "format-options", Value),
        (None, "sorted", Value),
        (None, "timeout", Value),
        (None, "verify", Value),
        (None, "cert", Value),
        (None, "cert-key", Value),
        (None, "proxy", Value),
        (None, "max-redirects", Value),
        (None, "max-headers", Value),
        (None, "ssl", Value),
        (None, "response-charset", Value),
        (Some('j'), "json", Flag),
        (Some('v'), "verbose", Flag),
        (Some('h'), "headers", Flag),
        (Some('b'), "body", Flag),
        (Some('m'), "meta", Flag),
        (Some('q'), "quiet", Flag),
        (Some('d'), "download", Flag),
        (Some('c'), "continue", Flag),
        (Some('S'), "stream", Flag),
        (Some('F'), "follow", Flag),
        (Some('I'), "ignore-stdin", Flag),
        (None, "all", Flag),
        (None, "check-status", Flag),
        (None, "offline", Flag),
        (None, "compress", Flag),
    ]
};

/// The options of a tool.
#[derive(Clone, Copy)]
pub(super) struct Options(&'static [Known]);

impl Options {
    pub(super) const fn of_curl() -> Self {
        Options(&CURL)
    }

    pub(super) const fn of_wget() -> Self {
        Options(&WGET)
    }

    pub(super) const fn of_httpie() -> Self {
        Options(&HTTPIE)
    }

    /// By the letter.
    pub(super) fn short(self, letter: char) -> Option<Meaning> {
        self.0.iter().find(|(known, _, _)| *known == Some(letter)).map(|(_, _, meaning)| *meaning)
    }

    /// By the name.
    pub(super) fn long(self, name: &str) -> Option<Meaning> {
        self.0.iter().find(|(_, known, _)| *known == name).map(|(_, _, meaning)| *meaning)
    }
}
