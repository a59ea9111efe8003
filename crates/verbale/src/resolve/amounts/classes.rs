//! What a word can do in a number or a time expression. Most words of a text can do nothing in either, and one look at
//! their class spares the grammars a try.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::words::Form;

/// What a word can do; a small set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Class(u8);

impl Class {
    /// A number can begin with it.
    pub const OPENS_NUMBER: Class = Class(1);
    /// It can stand in a time expression.
    pub const IN_TIME: Class = Class(2);
    /// A time expression can begin with it.
    pub const OPENS_TIME: Class = Class(4);
    /// It tells a time or a number: every time expression has such a word.
    pub const TELLS: Class = Class(8);

    /// The class of a word in lower case.
    pub fn of(lower: &str, form: Form) -> Class {
        match form {
            Form::Number { .. } => Class::TIME | Class::OPENS_NUMBER,
            Form::Ordinal(_) => Class::TIME,
            // "'90s"; and "-three", where the tens before it were taken apart from it. No other sign begins anything.
            Form::Sign if lower == "'" => Class::IN_TIME | Class::OPENS_TIME,
            Form::Sign if lower == "-" => Class::IN_TIME | Class::OPENS_TIME | Class::OPENS_NUMBER,
            Form::Sign => Class::IN_TIME,
            Form::Letters => CLASSES.get(lower).copied().unwrap_or_default(),
        }
    }

    /// A word that tells a time by itself.
    const TIME: Class = Class(2 | 4 | 8);

    /// Whether it can do all of this.
    pub fn has(self, other: Class) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for Class {
    type Output = Class;

    fn bitor(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// Where a time expression can begin: its words are all of the grammar, and one among them tells a time or a number.
pub fn times_can_begin(words: &[super::words::Word]) -> Vec<bool> {
    let mut begins = vec![false; words.len()];
    let mut told = false;
    for (word, begins) in words.iter().zip(&mut begins).rev() {
        told = word.class.has(Class::IN_TIME) && (told || word.class.has(Class::TELLS));
        *begins = told && word.class.has(Class::OPENS_TIME);
    }
    begins
}

/// Words with which a number can begin.
const NUMBERS: &str = "nought naught zero one two three four five six seven eight nine ten eleven twelve thirteen \
    fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety \
    hundred half quarter tens dozens scores hundreds thousands millions billions trillions";

/// Words inside numbers, and places in a row.
const IN_NUMBERS: &str = "dozen doz dozs dz dzs thousand lakh lakhs million mln mn mio crore crores billion bn bln \
    milliard trillion tn trn trln tln halves quarters fourths hundredth hundredths thousandth thousandths millionth \
    millionths billionth billionths trillionth trillionths first second third fourth fifth sixth seventh eighth ninth \
    tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth \
    thirtieth seconds thirds fifths sixths sevenths eighths ninths tenths elevenths twelfths thirteenths fourteenths \
    fifteenths sixteenths seventeenths eighteenths nineteenths twentieths thirtieths";

/// Words that tell a time, or name a unit or a feast.
const TIMES: &str = "january february march april may june july august september october november december jan feb mar \
    apr jun jul aug sep oct nov dec sept monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu \
    thur thurs fri sat sun sec secs minute min minutes mins hour hr hours hrs day night days nights weekend weekends \
    week weeks workweek fortnight fortnights month months year yr years yrs decade decades century centuries spring \
    springtime summer summertime autumn fall winter wintertime twenties thirties forties fifties sixties seventies \
    eighties nineties today tonight yesterday tomorrow now currently nowadays presently recent recently date future \
    morning afternoon evening eoy new orthodox christmas epiphany valentine international st saint patrick nowruz \
    earth anzac labour labor europe juneteenth freedom jubilee bastille halloween armistice boxing ash palm maundy \
    good easter whit pentecost thanksgiving black";

/// Words that only lead to a time or join the words that tell one.
const OPENING: &str = "a about academic after all an another approximately around as at b before beginning between bn \
    budget by c calendar circa close closing coming current cy dawn early earlier end ensuing entire financial fiscal \
    few final following for foreseeable from fy h in last late later least less marketing many mid middle more near \
    nearly almost next no opening outset over past post pre preceding previous prior q remainder remaining rest \
    roughly same school several since so some start starting sy than that the this through throughout till to under \
    until up upcoming very w whole within couple fewer most on";

/// Words that stand inside only.
const INSIDE: &str = "additional ago and beyond business commencing consecutive ended ending eve far full hence long \
    of onward onwards or out over period point previously s season straight successive time working d y women workers \
    saints old twice when";

static CLASSES: LazyLock<FxHashMap<&str, Class>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&str, Class> = FxHashMap::default();
    for (list, class) in [
        (NUMBERS, Class::TIME | Class::OPENS_NUMBER),
        (IN_NUMBERS, Class::TIME),
        (TIMES, Class::TIME),
        (OPENING, Class::IN_TIME | Class::OPENS_TIME),
        (INSIDE, Class::IN_TIME),
        ("a an", Class::OPENS_NUMBER),
    ] {
        for word in list.split_whitespace() {
            let known = classes.entry(word).or_default();
            *known = *known | class;
        }
    }
    classes
});

#[cfg(test)]
mod tests {
    use super::super::numerals::cardinal;
    use super::super::words::{Cursor, words};
    use super::*;
    use crate::resolve::dates::expression_here;
    use verbale_read::Span;

