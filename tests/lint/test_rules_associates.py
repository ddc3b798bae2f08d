"""What the AFF rules find and what they leave alone, beyond the examples in their files."""

import pytest

from cta_analytics import config
from cta_analytics.errors import CtaError
from cta_analytics.lint.example import CONTRACT, PRODUCT, SENTENCE, STORE, TAG, TAGGED, associates, query
from cta_analytics.lint.run import Choice, lint

BLOG = "blog/kettles.html"


@pytest.fixture
def found(tmp_path):
    def of(text: str, code: str, path: str = BLOG, contract: str = "", base: str = CONTRACT):
        (tmp_path / "cta.toml").write_text(base + contract, encoding="utf-8")
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        report = lint(config.read(tmp_path / "cta.toml"), [], Choice(select=(code,)))
        return [(finding.severity, finding.message) for finding in report.findings]

    return of


SOURCE = '[[sources]]\nroot = "site"\n'


def page(around: str, url: str = TAGGED) -> str:
    return f"<p>{SENTENCE}</p>\n<p>{around.replace('@', f'<a href={chr(34)}{url}{chr(34)}>kettle</a>')}</p>"


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("@ $24.99", "$24.99"),
        ("@ (US$ 1,299)", "US$ 1,299"),
        ("@: 1.299,00 €", "1.299,00 €"),
        ("@ &euro;19", "€19"),
        ("@ for EUR 19.90.", "EUR 19.90"),
        ("@ for 19EUR", "19EUR"),
        ("@ at 4.7/5", "4.7/5"),
        ("@ has 5 stars", "5 stars"),
        ("@ &#9733;&#9733;&#9733;&#9733;&#9734;", "★★★★☆"),
        ("@ is the best below $30", None),
        ("@ saves you $40 a year", None),
        ("@ with a $50 budget", None),
        ("@ is a $2 million idea", None),
        ("@ was bought for $3B", None),
        ("@ comes with $100 in free credit", None),
        ("@ by subscription, $7 a month", None),
        ("@ holds 1,5 l, weighs 24.99 oz", None),
        ("@ comes with 4 of 5 parts", None),
        ("@ in the starship $HOME", None),
        ("@ costs $5-$10 less", None),
    ],
)
def test_a_price_is_a_sum_that_the_product_costs(found, said, typed):
    messages = [message for _, message in found(page(said), "AFF013")]
    assert [message.split('"')[1] for message in messages] == ([typed] if typed else [])


def test_one_price_beside_two_links_is_one_finding(found):
    assert len(found(page("@ or @: $24.99"), "AFF013")) == 1


def test_a_price_beside_a_link_without_an_associates_tag_is_nobodys_business(found):
    attributed = f"{STORE}?{query()}".replace("&", "&amp;")
    assert found(page("@ $24.99", attributed), "AFF013", "answers/quiet-kettle.html") == []


def test_prices_may_stay_where_the_contract_says_so(found):
    assert found(page("@ $24.99"), "AFF013", contract="[lint.options.AFF013]\nprices = false\n") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"<p>@</p><p>{SENTENCE}</p>", 1),
        (f"<p>@ (paid link)</p><p>{SENTENCE}</p>", 0),
        (f"<p>(Paid links) @</p><p>{SENTENCE}</p>", 0),
        ("<p>#CommissionsEarned</p><p>Far.</p><p>@</p>", 0),
        ("<p>@</p><p>#CommissionsEarned</p>", 1),
        ("<p>@ affiliate link, buy now</p>", 1),
        ("<style>#ad { color: red }</style><p>@</p>", 1),
        ('<p><a href="#ad">Jump</a> @</p>', 1),
        (f"<p>{SENTENCE}</p><p>@</p>", 0),
    ],
)
def test_a_disclosure_stands_near_or_before_its_link(found, text, count):
    link = f'<a href="{TAGGED}" rel="sponsored">kettle</a>'
    assert len(found(text.replace("@", link), "AFF009")) == count


