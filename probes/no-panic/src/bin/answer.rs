//! Answers written into fixed memory.
#![no_std]
#![no_main]
use core::hint::black_box;

use fetch_cors::{
    header::{AnswerSink, PairSink},
    server::{Decision, OriginPattern, Policy, Rule},
};
use no_panic::*;

fn write<'a, S: AnswerSink<'a>>(decision: &Decision<'a>, sink: &mut S) {
    keep(decision.write(sink).is_ok());
}

program!({
    if let Ok(policy) =
        Policy::builder(black_box::<&[OriginPattern<'_>]>(&[])).rules(black_box::<&[Rule<'_>]>(&[])).build()
    {
        let decision = black_box(&policy).decide(text(), headers());
        let mut memory = black_box([("", &b""[..]); 8]);
        let mut sink = PairSink::with_headers(&mut memory, number());
        write(&decision, &mut sink);
        keep(sink.pairs());
        let mut sink: heapless::Vec<(&str, &[u8]), 8> = black_box(heapless::Vec::new());
        write(&decision, &mut sink);
        keep(sink.as_slice());
    }
});
