//! The standard library's conversions, for words and for types that borrow a text.

#[cfg(any(feature = "browser", feature = "server"))]
use core::{error, fmt};

/// A text is not a word of the type that it was read as.
///
/// ```
/// # #[cfg(feature = "browser")] {
/// use fetch_cors::browser::request::RequestMode;
///
/// assert_eq!("cors".parse(), Ok(RequestMode::Cors));
/// let error = "CORS".parse::<RequestMode>().unwrap_err();
/// assert!(error.expected().contains(&"cors"));
/// # }
/// ```
#[cfg(any(feature = "browser", feature = "server"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownWord(&'static [&'static str]);

#[cfg(any(feature = "browser", feature = "server"))]
impl UnknownWord {
    pub(crate) const fn none_of(words: &'static [&'static str]) -> Self {
        UnknownWord(words)
    }

    /// The words of the type.
    pub const fn expected(&self) -> &'static [&'static str] {
        self.0
    }
}

#[cfg(any(feature = "browser", feature = "server"))]
impl fmt::Display for UnknownWord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("word is not one of ")?;
        self.0.iter().enumerate().try_for_each(|(number, word)| {
            let separator = if number == 0 { "" } else { ", " };
            write!(formatter, "{separator}`{word}`")
        })
    }
}

#[cfg(any(feature = "browser", feature = "server"))]
impl error::Error for UnknownWord {}

/// Conversions of a type that has `new(&str)` and `as_str()`.
macro_rules! impl_text {
    ($type:ident, $error:ty) => {
        impl<'a> TryFrom<&'a str> for $type<'a> {
            type Error = $error;

            fn try_from(text: &'a str) -> Result<Self, $error> {
                $type::new(text)
            }
        }

        impl AsRef<str> for $type<'_> {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// Equality with a text, from both sides.
macro_rules! impl_eq_text {
    ($type:ident, |$value:ident, $text:ident| $equal:expr) => {
        impl PartialEq<str> for $type<'_> {
            fn eq(&self, $text: &str) -> bool {
                let $value = *self;
                $equal
            }
        }

        impl PartialEq<&str> for $type<'_> {
            fn eq(&self, text: &&str) -> bool {
                *self == **text
            }
        }

        impl PartialEq<$type<'_>> for str {
            fn eq(&self, value: &$type<'_>) -> bool {
                *value == *self
            }
        }

        impl PartialEq<$type<'_>> for &str {
            fn eq(&self, value: &$type<'_>) -> bool {
                *value == **self
            }
        }
    };
}

/// The words of an enum, to text and from it.
#[cfg(feature = "browser")]
macro_rules! impl_words {
    ($name:ident { $($variant:ident = $word:literal,)* }) => {
        impl $name {
            /// The word of the standard.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::convert::UnknownWord;

            fn from_str(word: &str) -> Result<Self, $crate::convert::UnknownWord> {
                match word {
                    $($word => Ok($name::$variant),)*
                    _ => Err($crate::convert::UnknownWord::none_of(&[$($word),*])),
                }
            }
        }
    };
}

#[cfg(feature = "browser")]
pub(crate) use impl_words;
pub(crate) use {impl_eq_text, impl_text};
