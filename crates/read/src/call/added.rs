//! Members that an object gets after it was made: `headers.append(name, value)`, `options.method = value`.

use super::value::{Data, Member, Value, Values};

/// How many members are added to an object one by one.
const MEMBERS: usize = 256;

impl Values<'_> {
    /// Whether the name holds a `new Headers(…)`.
    pub(super) fn is_headers(&self, name: &str) -> bool {
        matches!(self.names.get(name), Some(Value { data: Data::Call { name, .. }, .. }) if name == "new Headers")
    }

    /// Adds a member to a named object, or a header to named headers.
    pub(super) fn add(&mut self, object: &str, member: &str, value: Value) {
        let Some(named) = self.names.get_mut(object) else { return };
        let at = value.at;
        let pair = Member { name: member.to_owned(), quoted: false, value };
        match &mut named.data {
            Data::Object(members) if members.len() < MEMBERS => members.push(pair),
            Data::Call { arguments, .. } => match arguments.first_mut().map(|argument| &mut argument.data) {
                None => arguments.push(Value { at, data: Data::Object(vec![pair]) }),
                Some(Data::Object(members)) if members.len() < MEMBERS => members.push(pair),
                Some(_) => {}
            },
            _ => {}
        }
    }
}
