//! One input out of another.

use crate::made::Draw;

/// Pieces that have broken readers before: ends, depths, numbers, marks, odd letters.
const PIECES: [&[u8]; 30] = [
    b"\0",
    b"\n\n",
    b"\r",
    b"\"",
    b"\xe2\x80\x9c",
    b"\xe2\x80\x9d",
    b"'",
    b"<div><div><div><div>",
    b"</p></div></body>",
    b"<!--",
    b"]]>",
    b"&#x110000;&nbsp",
    b"{\"text\":",
    b"}}]]",
    b"\\ud800",
    b"99999999999999999999",
    b"-1/0/0000",
    b"31/02/2024",
    b"1e999",
    b" 0.0000000001 ",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xcc\x81\xcc\x81\xcc\x81",
    b"\xf0\x9f\x87\xb5\xf0\x9f\x87\xaa",
    b"stream\n",
    b"\n\nendobj",
    b"Content-Length: 18446744073709551615\r\n",
    b"the last two hundred and fifty-three thousand million years ago",
    b", and Chad, and Niger",
];

/// Changes a few places of `base`, some of them with pieces of `other`; at most `most` bytes.
pub fn mutated(base: &[u8], other: &[u8], most: usize, draw: &mut Draw) -> Vec<u8> {
    let mut bytes = base.to_vec();
    for _ in 0..=draw.below(8) {
        let at = draw.below(bytes.len() + 1);
        let end = (at + length(12, draw)).min(bytes.len());
        match draw.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1u8 << draw.below(8),
            1 if at < bytes.len() => bytes[at] = draw.below(256) as u8,
            2 => drop(bytes.drain(at..end.max(at))),
            3 if at < end => {
                let piece = bytes[at..end].to_vec();
                let times = length(8, draw);
                insert(
                    &mut bytes,
                    at,
                    &piece.repeat(times.min(most / piece.len().max(1))),
                );
            }
            4 if !other.is_empty() => {
                let from = draw.below(other.len());
                let to = (from + length(12, draw)).min(other.len());
                insert(&mut bytes, at, &other[from..to]);
            }
            5 => bytes.truncate(at),
            _ => {
                let piece = PIECES[draw.below(PIECES.len())];
                let times = length(6, draw);
                insert(&mut bytes, at, &piece.repeat(times));
            }
        }
        bytes.truncate(most);
    }
    bytes
}

/// A length from one up to two to the power of `most`, short ones as often as long ones.
fn length(most: usize, draw: &mut Draw) -> usize {
    let power = draw.below(most);
    1 + draw.below(1 << power)
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}
