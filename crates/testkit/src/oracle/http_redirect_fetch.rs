use super::request::{Request, Url, same_origin, same_site};

/// <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
pub fn redirect_taint(origin: &str, url_list: &[&str]) -> &'static str {
    // 2–3.
    let mut last_url: Option<&str> = None;
    let mut taint = "same-origin";
    // 4.
    for url in url_list {
        // 4.1.
        let Some(last) = last_url else {
            last_url = Some(url);
            continue;
        };
        // 4.2.
        if !same_site(url, last) && !same_site(origin, last) {
            return "cross-site";
        }
        // 4.3.
        if !same_origin(url, last) && !same_origin(origin, last) {
            taint = "same-site";
        }
        // 4.4.
        last_url = Some(url);
    }
    // 5.
    taint
}

impl Request {
    fn delete(&mut self, names: &[&str]) {
        self.header_list.retain(|(name, _)| !names.iter().any(|deleted| deleted.as_bytes().eq_ignore_ascii_case(name)));
    }

    /// The next request, or the step that fails.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>, 6–19.
    pub fn http_redirect_fetch(
        mut self,
        status: u16,
        referrer_policy: &'static str,
        location_url: &Url,
    ) -> Result<Self, &'static str> {
        // 6.
        if !location_url.is_http() {
            return Err("6");
        }
        // 7.
        if self.redirect_count == 20 {
            return Err("7");
        }
        // 8.
        self.redirect_count += 1;
        // 9.
        if self.mode == "cors" && location_url.includes_credentials && !same_origin(&self.origin, &location_url.origin)
        {
            return Err("9");
        }
        // 10.
        if self.response_tainting == "cors" && location_url.includes_credentials {
            return Err("10");
        }
        // 11.
        if status != 303 && self.body == Some(false) {
            return Err("11");
        }
        // 12.
        if (status == 301 || status == 302) && self.method == "POST"
            || status == 303 && !(self.method == "GET" || self.method == "HEAD")
        {
            // 12.1.
            "GET".clone_into(&mut self.method);
            self.body = None;
            // 12.2.
            self.delete(&["Content-Encoding", "Content-Language", "Content-Location", "Content-Type"]);
        }
        // 13.
        if !same_origin(&self.current_url().origin, &location_url.origin) {
            self.delete(&["Authorization"]);
        }
        // 18.
        self.url_list.push(location_url.clone());
        // 19.
        if !referrer_policy.is_empty() {
            self.referrer_policy = referrer_policy;
        }
        Ok(self)
    }
}
