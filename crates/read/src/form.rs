//! The forms of a text.

use core::fmt;

macro_rules! forms {
    ($($(#[$attribute:meta])* $form:ident, $word:literal, $text:literal;)*) => {
        /// The recognized form of a text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Form {
            $($(#[$attribute])* $form,)*
        }

        impl Form {
            /// All forms.
            pub const ALL: &[Form] = &[$(Form::$form,)*];

            /// A word for the form, in kebab-case; it is stable.
            pub const fn as_str(self) -> &'static str {
                match self { $(Form::$form => $word,)* }
            }
        }

        /// Writes the name of the form, for people.
        impl fmt::Display for Form {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(match self { $(Form::$form => $text,)* })
            }
        }
    };
}

forms! {
    /// Status lines and header lines.
    Heads, "heads", "response heads, as `curl -i` prints them";
    /// What `curl -v` prints, with `<` and `>` before the lines.
    VerboseCurl, "curl-verbose", "what `curl -v` prints";
    /// What `wget -S` prints.
    Wget, "wget", "what `wget -S` prints";
    /// Header lines of a panel of developer tools, in which the status line is missing or is a line of the General block.
    HeaderLines, "header-lines", "header lines of a browser's developer tools";
    /// A `curl` command, typed or copied from developer tools, perhaps with heads after it.
    CurlCommand, "curl-command", "a `curl` command";
    /// A `wget` command, perhaps with heads after it.
    WgetCommand, "wget-command", "a `wget` command";
    /// A command of HTTPie, perhaps with heads after it.
    HttpieCommand, "httpie-command", "a command of HTTPie";
    /// A request in a file of an API client.
    RequestFile, "request-file", "a request in a file of an API client";
    /// A command of PowerShell, typed or copied from developer tools.
    PowerShell, "powershell-command", "a command of PowerShell";
    /// A `fetch()` call that developer tools made.
    CopiedFetch, "copied-fetch", "a `fetch()` call, as \u{201C}Copy as fetch\u{201D} writes it";
    /// A response as PowerShell prints it: its properties, or the table of its headers.
    PowerShellResponse, "powershell-response", "a response as PowerShell prints it";
    /// A map of headers as Python, Node, Go or Rust prints it, JSON, or the log of an API client.
    HeaderMap, "header-map", "headers as a program prints them";
    /// A `fetch()` call.
    Fetch, "fetch", "a `fetch()` call";
    /// A call of ky.
    Ky, "ky", "a call of ky";
    /// A call of ofetch, or of `$fetch()` and `useFetch()` of Nuxt.
    Ofetch, "ofetch", "a call of ofetch";
    /// A call of superagent.
    SuperAgent, "superagent", "a call of superagent";
    /// A call of axios.
    Axios, "axios", "a call of axios";
    /// A call of jQuery.
    JQuery, "jquery", "a call of jQuery";
    /// A call of Angular's `HttpClient`.
    Angular, "angular", "a call of Angular's `HttpClient`";
    /// The calls of an XMLHttpRequest.
    XmlHttpRequest, "xml-http-request", "calls of an XMLHttpRequest";
    /// An `EventSource`.
    EventSource, "event-source", "an `EventSource`";
    /// A call of `navigator.sendBeacon()`.
    Beacon, "beacon", "a call of `navigator.sendBeacon()`";
    /// A `WebSocket`.
    WebSocket, "web-socket", "a `WebSocket`";
    /// An element of HTML that fetches.
    Element, "element", "an element of HTML";
    /// Lines of a browser's console.
    Console, "console", "lines of a browser's console";
    /// A HAR file.
    Har, "har", "a HAR";
}
