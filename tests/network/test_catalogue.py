"""What catalogues and pages say of a source, asked of a local server, and what of it is believed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from annotated_brief.network.catalogue import WebCatalogue
from annotated_brief.reading.catalogue import facts_of_book, facts_of_page, facts_of_work
from local_web import FAST, local_web

WORK = {
    "type": "article-journal",
    "title": "Of <i>quays</i>",
    "author": [{"family": "Berg", "given": "Eva", "non-dropping-particle": "van den"}, {"literal": "Port Board"}],
    "container-title": "Ports",
    "issued": {"date-parts": [[1999, 3]]},
    "page": "3-19",
    "DOI": "10.1000/182",
}
BOOK = {
    "title": "Accounts",
    "subtitle": "a study",
    "authors": [{"name": "Eva van Berg"}],
    "publishers": [{"name": "Quay Press"}],
    "publish_date": "August 29, 2014",
}
PAGE = (
    "<!doctype html><html lang='ru-RU'><head><title>Причал открыт</title>"
    "<meta property='og:title' content='Причал открыт'><meta property='og:site_name' content='Газета'>"
    "<meta name='author' content='Анна Петрова'><meta property='article:published_time' content='2014-08-29T10:00:00Z'>"
    "</head><body><article><h1>Причал открыт</h1><p>Сегодня открыт причал.</p></article></body></html>"
)


async def serve(request: web.BaseRequest) -> web.StreamResponse:
    if request.path == "/10.1000/182":
        assert request.headers["Accept"] == "application/vnd.citationstyles.csl+json"
    known = "9780306406157" in request.path_qs
    answers = {
        "/10.1000/182": web.Response(status=302, headers={"Location": "/registry"}),
        "/registry": web.Response(text=json.dumps(WORK)),
        "/api/books": web.Response(text=json.dumps({"ISBN:9780306406157": BOOK} if known else {})),
        "/page": web.Response(text=PAGE, content_type="text/html"),
        "/out": web.Response(status=302, headers={"Location": "http://router.test/"}),
        "/long": web.Response(body=b"x" * 5000),
    }
    return answers.get(request.path, web.Response(status=404))


def ask(method: str, value: str) -> Any:
    async def run() -> Any:
        async with local_web(serve, replace(FAST, page=4000)) as found:
            catalogue = WebCatalogue(found.client, doi=found.url(""), books=found.url(""))
            return await getattr(catalogue, method)(found.url(value) if method == "page" else value)

    return asyncio.run(run())


def test_a_work_is_found_by_its_doi() -> None:
    assert facts_of_work(ask("work", "10.1000/182")) == {
        "type": "article",
        "author": "van den Berg, Eva; {Port Board}",
        "title": "Of quays",
        "container": "Ports",
        "date": "1999-03",
        "pages": "3--19",
        "doi": "10.1000/182",
    }


def test_a_book_is_found_by_its_isbn() -> None:
    facts = {"type": "book", "author": "Berg, Eva van", "title": "Accounts: a study", "publisher": "Quay Press"}
    assert facts_of_book(ask("book", "9780306406157")) == {**facts, "date": "2014-08-29"}
    with pytest.raises(ValueError, match="does not know the book"):
        facts_of_book(ask("book", "0306406152"))


def test_a_page_says_what_it_is() -> None:
    facts = {"type": "online", "author": "Петрова, Анна", "title": "Причал открыт", "publisher": "Газета"}
    found = facts_of_page(ask("page", "/page"), "https://example.org/x")
    assert found == {**facts, "date": "2014-08-29", "lang": "ru", "url": "https://example.org/x"}


@pytest.mark.parametrize(
    ("path", "said"),
    [("/gone", "the answer is 404"), ("/out", "private address"), ("/long", "the answer is too long")],
)
def test_no_answer_is_an_error_in_words(path: str, said: str) -> None:
    with pytest.raises((OSError, ValueError), match=said):
        ask("page", path)


@pytest.mark.parametrize("found", [None, [], {}, {"title": 3.5}, {"title": ""}, "text"])
def test_a_strange_answer_is_refused(found: Any) -> None:
    for read in (facts_of_work, facts_of_book):
        with pytest.raises(ValueError, match="catalogue"):
            read(found)
    with pytest.raises(ValueError, match="page"):
        facts_of_page(b"<html><body>x</body></html>", "https://example.org/")


@pytest.mark.parametrize("issued", [None, {}, {"date-parts": [[]]}, {"date-parts": [[2014, 13]]}, {"date-parts": "x"}])
def test_a_date_that_is_none_is_left_out(issued: Any) -> None:
    assert "date" not in facts_of_work({"title": "T", "issued": issued})
