//! Builds policies at compile time.

use super::{ConfigError, Message, Mistakes};
use crate::server::{
    functions::FUNCTIONS,
    policy::{Policy, PolicyBuilder},
};

impl<'a> PolicyBuilder<'a> {
    /// All mistakes, in order.
    pub fn errors(&self) -> impl Iterator<Item = ConfigError<'a>> + Clone + use<'a> {
        self.mistakes()
    }

    pub(in crate::server) const fn mistakes(&self) -> Mistakes<'a> {
        Mistakes::new(self.settings, self.first, self.more)
    }

    /// The policy.
    ///
    /// # Errors
    ///
    /// The first mistake in it. [`PolicyBuilder::errors`] gives all of them.
    pub const fn build(self) -> Result<Policy<'a>, ConfigError<'a>> {
        match self.mistakes().find_next() {
            Some(error) => Err(error),
            None => Ok(Policy {
                first: self.first,
                more: self.more,
                settings: self.settings.computed(&self.first, self.more, FUNCTIONS),
            }),
        }
    }

    /// The policy, for a `const` or a `static`. A mistake is a compile error, with its place, its value and its fix.
    ///
    /// # Panics
    ///
    /// If there is a mistake. At run time [`PolicyBuilder::build`] returns it.
    #[allow(clippy::panic, reason = "this is how a `const` fails to compile")]
    pub const fn build_or_panic(self) -> Policy<'a> {
        match self.build() {
            Ok(policy) => policy,
            Err(error) => panic!("{}", Message::of(&error, self.count_mistakes() - 1).as_str()),
        }
    }

    const fn count_mistakes(&self) -> usize {
        let mut mistakes = self.mistakes();
        let mut count = 0;
        while mistakes.find_next().is_some() {
            count += 1;
        }
        count
    }
}
