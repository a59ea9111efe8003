//! Packed inputs: gzip and Zstandard, unpacked as they are read, and never without bound.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// So many layers of packing are taken off; more than one is somebody's slip, many are an attack.
const LAYERS: usize = 2;
/// Below so many bytes any ratio is harmless.
const HARMLESS: u64 = 64 << 20;
/// Text is packed to a tenth, very dull text to a fiftieth; a bomb to a thousandth.
const RATIO: u64 = 250;

/// The unpacked bytes of an input, whatever its name says: packing is told by the first bytes.
pub(crate) fn unpacked<'a>(input: Box<dyn BufRead + 'a>) -> io::Result<Box<dyn BufRead + 'a>> {
    let mut input = input;
    for _ in 0..LAYERS {
        let head = input.fill_buf()?;
        let packed = Rc::new(Cell::new(0));
        input = match head {
            [0x1f, 0x8b, ..] => {
                let counted = Counted::new(input, packed.clone());
                guarded(flate2::bufread::MultiGzDecoder::new(counted), packed)
            }
            [0x28, 0xb5, 0x2f, 0xfd, ..] => {
                let counted = Counted::new(input, packed.clone());
                guarded(zstd::stream::read::Decoder::with_buffer(counted)?, packed)
            }
            _ => return Ok(input),
        };
    }
    Ok(input)
}

fn guarded<'a>(inner: impl Read + 'a, packed: Rc<Cell<u64>>) -> Box<dyn BufRead + 'a> {
    Box::new(BufReader::with_capacity(
        1 << 16,
        Guarded {
            inner,
            packed,
            unpacked: 0,
        },
    ))
}

/// Counts the packed bytes that were used up.
struct Counted<R> {
    inner: R,
    used: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    fn new(inner: R, used: Rc<Cell<u64>>) -> Self {
        Counted { inner, used }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.used.set(self.used.get() + count as u64);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.used.set(self.used.get() + count as u64);
        self.inner.consume(count);
    }
}

/// Stops when the unpacked bytes outgrow the packed ones beyond what any text does.
struct Guarded<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.unpacked += count as u64;
        if self.unpacked > HARMLESS && self.unpacked > RATIO * self.packed.get().max(1) {
            return Err(io::Error::other(format!(
                "it unpacks to more than {RATIO} times its size, as no text does"
            )));
        }
        Ok(count)
    }
}

/// Reads all of an input if it has at most `limit` bytes; `Ok(None)` if it has more.
pub(crate) fn read_up_to(input: impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(bytes: &[u8]) -> io::Result<u64> {
        io::copy(&mut unpacked(Box::new(bytes))?, &mut io::sink())
    }

    #[test]
    fn members_and_layers_are_unpacked() {
        let two = [gzip(b"Mali met "), gzip(b"Togo.")].concat();
        assert_eq!(unpack(&two).unwrap(), 14);
        let layered = zstd::encode_all(&two[..], 3).unwrap();
        assert_eq!(unpack(&layered).unwrap(), 14);
        assert_eq!(unpack(b"Mali met Togo.").unwrap(), 14);
    }

    #[test]
    fn a_bomb_is_stopped_early() {
        let zeros = vec![0; 80 << 20];
        for bomb in [gzip(&zeros), zstd::encode_all(&zeros[..], 3).unwrap()] {
            let error = unpack(&bomb).unwrap_err().to_string();
            assert!(error.contains("unpacks to more than"), "{error}");
        }
    }
}
