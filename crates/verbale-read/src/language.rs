//! Which language a text is in.

/// So many words are looked at.
const WORDS: usize = 2000;
/// In a shorter text every detector guesses.
const FEWEST_WORDS: usize = 12;

/// The language of a text, ISO 639-1; `None` if its words do not tell.
///
/// English is told by its function words, not by the detector: names of many languages stand in news in English, and a
/// text in English must not be set aside. What has too few of them is in another language if the detector is sure.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    const FUNCTION_WORDS: [&str; 16] = [
        "the", "of", "and", "to", "in", "that", "is", "was", "for", "with", "on", "by", "has",
        "have", "will", "a",
    ];
    let words: Vec<&str> = text
        .split(|char: char| !char.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(WORDS)
        .collect();
    let known = words
        .iter()
        .filter(|word| FUNCTION_WORDS.contains(&word.to_ascii_lowercase().as_str()))
        .count();
    if known > 0 && known * 8 >= words.len() {
        return Some("en");
    }
    let end = text.floor_char_boundary(text.len().min(16 * WORDS));
    let found = whatlang::detect(&text[..end])?;
    let code = iso_639_1(found.lang())?;
    // In another script it is not English, whichever of its languages it is.
    let sure = match found.script() {
        whatlang::Script::Latin => found.is_reliable() && words.len() >= FEWEST_WORDS,
        _ => true,
    };
    (sure && code != "en").then_some(code)
}

/// The two-letter code of a language.
fn iso_639_1(lang: whatlang::Lang) -> Option<&'static str> {
    const CODES: [(&str, &str); 70] = [
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("cym", "cy"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    let code = lang.code();
    CODES
        .iter()
        .find(|(three, _)| *three == code)
        .map(|&(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, lang) in [
            (
                "The envoys of Mali and Togo met in Lomé to talk about the border.",
                Some("en"),
            ),
            (
                "Министр иностранных дел Казахстана прибыл в Ташкент с рабочим визитом в понедельник.",
                Some("ru"),
            ),
            (
                "Le ministre des Affaires étrangères du Mali est arrivé lundi à Lomé pour une visite de travail.",
                Some("fr"),
            ),
            (
                "Azərbaycan və Pakistan arasında hərbi əməkdaşlıq haqqında saziş bazar ertəsi Bakıda imzalanıb.",
                Some("az"),
            ),
            (
                "巴基斯坦和阿塞拜疆在巴库签署了一项关于贸易的协议。",
                Some("zh"),
            ),
            ("Mali – Togo 2:1", None),
            ("", None),
        ] {
            assert_eq!(language(text), lang, "{text}");
        }
    }

    #[test]
    fn every_language_of_the_detector_has_its_code() {
        for lang in whatlang::Lang::all() {
            assert!(iso_639_1(*lang).is_some(), "{}", lang.code());
        }
    }
}
