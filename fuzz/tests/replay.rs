//! Replays the fuzzer's seeds and findings, without the fuzzer.
#![allow(missing_docs)]

use std::{collections::BTreeSet, fs, path::PathBuf};

use fetch_cors_fuzz::{
    seeds::{committed, corpus, seeds},
    targets::TARGETS,
};

fn files(directory: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn each_input_of_the_corpora_passes_its_target() {
    for (target, run) in TARGETS {
        let files = files(corpus(target));
        assert!(files.len() >= 5, "{target} has a corpus of {}", files.len());
        for file in files {
            println!("{target}: {}", file.display());
            run(&fs::read(file).unwrap());
        }
    }
}

#[test]
fn each_vector_passes_its_target() {
    for seed in seeds() {
        println!("{}: {}", seed.target, seed.name);
        let target = TARGETS.iter().find(|target| target.0 == seed.target).unwrap();
        target.1(&seed.input);
    }
}

#[test]
fn each_corpus_belongs_to_a_target() {
    let corpora = files(corpus("grammar").parent().unwrap().to_owned());
    let corpora: BTreeSet<String> =
        corpora.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(corpora, TARGETS.iter().map(|target| target.0.to_owned()).collect());
}

/// `cargo run -p fetch-cors-fuzz --no-default-features --example seeds` makes this pass.
#[test]
fn committed_seeds_are_those_of_the_vectors() {
    for seed in committed() {
        let file = corpus(seed.target).join(&seed.name).with_extension("seed");
        assert_eq!(fs::read(&file).ok(), Some(seed.input), "{} is old", file.display());
    }
}
