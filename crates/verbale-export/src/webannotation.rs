//! W3C Web Annotations: each fact as a note on the words that say it.

use std::collections::BTreeMap;

use serde_json::json;
use verbale_read::Document;

use crate::{ExportError, Material, lines};

/// One annotation a line. The text is found by address or by hash; the words by character and by quotation.
pub fn webannotation(material: &Material) -> Result<Vec<u8>, ExportError> {
    let documents: BTreeMap<&str, &Document> = material
        .documents
        .iter()
        .map(|document| (document.id.as_str(), document))
        .collect();
    lines(material.facts.iter().map(|fact| {
        let source = documents.get(fact.doc.as_str()).map_or_else(
            || format!("urn:verbale:doc:{}", fact.doc),
            |document| {
                let hash = || format!("urn:sha256:{}", document.sha256);
                document.url.clone().unwrap_or_else(hash)
            },
        );
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("urn:verbale:fact:{}", fact.id),
            "type": "Annotation",
            "motivation": "classifying",
            "body": { "type": "Dataset", "format": "application/json", "value": fact },
            "target": {
                "source": source,
                "selector": [
                    { "type": "TextPositionSelector", "start": fact.char_start, "end": fact.char_end },
                    { "type": "TextQuoteSelector", "exact": fact.quote },
                ],
            },
        })
    }))
}
