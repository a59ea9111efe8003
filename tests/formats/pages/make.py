#!/usr/bin/env python3
"""Writes forty pages in ten layouts, and beside each the article that is in it.

    python3 tests/formats/pages/make.py

Every layout is drawn from what news sites really do around a story; all words are our own.
"""

import json
import pathlib
from html import escape

from stories import STORIES

HERE = pathlib.Path(__file__).parent
OTHERS = [
    ("Harbour pilots end strike after talks run through the night", "Ships that waited in the roads since Friday began to move at dawn, and the first of them carried wheat."),
    ("Rail link to the coast will open two years late, auditors say", "A report blames the ground, the weather and a contract that nobody could find."),
    ("Museum returns bronze bell to the village it was taken from", "The bell had stood in a cellar since 1911 and will hang in the school yard."),
    ("Farmers count the cost of a third dry spring", "Seed that was sown in March has not come up on the eastern slopes."),
    ("Football: late goal sends the islanders to the final", "The goalkeeper had been a postman until last summer."),
]
ADS = [
    "Fly to the sun from 49 euros. Book before midnight and choose your seat for free.",
    "New season, new tyres: four for the price of three at a dealer near you.",
    "Your savings deserve better. Open an account in five minutes and get a welcome bonus.",
]
COMMENTS = [
    ("oldsailor", "I have read the same announcement four times since I was a boy, and I am seventy-one. Wake me when something is built."),
    ("Nadia K.", "For once they talk to each other instead of about each other. That is worth something, even if the paper is thin."),
    ("true_patriot_88", "Why do we always pay? Ask the minister who his cousin works for, then you know everything about this deal."),
    ("M. Brandt", "The article leaves out that the same commission failed in 2009 and again in 2014 for want of a quorum."),
    ("petra", "Thank you for explaining this so clearly, I finally understand what the quarrel is about!"),
    ("user5521", "First they sign and then they count. In business you would be out of a job by the evening of the same day."),
]


def blocks(text):
    """Kind and words of each block: p, h or li."""
    for line in text.split("\n"):
        if line.startswith("## "):
            yield "h", line[3:]
        elif line.startswith("* "):
            yield "li", line[2:]
        else:
            yield "p", line


def prose(text, p="<p>{}</p>", h="<h2>{}</h2>", li="<li>{}</li>", between=()):
    """The story as HTML; `between` is set in after the second block, the fourth, and so on."""
    out, open_list, extras = [], False, list(between)
    for index, (kind, words) in enumerate(blocks(text)):
        if (kind == "li") != open_list:
            out.append("<ul>" if kind == "li" else "</ul>")
            open_list = kind == "li"
        out.append({"p": p, "h": h, "li": li}[kind].format(escape(words, quote=False)))
        if index % 2 and extras and kind == "p":
            out.append(extras.pop(0))
    return "\n".join(out)


def cards(start, count=3, tag="h3"):
    out = []
    for index in range(start, start + count):
        title, summary = OTHERS[index % len(OTHERS)]
        out.append(f'<div><{tag}><a href="/story/{index}">{title}</a></{tag}><p>{summary}</p></div>')
    return "\n".join(out)


def links(start, count=5):
    return "<ul>" + "".join(f'<li><a href="/s/{i}">{OTHERS[i % len(OTHERS)][0]}</a></li>' for i in range(start, start + count)) + "</ul>"


def comments(count, tag="div", name="comment"):
    return "\n".join(
        f'<{tag} class="{name}"><b>{who}</b> <time>{i + 2} hours ago</time><p>{words}</p><a href="#r">Reply</a></{tag}>'
        for i, (who, words) in enumerate((COMMENTS * 3)[:count]))


def linked(title, author, day, outlet, kind="NewsArticle"):
    data = {"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "name": outlet, "url": "https://example.org/"},
        {"@type": kind, "headline": title, "datePublished": f"{day}T08:15:00Z", "author": [{"@type": "Person", "name": author}],
         "publisher": {"@type": "NewsMediaOrganization", "name": outlet}, "mainEntityOfPage": f"https://example.org/{day}"}]}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def head(title, outlet, extra="", lang="en"):
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)} | {outlet}</title>{extra}<script>window.dataLayer = [];</script></head>'


def broadsheet(number, title, author, day, text):
    ad = f'<div class="ad-container"><span>Advertisement</span><p>{ADS[number % 3]}</p></div>'
    return head(title, "Courier", linked(title, author, day, "Courier")) + f"""
<body class="has-sidebar comments-open"><header class="site-header"><a href="/">Courier</a><nav>{links(0, 4)}</nav></header>
<main><article><header><h1>{escape(title)}</h1><p class="byline">By <a rel="author" href="/a">{author}</a></p><time datetime="{day}">{day}</time></header>
<figure><img src="a.jpg"><figcaption>The ministers before the meeting. Photo: agency</figcaption></figure>
{prose(text, between=[ad, ad])}
<aside class="pullquote"><p>“A quote set large beside the text for those who only look.”</p></aside></article>
<aside><h2>Most read</h2>{links(2)}</aside></main><footer><p>© Courier. All rights reserved. Terms of use, imprint and privacy.</p></footer></body></html>"""


