//! Replays recordings of real browsers through the driver, and tells where they part.
#![allow(unreachable_pub)]
mod compare;
mod predict;
mod scenario;
mod transport;

use std::{fs, process::ExitCode};

use fetch_cors::browser::{Environment, Profile};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut ids = compare::Ids::Ignored;
    let mut profile_name = String::from("fetch");
    let (mut against, mut files) = (String::from("chromium"), Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--profile" => profile_name = arguments.next().unwrap(),
            "--ids" => ids = compare::Ids::Compared,
            "--against" => against = arguments.next().unwrap(),
            _ => files.push(argument),
        }
    }
    let (mut fetches, mut scenarios, mut agree, mut differ) = (0, 0, 0, 0);
    for file in files {
        for line in fs::read_to_string(file).unwrap().lines() {
            let scenario: scenario::Scenario = serde_json::from_str(line).unwrap();
            let profile = match profile_name.as_str() {
                "chromium" => Profile::CHROMIUM,
                "firefox" => Profile::FIREFOX,
                _ => Profile::FETCH,
            };
            let mut environment = Environment::new(&profile);
            environment.location_parses = fetch_cors::location_parses;
            let mut browser = predict::Browser::new(environment);
            scenarios += 1;
            for (number, recorded) in scenario.fetches.iter().enumerate() {
                fetches += 1;
                let got = browser.predict(&scenario, number, recorded);
                let differences = compare::differences(&recorded.observed[&against], &got, ids);
                if differences.is_empty() {
                    agree += 1;
                } else {
                    differ += 1;
                }
                for difference in differences {
                    let compare::Difference { what, expected, got } = difference;
                    println!("DIFF {} {number} {what}: expected {expected} got {got}", scenario.id);
                }
            }
        }
    }
    println!("replayed {fetches} fetches of {scenarios} scenarios: {agree} agree, 0 known, {differ} differ");
    if differ == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
