//! What clients that serialize their data, as axios and Angular do, have in common.

use crate::{
    note::NoteKind,
    request::{PageBody, PageHeader, PageValue},
};

use super::{
    Findings, convert,
    value::{Data, Value},
};

/// A client that makes JSON of objects.
pub(super) struct Client {
    pub(super) name: &'static str,
    /// The `Content-Type` of a string.
    pub(super) type_of_text: &'static str,
}

impl Client {
    /// The body that the client makes of the data. Its type is added to the headers, if they have none.
    pub(super) fn body(
        &self,
        data: &Value,
        headers: &mut Vec<PageHeader>,
        findings: &mut Findings,
    ) -> Option<PageBody> {
        let serialized = || Some(PageBody::Text(String::new()));
        let (body, content_type) = match &data.data {
            Data::Object(_) | Data::Array(_) | Data::Expression(_) => (serialized(), Some("application/json")),
            Data::Text { .. } => (convert::body(data, findings), Some(self.type_of_text)),
            Data::Call { name, .. } if name == "JSON.stringify" => (serialized(), Some(self.type_of_text)),
            Data::Call { name, .. } if name == "new HttpParams" => {
                (serialized(), Some("application/x-www-form-urlencoded;charset=UTF-8"))
            }
            _ => (convert::body(data, findings), None),
        };
        if let Data::Expression(expression) = &data.data {
            let supposed = format!("{expression}, taken for an object, which {} sends as JSON", self.name);
            findings.note(data.at, NoteKind::ExpressionSupposed(supposed));
        }
        let has_own = headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type"));
        if let Some(content_type) = content_type.filter(|_| !has_own) {
            headers.push(PageHeader { name: "Content-Type".into(), value: PageValue::Given(content_type.into()) });
        }
        body
    }
}

/// Notes the options that may change the request, and are not read.
pub(super) fn note_left_out(options: Option<&Value>, read: &[&str], silent: &[&str], findings: &mut Findings) {
    for member in options.map(Value::members).unwrap_or_default() {
        if !read.contains(&&*member.name) && !silent.contains(&&*member.name) {
            findings.note(member.value.at, NoteKind::MemberLeftOut(member.name.clone()));
        }
    }
}
