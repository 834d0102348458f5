//! Tests of the filter on the build machine, with a fake proxy. `ci/proxies.sh` tests it in a real one.

mod answers;
mod configuration;
mod errors;
mod fake;
mod head;
