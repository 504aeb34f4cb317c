"""What each format becomes, and where its offsets count from."""

from __future__ import annotations

import gzip
import json
import os
import re
import threading
from pathlib import Path

import pytest

from kg.articles import ArticleError, Limits, read

from .conftest import Reader, pdf, read_all, warc

SHARED = Path(__file__).parents[2].parent / "shared"
SENTENCE = "Acme Cloud put $5 million into Beta Labs on Monday, both companies said in Paris."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Acme backs Beta</title>
<meta property="article:published_time" content="2024-02-26T08:00:00Z">
<meta property="og:site_name" content="The Paper"><link rel="canonical" href="https://paper.example/a">
</head><body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Acme backs Beta</h1><p>{SENTENCE}</p><p>Beta Labs makes a language model.</p></article>
<aside>Read more: ten tips for gardeners</aside><footer>All rights reserved</footer></body></html>"""


def test_text_is_kept_to_the_character_and_its_headline_is_the_title(reading: Reader) -> None:
    text = f"\n  Acme backs Beta  \n\n\n{SENTENCE}\n\nLeave a comment *"
    [article], errors = reading("story.txt", text)
    assert not errors
    assert article.text == text
    assert (article.title, article.source, article.url) == ("Acme backs Beta", "story.txt", None)


@pytest.mark.parametrize("start", [SENTENCE, SENTENCE + "\n\nMore.", "A.\n\nB", ""])
def test_a_text_that_begins_at_once_has_no_title(reading: Reader, start: str) -> None:
    [article], _ = reading("story.txt", start + "\nNext line.")
    assert article.title is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("\ufeffA café.".encode(), "A café."),
        ("A café.\r\nTwo.\rThree.".encode(), "A café.\nTwo.\nThree."),
        ("A “café” costs €5.".encode("cp1252"), "A “café” costs €5."),
        ("A café.".encode("utf-16"), "A café."),
        ("A cafe in Paris.".encode("utf-16-le"), "A cafe in Paris."),
        ("Ärger über Öl: ".encode() * 9 + b"\xff!", "Ärger über Öl: " * 9 + "\ufffd!"),
        (b"One\x0cTwo\x01.", "One\nTwo\ufffd."),
        (
            "Acme’s €15m café £3m \U0001f600".encode().decode("latin-1").encode(),
            "Acme’s €15m café £3m \U0001f600",
        ),
        ("São Paulo, Zürich, ÂME, Ã!".encode(), "São Paulo, Zürich, ÂME, Ã!"),
    ],
)
def test_encodings_are_mended(reading: Reader, data: bytes, text: str) -> None:
    [article], errors = reading("story.txt", data)
    assert (article.text, errors) == (text, [])


def test_markdown_text_is_the_body_without_blank_ends(reading: Reader) -> None:
    front = "title: 'Acme: a deal'\nPublished: 2024-02-26\npublisher: The Paper\nurl: https://p.example/a\nalso:\n  - https://q.example"
    [article], errors = reading(
        "deal.md", f"---\n{front}\n---\n\n  \n**{SENTENCE}**\n\n- one\n\n\n"
    )
    assert not errors
    assert article.text == f"**{SENTENCE}**\n\n- one"
    assert article.title == "Acme: a deal"
    assert article.published == "2024-02-26"
    assert (article.publisher, article.url) == ("The Paper", "https://p.example/a")
    assert article.source == "deal.md"


def test_markdown_without_front_matter_takes_its_heading_as_title(reading: Reader) -> None:
    [article], _ = reading("deal.md", f"# Acme backs Beta #\n\n{SENTENCE}\n")
    assert (article.title, article.text) == (
        "Acme backs Beta",
        f"# Acme backs Beta #\n\n{SENTENCE}",
    )


def test_html_without_its_furniture(reading: Reader) -> None:
    [article], errors = reading("page.html", PAGE)
    assert not errors
    assert SENTENCE in article.text
    for furniture in ("Home", "gardeners", "rights reserved"):
        assert furniture not in article.text
    assert article.title == "Acme backs Beta"
    assert article.published == "2024-02-26"
    assert article.publisher == "The Paper"
    assert article.url == "https://paper.example/a"
    assert article.source == "page.html"


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'style="display: none"',
        'style="color:red;visibility:hidden"',
        'style="font-size:0"',
        'aria-hidden="true"',
    ],
)
def test_what_a_reader_of_the_page_does_not_see_is_not_read(
    reading: Reader, attributes: str
) -> None:
    page = PAGE.replace(
        "</article>", f"<p {attributes}>Evil Corp bought everything for $1 billion.</p></article>"
    )
    [article], _ = reading("page.html", page)
    assert SENTENCE in article.text
    assert "Evil" not in article.text


def test_a_date_is_read_where_it_is_declared_and_never_guessed(reading: Reader) -> None:
    bare = re.sub("<meta[^>]*published_time[^>]*>", "", PAGE)
    for extra, published in (
        ("", None),
        (
            "<p>Founded in 2015, Beta Labs raised money on 3 May 2021.</p><p>Copyright 2019</p>",
            None,
        ),
        ('<time datetime="2024-02-26T10:00">Monday</time>', "2024-02-26"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-02-26"}</script>',
            "2024-02-26",
        ),
    ):
        [article], _ = reading("page.html", bare.replace("<h1>", extra + "<h1>"))
        assert article.published == published, extra


def test_html_in_the_encoding_it_declares(reading: Reader) -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>The “Café” deal. {SENTENCE}</p>'
    [article], _ = reading("page.htm", page.encode("cp1252"))
    assert article.text.startswith("The “Café” deal.")


def test_jsonl_text_is_exact_and_source_is_id_then_url_then_line(reading: Reader) -> None:
    texts = [" A\r\nB \u2028 C\tâ‚¬", "two\u200b", "\u202ethree", "four \U0001f600"]
    records: list[dict[str, object]] = [
        {"id": 0, "url": "https://p.example/0", "text": texts[0], "published": None},
        {
            "url": "https://p.example/1",
            "title": " T\n t ",
            "text": texts[1],
            "published": "2024-02",
        },
        {"text": texts[2], "published": "Mon, 26 Feb 2024 10:00:00 GMT", "facts": []},
        {"id": "", "url": "", "text": texts[3]},
    ]
    data = "\n\n".join(json.dumps(r, ensure_ascii=n % 2 == 0) for n, r in enumerate(records))
    articles, errors = reading("news.jsonl", data)
    assert not errors
    assert [a.text for a in articles] == texts
    assert [a.source for a in articles] == [
        "0",
        "https://p.example/1",
        "news.jsonl:5",
        "news.jsonl:7",
    ]
    assert [a.published for a in articles] == [None, "2024-02", "2024-02-26", None]
    assert articles[1].title == "T t"


def test_a_bad_line_is_named_and_the_others_are_read(reading: Reader) -> None:
    lines = [
        '{"id": 1, "text": "One."}',
        "{not json}",
        '{"id": 3}',
        "[1]",
        '{"id": 5, "text": 7}',
        '{"id": 6, "text": "  "}',
        '{"id": 7, "text": "x", "published": "soonish"}',
        '{"id": {}, "text": "x"}',
        "[" * 100_000,
        '{"id": 10, "text": "Ten \\ud83d.", "n": ' + "1" * 5000 + "}",
        '{"id": 11, "text": "Eleven \\ud83d."}',
    ]
    articles, errors = reading("news.jsonl", "\n".join(lines))
    assert [(a.source, a.text) for a in articles] == [("1", "One."), ("11", "Eleven \ufffd.")]
    assert [int(e.split(":")[1].split(":")[0]) for e in errors] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert all("news.jsonl" in e for e in errors)


def test_json_holds_one_article_or_a_list(reading: Reader) -> None:
    assert [a.text for a in reading("one.json", json.dumps({"text": "A."}, indent=2))[0]] == ["A."]
    articles, errors = reading("two.json", json.dumps([{"text": "A."}, 3, {"id": 2, "text": "B."}]))
    assert [a.source for a in articles] == ["two.json:1", "2"]
    assert len(errors) == 1
    assert "record 2" in errors[0]


def test_pdf_lines_become_paragraphs(reading: Reader) -> None:
    first = "Acme backs Beta\n\nAcme Cloud put five million dollars into the start-\nup Beta Labs on Monday, the compa-\nnies said."
    pages = [
        f"The Paper 2024\n{first}\n1",
        *(f"The Paper 2024\nBody of page {n}.\n{n}" for n in (2, 3, 4)),
    ]
    [article], errors = reading("paper.pdf", pdf(*pages))
    assert not errors
    assert "The Paper" not in article.text
    assert "the companies said." in article.text
    assert "Body of page 3." in article.text


def test_pdf_without_text_says_so(reading: Reader) -> None:
    _, [error] = reading("scan.pdf", pdf(""))
    assert "OCR" in error


def test_feed_entries_are_articles(reading: Reader) -> None:
    rss = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel><title>The Paper</title><link>https://p.example</link>
    <item><title>Acme &amp; Beta</title><link>https://p.example/1</link><guid>tag:1</guid>
    <pubDate>Mon, 26 Feb 2024 10:00:00 GMT</pubDate><description>Short.</description>
    <content:encoded><![CDATA[<p>{SENTENCE}</p><script>bad()</script><p>Two <b>bold</b>.</p>]]></content:encoded></item>
    <item><title>No text</title><link>https://p.example/2</link></item></channel></rss>"""
    [article], [error] = reading("feed.rss", rss)
    assert article.text == f"{SENTENCE}\nTwo bold."
    assert article.title == "Acme & Beta"
    assert (article.source, article.url) == ("tag:1", "https://p.example/1")
    assert (article.published, article.publisher) == ("2024-02-26", "The Paper")
    assert "entry 2" in error and "https://p.example/2" in error


