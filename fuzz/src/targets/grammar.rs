use testkit::compare::{header_list, header_value, method_and_name};

/// The lines of one header. Each is also tested as a value, a method and a name.
pub fn run(data: &[u8]) {
    let values = data.split(|byte| *byte == b'\n');
    for value in values.clone() {
        method_and_name(&String::from_utf8_lossy(value));
    }
    header_value(data);
    header_list(&values.map(|value| ("access-control-allow-headers".to_owned(), value.to_vec())).collect());
}