    /// Literals of the grammars that no expression has for its own word: they are only looked at.
    const LOOKED_AT: &str = "agenda am article back barrels bc bce but can cent chapter children civilians companies \
        could cubic dated dates dating decree dollars during each employees est euros every flight he hectares her his \
        homes houses how its jobs kilometers kilometres km lasted law megawatts men meters metres miles mw my never not \
        number once only our page paragraph people per percent persons pm ramadan refugees resolution room section she \
        soldiers square students t th their these they those times tonnes tons took tourists troops vision visitors \
        what while will with would your";

    /// A word of the grammars that is missing from the lists here would never be tried.
    #[test]
    fn every_word_of_the_grammars_has_a_class() {
        let sources = [
            include_str!("numerals.rs"),
            include_str!("fractions.rs"),
            include_str!("../dates/grammar/digits.rs"),
            include_str!("../dates/grammar/distances.rs"),
            include_str!("../dates/grammar/holidays.rs"),
            include_str!("../dates/grammar/lengths.rs"),
            include_str!("../dates/grammar/months.rs"),
            include_str!("../dates/grammar/parts.rs"),
            include_str!("../dates/grammar/points.rs"),
            include_str!("../dates/grammar/relative.rs"),
            include_str!("../dates/grammar/spans.rs"),
            include_str!("../dates/grammar/vocabulary.rs"),
            include_str!("../dates/grammar/years.rs"),
        ];
        let looked_at: Vec<&str> = LOOKED_AT.split_whitespace().collect();
        let mut missing = Vec::new();
        for line in sources.iter().flat_map(|source| source.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            for literal in code.split('"').skip(1).step_by(2) {
                let letters = !literal.is_empty() && literal.chars().all(char::is_alphabetic);
                let known = Class::of(literal, Form::Letters).has(Class::IN_TIME);
                if letters && !known && !looked_at.contains(&literal) {
                    missing.push(literal);
                }
            }
        }
        assert!(missing.is_empty(), "without a class: {missing:?}");
    }

    /// What the grammars find without asking for classes, in all sentences that we have of dates and amounts.
    #[test]
    fn no_class_hides_a_time_or_a_number() {
        let tables = [
            include_str!("../../../tests/spec/dates.tsv"),
            include_str!("../../../tests/spec/dates_newswire.tsv"),
            include_str!("../../../tests/spec/amounts.tsv"),
        ];
        let mut found = 0;
        for text in tables.iter().flat_map(|table| table.lines()) {
            let words = words(text, Span::new(0, text.len()));
            let begins = times_can_begin(&words);
            for at in 0..words.len() {
                let here = Cursor { words: &words, at };
                let (time, number) = (expression_here(here), cardinal(here));
                found += usize::from(time) + usize::from(number.is_some());
                assert!(!time || begins[at], "{} in {text}", words[at].text);
                let opens = words[at].class.has(Class::OPENS_NUMBER);
                assert!(number.is_none() || opens, "{} in {text}", words[at].text);
            }
        }
        assert!(found > 3000, "{found}");
    }
}