def test_a_site_may_ask_for_a_mark_or_have_its_own(found):
    strict = "[lint.options.AFF009]\nsentence_does = false\n"
    assert len(found(page("@"), "AFF009", contract=strict)) == 1
    assert found(page("@ (Werbelink)"), "AFF009", contract=f'{strict}marks = ["(Werbelink)"]\n') == []


def test_a_disclosure_that_is_missing_is_one_finding_a_page(found):
    text = "<!doctype html>" + f'<p><a href="{TAGGED}">a</a></p>' * 3
    assert found(text, "AFF009") == [
        (
            "warning",
            'no "(paid link)", "#ad" or "#CommissionsEarned" near or before this Associates link and 2 more of the page',
        )
    ]
    assert found(text, "AFF007") == [("error", f'3 Associates links, and nowhere "{SENTENCE}"')]


def test_a_content_file_is_told_that_its_layout_cannot_be_seen(found):
    assert found(f"[kettle]({TAGGED})", "AFF007", "blog/kettles.md") == [
        (
            "info",
            f'an Associates link, and nowhere "{SENTENCE}"; whether the layout says it cannot be seen here',
        )
    ]
    strict = "[lint.options.missing-disclosure]\nin_content = true\n"
    assert [level for level, _ in found(f"[kettle]({TAGGED})", "AFF007", "blog/kettles.md", strict)] == ["error"]


@pytest.mark.parametrize(
    ("tag", "host", "is_found"),
    [
        ("larkmoor-20", "www.amazon.de", True),
        ("larkmoor-21", "www.amazon.com", True),
        ("larkmoor-21", "www.amazon.co.uk", False),
        ("larkmoor-22", "www.amazon.com.au", False),
        ("larkmoor-20", "www.amazon.sg", False),
        ("larkmoor-29", "www.amazon.com", False),
    ],
)
def test_a_suffix_is_anothers_where_both_are_known(found, tag, host, is_found):
    contract = '[[ctas]]\nname = "a"\nmatch = { kind = "amazon_product" }\nprogram = "associates"\n'
    text = associates(f"https://{host}/dp/B0LARKMR01?tag={tag}")
    assert bool(found(text, "AFF003", base=SOURCE + contract)) == is_found


@pytest.mark.parametrize(
    ("href", "program", "severity"),
    [
        ("https://bit.ly/3lark", "associates", "error"),
        ("https://bit.ly/3lark", "attribution", "warning"),
        ("https://bit.ly/3lark", "none", None),
        ("https://amzn.to/3lark", "associates", None),
        (f"https://l.facebook.com/l.php?u={TAGGED.replace('?', '%3F').replace('=', '%3D')}", None, "error"),
        (f"/out?to={PRODUCT}?maas={TAG}", None, "warning"),
        (f"/out?to={PRODUCT}", None, None),
        (f"https://www.facebook.com/sharer?u={TAGGED}", None, None),
        (TAGGED, "associates", None),
    ],
)
def test_amazon_is_hidden_where_the_url_or_the_contract_says_that_it_is_amazon(found, href, program, severity):
    policy = (
        f'[[ctas]]\nname = "all"\nmatch = {{ kind = ["short", "amazon_short", "amazon_product"] }}\nprogram = "{program}"\n'
        if program
        else ""
    )
    base = '[site]\nbase_url = "https://www.larkmoor.example"\n[[sources]]\nroot = "site"\n'
    levels = [level for level, _ in found(f'<p><a href="{href}">kettle</a></p>', "AFF005", base=base + policy)]
    assert levels == ([severity] if severity else [])


def test_a_short_link_is_not_said_to_lack_its_tag(found):
    policy = '[[ctas]]\nname = "all"\nmatch = { kind = "amazon_short" }\nprogram = "associates"\n'
    assert found(associates("https://amzn.to/3lark"), "AFF001", base=SOURCE + policy) == []


