"""The pages and the explorer in a real browser: Debian's Chromium, driven by Playwright.

Pictures go to the folder named by ``KG_SCREENSHOTS``, if it is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.web import programs
from tests.web.browser import Tab
from tests.web.conftest import Site
from tests.web.hostile import addresses

pytestmark = pytest.mark.interop

DEAL = "/id/investment/microsoft/mistral-ai/eur-15000000"
PAGES = {
    "home": "/",
    "entity": "/id/microsoft",
    "relationship": DEAL,
    "regulators": "/regulators",
    "conflicts": "/conflicts",
    "search": "/search?q=mistral",
    "ask": "/ask?q=Which+labs+does+Microsoft+back%3F",
    "sparql": "/sparql?query=SELECT+%3Fl+%7B+id%3Amicrosoft+aio%3AinvestsIn+%3Fl+%7D",
    "kind": "/kind/scrutiny",
    "entities": "/entities/lab",
    "nowhere": "/nowhere",
    "explorer": "/explorer?focus=microsoft&on=microsoft",
}


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, the accessibility checker, from npm."""
    place = programs.npm("axe", programs.AXE) / "node_modules/axe-core/axe.min.js"
    return place.read_text(encoding="utf-8")


@pytest.fixture
def tab(chromium: Any, site: Site) -> Iterator[Tab]:
    one = Tab(chromium, site)
    yield one
    one.context.close()
    assert one.wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_looks_and_access(chromium: Any, site: Site, axe: str, scheme: str, width: int) -> None:
    """No page is wider than its window; axe finds nothing on any (WCAG 2.2 AA)."""
    tab = Tab(chromium, site, color_scheme=scheme, viewport={"width": width, "height": 860})
    wrong = []
    article = site.page(DEAL).text.partition('href="/article/')[2].partition("#")[0]
    for name, address in {**PAGES, "article": f"/article/{article}"}.items():
        page = tab.explore(address) if name == "explorer" else tab.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.evaluate(axe)
        found = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
            "'best-practice']})"
        )
        wrong += [
            (name, v["id"], v["help"], [n["html"][:120] for n in v["nodes"]][:3])
            for v in found["violations"]
        ]
        tab.picture(f"{name}-{scheme}-{width}")
    tab.context.close()
    assert wrong == []
    assert [w for w in tab.wrong if "404" not in w] == []


def test_search_suggests_and_leads(tab: Tab) -> None:
    page = tab.open("/")
    page.fill("#find", "mistr")
    page.wait_for_selector("#suggestions li")
    page.press("#find", "ArrowDown")
    assert page.get_attribute("#find", "aria-activedescendant") == "suggestion-0"
    page.press("#find", "Enter")
    page.wait_for_url("**/id/mistral-ai")
    assert page.inner_text("h1") == "Mistral AI"


def test_from_a_fact_to_its_sentence(tab: Tab) -> None:
    page = tab.open("/id/mistral-ai")
    page.click(f'a.verb[href="{DEAL}"]')
    page.wait_for_url(f"**{DEAL}")
    page.click(".statement .cite a")
    page.wait_for_url("**/article/**")
    assert page.locator("mark.k-investment").count() >= 1
    assert page.locator(".statement:target").count() == 1


def test_pages_work_without_scripts(chromium: Any, site: Site) -> None:
    tab = Tab(chromium, site, java_script_enabled=False)
    page = tab.page
    page.goto(site.url)
    page.fill("#question", "Which labs does Microsoft back?")
    page.click("form.ask button")
    assert "OpenAI" in page.inner_text("main")
    page.fill("#find", "mistral")
    page.click(".find button")
    assert "Mistral AI" in page.inner_text("main")
    page.goto(site.url + "/explorer")
    assert "draws with JavaScript" in page.inner_text("main")
    tab.context.close()


def test_the_theme_is_kept(tab: Tab) -> None:
    page = tab.open("/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-theme-button]")
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    tab.open("/regulators")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after


def test_a_query_is_coloured_and_shared(tab: Tab) -> None:
    page = tab.open("/sparql")
    page.fill("#query", "ASK { id:microsoft aio:investsIn id:openai } # known")
    assert page.locator(".under .q-keyword").first.inner_text() == "ASK"
    assert page.locator(".under .q-comment").inner_text() == "# known"
    page.press("#query", "Control+Enter")
    page.wait_for_selector(".verdict")
    assert page.inner_text(".verdict") == "yes"
    link = page.get_attribute("[data-share]", "href")
    tab.open(link)
    assert page.inner_text(".verdict") == "yes"
    assert "known" in page.input_value("#query")


