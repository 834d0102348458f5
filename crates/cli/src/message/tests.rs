//! `cors message` on lines of consoles.

use super::meaning;

#[test]
fn a_pasted_message_is_explained() {
    let chrome = "Access to fetch at 'https://api.example/items' from origin 'https://app.example' has been blocked by CORS \
                  policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' \
                  header is present on the requested resource.";
    assert_eq!(
        meaning(chrome).unwrap().to_text(),
        "Chromium: PreflightMissingAllowOriginHeader\n  \
         means  the response to the preflight has no `Access-Control-Allow-Origin`\n  \
         fails  CORS check, step 2 (https://fetch.spec.whatwg.org/#concept-cors-check)\n  \
         fix    answer `OPTIONS` with the CORS headers before anything else handles it, authentication\n         \
         included\n"
    );
    let firefox = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                   https://api.example/. (Reason: CORS header \u{2018}Access-Control-Allow-Origin\u{2019} missing). Status code: 200.";
    assert!(meaning(firefox).unwrap().to_text().starts_with("Firefox: CORSMissingAllowOrigin\n"));
    // A known message of a failure that this model does not have.
    let text = meaning("LocalNetworkAccessPermissionDenied").unwrap().to_text();
    assert!(text.contains("no step of the standard") && text.contains("over `https`: no CORS"), "{text}");
    let error = meaning("it \u{1b}[2J does not work").unwrap_err();
    let expected = "`it \\u{1b}[2J does not work` contains no known message of Chromium, Firefox or WebKit: paste the \
                    whole line of the console";
    assert_eq!(error, expected);
}
