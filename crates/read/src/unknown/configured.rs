//! Configurations and code of servers. They say what a server should send, and a reader judges what it sends.

/// Texts that occur in these and in no exchange, in lower case.
const SIGNS: [&str; 39] = [
    "header access-control-allow-origin *",
    "reverse_proxy",
    "access-control-allow-origin = ",
    "key: 'access-control-",
    "'access-control-allow-origin':",
    "\"access-control-allow-origin\":",
    "alloworigin",
    "allowmethods",
    "cors-allow-",
    "enable-cors",
    "accesscontrolallow",
    "corspolicy",
    "corsrules",
    "\"key\": \"access-control-",
    "('access-control-",
    "(\"access-control-",
    "['access-control-",
    "[\"access-control-",
    "set access-control-",
    "add access-control-",
    "set-header access-control-",
    "add_header",
    "more_set_headers",
    "proxy_pass",
    "cors(",
    "cors.new",
    "cors.default",
    "addcors",
    "usecors",
    "corsmiddleware",
    "corsconfig",
    "corslayer",
    "@crossorigin",
    "cors_",
    "_cors",
    "allowedorigin",
    "allowed_origin",
    "allow_origin",
    "withorigins",
];

/// The most bytes of a line that are searched.
const LINE: usize = 400;

/// Whether a line of another form configures CORS.
pub(crate) fn is_of_server(line: &[u8]) -> bool {
    let line = line.get(..LINE).unwrap_or(line).to_ascii_lowercase();
    SIGNS.iter().any(|sign| line.windows(sign.len()).any(|window| window == sign.as_bytes()))
}
