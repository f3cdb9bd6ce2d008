"""Many addresses: limits per host, answers written down at once, and what an interrupt leaves."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from annotated_brief.model.records import LinkCheck
from annotated_brief.model.vocabulary import Light
from annotated_brief.network.archive import Archive, NoArchive, Wayback
from annotated_brief.network.journal import Journal
from annotated_brief.network.survey import OfflineError, Survey, require_network
from annotated_brief.reading.lights import LightsError, load_lights, to_lights_json
from local_web import FAST, NOWHERE, Web, local_web

TODAY = dt.date(2026, 11, 24)


async def by_path(request: web.BaseRequest) -> web.StreamResponse:
    """`/404/x` answers 404; the archive knows what has `kept` in its address."""
    if request.path == "/wayback/available":
        kept = "kept" in request.query["url"]
        copy = {"available": True, "url": "http://web.archive.org/web/2020/x"}
        return web.json_response({"archived_snapshots": {"closest": copy} if kept else {}})
    await asyncio.sleep(0.001)
    return web.Response(status=int(request.path.split("/")[1]))


def survey(
    found: Web,
    journal: Journal,
    archive: Archive,
    before: Mapping[str, LinkCheck],
    tell: Callable[[LinkCheck], None] = lambda _: None,
    probes: Collection[str] = (),
) -> Survey:
    return Survey(
        found.client,
        found.hosts.limits,
        archive=archive,
        journal=journal,
        before=before,
        tell=tell,
        probes=probes,
    )


def run(
    tmp_path: Path, paths: Iterable[str], *, archive: bool = False, before: Mapping[str, LinkCheck] | None = None
) -> dict[str, LinkCheck]:
    """Ask *paths* of one host; the keys of the result are the paths again."""

    async def go() -> dict[str, LinkCheck]:
        async with local_web(by_path) as found:
            keeper = Wayback(found.client, found.url("", "archive.test")) if archive else NoArchive()
            known = {found.url(path): check for path, check in (before or {}).items()}
            with Journal(tmp_path / "journal", TODAY) as journal:
                result = await survey(found, journal, keeper, known).run(found.url(path) for path in paths)
            return {url.removeprefix(found.url("")): check for url, check in result.items()}

    return asyncio.run(go())


def test_lights(tmp_path: Path) -> None:
    found = run(tmp_path, ["/200/a", "/404/b", "/404/kept", "/403/c", "/429/d", "/500/e"], archive=True)
    assert {path: (str(check.light), check.reason) for path, check in found.items()} == {
        "/200/a": ("live", ""),
        "/404/b": ("gone", "answers 404"),
        "/404/kept": ("archived", "answers 404"),
        "/403/c": ("unknown", "answers 403"),
        "/429/d": ("unknown", "answers 429"),
        "/500/e": ("unknown", "answers 500"),
    }
    assert found["/404/kept"].archive == "https://web.archive.org/web/2020/x"
    assert {check.checked for check in found.values()} == {"2026-11-24"}


def test_a_copy_that_was_known_is_not_forgotten(tmp_path: Path) -> None:
    before = LinkCheck(url="x", light=Light.ARCHIVED, checked="2025-01-01", archive="https://archive.example/x")
    found = run(tmp_path, ["/404/b"], before={"/404/b": before})
    assert (found["/404/b"].light, found["/404/b"].archive) == (Light.ARCHIVED, "https://archive.example/x")


@pytest.mark.parametrize("answer", ["[]", "no json", '{"archived_snapshots": {"closest": 3}}', "[" * 100_000])
def test_an_archive_that_answers_nonsense_has_no_copy(answer: str) -> None:
    async def nonsense(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text=answer)

    async def go() -> str:
        async with local_web(nonsense) as found:
            return await Wayback(found.client, found.url("")).find("https://a.example/")

    assert asyncio.run(go()) == ""


@pytest.mark.parametrize("per_host", [1, 3])
def test_no_host_is_asked_more_than_the_limits_allow(tmp_path: Path, per_host: int) -> None:
    async def go() -> Web:
        async with local_web(by_path, replace(FAST, per_host=per_host, hosts=4)) as found:
            urls = [found.url(f"/200/{n}", f"h{n % 7}.test") for n in range(70)]
            with Journal(tmp_path / "journal", TODAY) as journal:
                await survey(found, journal, NoArchive(), {}).run(urls)
            return found

    found = asyncio.run(go())
    assert len(found.asked) == 70
    assert max(found.busiest.values()) <= per_host


def test_requests_to_a_host_are_paced_and_hosts_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async def go() -> Web:
        async with local_web(by_path, replace(FAST, pause=1000.0)) as found:
            urls = [found.url(f"/200/{n}", f"h{n % 2}.test") for n in range(6)]
            with Journal(tmp_path / "journal", TODAY) as journal:
                await survey(found, journal, NoArchive(), {}).run(urls)
            return found

    found = asyncio.run(go())
    assert found.started == {host: [0.0, 1000.0, 2000.0] for host in ("h0.test", "h1.test")}


def test_an_interrupted_survey_goes_on_where_it_stopped(tmp_path: Path) -> None:
    paths = [f"/200/{n}" for n in range(9)]

    async def go(stop_after: int) -> tuple[list[str], dict[str, LinkCheck]]:
        async with local_web(by_path) as found:
            urls = [found.url(path, f"h{n % 3}.test") for n, path in enumerate(paths)]
            journal = Journal(tmp_path / "journal", TODAY)
            # The server has another port at each start.
            kept = {url: check for url in urls for old, check in journal.answers.items() if old[-6:] == url[-6:]}
            journal.answers = kept
            told: list[str] = []
            this = asyncio.current_task()

            def tell(check: LinkCheck) -> None:
                told.append(check.url)
                if len(told) == stop_after and this is not None:
                    this.cancel()  # as asyncio does at Ctrl-C

            result: dict[str, LinkCheck] = {}
            with suppress(asyncio.CancelledError), journal:
                result = await survey(found, journal, NoArchive(), {}, tell).run(urls)
            return found.asked, result

    _, result = asyncio.run(go(4))
    assert result == {}
    done = len((tmp_path / "journal").read_text("utf-8").splitlines())
    assert 4 <= done < 9
    asked, result = asyncio.run(go(0))
    assert len(result) == 9
    assert len(asked) == 9 - done
    assert not (tmp_path / "journal").exists()


def test_the_journal_leaves_out_what_is_torn_or_old(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    fresh = LinkCheck(url="https://a.example/é", light=Light.LIVE, checked="2026-11-23", status=200)
    old = LinkCheck(url="https://b.example/", light=Light.LIVE, checked="2026-11-01", status=200)
    with suppress(KeyboardInterrupt), Journal(path, TODAY) as journal:
        journal.add(fresh)
        journal.add(old)
        raise KeyboardInterrupt
    with path.open("a", encoding="utf-8") as file:
        file.write('{"url": "https://c.example/", "li')
    with suppress(KeyboardInterrupt), Journal(path, TODAY) as journal:
        assert journal.answers == {fresh.url: fresh}
        journal.add(replace(fresh, url="https://d.example/"))
        raise KeyboardInterrupt
    assert set(Journal(path, TODAY).answers) == {fresh.url, "https://d.example/"}


def test_gone_answers_are_asked_again_for_an_archive(tmp_path: Path) -> None:
    gone = LinkCheck(url="https://a.example/", light=Light.GONE, checked="2026-11-24", status=404)
    live = LinkCheck(url="https://b.example/", light=Light.LIVE, checked="2026-11-24", status=200)
    with suppress(KeyboardInterrupt), Journal(tmp_path / "journal", TODAY) as journal:
        journal.add(gone)
        journal.add(live)
        raise KeyboardInterrupt
    assert set(Journal(tmp_path / "journal", TODAY).answers) == {gone.url, live.url}
    assert set(Journal(tmp_path / "journal", TODAY, anew=[Light.GONE]).answers) == {live.url}


@pytest.mark.parametrize("lost_after", [1, 5, 19])
def test_a_network_that_is_lost_on_the_way_spoils_no_answer(tmp_path: Path, lost_after: int) -> None:
    """What fails to come after it was lost is asked for again; addresses that are at fault by themselves are not."""
    path, told = tmp_path / "journal", list[str]()

    async def go(*, lose: bool) -> dict[str, LinkCheck]:
        async with local_web(by_path, replace(FAST, hosts=1, pause=0.0, tries=1)) as found:
            names = [f"h{n}.test" if n % 9 else f"router{n}.test" for n in range(1, 21)]
            urls = [f"http://{name}:{found.port}/200/x" for name in names]
            told.clear()

            def tell(check: LinkCheck) -> None:
                told.append(check.url)
                if lose and len(told) == lost_after:
                    found.names.lost = True

            with Journal(path, TODAY) as journal:
                journal.answers = {url: check for check in journal.answers.values() for url in urls if same(url, check)}
                return await survey(found, journal, NoArchive(), {}, tell, urls).run(urls)

    def same(url: str, check: LinkCheck) -> bool:
        return url.split(":")[1] == check.url.split(":")[1]  # the server has another port at each start

    with pytest.raises(OfflineError, match=f"lost after {lost_after} answers"):
        asyncio.run(go(lose=True))
    assert len(told) <= lost_after + 8, "it does not go on to the end of the list"
    kept = Journal(path, TODAY).answers
    assert (len(kept), {str(check.light) for check in kept.values()} - {"unknown"}) == (lost_after, {"live"})
    result = asyncio.run(go(lose=False))
    assert len(told) == 20 - lost_after
    assert [str(check.light) for check in result.values()].count("live") == 18


def test_hosts_that_are_gone_one_after_the_other_are_no_lost_network(tmp_path: Path) -> None:
    async def go() -> dict[str, LinkCheck]:
        async with local_web(by_path, replace(FAST, hosts=1, tries=1)) as found:
            urls = [f"http://nowhere{n}.test:{found.port}/200/x" for n in range(30)]
            with Journal(tmp_path / "journal", TODAY) as journal:
                return await survey(found, journal, NoArchive(), {}, probes=[*urls[:5], found.url("/404/x")]).run(urls)

    assert {str(check.light) for check in asyncio.run(go()).values()} == {"gone"}


def test_a_journal_without_a_file(tmp_path: Path) -> None:
    with Journal(None, TODAY) as journal:
        journal.add(LinkCheck(url="https://a.example/", light=Light.LIVE, checked="2026-11-24", status=200))
        journal.withdraw(["https://a.example/"])
    assert journal.answers == {}
    assert list(tmp_path.iterdir()) == []


def test_without_any_network_it_says_so() -> None:
    async def go() -> None:
        async with local_web(by_path) as found:
            await require_network(found.client, [found.url("/404/x")])  # an answer is an answer
            with pytest.raises(OfflineError, match="none of 1 hosts"):
                await require_network(found.client, [found.url("/200/x", NOWHERE)])

    asyncio.run(go())


def test_results_are_written_and_read_again(tmp_path: Path) -> None:
    checks = (
        LinkCheck(
            url="https://a.example/", light=Light.LIVE, checked="2026-11-24", status=200, final="https://b.example/"
        ),
        LinkCheck(url="https://c.example/", light=Light.GONE, checked="2026-11-24", reason="no such host"),
    )
    path = tmp_path / "links.json"
    path.write_text(to_lights_json(reversed(checks)), encoding="utf-8")
    assert load_lights(path) == checks
    for spoilt in (
        "",
        "[]",
        '{"links": 3}',
        '{"links": {"a": {"light": "green", "checked": "x"}}}',
        '{"links": {"a": 1}}',
        '{"links": {"a": {"light": "live", "checked": 5}}}',
        '{"links": {"a": {"light": "live", "checked": "<b>x</b>"}}}',
        '{"links": {"a": {"light": "live", "checked": "2026-11-24", "final": 3}}}',
        '{"links": {"a": {"light": "live", "checked": "2026-11-24", "status": "200"}}}',
    ):
        path.write_text(spoilt, encoding="utf-8")
        with pytest.raises(LightsError):
            load_lights(path)
