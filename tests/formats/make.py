#!/usr/bin/env python3
"""Makes the files of tests/formats/same from article.txt, each with the tool that people use for it.

    python3 -m venv venv && venv/bin/pip install warcio reportlab
    apt-get install libreoffice-writer-nogui chromium zstd
    venv/bin/python tests/formats/make.py

The files are kept in the repository, so that the tests need none of these tools. Run it again only to add a format: what
LibreOffice and Chromium write differs from run to run in dates and ids.
"""

import csv
import gzip
import io
import json
import pathlib
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

HERE = pathlib.Path(__file__).parent
SAME = HERE / "same"
TEXT = (HERE / "article.txt").read_text(encoding="utf-8")
PARAGRAPHS = TEXT.strip().split("\n\n")
TITLE = "Togo and Ghana agree on use of Aflao port"
DATE = "2025-03-14T16:20:00+00:00"
MAIL_DATE = "Fri, 14 Mar 2025 16:20:00 +0000"
ADDRESS = "https://coastwire.example/2025/03/aflao-port"
OUTLET = "Coast Wire"
AUTHOR = "Ama Kpodo"
BODY = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in PARAGRAPHS)

LINKED_DATA = json.dumps({
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "datePublished": DATE,
    "author": {"@type": "Person", "name": AUTHOR}, "publisher": {"@type": "Organization", "name": OUTLET},
    "mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS},
})

PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | {OUTLET}</title>
<link rel="canonical" href="{ADDRESS}"><meta property="og:site_name" content="{OUTLET}">
<script type="application/ld+json">{LINKED_DATA}</script>
<style>body {{ font-family: serif }} nav li {{ display: inline }}</style></head>
<body>
<header class="masthead"><a href="/">{OUTLET}</a><nav><ul><li><a href="/world">World</a><li><a href="/ports">Ports</a></ul></nav></header>
<div id="cookie-banner"><p>We use cookies to measure how our pages are read. You can refuse them at any time.</p><button>Accept</button></div>
<main><article class="story">
<h1>{TITLE}</h1>
<p class="byline">By {AUTHOR}</p><time datetime="{DATE}">14 March 2025, 16:20</time>
{BODY.replace("</p>", "</p><div class='ad-slot'><p>Advertisement</p><p>Cheap flights to Accra, book today and save on your second seat.</p></div>", 1)}
<aside class="related"><h3>Related</h3><ul><li><a href="/a">Benin deepens its harbour in Cotonou for larger ships</a></ul></aside>
</article>
<section id="comments"><h2>3 comments</h2><p><b>kofi77</b> They signed the same thing in 2014 and nothing came of it, you will see.</p></section>
</main><footer><p>© 2025 {OUTLET}. All rights reserved.</p></footer></body></html>
"""

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{OUTLET}</title><link>https://coastwire.example/</link><description>News of the coast</description><language>en-gb</language>
<item><title>{TITLE}</title><link>{ADDRESS}</link><guid isPermaLink="false">cw-2281</guid><pubDate>{MAIL_DATE}</pubDate>
<dc:creator>{AUTHOR}</dc:creator><description>Eleven months of talks come to an end.</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item>
</channel></rss>
"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{OUTLET}</title><id>urn:coastwire</id><updated>{DATE}</updated>
<entry><title type="html">{escape(TITLE)}</title><id>urn:coastwire:2281</id><link rel="alternate" href="{ADDRESS}"/>
<published>{DATE}</published><updated>{DATE}</updated><author><name>{AUTHOR}</name></author>
<content type="html">{escape(BODY)}</content></entry>
</feed>
"""


def record():
    """The fields of a JSON document."""
    return {"title": TITLE, "published": DATE, "url": ADDRESS, "source": OUTLET, "author": AUTHOR, "text": TEXT}


def write(name, content):
    data = content.encode() if isinstance(content, str) else content
    (SAME / name).write_bytes(data)


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def table():
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["headline", "date", "paper", "body"])
    writer.writerow([TITLE, DATE, OUTLET, TEXT])
    return out.getvalue()


def letter():
    message = EmailMessage(policy=SMTP)
    message["Subject"] = TITLE
    message["From"] = f"{OUTLET} <desk@coastwire.example>"
    message["To"] = "readers@coastwire.example"
    message["Date"] = MAIL_DATE
    message["List-Id"] = "Coast Wire daily <daily.coastwire.example>"
    message.set_content(TEXT)
    message.add_alternative(f"<html><body>{BODY}</body></html>", subtype="html")
    return message.as_bytes()