def tables(number, title, author, day, text):
    body = "<br><br>\n".join(escape(words, quote=False) if kind != "h" else f"<b>{words}</b>" for kind, words in blocks(text))
    menu = "<br>".join(f'<a href="{i}.htm">{words}</a>' for i, words in enumerate(["Home", "Politics", "Economy", "Sport", "Weather", "Guestbook"]))
    return f"""<html><head><title>{escape(title)}</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<body bgcolor="#ffffff"><table width="780" border="0"><tr><td colspan="3"><img src="logo.gif" alt="The Gazette"></td></tr>
<tr><td width="120" valign="top"><font size="2">{menu}</font></td>
<td valign="top"><font face="Georgia" size="5"><h1>{escape(title)}</h1></font><font face="Georgia" size="3">{body}</font><br><br><a href="print.htm">Print this page</a> | <a href="mail.htm">Send to a friend</a></td>
<td width="160" valign="top"><font size="2"><b>More stories</b><br>{links(1, 4)}</font></td></tr>
<tr><td colspan="3"><font size="1">© The Gazette 2003-2024</font></td></tr></table></body></html>"""


def weblog(number, title, author, day, text):
    return head(title, "Notes", f'<meta property="og:title" content="{escape(title)}"><meta property="article:published_time" content="{day}T10:00:00+00:00">') + f"""
<body class="post-template-default single single-post"><div id="page" class="site"><div class="site-branding"><p>Notes</p></div>
<div id="content"><div id="primary"><main id="main"><article id="post-{number}" class="post type-post hentry category-news tag-border">
<h1 class="entry-title">{escape(title)}</h1><div class="entry-meta">Posted on {day} by {author}</div>
<div class="entry-content">{prose(text)}<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li>Twitter</li><li>Facebook</li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3>{cards(0, 2, 'h4')}</div></div></article>
<nav class="post-navigation"><a href="/p">Previous post: {OTHERS[0][0]}</a></nav>
<div id="comments" class="comments-area"><h2>4 thoughts on “{escape(title)}”</h2>{comments(4, 'article', 'comment-body')}
<div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked.</p></div></div></main></div>
<div id="secondary" class="widget-area"><section class="widget"><h2>Archives</h2><ul><li><a href="/1">May 2021</a></li><li><a href="/2">June 2021</a></li></ul></section></div></div></div></body></html>"""


def hashed(number, title, author, day, text):
    box = f'<div data-component="ad-slot"><div class="css-zz9"><p>{ADS[(number + 1) % 3]}</p></div></div>'
    para = '<div data-component="text-block" class="css-1pfpin"><p class="css-uf6wea">{}</p></div>'
    sub = '<div data-component="subheadline-block" class="css-mrc9k"><h2 class="css-y2fs9g">{}</h2></div>'
    item = '<li class="css-li01">{}</li>'
    return head(title, "World Service", f'<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="World Service">') + f"""
<body><div id="root"><div class="css-0"><div class="css-a1"><a href="/">World Service</a>{links(1, 3)}</div>
<div class="css-m"><div class="css-h"><h1 class="css-h1">{escape(title)}</h1></div><div class="css-by">By {author}</div><div class="css-by">{day}</div>
{prose(text, para, sub, item, [box, box])}
<div data-component="links-block" class="css-rel"><p class="css-x">More on this story</p>{links(0, 3)}</div>
<div data-component="topic-list"><ul><li><a href="/t">Diplomacy</a></li><li><a href="/u">Borders</a></li></ul></div></div>
<div class="css-g">{cards(2, 3)}</div></div></div></body></html>"""


def live(number, title, author, day, text):
    posts = []
    for index, (kind, words) in enumerate(blocks(text)):
        if kind == "h":
            continue
        posts.append(f'<article class="live-post" id="p{index}"><time datetime="{day}T{9 + index:02}:20:00Z">{9 + index:02}:20 GMT</time><p>{escape(words, quote=False)}</p><div class="post-share">Share this post</div></article>')
    return head(title, "Tribune", linked(title, author, day, "Tribune", "LiveBlogPosting")) + f"""
<body><div class="top-nav">{links(0, 3)}</div><main><h1>{escape(title)}</h1>
<section class="key-events"><h2>Key events</h2><ul><li><a href="#p1">09:20 What we know</a></li><li><a href="#p3">11:20 The reaction</a></li></ul></section>
<div class="feed">{"".join(posts)}</div><button>Load more</button></main>
<div class="newsletter-promo"><h3>Sign up for the morning letter</h3><p>Everything that matters, before your coffee is cold. You can leave at any time.</p></div></body></html>"""


