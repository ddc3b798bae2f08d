"""What discloses a link: a mark in its block, else the sentence of the page, as it stands there."""

import pytest

from cta_analytics import config
from cta_analytics.links.extract import scan

AMAZON = "https://www.amazon.com/dp/B0ABCDEFGH?tag=larkmoor-20"
SENTENCE = "As an Amazon Associate I earn from qualifying purchases"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"[a]({AMAZON}) (paid link) and [b]({AMAZON})\n\n[c]({AMAZON})", ["(paid link)", "(paid link)", None]),
        (f"[a]({AMAZON}) #ad, [b](/about) #CommissionsEarned", ["#ad", None]),
        (f"[a]({AMAZON})#ad-hoc [b](/x#ad) (affiliate link) [c](#ad)", [None, None, None]),
        (f"[a]({AMAZON})\n\n{SENTENCE.replace(' earn', chr(10) + 'earn')}.", [SENTENCE]),
        (
            f"[a]({AMAZON}) (Paid Link)\n\nAs an Amazon Associate, Larkmoor earns from qualifying purchases.",
            ["(Paid Link)"],
        ),
        (f"[a](https://other.example/x)\n\n{SENTENCE}", [None]),
        (f"[a]({AMAZON})" + " word" * 200 + " #ad", [None]),
    ],
)
def test_disclosures(tmp_path, text, expected):
    (tmp_path / "cta.toml").write_text('[[sources]]\nroot = "site"')
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.md").write_text(text)
    found = scan(config.read(tmp_path / "cta.toml"), [])
    assert [link.disclosure for link in found.links] == expected
    assert [link.as_json()["disclosure"] for link in found.links] == expected


def test_a_disclosure_in_a_block_of_html(tmp_path):
    page = f'<p><a href="{AMAZON}">a</a> <small>(paid link)</small></p><div><a href="{AMAZON}">b</a></div>'
    (tmp_path / "a.html").write_text(page)
    found = scan(config.read(start=tmp_path), [str(tmp_path / "a.html")])
    assert [link.disclosure for link in found.links] == ["(paid link)", None]
