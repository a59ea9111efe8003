//! Character classes as Python and spaCy's patterns see them.
//!
//! Rust's own predicates differ from Python's (`is_alphabetic` takes combining marks and circled letters, `is_numeric` takes
//! fractions) and their Unicode version moves with the compiler, so the answers are tables in the model: one word of flags per
//! code point, made by `models/pack.py`.

use crate::model::Model;

/// A set of character classes, to be tested with [`Classes::has`].
pub type Flags = u16;

/// `str.isalpha`: category L.
pub const ALPHA: Flags = 1 << 0;
/// A letter for which `str.isupper` holds.
pub const UPPER: Flags = 1 << 1;
/// `str.isdigit`: decimal digits, superscripts, circled digits.
pub const DIGIT: Flags = 1 << 2;
/// `str.isdecimal`: decimal digits of any script.
pub const DECIMAL: Flags = 1 << 3;
/// `str.isspace`.
pub const SPACE: Flags = 1 << 4;
/// Letters of the scripts the tokenizer's patterns know.
pub const LETTER: Flags = 1 << 5;
/// Those of them that are lower case or have no case.
pub const LOWER_LETTER: Flags = 1 << 6;
/// Those of them that are upper case or have no case.
pub const UPPER_LETTER: Flags = 1 << 7;
/// Quotation marks and brackets of quoting.
pub const QUOTE: Flags = 1 << 8;
/// Pictographs and other symbols.
pub const ICON: Flags = 1 << 9;
/// Characters that are split off the start of a word wherever they stand there.
pub const PREFIX: Flags = 1 << 10;
/// Characters that are split off the end of a word wherever they stand there.
pub const SUFFIX: Flags = 1 << 11;
/// Characters after which a final full stop is split off.
pub const BEFORE_STOP: Flags = 1 << 12;
/// Currency signs.
pub const CURRENCY: Flags = 1 << 13;

/// The flags of every code point, in pages of 256.
pub struct Classes {
    index: Vec<u16>,
    pages: Vec<u16>,
}

impl Classes {
    pub fn load(model: &Model) -> Classes {
        Classes {
            index: model.words("classes.index"),
            pages: model.words("classes.pages"),
        }
    }

    /// Whether `c` is in any of the classes.
    #[inline]
    pub fn has(&self, c: char, classes: Flags) -> bool {
        let code = c as usize;
        self.pages[usize::from(self.index[code >> 8]) << 8 | code & 0xff] & classes != 0
    }

    /// Whether `text` is not empty and wholly of these classes.
    pub fn all(&self, text: &str, classes: Flags) -> bool {
        !text.is_empty() && text.chars().all(|c| self.has(c, classes))
    }
}
