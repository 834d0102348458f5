use super::{
    Header, cors_check::cors_check, cors_unsafe_request_header_names, extract_header_list_values, max_age::max_age,
    method::is_cors_safelisted_method, request::Request,
};

/// The header list of a preflight, without `Origin`.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 2–5.
pub fn preflight_headers(request: &Request) -> Vec<Header> {
    // 2–3.
    let mut list = vec![
        (b"Accept".to_vec(), b"*/*".to_vec()),
        (b"Access-Control-Request-Method".to_vec(), request.method.clone().into_bytes()),
    ];
    // 4.
    let headers = cors_unsafe_request_header_names(&request.header_list);
    // 5.
    if !headers.is_empty() {
        list.push((b"Access-Control-Request-Headers".to_vec(), headers.join(&b',')));
    }
    list
}

/// The grant in the response to a preflight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub methods: Option<Vec<Vec<u8>>>,
    pub header_names: Option<Vec<Vec<u8>>>,
    pub max_age: u32,
}

/// The grant, or the step that fails. `7` is the status. A step of the CORS check is before it.
///
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>, 7.
pub fn preflight_response(request: &Request, status: u16, response: &[Header]) -> Result<Grant, String> {
    cors_check(request, response).map_err(|step| format!("CORS check, {step}"))?;
    if !(200..=299).contains(&status) {
        return Err("7".to_owned());
    }
    // 1.
    let methods = extract_header_list_values(b"Access-Control-Allow-Methods", response).transpose();
    // 2.
    let header_names = extract_header_list_values(b"Access-Control-Allow-Headers", response).transpose();
    // 3.
    let (Ok(mut methods), Ok(header_names)) = (methods, header_names) else { return Err("7.3".to_owned()) };
    // 4.
    if methods.is_none() && request.use_cors_preflight_flag {
        methods = Some(vec![request.method.clone().into_bytes()]);
    }
    let has = |list: &Option<Vec<Vec<u8>>>, item: &[u8]| list.iter().flatten().any(|listed| listed == item);
    // 5.
    if !has(&methods, request.method.as_bytes())
        && !is_cors_safelisted_method(&request.method)
        && (request.credentials_mode == "include" || !has(&methods, b"*"))
    {
        return Err("7.5".to_owned());
    }
    let is_named = |name: &[u8]| header_names.iter().flatten().any(|listed| listed.eq_ignore_ascii_case(name));
    // 6.
    let mut names = request.header_list.iter().map(|header| &header.0);
    if names.any(|name| name.eq_ignore_ascii_case(b"Authorization") && !is_named(name)) {
        return Err("7.6".to_owned());
    }
    // 7.
    for unsafe_name in cors_unsafe_request_header_names(&request.header_list) {
        if !is_named(&unsafe_name) && (request.credentials_mode == "include" || !has(&header_names, b"*")) {
            return Err("7.7".to_owned());
        }
    }
    // 8–9.
    let is_max_age = |header: &&Header| header.0.eq_ignore_ascii_case(b"Access-Control-Max-Age");
    let max_age_lines: Vec<Vec<u8>> = response.iter().filter(is_max_age).map(|header| header.1.clone()).collect();
    Ok(Grant { methods, header_names, max_age: max_age(&max_age_lines) })
}
