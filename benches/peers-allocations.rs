//! Allocations of other crates and of this one: `cargo bench -p fetch-cors-benches --features peers --bench
//! peers-allocations`.
//!
//! This is a program of its own, because counting allocations would add instructions to the counts of the other one.

use fetch_cors_benches::peers::{self, Around, scenes};

const BEFORE: usize = 8;
const TIMES: usize = 32;

fn main() {
    for peer in peers::ALL {
        for scene in scenes::all() {
            let counted = [Around::Nothing, Around::Service].map(|around| {
                let mut exchange = (peer.exchange)(&scene, around)?;
                exchange.prepare(BEFORE + TIMES);
                (0..BEFORE).for_each(|_| exchange.answer());
                Some(allocation_counter::measure(|| (0..TIMES).for_each(|_| exchange.answer())))
            });
            let [Some(bare), Some(with)] = counted else { continue };
            let of_one = |count: u64| count / TIMES as u64;
            let (scene, peer) = (&scene.name, peer.name);
            println!("allocations\t{scene}\t{peer}\t{}\t{}", of_one(bare.count_total), of_one(with.count_total));
            println!("bytes\t{scene}\t{peer}\t{}\t{}", of_one(bare.bytes_total), of_one(with.bytes_total));
        }
    }
}