def test_explorer_search_click_and_evidence(tab: Tab) -> None:
    page = tab.explore()
    page.fill("#node", "Mistral AI")
    page.press("#node", "Enter")
    page.wait_for_selector("#evidence h2")
    assert page.inner_text("#evidence h2") == "Mistral AI"
    told = page.locator("#evidence li button:has-text('Microsoft invests in it')")
    for place in range(told.count()):
        told.nth(place).click()
        page.wait_for_selector("#evidence h2:has-text('Microsoft invests in Mistral AI')")
        page.wait_for_selector("#evidence blockquote")
        if "15 million" in page.inner_text("#evidence"):
            break
        page.fill("#node", "Mistral AI")
        page.press("#node", "Enter")
        page.wait_for_selector("#evidence h2 a:text-is('Mistral AI')")
    assert "15 million" in page.inner_text("#evidence")
    page.wait_for_url("**on=investment*15000000*")  # written when the drawing has come to rest
    shared = page.url.removeprefix(tab.site.url)
    assert "on=investment" in shared
    tab.explore(shared)
    page.wait_for_selector("#evidence blockquote")
    assert "15 million" in page.inner_text("#evidence")


def test_explorer_follows_the_pointer(tab: Tab) -> None:
    """A click on the place where a node is drawn chooses it."""
    page = tab.explore("/explorer?focus=mistral-ai")
    page.wait_for_timeout(300)
    place = page.evaluate(
        "(() => { const e = document.getElementById('explorer').explorer;"
        " return e.sigma.graphToViewport(e.graph.getNodeAttributes('mistral-ai')); })()"
    )
    page.locator("#canvas").click(position=place)
    page.wait_for_selector("#evidence h2")
    assert page.inner_text("#evidence h2") == "Mistral AI"
    page.locator("#canvas").press("Escape")
    assert "Choose a node" in page.inner_text("#evidence")


def test_explorer_neighbours_filters_and_time(tab: Tab) -> None:
    page = tab.explore()

    def shown() -> tuple[int, int]:
        data = page.evaluate("({...document.getElementById('explorer').dataset})")
        return int(data["nodes"]), int(data["edges"])

    whole = shown()
    page.fill("#node", "Mistral AI")
    page.press("#node", "Enter")
    page.click("#around")
    near = shown()
    page.click("#expand")
    further = shown()
    assert near < further <= whole
    page.click("#whole")
    assert shown() == whole
    page.uncheck("#kinds input[value=investment]")
    assert shown()[1] < whole[1]
    page.check("#kinds input[value=investment]")
    page.select_option("#amount", "1000000000")
    rich = shown()
    assert 0 < rich[1] < whole[1]
    page.select_option("#amount", "0")
    page.locator("#year").focus()
    page.press("#year", "Home")
    early = shown()
    assert early[1] < whole[1]
    page.click("#play")
    page.wait_for_timeout(2200)
    page.click("#play")
    assert shown()[1] >= early[1]
    assert page.inner_text("#year-shown").startswith("end of")
    page.wait_for_timeout(300)
    assert "year=" in page.url
    later = shown()
    tab.explore(page.url.removeprefix(tab.site.url))
    assert shown() == later


def test_explorer_keys_move_the_view(tab: Tab) -> None:
    page = tab.explore()
    state = "document.getElementById('explorer').explorer.sigma.getCamera().getState()"
    before = page.evaluate(state)
    page.locator("#canvas").press("ArrowRight")
    page.locator("#canvas").press("+")
    after = page.evaluate(state)
    assert after["x"] > before["x"]
    assert after["ratio"] < before["ratio"]
    page.wait_for_timeout(400)
    assert "view=" in page.url


def test_explorer_saves_the_view(tab: Tab, tmp_path: Path) -> None:
    page = tab.explore("/explorer?focus=mistral-ai")
    nodes = int(page.get_attribute("#explorer", "data-nodes"))
    edges = int(page.get_attribute("#explorer", "data-edges"))
    for button, name, node_tag, edge_tag in (
        ("#save-gexf", "graph.gexf", "node", "edge"),
        ("#save-svg", "graph.svg", "circle", "title"),
    ):
        with page.expect_download() as download:
            page.click(button)
        path = tmp_path / name
        download.value.save_as(path)
        root = ElementTree.parse(path).getroot()  # noqa: S314 - written by our own page
        tags = [element.tag.rpartition("}")[2] for element in root.iter()]
        assert tags.count(node_tag) == nodes
        assert tags.count(edge_tag) == edges


def test_a_hostile_article_runs_nothing(chromium: Any, hostile: Site) -> None:
    """No script of an article's runs on any page or in the explorer, and none is even refused."""
    tab = Tab(chromium, hostile)
    tab.page.on("dialog", lambda dialog: tab.wrong.append(f"dialog: {dialog.message}"))
    for address in addresses(hostile):
        tab.open(address)
    page = tab.explore()
    page.fill("#node", "Mistral AI")
    page.press("#node", "Enter")
    for button in page.locator("#evidence li button").all():
        button.click()
        page.wait_for_selector("#evidence blockquote")
        break
    assert page.locator("#evidence img, #evidence svg, #evidence script").count() == 0
    with page.expect_download() as download:
        page.click("#save-svg")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<img" not in text
    ElementTree.fromstring(text)  # noqa: S314 - written by our own page
    tab.context.close()
    assert tab.wrong == []
