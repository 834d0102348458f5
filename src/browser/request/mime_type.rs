//! MIME types, parsed from a combined value and serialized byte by byte.

use super::combined::CombinedBytes;
use crate::{browser::option_iter::OptionIter, grammar};

/// A MIME type in a combined value.
///
/// <https://mimesniff.spec.whatwg.org/#mime-type>
#[derive(Clone)]
pub(super) struct MimeType<'a> {
    essence: CombinedBytes<'a>,
    essence_length: usize,
    candidates: Candidates<'a>,
}

const fn is_http_whitespace(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' ')
}

impl<'a> MimeType<'a> {
    /// Parses a combined value. Each of its lines is normalized, so there is no whitespace at its start.
    ///
    /// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>
    pub(super) fn parse(input: CombinedBytes<'a>) -> Option<Self> {
        let mut rest = input.clone();
        // 3–6.
        let type_length = rest.skip_class(grammar::is_token_byte);
        if type_length == 0 || rest.next() != Some(b'/') {
            return None;
        }
        // 7–9. A subtype that is a token has no whitespace within.
        let subtype_length = rest.skip_class(grammar::is_token_byte);
        rest.skip_class(is_http_whitespace);
        if subtype_length == 0 || !matches!(rest.peek(), None | Some(b';')) {
            return None;
        }
        let essence_length = type_length + "/".len() + subtype_length;
        Some(MimeType { essence: input, essence_length, candidates: Candidates { rest, count: 0 } })
    }

    /// The value of the parameter of this name, which is given in lower case.
    pub(super) fn parameter(&self, name: &[u8]) -> Option<ParameterValue<'a>> {
        // Of several parameters of one name the first counts.
        self.candidates.clone().find(|parameter| parameter.name.eq_ignore_ascii_case(name)).map(|found| found.value)
    }

    /// Serializes the MIME type with another value for the parameter of this name.
    ///
    /// <https://mimesniff.spec.whatwg.org/#serialize-a-mime-type>
    pub(super) fn serialize_with(
        self,
        name: &'static [u8],
        value: &'static [u8],
    ) -> impl Iterator<Item = u8> + Clone + use<'a> {
        let lowercase = |byte: u8| byte.to_ascii_lowercase();
        // 1.
        let essence = self.essence.take(self.essence_length).map(lowercase);
        // 2.
        let repeated = Repeated::of(&self.candidates);
        let parameters = self.candidates.filter(move |parameter| !repeated.contains(parameter));
        let serialized = parameters.flat_map(move |parameter| {
            let is_set = parameter.name.eq_ignore_ascii_case(name);
            let (own, set) = if is_set { (None, value) } else { (Some(parameter.value), b"".as_slice()) };
            // 2.4.
            let quote = own.as_ref().filter(|own| !own.is_token()).map(|_| b'"');
            let escaped = OptionIter(own.map(ParameterValue::bytes)).flat_map(move |byte| {
                let escape = quote.filter(|_| matches!(byte, b'"' | b'\\')).map(|_| b'\\');
                escape.into_iter().chain([byte])
            });
            let name = parameter.name.iter().copied().map(lowercase);
            let value = quote.into_iter().chain(escaped).chain(quote).chain(set.iter().copied());
            [b';'].into_iter().chain(name).chain([b'=']).chain(value)
        });
        essence.chain(serialized)
    }
}

/// A parameter of a MIME type.
#[derive(Clone)]
struct Parameter<'a> {
    name: &'a [u8],
    value: ParameterValue<'a>,
    number: usize,
}

/// The parameters with a valid name and value; of those with one name the first counts.
#[derive(Clone)]
struct Candidates<'a> {
    /// From a `;` on.
    rest: CombinedBytes<'a>,
    count: usize,
}

impl<'a> Iterator for Candidates<'a> {
    type Item = Parameter<'a>;

    /// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>, 11.
    fn next(&mut self) -> Option<Parameter<'a>> {
        let rest = &mut self.rest;
        // 11.1.
        while rest.next().is_some() {
            // 11.2.
            rest.skip_class(is_http_whitespace);
            // 11.3. A name that is a token is on one line, since lines are combined with a comma.
            let at_name = rest.clone();
            let length = rest.skip_class(|byte| byte != b';' && byte != b'=');
            let name = at_name.slice(length).filter(|name| grammar::find_non_token(name).is_none());
            // 11.5.
            match rest.peek() {
                Some(b';') => continue,
                _ => rest.next(),
            };
            // 11.6.
            rest.peek()?;
            // 11.8.
            let value = if rest.peek() == Some(b'"') { Some(quoted(rest)) } else { unquoted(rest) };
            // 11.9.3.
            let Some(value) = value else { continue };
            // 11.10.
            if let Some(name) = name
                && value.clone().bytes().all(is_quoted_string_token_byte)
            {
                self.count += 1;
                return Some(Parameter { name, value, number: self.count });
            }
        }
        None
    }
}

