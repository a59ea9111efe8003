//! Bytes to text: which encoding, and when bytes are no text at all.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Undecodable {
    /// A NUL byte or other control bytes at this offset.
    Binary(usize),
    /// No encoding fits with confidence.
    Unknown,
}

/// The text of some bytes and the name of the encoding they are in.
///
/// Valid UTF-8 comes back byte for byte, a byte order mark included, so that offsets point into the file. UTF-16 is
/// taken only with its mark. Everything else must be an encoding that the detector is sure of and that yields no
/// control characters; guessing further would put wrong letters into quotes.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, &'static str), Undecodable> {
    for (encoding, mark) in [
        (UTF_16LE, b"\xff\xfe".as_slice()),
        (UTF_16BE, b"\xfe\xff".as_slice()),
    ] {
        if let Some(body) = bytes.strip_prefix(mark) {
            return decode_as(encoding, body).ok_or(Undecodable::Unknown);
        }
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(Undecodable::Binary(at));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // The upper control characters are what is left of quotation marks that an earlier conversion broke.
        let binary = |character: char| character.is_ascii() && marks_binary(character);
        return match text.find(binary) {
            Some(at) => Err(Undecodable::Binary(at)),
            None => Ok((text.to_owned(), UTF_8.name())),
        };
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    let (encoding, confident) = detector.guess_assess(None, false);
    if !confident {
        return Err(Undecodable::Unknown);
    }
    decode_as(encoding, bytes).ok_or(Undecodable::Unknown)
}

/// The text of marked-up bytes, which may declare their encoding. Control characters are left in: they are white space or
/// nothing to whoever reads the words.
#[cfg(feature = "formats")]
pub(crate) fn decode_markup(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
    name: &str,
) -> Result<String, crate::ReadError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(encoding
            .decode_without_bom_handling(&bytes[length..])
            .0
            .into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new();
        detector.feed(bytes, true);
        detector.guess(None, false)
    });
    let (text, _, wrong) = encoding.decode(bytes);
    // A page that is text but for a few bytes is one whose pieces came from several systems; a picture is all such bytes.
    let bad = text
        .chars()
        .filter(|char| matches!(char, '\u{fffd}' | '\0'))
        .count();
    if wrong && bad * 50 > text.len() || bytes.contains(&0) {
        return Err(crate::ReadError::Undecodable {
            name: name.to_owned(),
        });
    }
    Ok(text.into_owned())
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, &'static str)> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains(marks_binary)).then(|| (text.into_owned(), encoding.name()))
}

/// Whether a character shows that bytes are no text: a control character other than white space, ends of files and escapes.
/// A stray few from old editors (form feed, vertical tab, substitute) pass.
pub fn marks_binary(character: char) -> bool {
    matches!(character, '\u{0}'..='\u{8}' | '\u{e}'..='\u{19}' | '\u{1c}'..='\u{1f}' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_comes_back_byte_for_byte() {
        let bytes = "\u{feff}Tromsø: “Ja”\r\n".as_bytes();
        let (text, encoding) = decode(bytes).unwrap();
        assert_eq!((text.as_bytes(), encoding), (bytes, "UTF-8"));
    }

    #[test]
    fn utf16_needs_its_mark() {
        let little: Vec<u8> = std::iter::once(0xfeff_u16)
            .chain("Łódź".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&little).unwrap(), ("Łódź".to_owned(), "UTF-16LE"));
        assert_eq!(decode(&little[2..]), Err(Undecodable::Binary(3)));
    }

    #[test]
    fn windows_1252_is_recognised() {
        let bytes =
            b"The caf\xe9 in C\xf3rdoba, said Mr. Pe\xf1a, \x93is open\x94. It costs \x80 5.";
        let (text, encoding) = decode(bytes).unwrap();
        assert_eq!(encoding, "windows-1252");
        assert_eq!(
            text,
            "The café in Córdoba, said Mr. Peña, “is open”. It costs € 5."
        );
    }

    #[test]
    fn broken_quotation_marks_are_no_binary() {
        let bytes = "He said “no\u{9d} twice.".as_bytes();
        assert_eq!(decode(bytes).unwrap().0.as_bytes(), bytes);
    }

    #[test]
    fn binary_is_no_text() {
        assert_eq!(decode(b"PK\x03\x04\0\0"), Err(Undecodable::Binary(4)));
        assert!(decode(b"\x89PNG\r\n\x1a\n\x01\x02\xff\xd8").is_err());
    }
}
