//! Prints the recognized form of a text, and what is read of it: `cargo run -p fetch-cors-read --example took -- FILE...`.

use fetch_cors_read::{Pasted, read};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let text = std::fs::read(&path)?;
        match read(&text) {
            Ok(Pasted::Exchange(exchange)) => {
                println!("{path}: {exchange}");
                println!("  {:?}", exchange.request);
                for head in &exchange.heads {
                    println!("  {} {:?} {:?}", head.place, head.answers, head.status);
                    for line in &head.lines {
                        println!("    {}: {}", line.name, String::from_utf8_lossy(&line.value));
                    }
                }
                exchange.console.iter().for_each(|line| println!("  console {}: {}", line.place, line.text));
                exchange.notes.iter().for_each(|note| println!("  note: {note}"));
            }
            Ok(Pasted::Har(har)) => println!("{path}: a HAR of {}, {} entries", har.creator.name, har.entries.len()),
            Ok(_) => println!("{path}: something new"),
            Err(error) => println!("{path}: {error}"),
        }
    }
    Ok(())
}
