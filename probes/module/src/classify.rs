//! A fetch as text: whether it needs a preflight, and which headers that has.

use fetch_cors::{
    browser::{
        preflight::preflight_request,
        route::{Route, route},
    },
    header::Headers,
};

use exchange::{Output, read_lines};

use crate::asked::{Asked, profile, read_text, write_header, write_request};

/// The input is that of `drive`, without the answers. The output is `basic`, `opaque`, `cors`, `error` or `throws`, or
/// the preflight.
pub(crate) fn classify(mut input: &[u8], output: &mut [u8]) -> Option<usize> {
    let mut output = Output::new(output);
    let profile = profile(read_text(&mut input)?)?;
    read_text(&mut input)?;
    let asked = Asked::read(&mut input)?;
    let mut memory = [("", &b""[..]); 256];
    let count = read_lines(&mut input, &mut memory)?;
    match asked.request(Headers::from_pairs(memory.get(..count)?)) {
        None => output.write(b"throws\n")?,
        Some(request) => match route(&request, profile) {
            Err(_) => output.write(b"error\n")?,
            Ok(Route::Basic) => output.write(b"basic\n")?,
            Ok(Route::Opaque) => output.write(b"opaque\n")?,
            Ok(Route::Cors) => output.write(b"cors\n")?,
            Ok(Route::CorsWithPreflight(_)) => {
                let preflight = preflight_request(&request, profile);
                write_request(&mut output, "OPTIONS", preflight.url)?;
                for (name, value) in preflight.headers() {
                    write_header(&mut output, name.as_str(), format_args!("{value}"))?;
                }
            }
        },
    }
    Some(output.length())
}
