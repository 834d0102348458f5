use super::{
    Header, append_all, combine, get,
    header_name::is_header_name,
    header_value::given,
    is_forbidden_request_header,
    method::{is_cors_safelisted_method, is_forbidden_method, is_method, normalize_method},
    parse_a_mime_type, parse_as_webkit,
    request::{Request, Url},
    serialize_a_mime_type,
};

/// The input of a page to `fetch()` or XMLHttpRequest.
#[derive(Clone, Debug)]
pub struct Init {
    pub api: Api,
    pub method: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Option<Body>,
    pub mode: &'static str,
    pub credentials_mode: &'static str,
    pub redirect_mode: &'static str,
    pub referrer_policy: &'static str,
    pub upload_listener: bool,
    pub url: Url,
    pub origin: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    Fetch,
    Xhr,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Text,
    UrlSearchParams,
    FormData,
    /// A blob of this type.
    Blob(String),
    Bytes,
    Stream,
    /// An HTML document, or an XML document.
    Document(bool),
}

impl Body {
    /// <https://fetch.spec.whatwg.org/#concept-bodyinit-extract>
    fn content_type(&self) -> Option<Vec<u8>> {
        let content_type = match self {
            Body::Text => "text/plain;charset=UTF-8",
            Body::UrlSearchParams => "application/x-www-form-urlencoded;charset=UTF-8",
            // Any boundary is allowed. This is the crate's.
            Body::FormData => "multipart/form-data; boundary=----WebKitFormBoundaryAAAAAAAAAAAAAAAA",
            // <https://w3c.github.io/FileAPI/#constructorBlob>
            Body::Blob(content_type) if content_type.chars().all(|c| (' '..='~').contains(&c)) => content_type,
            Body::Document(true) => "text/html;charset=UTF-8",
            Body::Document(false) => "application/xml;charset=UTF-8",
            Body::Blob(_) | Body::Bytes | Body::Stream => "",
        };
        if content_type.is_empty() { None } else { Some(content_type.as_bytes().to_vec()) }
    }
}

