//! Who bears a bare office ("the Ambassador"), and which state an office without one is of.

use verbale_read::{Document, Span};

use super::allegiance::{Inquiry, OpenOffice};
use super::gazetteer::head_of;
use super::sightings::several;
use super::titles::{TitlePhrase, agree};
use super::{Mention, Person, Referent};
use crate::lexicon::Lexicon;
use crate::parse::Tree;
use crate::record::PartyBasis;

/// An office that stands without a state beside the name takes the one that the same office has elsewhere in the text
/// ("the Togolese ambassador said", "Ambassador Afi Mensah said"), if it has one only and the text is about that state:
/// a president named in passing lends his state to nobody.
pub(super) fn adopt(people: &mut [Person], mentions: &[Mention], is_main: impl Fn(&str) -> bool) {
    let of_another = |person: usize, title: &str, state: &str| {
        mentions.iter().any(|mention| {
            matches!(&mention.referent, Referent::Office { title: other, of: Some(of), person: Some(bearer), .. }
                if *bearer == person && other == title && of != state)
        })
    };
    for mention in mentions {
        let Referent::Office {
            title,
            of: Some(of),
            person: Some(person),
            ..
        } = &mention.referent
        else {
            continue;
        };
        if !is_main(of) || of_another(*person, title, of) {
            continue;
        }
        for office in &mut people[*person].offices {
            if office.of.is_none() && (agree(&office.title, title) || agree(title, &office.title)) {
                office.of = Some(of.clone());
                office.of_basis = PartyBasis::Resolved;
            }
        }
    }
}

/// Completes offices that the text gives without a state: from the table of leaders where name and office fit, else
/// from what the document tells around them. All are marked as inferred. Then tells sides.
pub(super) fn complete(
    document: &Document,
    inquiry: &Inquiry,
    people: &mut [Person],
    lexicon: &Lexicon,
    choose: &mut dyn FnMut(&OpenOffice) -> Option<String>,
) {
    let published = document.published.as_ref().map(|published| published.start);
    for person in people.iter_mut() {
        let stated = person.offices.iter().find_map(|office| {
            office
                .of
                .clone()
                .filter(|of| office.official && lexicon.state(of).is_some())
        });
        for office in &mut person.offices {
            if office.of.is_some() || !office.official {
                continue;
            }
            let tenures: Vec<_> = lexicon.leaders_named(&person.name).collect();
            // A source without offices names heads of state and government.
            let fits = |leader_office: Option<&String>| {
                let Some(leader_office) = leader_office else {
                    return HEADS.contains(&office.class.as_str());
                };
                let listed = lexicon.office(leader_office);
                leader_office.eq_ignore_ascii_case(&office.title)
                    || listed.is_some_and(|listed| listed.title == office.title)
                    || office.title == "leader"
                    || listed.is_some_and(|listed| {
                        !listed.class.is_empty() && listed.class == office.class
                    })
            };
            let leader = tenures
                .iter()
                .filter(|leader| fits(leader.office.as_ref()))
                .max_by_key(|leader| {
                    published.is_some_and(|day| {
                        leader.from.is_none_or(|from| from <= day)
                            && leader.to.is_none_or(|to| day <= to)
                    })
                });
            let of = stated
                .clone()
                .or_else(|| leader.map(|leader| leader.state.clone()));
            if of.is_some() {
                office.of = of;
                office.of_basis = PartyBasis::Inferred;
            }
        }
    }
    counterparts(people, inquiry.named);
    for index in 0..people.len() {
        for office in 0..people[index].offices.len() {
            let open = &people[index].offices[office];
            if open.of.is_some() || !open.official {
                continue;
            }
            // Two offices of one person are of one state.
            let own = people[index]
                .offices
                .iter()
                .find_map(|other| other.of.clone().filter(|of| lexicon.state(of).is_some()));
            let of = own
                .or_else(|| inquiry.owner_of(people, index, office))
                .or_else(|| choose(&inquiry.open(people, index, office)));
            if of.is_some() {
                let open = &mut people[index].offices[office];
                open.of = of;
                open.of_basis = PartyBasis::Inferred;
            }
        }
    }
    for person in people {
        person.official = (!person.offices.is_empty())
            .then(|| person.offices.iter().any(|office| office.official));
        person.side = person.offices.iter().find_map(|office| {
            office
                .of
                .clone()
                .filter(|of| office.official && lexicon.state(of).is_some())
        });
    }
}

