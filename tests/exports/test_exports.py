"""The exports as their own readers see them: DuckDB, pandas, FollowTheMoney, pandoc.

Needs VERBALE (the program) and VERBALE_EXAMPLES (a folder of articles); `cargo xtask check` sets both.
"""

import csv
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

import duckdb
import followthemoney
import pandas
import pyarrow
import pyarrow.ipc
import pyarrow.parquet

VERBALE = os.environ["VERBALE"]
EXAMPLES = sorted(pathlib.Path(os.environ["VERBALE_EXAMPLES"]).glob("*/*.txt"))


def verbale(*arguments, stdin=None, code=0):
    """Runs the program and gives its standard output."""
    done = subprocess.run([VERBALE, *map(str, arguments)], input=stdin, capture_output=True)
    assert done.returncode == code, (arguments, done.returncode, done.stderr.decode())
    return done.stdout


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.kept.cleanup)
        cls.folder = pathlib.Path(cls.kept.name)
        cls.store = cls.folder / "examples.db"
        verbale("--store", cls.store, "add", *EXAMPLES)
        lines = verbale("--store", cls.store, "facts", "--format", "jsonl").splitlines()
        cls.facts = [json.loads(line) for line in lines]
        cls.docs = [json.loads(line) for line in verbale("--store", cls.store, "docs", "--format", "jsonl").splitlines()]

    def export(self, name, *options):
        """Exports and gives the path of the file."""
        path = self.folder / f"{self.id().rsplit('.')[-1]}.{name}"
        verbale("--store", self.store, "export", "--as", name, "-o", path, *options)
        return path

    def events(self):
        """The facts that are events in the sense of the event formats, told without our program."""
        said = {"AGREE", "CONCEDE", "REQUEST", "ACCUSE", "THREATEN"}
        return [
            fact
            for fact in self.facts
            if fact["event_type"]
            and not fact["negated"]
            and "repeats" not in fact
            and (
                fact["modality"] in ("asserted", "habitual")
                or (fact["event_type"] in said and fact["modality"] != "opinion")
            )
        ]

    def test_duckdb_reads_the_parquet(self):
        path = self.export("parquet")
        rows = duckdb.sql(f"select id, cameo, date_start, actor, mutual from '{path}' order by id").fetchall()
        expected = sorted(self.facts, key=lambda fact: fact["id"])
        self.assertEqual([row[0] for row in rows], [fact["id"] for fact in expected])
        for row, fact in zip(rows, expected):
            self.assertEqual(row[1], fact["cameo"])
            self.assertEqual(row[2] and row[2].isoformat(), fact["date"]["start"])
            self.assertEqual(row[3], [party["id"] for party in fact["actor"]])
            self.assertEqual(row[4], fact["mutual"])
        kinds = dict(duckdb.sql(f"select column_name, column_type from (describe select * from '{path}')").fetchall())
        self.assertEqual(
            (kinds["cameo"], kinds["actor"], kinds["date_end"], kinds["negated"], kinds["quad"]),
            ("VARCHAR", "VARCHAR[]", "DATE", "BOOLEAN", "BIGINT"),
        )
        records = self.export("parquet", "--rows", "records")
        self.assertGreater(duckdb.sql(f"select count(*) from '{records}'").fetchall()[0][0], 0)

    def test_pandas_keeps_codes_as_texts(self):
        path = self.export("csv")
        metadata = json.loads(path.with_name(path.name + "-metadata.json").read_text())
        self.assertEqual(metadata["url"], path.name)
        columns = metadata["tableSchema"]["columns"]
        texts = {column["name"]: str for column in columns if column["datatype"] == "string"}
        table = pandas.read_csv(path, dtype=texts, keep_default_na=False)
        self.assertEqual(list(table.columns), [column["name"] for column in columns])
        codes = {fact["id"]: fact["cameo"] or "" for fact in self.facts}
        self.assertEqual(dict(zip(table["id"], table["cameo"])), codes)
        self.assertTrue(any(code.startswith("0") for code in table["cameo"]))
        parquet = pandas.read_parquet(self.export("parquet"))
        self.assertEqual(set(parquet["cameo"].fillna("")), set(codes.values()))

    def test_the_panel_joins_and_adds_up(self):
        path = self.export("parquet", "--rows", "series", "--by", "month")
        panel = pandas.read_parquet(path)
        pair = panel[(panel.ccode1 == 373) & (panel.ccode2 == 770)]
        self.assertEqual(set(zip(pair.iso1, pair.iso2)), {("AZE", "PAK")})
        self.assertEqual((set(pair.gwcode1), set(pair.gwcode2)), ({373}, {770}))
        lines = verbale("--store", self.store, "records", "--pair", "AZE,PAK", "--format", "jsonl").splitlines()
        records = [json.loads(line) for line in lines]
        counted = [record for record in records if record["kind"] not in ("person", "figure")]
        modalities = [name for name in pair.columns if re.fullmatch("n_(asserted|habitual|planned|intended|considered|conditional|requested|opinion|alleged|denied)", name)]
        self.assertEqual(pair[modalities].sum().sum() + pair.unplaced.sum(), len(counted))
        self.assertEqual(pair.n.sum(), pair.n_asserted.sum() + pair.n_habitual.sum())
        types = [name for name in pair.columns if name.startswith("n_") and name[2:].upper() in PLOVER]
        self.assertEqual(len(types), 16)
        self.assertEqual(pair.n.sum(), pair[types].sum().sum() + pair.n_untyped.sum())
        uncovered = panel[panel.n_documents == 0]
        self.assertTrue(uncovered.n.isna().all() and panel[panel.n_documents > 0].n.notna().all())

    def test_followthemoney_takes_every_entity(self):
        lines = self.export("ftm").read_text().splitlines()
        entities = {}
        for line in lines:
            data = json.loads(line)
            proxy = followthemoney.model.get_proxy(data, cleaned=False)
            proxy.schema.validate(data)
            # What the model does not take as a value of its type it drops: nothing may be lost.
            self.assertEqual(
                {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()},
                {name: sorted(values) for name, values in data["properties"].items()},
            )
            entities[proxy.id] = proxy
        self.assertEqual(len(entities), len(lines))
        happenings = [proxy for proxy in entities.values() if proxy.schema.name == "Event"]
        self.assertEqual({proxy.first("recordId") for proxy in happenings}, {fact["id"] for fact in self.events()})
        for proxy in happenings:
            for name in ("proof", "involved"):
                for target in proxy.get(name):
                    self.assertIn(target, entities)
        articles = [proxy for proxy in entities.values() if proxy.schema.name == "Article"]
        self.assertEqual(len(articles), len({fact["doc"] for fact in self.facts}))

    def test_pandoc_takes_the_bibliographies(self):
        cited = {f"verbale-{fact['doc']}" for fact in self.facts}
        titles = {}
        for name, form in (("bibtex", "biblatex"), ("csl", "csljson")):
            path = self.export(name)
            read = subprocess.run(
                ["pandoc", "--from", form, "--to", "csljson", path], capture_output=True, check=True
            )
            self.assertEqual(read.stderr, b"")
            entries = json.loads(read.stdout)
            self.assertEqual({entry["id"] for entry in entries}, cited)
            titles[name] = {entry["id"]: re.sub("<[^>]*>", "", entry["title"]).lower() for entry in entries}
            dates = {entry["id"]: entry.get("issued", {}).get("date-parts") for entry in entries}
            for doc in self.docs:
                published = doc["published"]
                if published and published["start"] == published["end"] and f"verbale-{doc['id']}" in cited:
                    parts = [int(part) for part in published["start"].split("-")]
                    self.assertEqual(dates[f"verbale-{doc['id']}"], [parts])
        self.assertEqual(titles["bibtex"], titles["csl"])

    def test_plover_has_the_names_of_the_manual(self):
        known = {"id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc",
                 "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info",
                 "coder", "coded_date", "coded_time", "comment"}
        of_party = {"code", "sector", "entity_text", "identifier_id", "identifier_text", "religion", "ethnicity",
                    "office", "gender", "age"}
        lines = [json.loads(line) for line in self.export("plover").read_text().splitlines()]
        self.assertTrue(lines)
        facts = {fact["id"]: fact for fact in self.events()}
        for event in lines:
            self.assertLessEqual(set(event), known)
            self.assertGreaterEqual(set(event), {"id", "date", "actor", "event"})
            self.assertRegex(event["date"], r"^\d{4}-\d\d-\d\d$")
            self.assertTrue(set(event["event"]) <= PLOVER)
            for party in event["actor"] + event["recipient"]:
                self.assertLessEqual(set(party), of_party)
            self.assertEqual(event["event_text"], [facts[event["id"]]["quote"]])

    def test_gdelt_has_its_columns(self):
        rows = [line.split("\t") for line in self.export("gdelt").read_text().splitlines()]
        self.assertTrue(rows)
        self.assertEqual({len(row) for row in rows}, {61})
        self.assertEqual(len({row[0] for row in rows}), len(rows))
        for row in rows:
            self.assertRegex(row[0], r"^\d{1,19}$")
            self.assertRegex(row[1], r"^\d{8}$")
            self.assertEqual((row[2], row[3]), (row[1][:6], row[1][:4]))
            self.assertTrue(row[26].startswith(row[27]) and row[27].startswith(row[28]) and len(row[28]) == 2)
            self.assertIn(row[29], "1234")
            self.assertRegex(row[53], r"^([A-Z]{2})?$")
        pairs = {(row[7], row[17]) for row in rows}
        self.assertTrue({("AZE", "PAK"), ("PAK", "AZE")} & pairs, pairs)
        fips = {row[53] for row in rows if row[53]}
        self.assertTrue(fips, "no event of the examples has a place")
        self.assertNotIn("AZ", fips)

    def test_polecat_has_its_columns(self):
        with open(self.export("polecat"), newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        self.assertTrue(rows)
        self.assertEqual(len(rows[0]), 40)
        quads = {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}
        for row in rows:
            self.assertNotIn(None, row)
            self.assertNotIn(None, row.values())
            self.assertIn(row["Event Type"], PLOVER)
            self.assertIn(row["Quad Code"], quads)
        self.assertIn("373", {row["Actor COW"] for row in rows})

    def test_the_smaller_formats_are_well_formed(self):
        slides = json.loads(self.export("timelinejs").read_text())["events"]
        self.assertTrue(all(slide["start_date"]["year"] and slide["text"]["headline"] for slide in slides) and slides)
        graph = xml.etree.ElementTree.parse(self.export("gexf")).getroot()
        space = "{http://gexf.net/1.3}"
        nodes = {node.get("id") for node in graph.iter(space + "node")}
        edges = list(graph.iter(space + "edge"))
        self.assertTrue(edges and all({edge.get("source"), edge.get("target")} <= nodes for edge in edges))
        notes = [json.loads(line) for line in self.export("webannotation").read_text().splitlines()]
        self.assertEqual(len(notes), len(self.facts))
        for note in notes:
            place, words = note["target"]["selector"]
            self.assertEqual(place["end"] - place["start"], len(words["exact"]))
        lines = [json.loads(line) for line in self.export("jsonl").read_text().splitlines()]
        self.assertEqual(lines, self.facts)

    def test_filters_narrow_and_nothing_is_told(self):
        kinds = duckdb.sql(f"select distinct kind from '{self.export('parquet', '--kind', 'agreement')}'").fetchall()
        self.assertEqual(kinds, [("agreement",)])
        path = self.folder / "nothing.csv"
        verbale("--store", self.store, "export", "--as", "csv", "-o", path, "--pair", "CHL,PER", code=1)
        self.assertFalse(path.exists())

    def test_code_is_a_filter_over_arrow(self):
        texts = [path.read_text() for path in EXAMPLES] + ["", "no line is so long " * 60_000]
        names = [path.name for path in EXAMPLES] + ["empty", "broken"]
        table = pyarrow.table({"id": names, "text": texts, "other": range(len(texts))})
        stream = pyarrow.BufferOutputStream()
        with pyarrow.ipc.new_stream(stream, table.schema) as writer:
            for batch in table.to_batches(max_chunksize=2):
                writer.write(batch)
        bytes_in = stream.getvalue().to_pybytes()
        out = verbale("code", "--in", "arrow-stream", "--out", "arrow-stream", stdin=bytes_in, code=2)
        coded = pyarrow.ipc.open_stream(out).read_all().to_pandas()
        documents = coded[coded["row"] == "document"]
        self.assertEqual(list(documents.input_id), names)
        self.assertEqual(list(documents.status), ["ok"] * len(EXAMPLES) + ["empty", "failed"])
        self.assertEqual(set(coded.resource), {coded.resource.iloc[0]})
        found = coded[coded["row"] == "fact"]
        self.assertEqual(sorted(found.id), sorted(fact["id"] for fact in self.facts))
        self.assertEqual(documents.n_facts.sum(), len(found))
        # The same facts leave as JSON lines, from Parquet too.
        parquet = pyarrow.BufferOutputStream()
        pyarrow.parquet.write_table(table, parquet)
        out = verbale("code", "--in", "parquet", "--out", "jsonl", stdin=parquet.getvalue().to_pybytes(), code=2)
        ids = [json.loads(line)["id"] for line in out.splitlines()]
        self.assertEqual(sorted(ids), sorted(found.id))
        # Files go in and Parquet comes out.
        out = verbale("code", "--out", "parquet", EXAMPLES[0])
        back = pyarrow.parquet.read_table(pyarrow.BufferReader(out)).to_pandas()
        self.assertEqual(list(back["row"][:1]), ["document"])


PLOVER = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
          "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

if __name__ == "__main__":
    unittest.main()
