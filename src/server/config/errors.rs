//! All mistakes of a policy, owned.

extern crate alloc;

use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::{error, fmt, slice};

use super::{
    error::{ConfigError, ConfigReason, Field},
    expected::Expected,
};
use crate::server::order::sorted_numbers;

/// All mistakes of a policy, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigErrors(Vec<(usize, Mistake)>);

/// What is wrong with a rule or with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) field: Field,
    pub(crate) index: usize,
    pub(crate) value: String,
    pub(crate) reason: ConfigReason,
}

impl ConfigErrors {
    /// The errors, if there are any: those that a check finds, and those that were there before, with the numbers of their
    /// rules.
    pub(in crate::server) fn of(
        found: &mut dyn Iterator<Item = ConfigError<'_>>,
        earlier: &[(usize, &Mistake)],
    ) -> Result<(), Self> {
        let mut all = Vec::new();
        for ConfigError { rule, field, index, value, reason } in found {
            // If a mistake replaced the origins, or left an empty element in its place, it is already reported.
            let is_explained = value.is_empty()
                && earlier.iter().filter(|(of_rule, _)| *of_rule == rule).any(|(_, mistake)| match reason {
                    ConfigReason::NoOrigin => mistake.is_about_origins(),
                    _ => mistake.left_empty(field, index),
                });
            if !is_explained {
                all.push((rule, Mistake { field, index, value: value.to_owned(), reason }));
            }
        }
        for (rule, mistake) in earlier {
            all.push((*rule, (*mistake).clone()));
        }
        if !earlier.is_empty() {
            all = sorted(&all);
        }
        if all.is_empty() { Ok(()) } else { Err(ConfigErrors(all)) }
    }

    /// The errors, in order; there is at least one.
    pub fn iter(&self) -> ConfigErrorsIter<'_> {
        ConfigErrorsIter(self.0.iter())
    }
}

fn sorted(all: &[(usize, Mistake)]) -> Vec<(usize, Mistake)> {
    let key = |number: usize| {
        all.get(number).map(|(rule, mistake)| (mistake.field >= Field::Policy, *rule, mistake.field, mistake.index))
    };
    let numbers = sorted_numbers(all.len(), &|left, right| key(left).cmp(&key(right)));
    numbers.iter().filter_map(|number| all.get(*number).cloned()).collect()
}

impl<'a> IntoIterator for &'a ConfigErrors {
    type Item = ConfigError<'a>;
    type IntoIter = ConfigErrorsIter<'a>;

    fn into_iter(self) -> ConfigErrorsIter<'a> {
        self.iter()
    }
}

/// The errors of a [`ConfigErrors`], in order.
#[derive(Clone, Debug)]
pub struct ConfigErrorsIter<'a>(slice::Iter<'a, (usize, Mistake)>);

impl<'a> Iterator for ConfigErrorsIter<'a> {
    type Item = ConfigError<'a>;

    fn next(&mut self) -> Option<ConfigError<'a>> {
        let (rule, Mistake { field, index, value, reason }) = self.0.next()?;
        Some(ConfigError { rule: *rule, field: *field, index: *index, value, reason: *reason })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for ConfigErrorsIter<'_> {}

impl Mistake {
    /// Whether the element of this number is empty because the given one is not a text.
    fn left_empty(&self, field: Field, index: usize) -> bool {
        let is_lost = matches!(
            self.reason,
            ConfigReason::WrongValue { expected: Expected::Text | Expected::Pattern, .. }
                | ConfigReason::MissingPattern
        );
        is_lost && self.field == field && self.index == index
    }

    fn is_about_origins(&self) -> bool {
        matches!(
            (self.field, self.reason),
            (Field::Origins, _)
                | (_, ConfigReason::UnknownField { meant: Some("origins") })
                | (Field::Rules, ConfigReason::WrongValue { expected: Expected::Map, .. })
        )
    }
}

/// Writes the errors, each on a line.
impl fmt::Display for ConfigErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().enumerate().try_for_each(|(number, error)| {
            let separator = if number == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{error}")
        })
    }
}

impl error::Error for ConfigErrors {}
