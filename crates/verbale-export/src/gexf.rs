//! GEXF 1.3: who deals with whom, for Gephi and other readers of graphs.

use std::collections::{BTreeMap, BTreeSet};

use verbale::record::word;

use crate::Material;
use crate::events::events;

/// A directed graph: parties are nodes, and all events of one type between two of them are one edge with their number as
/// its weight.
pub fn gexf(material: &Material) -> Vec<u8> {
    let mut nodes: BTreeMap<&str, &str> = BTreeMap::new();
    let mut edges: BTreeMap<(&str, &str, String), BTreeSet<&str>> = BTreeMap::new();
    for event in events(material) {
        for (actor, recipient) in event.pairs() {
            let Some(recipient) = recipient else {
                continue;
            };
            for party in [actor, recipient] {
                let state = material.lexicon.state(party.side());
                nodes.insert(party.side(), state.map_or(&party.name, |state| &state.name));
            }
            let edge = (actor.side(), recipient.side(), word(&event.event_type));
            edges.entry(edge).or_default().insert(&event.fact.id);
        }
    }
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  \
         <graph defaultedgetype=\"directed\">\n    <nodes>\n",
    );
    for (id, label) in nodes {
        out.push_str(&format!(
            "      <node id=\"{}\" label=\"{}\"/>\n",
            escape(id),
            escape(label)
        ));
    }
    out.push_str("    </nodes>\n    <edges>\n");
    for (number, ((source, target, kind), facts)) in edges.iter().enumerate() {
        out.push_str(&format!(
            "      <edge id=\"{number}\" source=\"{}\" target=\"{}\" kind=\"{kind}\" label=\"{kind}\" weight=\"{}\"/>\n",
            escape(source),
            escape(target),
            facts.len()
        ));
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    out.into_bytes()
}

fn escape(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .map(|character| match character {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}