/// <https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point>
const fn is_quoted_string_token_byte(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'~' | 0x80..=0xFF)
}

/// <https://fetch.spec.whatwg.org/#collect-an-http-quoted-string>
fn quoted<'a>(rest: &mut CombinedBytes<'a>) -> ParameterValue<'a> {
    rest.next();
    let start = rest.clone();
    let mut length = 0;
    // The blank that step 1 of parsing removes from the end is not part of the value.
    while !rest.is_final_blank() {
        match rest.next() {
            None | Some(b'"') => break,
            Some(b'\\') => {
                rest.next();
            }
            Some(_) => {}
        }
        length += 1;
    }
    rest.skip_class(|byte| byte != b';');
    ParameterValue { start, length, form: ValueForm::Quoted }
}

/// A value up to the next `;`, without whitespace at its end; nothing if it is empty.
fn unquoted<'a>(rest: &mut CombinedBytes<'a>) -> Option<ParameterValue<'a>> {
    let start = rest.clone();
    let (mut length, mut count) = (0, 0);
    while let Some(byte) = rest.peek().filter(|byte| *byte != b';') {
        rest.next();
        count += 1;
        if !is_http_whitespace(byte) {
            length = count;
        }
    }
    (length > 0).then_some(ParameterValue { start, length, form: ValueForm::Unquoted })
}

/// The value of a parameter.
#[derive(Clone)]
pub(super) struct ParameterValue<'a> {
    start: CombinedBytes<'a>,
    length: usize,
    form: ValueForm,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ValueForm {
    Quoted,
    Unquoted,
}

impl<'a> ParameterValue<'a> {
    /// The bytes, without quotes and escapes.
    pub(super) fn bytes(self) -> impl Iterator<Item = u8> + Clone + use<'a> {
        let ParameterValue { start: mut rest, length, form } = self;
        let unescaped = core::iter::from_fn(move || match rest.next()? {
            b'\\' if form == ValueForm::Quoted => rest.next().or(Some(b'\\')),
            byte => Some(byte),
        });
        unescaped.take(length)
    }

    fn is_token(&self) -> bool {
        self.length > 0 && self.clone().bytes().all(grammar::is_token_byte)
    }
}

/// The parameters that another one of their name comes before.
#[cfg(feature = "alloc")]
#[derive(Clone)]
struct Repeated(smallvec::SmallVec<[usize; 16]>);

#[cfg(feature = "alloc")]
impl Repeated {
    /// Sorts the names: n log n for n parameters, in memory of the heap for more than 16.
    fn of(candidates: &Candidates<'_>) -> Self {
        let names = candidates.clone().map(|parameter| (parameter.name, parameter.number));
        let mut sorted: smallvec::SmallVec<[(&[u8], usize); 16]> = names.collect();
        sorted.sort_unstable_by(|(name, number), (other_name, other_number)| {
            grammar::cmp_ignore_ascii_case(name, other_name).then(number.cmp(other_number))
        });
        let same_name = sorted.chunk_by(|(name, _), (other, _)| name.eq_ignore_ascii_case(other));
        let mut numbers: smallvec::SmallVec<[usize; 16]> =
            same_name.flat_map(|group| group.iter().skip(1)).map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        Repeated(numbers)
    }

    fn contains(&self, parameter: &Parameter<'_>) -> bool {
        self.0.binary_search(&parameter.number).is_ok()
    }
}

/// The parameters that another one of their name comes before: n²/2 comparisons for n parameters.
#[cfg(not(feature = "alloc"))]
#[derive(Clone)]
struct Repeated<'a>(Candidates<'a>);

#[cfg(not(feature = "alloc"))]
impl<'a> Repeated<'a> {
    fn of(candidates: &Candidates<'a>) -> Self {
        Repeated(candidates.clone())
    }

    fn contains(&self, parameter: &Parameter<'_>) -> bool {
        let mut before = self.0.clone().take_while(|other| other.number < parameter.number);
        before.any(|other| other.name.eq_ignore_ascii_case(parameter.name))
    }
}