/// "His Uzbek counterpart": the same office in another state as that of the person named before.
fn counterparts(people: &mut [Person], named: &[Mention]) {
    for index in 0..people.len() {
        let Some(at) = people[index]
            .offices
            .iter()
            .position(|office| office.title == "counterpart")
        else {
            continue;
        };
        let start = people[index].offices[at].span.start;
        let model = named
            .iter()
            .filter(|mention| mention.span.start < start)
            .rev()
            .find_map(|mention| match mention.referent {
                Referent::Person { person } if person != index => people[person].offices.first(),
                _ => None,
            })
            .map(|office| (office.title.clone(), office.class.clone(), office.official));
        if let Some((title, class, official)) = model {
            let office = &mut people[index].offices[at];
            office.title = title;
            office.class = class;
            office.official = official;
        }
    }
}

/// Mentions of offices without a name, each with its bearer where the document has one.
pub(super) fn bare_offices(
    text: &str,
    unit: usize,
    tree: &Tree,
    titles: &[TitlePhrase],
    named: &[bool],
    people: &[Person],
    seen: &[(usize, usize)],
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (phrase, _) in titles.iter().zip(named).filter(|(_, named)| !**named) {
        let before = phrase
            .tokens
            .start
            .checked_sub(1)
            .map(|token| tree.word(text, token).to_lowercase())
            .unwrap_or_default();
        // "Ministers" are agents, not one bearer.
        if several(text, tree, &phrase.bare) {
            continue;
        }
        // "an ambassador", "every minister" mean nobody in particular.
        let indefinite = [
            "a", "an", "any", "every", "each", "no", "another", "some", "former",
        ];
        if indefinite.contains(&before.as_str()) {
            continue;
        }
        let capital = tree
            .word(text, phrase.bare.start)
            .starts_with(char::is_uppercase);
        let definite = [
            "the", "mr.", "mr", "madam", "madame", "mrs.", "his", "her", "our", "their", "its",
            "your", "this",
        ]
        .contains(&before.as_str())
            || phrase.of.is_some()
            || capital;
        if !definite {
            continue;
        }
        let tokens = phrase.tokens.clone();
        let span = tree.range_span(tokens.clone());
        // "Our ambassador", "its consul": whose it is tells more than who else bears the title.
        let owned = ["our", "its", "their", "your"].contains(&before.as_str());
        // "Oslo's minister for the islands" is not the foreign minister.
        let field = tree
            .tokens
            .get(phrase.bare.end)
            .is_some_and(|next| next.norm == "for");
        let person = bearer(phrase, span, people, seen).filter(|_| !owned && !field);
        let of = phrase.of.clone();
        mentions.push(Mention {
            unit,
            head: head_of(tree, &phrase.bare),
            tokens,
            span,
            referent: Referent::Office {
                title: phrase.title.clone(),
                official: phrase.official,
                of,
                to: phrase.to.clone(),
                person,
            },
        });
    }
    mentions
}

/// The last person named before, else the first named after, whose office is this one. "The President of Peru" is first of all who is
/// named with that state, and only then a president whose state the text leaves open.
fn bearer(
    phrase: &TitlePhrase,
    span: Span,
    people: &[Person],
    seen: &[(usize, usize)],
) -> Option<usize> {
    let fits = |person: usize, strictly: bool, stated: bool| {
        people[person].offices.iter().any(|office| {
            let title = office.title == phrase.title
                || !strictly
                    && (agree(&office.title, &phrase.title)
                        || !phrase.class.is_empty()
                            && office.class == phrase.class
                            && INTERCHANGEABLE.contains(&phrase.class.as_str())
                            && is_first(&office.title) == is_first(&phrase.title));
            let of = phrase.of.is_none() || office.of.is_none() || office.of == phrase.of;
            let to = phrase.to.is_none() || office.to.is_none() || office.to == phrase.to;
            let stated = !stated || phrase.of.is_some() && office.of == phrase.of;
            title && of && to && stated
        })
    };
    let ways = [(true, true), (true, false), (false, true), (false, false)];
    ways.into_iter().find_map(|(strictly, stated)| {
        seen.iter()
            .filter(|(start, person)| *start < span.start && fits(*person, strictly, stated))
            .max_by_key(|(start, _)| *start)
            .or_else(|| {
                seen.iter()
                    .filter(|(_, person)| fits(*person, strictly, stated))
                    .min_by_key(|(start, _)| *start)
            })
            .map(|&(_, person)| person)
    })
}

/// Whether a title is the office itself and no deputy's.
fn is_first(title: &str) -> bool {
    !["vice", "deputy", "former", "first"]
        .iter()
        .any(|word| title.starts_with(word))
}

/// Families of offices whose titles name one bearer: "the Head of the State" is the President named before.
const INTERCHANGEABLE: [&str; 3] = ["head_of_state", "monarch", "diplomat"];

/// Families of the highest offices.
const HEADS: [&str; 3] = ["head_of_state", "head_of_government", "monarch"];
