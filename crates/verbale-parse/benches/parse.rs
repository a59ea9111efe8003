//! Time to analyse our own sentences, all components, on each kernel. `cargo xtask bench-parse` compares with spaCy.

// The functions that criterion's macros make have no docs.
#![allow(missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use verbale_parse::{Kernel, Parser};

fn parse(criterion: &mut Criterion) {
    let texts: Vec<&str> = include_str!("../tests/data/news.jsonl").lines().collect();
    let parser = Parser::english();
    let tokens: usize = parser
        .parse_batch(&texts)
        .iter()
        .map(|analysis| analysis.tokens.len())
        .sum();
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Elements(tokens as u64));
    for kernel in Kernel::available() {
        group.bench_function(format!("{kernel:?}"), |bencher| {
            bencher.iter(|| parser.parse_with(kernel, &texts))
        });
    }
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