def test_atom_is_recognised_by_its_content(reading: Reader) -> None:
    atom = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>P</title>
    <entry><title>T</title><id>urn:1</id><updated>2024-02-26T10:00:00Z</updated><summary>{SENTENCE}</summary></entry></feed>"""
    [article], errors = reading("feed.xml", atom)
    assert not errors
    assert (article.text, article.published) == (SENTENCE, "2024-02-26")


@pytest.mark.parametrize("compressed", [True, False])
def test_warc_pages_are_articles(reading: Reader, compressed: bool) -> None:
    archive = warc(
        ("https://p.example/a", "text/html; charset=utf-8", PAGE.encode()),
        ("https://p.example/logo.png", "image/png", b"\x89PNG"),
        ("https://p.example/empty", "text/html", b"<html></html>"),
        ("https://p.example/t", "text/plain", SENTENCE.encode()),
        compressed=compressed,
    )
    articles, [error] = reading("crawl.warc.gz" if compressed else "crawl.warc", archive)
    assert [a.source for a in articles] == ["https://p.example/a", "https://p.example/t"]
    assert {a.retrieved for a in articles} == {"2024-03-01"}
    assert "record 3 (https://p.example/empty)" in error


def test_standard_input_is_recognised_by_its_content() -> None:
    for data in (SENTENCE, json.dumps({"text": SENTENCE}), f"---\ntitle: T\n---\n{SENTENCE}"):
        [article], errors = read_all("-", stdin=data.encode())
        assert (article.text, errors) == (SENTENCE, [])
    [article], _ = read_all("-", stdin=PAGE.encode())
    assert article.title == "Acme backs Beta"
    [article], _ = read_all("-", stdin=pdf(SENTENCE))
    assert "Beta Labs" in article.text


def test_a_pipe_with_a_name_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(SENTENCE,))
    writer.start()
    [article], errors = read_all(str(pipe))
    writer.join()
    assert (article.text, errors) == (SENTENCE, [])


def test_gzip_is_unpacked(reading: Reader) -> None:
    [article], errors = reading("news.jsonl.gz", gzip.compress(b'{"id": 1, "text": "One."}\n'))
    assert (article.source, errors) == ("1", [])


def test_a_folder_is_read_in_order_with_all_below_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.txt", "a.md", "b/d.txt", ".git/x.txt", ".hidden.txt", "logo.png", "b/e.pdf"):
        (tmp_path / name).write_text(f"Text of {name}")
    articles, errors = read_all(str(tmp_path))
    assert [a.source for a in articles] == ["a.md", "d.txt", "c.txt"]
    assert len(errors) == 1
    assert "e.pdf" in errors[0]


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "x"}\n' * 3)
    articles = read([path, tmp_path / "missing"], on_error=pytest.fail)
    assert next(articles).source == "many.jsonl:1"


def test_errors_name_the_file_the_place_and_the_remedy(tmp_path: Path, reading: Reader) -> None:
    cases: list[tuple[str, bytes, str]] = [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("noise.txt", bytes(range(256)) * 20, "binary"),
        ("report.docx", b"PK\x03\x04rest", "office"),
        ("front.md", b"---\ntitle: a: b\n---\nText", "front.md:2"),
        ("list.md", b"---\n- a\n---\nText", "fields such as"),
        ("bare.md", b"---\ntitle: T\n---\n\n", "bare.md:4"),
        ("alias.md", b"---\na: &a [x]\nb: *a\n---\nText", "aliases"),
        ("page.html", b"<html><body><script>x()</script></body></html>", "no article text"),
        ("broken.pdf", b"%PDF-1.4 nothing", "damaged PDF"),
        ("broken.warc.gz", b"\x1f\x8bnothing", "broken.warc.gz"),
        ("broken.jsonl.gz", b"\x1f\x8bnothing", "gzip"),
        ("nothing.rss", b"<rss></rss>", "no entries"),
        ("list.json", b"[]", "empty list"),
        ("empty.jsonl", b"\n\n", "empty"),
        ("date.md", b"---\npublished: someday\n---\nText", "someday"),
    ]
    for name, data, expected in cases:
        articles, errors = reading(name, data)
        assert not articles, name
        assert len(errors) == 1, (name, errors)
        assert name in errors[0]
        assert expected in errors[0]
    for path in (str(tmp_path / "missing.txt"), "/dev/null", "bad\0name", ""):
        articles, errors = read_all(path)
        assert (len(articles), len(errors)) == (0, 1), path


def test_limits(reading: Reader) -> None:
    _, [error] = reading("big.txt", b"word " * 300, document=1000)
    assert "1 kB" in error and "KG_LIMIT_DOCUMENT" in error
    _, [error] = reading("long.txt", b"word " * 300, text=1000)
    assert "1,500 characters" in error
    articles, [error] = reading("many.jsonl", b'{"text": "x"}\n' * 4, records=3)
    assert len(articles) == 3 and "many.jsonl:4" in error
    line = json.dumps({"text": "x" * 2000})
    articles, [error] = reading("wide.jsonl", f'{line}\n{{"text": "y"}}', document=1000)
    assert [a.text for a in articles] == ["y"] and "wide.jsonl:1" in error
    _, [error] = reading("page.html", PAGE, tags=10)
    assert "KG_LIMIT_TAGS" in error
    _, [error] = reading("pages.pdf", pdf("a", "b", "c"), pages=2)
    assert "3 pages" in error


def test_limits_from_the_environment() -> None:
    assert Limits.from_environment({}) == Limits()
    given = Limits.from_environment({"KG_LIMIT_TEXT": "5_000", "KG_LIMIT_ANY_LANGUAGE": "1"})
    assert (given.text, given.any_language) == (5000, True)
    for wrong in ("0", "-1", "many", "1.5"):
        with pytest.raises(ArticleError, match="KG_LIMIT_TEXT"):
            Limits.from_environment({"KG_LIMIT_TEXT": wrong})


def test_a_text_of_100_mb_is_refused_and_jsonl_of_any_size_streams(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    _, [error] = read_all(str(path))
    assert "20 MB" in error


@pytest.mark.skipif(not SHARED.exists(), reason="no shared articles beside the repository")
def test_real_articles_are_all_read_exactly() -> None:
    first = SHARED / "articles" / "microsoft-mistral.txt"
    [article], errors = read_all(str(first))
    assert article.text == first.read_text(encoding="utf-8") and not errors
    for path in [*(SHARED / "gold").glob("*.jsonl"), SHARED / "articles" / "news.jsonl"]:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        articles, errors = read_all(str(path))
        assert not errors
        assert [a.text for a in articles] == [r["text"] for r in records]
        names = [str(r["id"] if r.get("id") is not None else r["url"]) for r in records]
        assert [a.source for a in articles] == names
