//! The embedded rules are proven by their own sentences, and the checker refuses what it must.

use verbale::data::Data;
use verbale::pipeline::check;
use verbale_parse::Parser;

const SIGN: &str = "lang/en/rules/agreement/sign.toml";

fn errors(data: &Data) -> Vec<String> {
    let errors = check(data, Parser::english());
    errors.iter().map(ToString::to_string).collect()
}

/// The errors after one piece of a file was replaced.
fn errors_after(file: &str, old: &str, new: &str) -> Vec<String> {
    let data = Data::embedded();
    let text = data.get(file).unwrap();
    assert!(text.contains(old), "{file} no longer has {old}");
    let text = text.replacen(old, new, 1);
    errors(&data.with(file, text))
}

#[track_caller]
fn refused(found: &[String], file: &str, words: &str) {
    assert!(
        found
            .iter()
            .any(|error| error.starts_with(&format!("{file}:")) && error.contains(words)),
        "no error in {file} with “{words}” among {found:#?}"
    );
}

#[test]
fn every_sentence_of_every_rule_holds() {
    let found = errors(&Data::embedded());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_unknown_key_is_refused() {
    let found = errors_after(SIGN, "mutual = \"always\"", "mutuel = \"always\"");
    refused(&found, SIGN, "unknown key `mutuel`");
}

#[test]
fn an_unknown_role_is_refused() {
    let found = errors_after(SIGN, "counterpart = \"party?\"", "countrpart = \"party?\"");
    refused(&found, SIGN, "`countrpart` is no role");
}

#[test]
fn an_unknown_code_is_refused() {
    let found = errors_after(SIGN, "cameo = \"057\"", "cameo = \"0577\"");
    refused(&found, SIGN, "no such CAMEO code");
    let found = errors_after(SIGN, "event_type = \"SUPPORT\"", "event_type = \"SUPORT\"");
    refused(&found, SIGN, "unknown variant `SUPORT`");
}

#[test]
fn a_code_of_another_type_is_refused() {
    let found = errors_after(SIGN, "cameo = \"057\"", "cameo = \"190\"");
    refused(&found, SIGN, "in PLOVER, not");
}

#[test]
fn a_rule_without_both_kinds_of_sentence_is_refused() {
    let data = Data::embedded();
    let text = data.get(SIGN).unwrap().to_owned();
    let (head, sentences) = text.split_once("[[yes]]").unwrap();
    let (_, no) = sentences.split_once("[[no]]").unwrap();
    let without_yes = data.clone().with(SIGN, format!("{head}[[no]]{no}"));
    refused(&errors(&without_yes), SIGN, "no [[yes]] sentence");
    let yes = &sentences[..sentences.find("[[no]]").unwrap()];
    let without_no = data.with(SIGN, format!("{head}[[yes]]{yes}"));
    refused(&errors(&without_no), SIGN, "no [[no]] sentence");
}

#[test]
fn a_sentence_that_fails_is_refused_with_what_came_out() {
    let found = errors_after(
        SIGN,
        "actor = [\"TCD\", \"NER\"]",
        "actor = [\"TCD\", \"NGA\"]",
    );
    refused(&found, SIGN, "actor is `NER TCD`, expected `NGA TCD`");
    let found = errors_after(
        SIGN,
        "The singer signed a contract with a record label in Oslo.",
        "Malta signed a contract with Cyprus.",
    );
    refused(&found, SIGN, "must not match");
}

#[test]
fn two_rules_for_one_predication_need_a_precedence() {
    let copy = Data::embedded()
        .get(SIGN)
        .unwrap()
        .replace("agreement.sign", "agreement.signature")
        .replace("cameo = \"057\"", "cameo = \"056\"");
    let data = Data::embedded().with("lang/en/rules/agreement/signature.toml", copy);
    refused(&errors(&data), SIGN, "give one predication two codes");
}

#[test]
fn classes_must_exist_and_be_used() {
    let found = errors_after(SIGN, "@instrument", "@instrumnet");
    refused(&found, SIGN, "no word class `@instrumnet`");
    let lonely = Data::embedded().with("lang/en/classes/zither.txt", "zither\n");
    refused(
        &errors(&lonely),
        "lang/en/classes/zither.txt",
        "nobody uses `@zither`",
    );
}

#[test]
fn the_id_is_the_path() {
    let found = errors_after(SIGN, "id = \"agreement.sign\"", "id = \"agreement.seal\"");
    refused(&found, SIGN, "make them equal");
}

#[test]
fn a_list_row_with_a_bad_code_is_refused() {
    let file = "lang/en/lists/companies.tsv";
    let data = Data::embedded();
    let text = format!("{}ZZTOP\tZZ Top\t\tQQQ\tenergy\n", data.get(file).unwrap());
    let found = errors(&data.with(file, text));
    refused(&found, file, "QQQ");
}