impl Init {
    /// The request that is made, or the step that throws.
    pub fn request(&self) -> Result<Request, &'static str> {
        match self.api {
            Api::Fetch => self.new_request(),
            Api::Xhr => self.send(),
        }
    }

    /// The headers that the page sets, if all are valid.
    fn given_headers(&self) -> Option<Vec<Header>> {
        let given = |(name, value): &(String, Vec<u8>)| {
            let name = name.as_bytes();
            if is_header_name(name) { Some((name.to_vec(), given(value)?)) } else { None }
        };
        self.headers.iter().map(given).collect()
    }

    /// <https://fetch.spec.whatwg.org/#dom-request>
    fn new_request(&self) -> Result<Request, &'static str> {
        // 5.3.
        if self.url.includes_credentials {
            return Err("5.3");
        }
        // 17.
        if self.mode == "navigate" {
            return Err("17");
        }
        // Web IDL.
        if self.mode == "websocket" || self.mode == "webtransport" {
            return Err("1");
        }
        // 25.2.
        if !is_method(self.method.as_bytes()) || is_forbidden_method(&self.method) {
            return Err("25.2");
        }
        // 25.3.
        let method = normalize_method(&self.method);
        // 32.1.
        if self.mode == "no-cors" && !is_cors_safelisted_method(&method) {
            return Err("32.1");
        }
        // 33.5.
        let given = self.given_headers().ok_or("33.5")?;
        let append = |headers: &[Header]| match self.mode {
            "no-cors" => append_all(headers),
            _ => allowed(headers),
        };
        let mut header_list = append(&given);
        // 35.
        if self.body.is_some() && (method == "GET" || method == "HEAD") {
            return Err("35");
        }
        let stream = self.body == Some(Body::Stream);
        // Web IDL converts a document to a string. 37.4.
        let body = self.body.clone().map(|body| if let Body::Document(_) = body { Body::Text } else { body });
        if let Some(content_type) = body.as_ref().and_then(Body::content_type)
            && get(b"Content-Type", &header_list).is_none()
        {
            header_list = append(&[&given[..], &[(b"content-type".to_vec(), content_type)]].concat());
        }
        // 39.2.
        if stream && self.mode != "same-origin" && self.mode != "cors" {
            return Err("39.2");
        }
        Ok(self.made(method, with_accept(header_list), stream))
    }

    /// <https://xhr.spec.whatwg.org/#the-send()-method>
    fn send(&self) -> Result<Request, &'static str> {
        // `open()`, 2.
        if !is_method(self.method.as_bytes()) {
            return Err("2");
        }
        // `open()`, 3.
        if is_forbidden_method(&self.method) {
            return Err("3");
        }
        // `open()`, 4.
        let method = normalize_method(&self.method);
        // `setRequestHeader()`, 4–6.
        let mut header_list = combine(&allowed(&self.given_headers().ok_or("4")?));
        // Web IDL converts a stream to a string.
        let body = self.body.clone().map(|body| if body == Body::Stream { Body::Text } else { body });
        // 3.
        let body = body.filter(|_| method != "GET" && method != "HEAD");
        // 4.4.
        let original_author_content_type = get(b"Content-Type", &header_list);
        match (&body, original_author_content_type) {
            // 4.5.
            (Some(Body::Document(_) | Body::UrlSearchParams | Body::Text), Some(original_author_content_type)) => {
                if let Some(rewritten) = with_charset_utf_8(&original_author_content_type) {
                    let is_content_type = |header: &&mut Header| header.0.eq_ignore_ascii_case(b"Content-Type");
                    header_list.iter_mut().find(is_content_type).unwrap().1 = rewritten;
                }
            }
            // 4.6.
            (Some(body), None) => {
                if let Some(content_type) = body.content_type() {
                    header_list.push((b"content-type".to_vec(), content_type));
                }
            }
            _ => {}
        }
        let made = self.made(method, with_accept(header_list), false);
        let credentials_mode = if self.credentials_mode == "include" { "include" } else { "same-origin" };
        Ok(Request {
            mode: "cors",
            credentials_mode,
            redirect_mode: "follow",
            referrer_policy: "",
            use_cors_preflight_flag: self.upload_listener,
            body: body.map(|_| true),
            ..made
        })
    }

    fn made(&self, method: String, header_list: Vec<Header>, stream: bool) -> Request {
        Request {
            method,
            url_list: vec![self.url.clone()],
            origin: self.origin.clone(),
            header_list,
            mode: self.mode,
            credentials_mode: self.credentials_mode,
            redirect_mode: self.redirect_mode,
            referrer_policy: self.referrer_policy,
            body: self.body.as_ref().map(|body| *body != Body::Stream),
            unsafe_request_flag: true,
            use_cors_preflight_flag: stream,
            response_tainting: "basic",
            timing_allow_failed: false,
            redirect_count: 0,
        }
    }
}

/// The MIME type with the charset UTF-8, if it has a different charset.
///
/// <https://xhr.spec.whatwg.org/#the-send()-method>, 4.5.1.
pub fn with_charset_utf_8(original_author_content_type: &[u8]) -> Option<Vec<u8>> {
    // 1.
    let mut content_type_record = parse_a_mime_type(original_author_content_type)?;
    // 2.
    let charset = content_type_record.parameters.iter_mut().find(|parameter| parameter.0 == b"charset")?;
    if charset.1.eq_ignore_ascii_case(b"UTF-8") {
        return None;
    }
    // 2.1.
    charset.1 = b"UTF-8".to_vec();
    // 2.2.
    Some(serialize_a_mime_type(&content_type_record))
}

/// The variant of WebKit, which also keeps an empty charset.
pub fn with_charset_utf_8_as_webkit(original_author_content_type: &[u8]) -> Option<Vec<u8>> {
    let mut content_type = parse_as_webkit(original_author_content_type)?;
    let mut charsets = content_type.parameters.iter_mut().filter(|parameter| parameter.0 == b"charset").peekable();
    if charsets.peek().is_none_or(|charset| charset.1.is_empty() || charset.1.eq_ignore_ascii_case(b"UTF-8")) {
        return None;
    }
    charsets.for_each(|charset| charset.1 = b"UTF-8".to_vec());
    Some(serialize_a_mime_type(&content_type))
}

/// The headers that the guard "request" lets through.
///
/// <https://fetch.spec.whatwg.org/#headers-validate>
fn allowed(headers: &[Header]) -> Vec<Header> {
    headers.iter().filter(|header| !is_forbidden_request_header(&header.0, &header.1)).cloned().collect()
}

/// <https://fetch.spec.whatwg.org/#concept-fetch>, 12.
fn with_accept(mut header_list: Vec<Header>) -> Vec<Header> {
    if get(b"Accept", &header_list).is_none() {
        header_list.push((b"accept".to_vec(), b"*/*".to_vec()));
    }
    header_list
}