@pytest.mark.parametrize(
    ("tag", "params", "is_found"),
    [
        ("lark-kettles-20", 'params = { tag = "lark-{slug}-20" }', False),
        ("lark-teapots-20", 'params = { tag = "lark-{slug}-20" }', False),
        ("lark-7-20", 'params = { tag = { pattern = "lark-[0-9]-20" } }', False),
        ("lurk-7-20", 'params = { tag = { pattern = "lark-[0-9]-20" } }', True),
        ("larkmoor-20", 'params = { tag = ["larkmoor-20", "lark-20"] }', False),
        ("larkmoor-21", 'params = { tag = ["larkmoor-20", "lark-20"] }', True),
        ("larkmoor-21", "", False),
    ],
)
def test_a_tag_is_ours_as_the_policy_has_it(found, tag, params, is_found):
    # Another page's tag is no stranger's: UTM008 says whose it is.
    base = (
        '[[sources]]\nroot = "site"\n[[pages]]\nkind = "blog"\npath = "/blog/{slug}"\n'
        f'[[ctas]]\nname = "all"\nmatch = {{ kind = "amazon_product" }}\nprogram = "associates"\n{params}\n'
    )
    assert bool(found(associates(f"{PRODUCT}?tag={tag}"), "AFF002", base=base)) == is_found


@pytest.mark.parametrize("code", ["AFF001", "AFF002"])
@pytest.mark.parametrize(("tag", "ours"), [("larkmoor-20", True), ("somebody-20", False)])
@pytest.mark.parametrize("url", ["exec/obidos/ASIN/B0LARKMR01/@", "dp/B0LARKMR01?AssociateTag=@"])
def test_a_tag_may_stand_in_the_path_or_under_its_older_name(found, code, tag, ours, url):
    text = associates(f"https://www.amazon.com/{url.replace('@', tag)}")
    assert bool(found(text, code)) == (code == "AFF002" and not ours)


def test_a_foreign_tag_on_an_attribution_cta_is_named(found):
    text = associates(f"{STORE}?tag=somebody-20")
    ((severity, message),) = found(text, "AFF002", "answers/quiet-kettle.html")
    assert severity == "error"
    assert '"somebody-20"' in message


def test_a_subid_is_forbidden_where_the_contract_says_that_the_link_leads_to_amazon(found):
    href = "https://larkmoor.pxf.io/c/1/2/3?SHAREDID=a&amp;subId2=someone@larkmoor.example"
    policy = '[[ctas]]\nname = "all"\nmatch = { host = "larkmoor.pxf.io" }\nprogram = "attribution"\n'
    text = f'<p><a href="{href}">kettle</a></p>'
    assert [message for _, message in found(text, "AFF004", contract=policy)] == [
        '"SHAREDID" on a link to Amazon, where impact forbids it',
        '"subId2" tells one visitor from another, which impact forbids on links to Amazon',
    ]
    assert found(text, "AFF004") == []


def test_an_option_of_the_wrong_type_is_refused(found):
    with pytest.raises(CtaError, match="the option \"sentences\" of AFF007 is a list, not 'Hallo'"):
        found("<p>a</p>", "AFF007", contract='[lint.options.AFF007]\nsentences = "Hallo"\n')


def test_a_rule_that_is_off_runs_only_where_it_is_selected(found):
    text = page("@")
    assert found(text, "AFF007") == []
    assert [message for _, message in found(text, "AFF012")] == [
        'neither the link "kettle" nor the text around it names Amazon'
    ]


def test_a_built_page_is_whole_and_its_finding_names_the_content_file(tmp_path):
    (tmp_path / "cta.toml").write_text(
        '[[sources]]\nroot = "site"\n[[pages]]\nkind = "blog"\npath = "/blog/{slug}"\nsource = "content/{slug}.md"\n',
        encoding="utf-8",
    )
    for name, text in (
        ("content/kettles.md", f"A [kettle]({TAGGED}) (paid link)."),
        ("site/blog/kettles.html", f'<!doctype html><p>A <a href="{TAGGED}">kettle</a> (paid link).</p>'),
    ):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = lint(config.read(tmp_path / "cta.toml"), [], Choice(select=("AFF006", "AFF007")))
    assert [(found.code, found.severity, found.file, found.line, found.column) for found in report.findings] == [
        ("AFF007", "error", "content/kettles.md", 1, 1),
        ("AFF006", "warning", "content/kettles.md", 1, 3),
    ]