def archive(path):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "warcio"}))
        answers = [
            ("https://coastwire.example/robots.txt", "text/plain", b"User-agent: *\nDisallow: /drafts\n"),
            ("https://coastwire.example/site.css", "text/css", b"body { margin: 0 }"),
            (ADDRESS, "text/html; charset=utf-8", PAGE.encode()),
        ]
        for address, kind, body in answers:
            head = StatusAndHeaders("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=head))
        head = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        gone = io.BytesIO(b"<p>There is nothing here any more.</p>")
        writer.write_record(writer.create_warc_record("https://coastwire.example/gone", "response", payload=gone, http_headers=head))


def office():
    """A document and a PDF by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder, "article.html")
        body = BODY.replace("\n", "")
        plain.write_text(f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>{body}</body></html>", encoding="utf-8")
        for target in ("docx:MS Word 2007 XML", "odt"):
            run("soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", target, "--outdir", folder, str(plain))
        run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(pathlib.Path(folder, "article.odt")))
        for ending in ("docx", "pdf"):
            write(f"article.{ending}", pathlib.Path(folder, f"article.{ending}").read_bytes())


def browser():
    """A PDF with the browser's head and foot, and the page as Chromium saves it."""
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "page.html")
        page.write_text(f"<html lang='en'><head><meta charset='utf-8'><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{BODY}</body></html>", encoding="utf-8")
        printed = pathlib.Path(folder, "printed.pdf")
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}", page.as_uri())
        write("article-printed.pdf", printed.read_bytes())
        page.write_text(PAGE, encoding="utf-8")
        saved = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()],
                               check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        write("article-saved.html", saved)


SYLLABLES = {"agreement": "agree-ment", "Foreign": "For-eign", "counterpart": "coun-ter-part", "government": "gov-ern-ment",
             "electricity": "elec-tric-ity", "question": "ques-tion", "executive": "ex-ecu-tive", "reporters": "re-porters",
             "according": "ac-cord-ing", "neighbour": "neigh-bour", "treasury": "treas-ury", "officials": "offi-cials",
             "megawatts": "mega-watts", "countries": "coun-tries", "criticised": "crit-icised", "initialled": "ini-tialled",
             "supports": "sup-ports", "President": "Pres-i-dent", "granted": "grant-ed", "lorry": "lor-ry", "palace": "pal-ace"}


def set_lines(paragraph, width, measure, indent):
    """Breaks a paragraph into lines, with hyphens where a syllable still fits."""
    line, room = "", width - indent
    for word in paragraph.split():
        if measure(f"{line} {word}".strip()) <= room:
            line = f"{line} {word}".strip()
            continue
        core = word.strip("“”.,")
        pieces = SYLLABLES.get(core, core).split("-") if core in SYLLABLES else []
        for cut in range(len(pieces) - 1, 0, -1):
            start = word[:word.index(core)] + "".join(pieces[:cut])
            if measure(f"{line} {start}-") <= room:
                line, word = f"{line} {start}-", word[len(start):]
                break
        yield line
        line, room = word, width
    yield line


def columns():
    """Two columns with hyphens, running head and folio, over two pages, by ReportLab."""
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    width, gutter, left, leading, rows = 122, 20, 40, 11, 15
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5)
    canvas.setTitle(TITLE)
    canvas.setAuthor(AUTHOR)
    lines = []
    for paragraph in PARAGRAPHS:
        measured = set_lines(paragraph, width, lambda words: stringWidth(words, "Times-Roman", 9), 10)
        lines.extend((10 if index == 0 else 0, line) for index, line in enumerate(measured))
    for start in range(0, len(lines), 2 * rows):
        page = start // (2 * rows) + 1
        canvas.setFont("Times-Italic", 8)
        canvas.drawString(left, A5[1] - 28, "Coast Wire  Weekly Review")
        canvas.drawCentredString(A5[0] / 2, 22, str(page))
        top = A5[1] - 110
        if page == 1:
            canvas.setFont("Times-Bold", 16)
            canvas.drawString(left, A5[1] - 70, TITLE)
        canvas.setFont("Times-Roman", 9)
        for index, (indent, line) in enumerate(lines[start:start + 2 * rows]):
            column, row = divmod(index, rows)
            # The second column does not keep the baselines of the first.
            canvas.drawString(left + column * (width + gutter) + indent, top - row * leading - 3 * column, line)
        canvas.showPage()
    canvas.save()
    write("article-columns.pdf", out.getvalue())


def main():
    SAME.mkdir(exist_ok=True)
    write("article.txt", TEXT)
    write("article.html", PAGE)
    write("article.json", json.dumps(record(), ensure_ascii=False, indent=1))
    write("article.jsonl", json.dumps(record()) + "\n")
    write("article.csv", table())
    write("article.eml", letter())
    write("article-rss.xml", RSS)
    write("article-atom.xml", ATOM)
    write("article.txt.gz", gzip.compress(TEXT.encode(), mtime=0))
    run("zstd", "-q", "-f", str(SAME / "article.jsonl"), "-o", str(SAME / "article.jsonl.zst"))
    archive(SAME / "article.warc")
    archive(SAME / "article.warc.gz")
    columns()
    office()
    browser()


if __name__ == "__main__":
    sys.exit(main())
