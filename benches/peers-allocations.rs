//! What other crates allocate, and this one: `cargo bench -p fetch-cors-benches --features peers --bench peers-allocations`.
//!
//! An executable of its own, so that counting allocations adds no instructions to those that are counted.

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
