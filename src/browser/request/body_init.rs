//! Bodies, as pages give them.

use super::Body;

/// A body as a page gives it. It decides the `Content-Type`, and whether the body can be sent twice.
///
/// <https://fetch.spec.whatwg.org/#bodyinit-unions>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodyInit<'a> {
    /// A string.
    Text,
    /// A `URLSearchParams`.
    UrlSearchParams,
    /// A `FormData`, with the type that it is encoded as: `multipart/form-data; boundary=`, and a boundary that the caller
    /// chooses. [`BodyInit::FORM_DATA`] serves if nothing is sent.
    FormData(&'a str),
    /// A `Blob` with its `type`, which may be empty. Its constructor has put the type into lower case.
    Blob(&'a str),
    /// An `ArrayBuffer` or a view on one.
    Bytes,
    /// A `ReadableStream`.
    Stream,
    /// A `Document`, which XMLHttpRequest serializes.
    Document(DocumentType),
}

/// The type of a `Document`.
///
/// <https://dom.spec.whatwg.org/#concept-document-type>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentType {
    /// `html`
    Html,
    /// `xml`
    Xml,
}

impl BodyInit<'static> {
    /// A `FormData` with a boundary of Chromium's form and length.
    pub const FORM_DATA: Self =
        BodyInit::FormData("multipart/form-data; boundary=----WebKitFormBoundaryAAAAAAAAAAAAAAAA");
}

impl<'a> BodyInit<'a> {
    /// The type that the body brings along.
    ///
    /// <https://fetch.spec.whatwg.org/#concept-bodyinit-extract>
    pub fn content_type(self) -> Option<&'a [u8]> {
        match self {
            BodyInit::Text => Some(b"text/plain;charset=UTF-8"),
            BodyInit::UrlSearchParams => Some(b"application/x-www-form-urlencoded;charset=UTF-8"),
            // A type with other characters is not a type: <https://w3c.github.io/FileAPI/#constructorBlob>.
            BodyInit::FormData(content_type) | BodyInit::Blob(content_type)
                if content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) =>
            {
                Some(content_type.as_bytes()).filter(|content_type| !content_type.is_empty())
            }
            BodyInit::Document(DocumentType::Html) => Some(b"text/html;charset=UTF-8"),
            BodyInit::Document(DocumentType::Xml) => Some(b"application/xml;charset=UTF-8"),
            BodyInit::FormData(_) | BodyInit::Blob(_) | BodyInit::Bytes | BodyInit::Stream => None,
        }
    }

    pub(super) const fn body(self) -> Body {
        match self {
            BodyInit::Stream => Body::WithoutSource,
            _ => Body::WithSource,
        }
    }
}
