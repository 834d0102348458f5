//! Writes the seeds in `corpus/` again from `spec-vectors/`: `cargo run -p fetch-cors-fuzz --no-default-features
//! --example seeds`. Inputs that the fuzzer found have other file names, and stay.

use std::{fs, io};

use fetch_cors_fuzz::{
    seeds::{committed, corpus},
    targets::TARGETS,
};

fn main() -> io::Result<()> {
    for (target, _) in TARGETS {
        fs::create_dir_all(corpus(target))?;
        for entry in fs::read_dir(corpus(target))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "seed") {
                fs::remove_file(path)?;
            }
        }
    }
    for seed in committed() {
        fs::write(corpus(seed.target).join(seed.name).with_extension("seed"), seed.input)?;
    }
    Ok(())
}
