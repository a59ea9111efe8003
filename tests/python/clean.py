"""What has to work where the package is installed alone: no Arrow, no pandas."""

import pathlib
import pickle
import tempfile

import verbale

SENTENCE = "Envoys of Chad and Niger signed a memorandum on grazing routes."

facts = verbale.code(SENTENCE)
assert facts[0]["cameo"] == "057" and facts[0]["quote"] in SENTENCE
assert "memorandum" in facts._repr_html_()
assert list(pickle.loads(pickle.dumps(facts))) == list(facts)
with tempfile.TemporaryDirectory() as folder:
    store = verbale.Store(pathlib.Path(folder, "news.db"))
    assert store.add({"text": SENTENCE})["added"] == 1
    assert len(store.facts()) == len(facts)
try:
    facts.to_arrow()
except ModuleNotFoundError as missing:
    assert missing.name == "pyarrow"
else:
    raise AssertionError("this environment has Arrow: it is not clean")
