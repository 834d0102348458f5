//! Members that an object gets after it was made: `headers.append(name, value)`, `options.method = value`.

use super::value::{Data, Member, Value, Values};

/// How many members are added to an object one by one.
const MEMBERS: usize = 256;

impl Values<'_> {
    /// Whether the name holds a `new Headers(…)`.
    pub(super) fn is_headers(&self, name: &str) -> bool {
        matches!(self.names.get(name), Some(Value { data: Data::Call { name, .. }, .. }) if name == "new Headers")
    }

    /// `axios.defaults.withCredentials = true`: counts as a member of the configuration of each request.
    pub(super) fn add_default(&mut self, object: &str, member: &str, value: Value) {
        if !self.names.contains_key(object) {
            let config = Value { at: value.at, data: Data::Object(Vec::new()) };
            let made = Data::Call { name: "axios.create".into(), arguments: vec![config] };
            self.names.insert(object.to_owned(), Value { at: value.at, data: made });
        }
        match member.strip_prefix("headers.common.") {
            Some(header) => self.add_header(object, header.to_owned(), value),
            None => self.add(object, member, value),
        }
    }

    /// Reads `['X-A'] = '1'` after `axios.defaults.headers.common`.
    pub(super) fn default_header(&mut self, object: &str) {
        self.skip('[');
        let Some(name) = self.value() else { return };
        if let (Some(name), true) = (name.text(), self.skip(']') && self.skip('='))
            && let Some(value) = self.value()
        {
            self.add_default(object, &format!("headers.common.{name}"), value);
        }
    }

    fn add_header(&mut self, object: &str, name: String, value: Value) {
        let at = value.at;
        let named = self.names.get(object).map(|named| &named.data);
        let headers = match named {
            Some(Data::Call { arguments, .. }) => arguments.first().and_then(|config| config.member("headers")),
            _ => None,
        };
        let mut headers = headers.map(|headers| headers.members().to_vec()).unwrap_or_default();
        if headers.len() < MEMBERS {
            headers.push(Member { name, quoted: false, value });
            self.add(object, "headers", Value { at, data: Data::Object(headers) });
        }
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
