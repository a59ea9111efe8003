//! Reads the packed model: named sections, each an array of half-precision numbers or plain bytes.
//!
//! The file is compiled in and made by our own tool, so a section that is missing or malformed is a defect of the build and
//! panics; nothing a user does can cause it.

use std::collections::HashMap;

const MAGIC: &[u8] = b"verbale1";

/// The sections of a packed model, still compressed.
pub struct Model<'a> {
    sections: HashMap<&'a str, Section<'a>>,
}

struct Section<'a> {
    shape: Vec<usize>,
    raw_len: usize,
    packed: &'a [u8],
}

/// Takes little-endian fields off the front of a byte slice.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, len: usize) -> &'a [u8] {
        let (head, tail) = self.0.split_at(len);
        self.0 = tail;
        head
    }

    fn byte(&mut self) -> usize {
        self.take(1)[0].into()
    }

    fn word(&mut self) -> usize {
        u32::from_le_bytes(self.take(4).try_into().expect("four bytes")) as usize
    }
}

impl<'a> Model<'a> {
    /// Lists the sections of `file` without unpacking any.
    pub fn open(file: &'a [u8]) -> Model<'a> {
        let mut cursor = Cursor(file);
        assert_eq!(cursor.take(MAGIC.len()), MAGIC, "not a packed model");
        let mut sections = HashMap::new();
        while !cursor.0.is_empty() {
            let name_len = cursor.byte();
            let name = std::str::from_utf8(cursor.take(name_len)).expect("section names are UTF-8");
            let _kind = cursor.byte();
            let dimensions = cursor.byte();
            let shape = (0..dimensions).map(|_| cursor.word()).collect();
            let raw_len = cursor.word();
            let packed_len = cursor.word();
            let packed = cursor.take(packed_len);
            sections.insert(
                name,
                Section {
                    shape,
                    raw_len,
                    packed,
                },
            );
        }
        Model { sections }
    }

    fn section(&self, name: &str) -> &Section<'a> {
        self.sections
            .get(name)
            .unwrap_or_else(|| panic!("the packed model lacks `{name}`"))
    }

    /// The shape of an array.
    pub fn shape(&self, name: &str) -> &[usize] {
        &self.section(name).shape
    }

    /// An array, widened to single precision.
    pub fn array(&self, name: &str) -> Vec<f32> {
        let raw = self.bytes(name);
        let (low, high) = raw.split_at(raw.len() / 2);
        low.iter()
            .zip(high)
            .map(|(&low, &high)| widen(u16::from_le_bytes([low, high])))
            .collect()
    }

    /// The bytes of a section.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        let section = self.section(name);
        zstd::bulk::decompress(section.packed, section.raw_len).expect("the packed model is sound")
    }

    /// A section of two-byte numbers.
    pub fn words(&self, name: &str) -> Vec<u16> {
        self.bytes(name)
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect()
    }

    /// A text section. The text is leaked: labels and table entries borrow from it for the rest of the program's life, and
    /// the model is loaded once.
    pub fn text(&self, name: &str) -> &'static str {
        Box::leak(
            String::from_utf8(self.bytes(name))
                .expect("text sections are UTF-8")
                .into_boxed_str(),
        )
    }
}

/// Half to single precision, exactly, subnormal numbers included (there are no infinities in the model).
fn widen(half: u16) -> f32 {
    let magnitude = f32::from_bits(u32::from(half & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    f32::from_bits(magnitude.to_bits() | u32::from(half & 0x8000) << 16)
}

#[cfg(test)]
mod tests {
    use super::widen;

    #[test]
    fn halves_widen_exactly() {
        for (half, single) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
        ] {
            assert_eq!(widen(half), single);
        }
        assert!(widen(0x8000).is_sign_negative());
    }
}
