"""What stands around a link: landmarks, lines of text, brackets, cards."""

import pytest

from cta_analytics.pages import READERS
from cta_analytics.pages.anchor import Surroundings
from cta_analytics.pages.source import Source


def around(text: str, reader: str = "html") -> list[Surroundings]:
    return [link.surroundings for link in READERS[reader].read(Source(text.encode(), "page")).anchors]


@pytest.mark.parametrize(
    ("html", "landmark"),
    [
        ("<nav><ul><li><a href=/>x</a></nav>", "nav"),
        ("<header><a href=/>x</a></header>", "header"),
        ("<header><nav><a href=/>x</a></nav></header>", "nav"),
        ("<footer><nav><a href=/>x</a></nav></footer>", "footer"),
        ("<article><header><a href=/>x</a></header></article>", ""),
        ("<main><footer><a href=/>x</a></footer></main>", ""),
        ('<div role="navigation"><a href=/>x</a></div>', "nav"),
        ('<div role="contentinfo"><a href=/>x</a></div>', "footer"),
        ('<div class="dark site-footer"><a href=/>x</a></div>', "footer"),
        ('<div id="masthead"><a href=/>x</a></div>', "header"),
        ('<main><div class="footer"><a href=/>x</a></div></main>', ""),
        ("<p><a href=/>x</a></p>", ""),
    ],
)
def test_landmarks_are_those_of_the_page_not_of_an_article(html, landmark):
    assert around(html)[0].landmark == landmark


def test_words_are_those_of_the_same_line_of_text_outside_of_links():
    html = (
        "<div>Not these words.<p>Only <em>these four</em> <a href=/>not this</a> words <a href=/>nor</a></p>No.</div>"
    )
    assert [one.words_around for one in around(html)] == [4, 4]
    assert around("<p>Ready for tea?<br><a href=/>Buy</a></p>")[0].words_around == 0


def test_links_of_one_line_of_text_have_one_number():
    first, second, third = around("<p><a href=/1>a</a> <b><a href=/2>b</a></b></p><p><a href=/3>c</a></p>")
    assert first.text_run == second.text_run != third.text_run


def test_brackets_close_around_a_link():
    html = "<p>Tea (see <a href=/1>a</a>, and (<a href=/2>b</a>)) is <a href=/3>c</a> ( <a href=/4>d</a></p>"
    assert [one.bracketed for one in around(html)] == [True, True, False, False]


def test_links_that_touch_have_not_even_a_blank_between_them():
    html = "<p><a href=/1>a</a><a href=/2>b</a> <a href=/3>c</a><span><a href=/4>d</a></span></p>"
    assert [one.touches_previous for one in around(html)] == [False, True, False, True]


def test_a_card_holds_blocks():
    html = "<a href=/1><h3>x</h3></a><a href=/2>x</a><a href=/3><span><p>x</p></span></a>"
    assert [one.is_card for one in around(html)] == [True, False, True]


def test_what_comes_after_the_last_prose_closes_the_page():
    html = "<p><a href=/1>a</a></p><p>Here are more than eight words of prose, as promised.</p><p><a href=/2>b</a></p>"
    assert [one.closing for one in around(html)] == [False, True]


def test_a_line_of_markdown_that_stands_between_sentences_is_a_line_of_its_own():
    text = "These are six words of prose.\n[Buy the kettle](/k)\nAnd six more words of prose."
    assert around(text, "markdown")[0].words_around == 0
    wrapped = "These are six words and then\n[the kettle](/k)\nand six more words of prose."
    assert around(wrapped, "markdown")[0].words_around == 12


def test_a_wide_gap_in_exported_markdown_separates_blocks():
    text = "[Read Mo's story](/about)   🍵A word about hot water and steam"
    assert around(text, "markdown")[0].words_around == 0
    assert around(text.replace("   ", " "), "markdown")[0].words_around == 7


def test_names_of_classes_are_hints():
    html = '<div class="article-cta"><a class="btn" href=/>x</a></div><aside class=author-box><a href=/>x</a></aside>'
    first, second = around(html)
    assert first.hints == {"cta", "button"}
    assert second.hints == {"author"}
