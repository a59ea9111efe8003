#!/usr/bin/env python3
"""Token F1 of trafilatura on the forty pages, by layout, for the table in docs/READING.md.

    python3 -m venv venv && venv/bin/pip install trafilatura lxml_html_clean && venv/bin/python tests/formats/pages/compare.py
"""

import collections
import pathlib
import re

import trafilatura


def f1(found, gold):
    found, gold = (collections.Counter(re.findall(r"\w+", words.lower())) for words in (found, gold))
    both = sum((found & gold).values())
    return 2 * both / (sum(found.values()) + sum(gold.values()))


def main():
    scores = collections.defaultdict(list)
    for page in sorted(pathlib.Path(__file__).parent.glob("*.html")):
        found = trafilatura.extract(page.read_text(encoding="utf-8"), include_comments=False) or ""
        scores[page.stem.split("-")[0]].append(f1(found, page.with_suffix(".txt").read_text(encoding="utf-8")))
    for layout, values in scores.items():
        print(f"{layout}\t{sum(values) / len(values):.3f}")
    values = [value for group in scores.values() for value in group]
    print(f"all\t{sum(values) / len(values):.3f}")


if __name__ == "__main__":
    main()
