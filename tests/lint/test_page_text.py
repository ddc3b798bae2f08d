"""What a page says around its links: what is seen, which block a link stands in, where the sentence stands."""

import pytest

from cta_analytics import config
from cta_analytics.links.contract import Resolver
from cta_analytics.links.extract import read_page
from cta_analytics.links.files import select
from cta_analytics.lint.example import CONTRACT, SENTENCE, STORE, TAGGED, query
from cta_analytics.lint.page_text import PageText

LINK = f'<a href="{TAGGED}">kettle</a>'


@pytest.fixture
def text_of(tmp_path):
    def of(text: str, suffix: str = ".html", contract: str = "") -> PageText:
        (tmp_path / "cta.toml").write_text(CONTRACT + contract, encoding="utf-8")
        file = tmp_path / "site" / "blog" / f"kettles{suffix}"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
        project = config.read(tmp_path / "cta.toml")
        (page,) = select(project, []).files
        read = read_page(page, Resolver(project.contract))
        return PageText(read.page, read.links, read, project.contract)

    return of


@pytest.mark.parametrize(
    ("text", "suffix", "block"),
    [
        (f"<p>One.</p><p>A {LINK} here.</p><p>Two.</p>", ".html", "A kettle here."),
        (f"<p>One.</p>A {LINK} here.<p>Two.</p>", ".html", "A kettle here."),
        (f"<p>A <b>b{LINK}</b>,<br>c</p>", ".html", "A b kettle , c"),
        (f"<tr><td>$1</td><td>{LINK}</td></tr><tr><td>Two</td></tr>", ".html", "$1 kettle"),
        (f"<p>A <!-- not --> {LINK}<script>no</script> &pound;2</p>", ".html", "A kettle £2"),
        (f'<div><a href="{TAGGED}"><h3>Kettle</h3><p>$3</p></a> d</div>', ".html", "Kettle $3 d"),
        (
            f"One\n\nA [kettle]({TAGGED}) *here*,\nyes\n\nTwo",
            ".md",
            f"A kettle {TAGGED} here , yes".replace(TAGGED, ""),
        ),
        (f"- One\n- A [kettle]({TAGGED}) $4\n- Two", ".md", "- A kettle $4"),
        (f"* One\n* A [kettle]({TAGGED}) $4\n* Two", ".md", "* A kettle $4"),
        (f"| a | b |\n|---|---|\n| [kettle]({TAGGED}) | $5 |\n| Two | |", ".md", "| kettle | $5 |"),
        (f"## A [kettle]({TAGGED})\n## Two", ".md", "## A kettle"),
    ],
)
def test_a_block_is_what_a_reader_sees_beside_the_link(text_of, text, suffix, block):
    page = text_of(text, suffix)
    (link,) = page.links
    assert page.said(*page.block_of(link)) == " ".join(block.split())


@pytest.mark.parametrize(
    ("text", "suffix", "is_there"),
    [
        (f"<p>{SENTENCE}</p>", ".html", True),
        ("<p>As an Amazon Associate we may earn from qualifying purchases</p>", ".html", True),
        ("<p>As an <i>Amazon Associate</i>, Larkmoor earns\n  from qualifying&nbsp;purchases.</p>", ".html", True),
        ("As an [Amazon Associate](/disclosure) I **earn** from\nqualifying purchases.", ".md", True),
        (f"<!-- {SENTENCE} -->", ".html", False),
        (f"<script>const text = '{SENTENCE}'", ".html", False),
        (f'<p title="{SENTENCE}">Kettles</p>', ".html", False),
        ("<p>This post has affiliate links to Amazon.</p>", ".html", False),
    ],
)
def test_the_sentence_counts_where_a_reader_can_read_it(text_of, text, suffix, is_there):
    assert (text_of(text, suffix).sentence_at([]) is not None) == is_there


def test_a_sentence_of_the_sites_own_does_as_well(text_of):
    page = text_of("<p>Wir sagen\n <b>Bescheid</b>. Ja.</p>")
    assert page.sentence_at(["wir sagen bescheid"]) == 3
    assert page.sentence_at(["wir sagen nichts", ""]) is None


def test_links_are_of_the_program_that_their_policy_names_or_their_url_shows(text_of):
    urls = (TAGGED, STORE, f"{STORE}?{query()}", "https://www.amazon.com/dp/B0LARKMR01", "/go/kettle", "/about")
    page = text_of(
        "".join(f'<p><a href="{url.replace("&", "&amp;")}">a</a></p>' for url in urls),
        contract=f'[[redirects]]\npath = "/go/kettle"\ntarget = "{STORE}?{query()}"\n',
    )
    assert {program: [link.position for link in links] for program, links in page.by_program.items()} == {
        # The fourth has no tag, but the contract wants one there.
        "associates": [1, 4],
        "attribution": [3, 5],
    }


@pytest.mark.parametrize(
    ("text", "suffix", "is_html", "is_whole"),
    [
        ("<!DOCTYPE html><p>a</p>", ".html", True, True),
        ("\n<html lang=en><p>a</p>", ".html", True, True),
        ("---\nlayout: post\n---\n<p>a</p>", ".html", True, False),
        ("<html><p>a</p></html>", ".md", False, False),
    ],
)
def test_what_a_layout_is_put_around_is_no_whole_page(text_of, text, suffix, is_html, is_whole):
    page = text_of(text, suffix)
    assert (page.is_html, page.is_whole) == (is_html, is_whole)


def test_links_that_never_end_cost_no_more_than_their_number(text_of):
    page = text_of(f'<p><a href="{TAGGED}">a' * 5_000)
    assert len({page.block_of(link) for link in page.links}) == 5_000


def test_what_is_blanked_behind_half_a_sentence_costs_no_more_than_its_length(text_of):
    page = text_of(f"<p>As an Amazon Associate <script>{'a ' * 60_000}</script> I do not</p>")
    assert page.sentence_at(["as an amazon associate i earn"]) is None