def paywall(number, title, author, day, text):
    return head(title, "Financial Post", f'<meta property="og:title" content="{escape(title)}"><meta name="author" content="{author}"><meta name="date" content="{day}">') + f"""
<body><div id="gdpr-consent-overlay" role="dialog"><h2>Your privacy</h2><p>We and our 312 partners store and access information on a device, such as unique identifiers in cookies, to process personal data.</p><button>Accept all</button></div>
<div class="page"><div class="headline-wrap"><h1>{escape(title)}</h1><p class="standfirst-meta">{author}</p></div>
<div class="article-text">{prose(text, between=[f'<div class="inline-subscribe"><p>Get the full picture for one euro a month. Cancel at any time, no questions asked.</p></div>'])}</div>
<div class="paywall-barrier"><h3>This article is for subscribers</h3><p>Choose the offer that suits you. Already a subscriber? Log in to go on reading where you stopped.</p></div>
<div class="recirc-module"><h3>Recommended for you</h3>{cards(1, 4)}</div></div></body></html>"""


def bare(number, title, author, day, text):
    return f"""<!doctype html><html><head><meta charset=utf-8><title>{escape(title)} - Islands Today</title></head><body>
<div><a href="/">Islands Today</a> <a href="/news">News</a> <a href="/weather">Weather</a></div>
<div><h1>{escape(title)}</h1><div>{author}, {day}</div>
{prose(text)}
</div><div><h2>More stories</h2>{cards(0, 5)}</div><div>Islands Today is published twice a week.</div></body></html>"""


def quarrel(number, title, author, day, text):
    return head(title, "Forum", linked(title, author, day, "Forum")) + f"""
<body><div class="container"><div class="col-8"><h1>{escape(title)}</h1><div class="story">{prose(text)}</div>
<div class="social-bar"><a href="#">Facebook</a> <a href="#">Twitter</a></div>
<div id="disqus_thread"><h2>18 Comments</h2><div class="sort">Best | Newest | Oldest</div>{comments(18)}</div></div>
<div class="col-4 sidebar"><h3>Trending</h3>{links(0)}<div class="adslot"><p>{ADS[number % 3]}</p></div></div></div></body></html>"""


def embeds(number, title, author, day, text):
    extras = [
        f'<p><strong>Read more: <a href="/r">{OTHERS[number % 5][0]}</a></strong></p>',
        '<blockquote class="social-embed"><p>Big day for both our countries! Thank you all.</p>— Minister (@minister) <a href="#">May 3</a></blockquote>',
        '<div class="newsletter-signup"><p>Like what you read? Our weekly letter brings the best of it to you.</p><form><input type="email"><button>Go</button></form></div>',
    ]
    return head(title, "Magazine", linked(title, author, day, "Magazine")) + f"""
<body><div class="wrapper"><article class="longread"><h1>{escape(title)}</h1><p class="author-line byline">Words by {author}</p>
<figure><img src="1.jpg"><figcaption>A view of the border post in the morning. Credit: our photographer</figcaption></figure>
{prose(text, between=extras)}
<div class="author-bio"><p>{author} has written about borders and the people on them since 2009 and lives near one.</p></div>
<ul class="tags"><li><a href="/t1">Diplomacy</a></li><li><a href="/t2">Africa</a></li></ul></article>
<section class="more-stories"><h2>Up next</h2>{cards(1, 3)}</section></div></body></html>"""


def ministry(number, title, author, day, text):
    return head(title, "Ministry of Foreign Affairs", f'<meta name="dc.date.issued" content="{day}"><meta name="dc.publisher" content="Ministry of Foreign Affairs">') + f"""
<body><a class="skip-link" href="#c">Skip to content</a><div role="banner"><p>Ministry of Foreign Affairs</p></div><div role="navigation">{links(0, 4)}</div>
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/press">Press</a> &gt; {escape(title)}</div>
<div role="main" itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{escape(title)}</h1>
<div itemprop="articleBody">{prose(text)}</div>
<div class="contact-box sidebar"><h2>Press office</h2><p>Telephone 555 0199, on working days between nine and four. Journalists only.</p></div></div>
<div role="contentinfo"><p>Published by the press department. Reproduction is free if the source is named.</p></div></body></html>"""


LAYOUTS = [broadsheet, tables, weblog, hashed, live, paywall, bare, quarrel, embeds, ministry]


def main():
    for layout in LAYOUTS:
        for number, (title, author, day, text) in enumerate(STORIES, 1):
            name = f"{layout.__name__}-{number}"
            (HERE / f"{name}.html").write_text(layout(number, title, author, day, text), encoding="utf-8")
            kept = [words for kind, words in blocks(text) if not (layout is live and kind == "h")]
            (HERE / f"{name}.txt").write_text("\n\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
