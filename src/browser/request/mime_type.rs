//! MIME types, parsed from a combined value and serialized byte by byte.

use super::combined::CombinedBytes;
use crate::{
    browser::{iterators::OptionIter, profile::switches::RepeatedParameters},
    grammar,
};

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
    pub(super) fn parameter(&self, name: &[u8], repeated: RepeatedParameters) -> Option<ParameterValue<'a>> {
        let mut of_name = self.candidates.clone().filter(|parameter| parameter.name.eq_ignore_ascii_case(name));
        let first = of_name.next()?;
        let last = match repeated {
            RepeatedParameters::FirstCounts => None,
            RepeatedParameters::LastInUpperCaseCounts => {
                of_name.filter(|parameter| has_upper_case(parameter.name)).last()
            }
        };
        Some(last.unwrap_or(first).value)
    }

    /// Serializes the MIME type with another value for the parameter of this name.
    ///
    /// <https://mimesniff.spec.whatwg.org/#serialize-a-mime-type>
    pub(super) fn serialize_with(
        self,
        name: &'static [u8],
        value: &'static [u8],
        repeated: RepeatedParameters,
    ) -> impl Iterator<Item = u8> + Clone + use<'a> {
        let lowercase = |byte: u8| byte.to_ascii_lowercase();
        // 1.
        let essence = self.essence.take(self.essence_length).map(lowercase);
        // 2.
        let written = Written::of(&self.candidates, repeated);
        let parameters = self.candidates.filter_map(move |parameter| written.parameter(parameter));
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
            // 11.3. A name that is a token is on one line, because the comma between lines is not a token byte.
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

/// Whether a name has upper-case letters.
fn has_upper_case(name: &[u8]) -> bool {
    name.iter().any(u8::is_ascii_uppercase)
}

/// Which parameters are written, and with which values.
#[cfg(feature = "alloc")]
#[derive(Clone)]
struct Written<'a> {
    left_out: Numbers,
    /// The parameters that are written with the value of another, each with the number of that one.
    borrowers: smallvec::SmallVec<[(usize, usize); 4]>,
    /// The values that are also written for other parameters, by number.
    lent: smallvec::SmallVec<[(usize, ParameterValue<'a>); 1]>,
}

#[cfg(feature = "alloc")]
type Numbers = smallvec::SmallVec<[usize; 16]>;

#[cfg(feature = "alloc")]
impl<'a> Written<'a> {
    /// Sorts the names: n log n for n parameters. Uses the heap for more than 16 parameters, and for values written twice.
    fn of(candidates: &Candidates<'a>, repeated: RepeatedParameters) -> Self {
        let names = candidates.clone().map(|parameter| (parameter.name, parameter.number));
        let mut sorted: smallvec::SmallVec<[(&[u8], usize); 16]> = names.collect();
        sorted.sort_unstable_by(|(name, number), (other_name, other_number)| {
            grammar::cmp_ignore_ascii_case(name, other_name).then(number.cmp(other_number))
        });
        let (mut left_out, mut lenders) = (Numbers::new(), Numbers::new());
        let mut borrowers = smallvec::SmallVec::new();
        for group in sorted.chunk_by(|(name, _), (other, _)| name.eq_ignore_ascii_case(other)) {
            let Some(((_, first), others)) = group.split_first() else { continue };
            let counts = |name| repeated == RepeatedParameters::LastInUpperCaseCounts && has_upper_case(name);
            let lender = others.iter().rfind(|(name, _)| counts(name)).map_or(*first, |(_, number)| *number);
            left_out.extend(others.iter().filter(|(name, _)| !counts(name)).map(|(_, number)| *number));
            let written = group.iter().filter(|(name, number)| number == first || counts(name));
            borrowers.extend(written.filter(|(_, number)| *number != lender).map(|(_, number)| (*number, lender)));
            lenders.extend((lender != *first).then_some(lender));
        }
        left_out.sort_unstable();
        borrowers.sort_unstable();
        lenders.sort_unstable();
        let mut lent = smallvec::SmallVec::new();
        if !lenders.is_empty() {
            let values = candidates.clone().filter(|parameter| lenders.binary_search(&parameter.number).is_ok());
            lent.extend(values.map(|parameter| (parameter.number, parameter.value)));
        }
        Written { left_out, borrowers, lent }
    }

    fn parameter(&self, parameter: Parameter<'a>) -> Option<Parameter<'a>> {
        if self.left_out.binary_search(&parameter.number).is_ok() {
            return None;
        }
        let lender = find(&self.borrowers, parameter.number).and_then(|number| find(&self.lent, *number));
        Some(match lender {
            Some(value) => Parameter { value: value.clone(), ..parameter },
            None => parameter,
        })
    }
}

#[cfg(feature = "alloc")]
fn find<T>(by_number: &[(usize, T)], number: usize) -> Option<&T> {
    let place = by_number.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    by_number.get(place).map(|(_, found)| found)
}

/// Which parameters are written, and with which values. It takes n² comparisons for n parameters.
#[cfg(not(feature = "alloc"))]
#[derive(Clone)]
struct Written<'a> {
    all: Candidates<'a>,
    repeated: RepeatedParameters,
}

#[cfg(not(feature = "alloc"))]
impl<'a> Written<'a> {
    fn of(candidates: &Candidates<'a>, repeated: RepeatedParameters) -> Self {
        Written { all: candidates.clone(), repeated }
    }

    fn parameter(&self, parameter: Parameter<'a>) -> Option<Parameter<'a>> {
        let counts = |name| self.repeated == RepeatedParameters::LastInUpperCaseCounts && has_upper_case(name);
        let mut of_name = self.all.clone().filter(|other| other.name.eq_ignore_ascii_case(parameter.name));
        let first = of_name.next()?;
        if parameter.number != first.number && !counts(parameter.name) {
            return None;
        }
        // If no parameter of this name counts, `parameter` is the first.
        Some(match of_name.filter(|other| counts(other.name)).last() {
            Some(last) => Parameter { value: last.value, ..parameter },
            None => parameter,
        })
    }
}
