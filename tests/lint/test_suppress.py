"""Suppressions: what each covers, what it says of itself, and when it ends."""

import pytest
from tests.lint.repository import commit

from cta_analytics.errors import CtaError
from cta_analytics.lint.example import STORE, query

FAULTY = f"{STORE}?{query(utm_source='lark')}"
ESCAPED = FAULTY.replace("&", "&amp;")
HTML, MARKDOWN = "answers/quiet-kettle.html", "answers/quiet-kettle.md"
SAYS = "cta: ignore[UTM004] a partner's value"
A = f'<a href="{ESCAPED}">Shop</a>'
M = f"[Shop]({FAULTY})"


def found(report) -> list[tuple[str, int]]:
    return [(finding.code, finding.line) for finding in report.findings]


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        # On a line with something else it covers that line.
        (HTML, f"<p>{A} <!-- {SAYS} --></p>\n<p>{A}</p>", [("UTM004", 2)]),
        (MARKDOWN, f"{M} <!-- {SAYS} -->\n\n{M}", [("UTM004", 3)]),
        # Alone on a line it covers the next block.
        (HTML, f"<!-- {SAYS} -->\n<div>\n<p>{A}</p>\n<p>{A}</p>\n</div>\n<p>{A}</p>", [("UTM004", 6)]),
        (HTML, f"<ul>\n  <!-- {SAYS} -->\n  <li>{A}\n  <li>{A}\n</ul>", [("UTM004", 4)]),
        (HTML, f"<div>\n<!-- {SAYS} -->\ntext {A}\n<b>{A}</b></div>\n{A}", [("UTM004", 5)]),
        (HTML, f'<!-- {SAYS} -->\n\n<img alt="a > b">\n<p>{A}</p>', [("CFG001", 1), ("UTM004", 4)]),
        (MARKDOWN, f"<!-- {SAYS} -->\n{M}\n{M}\n\n{M}", [("UTM004", 5)]),
        (MARKDOWN, f"<!-- {SAYS} -->\n\n- a\n- {M}\n\n{M}", [("UTM004", 6)]),
        (MARKDOWN, f"<!-- {SAYS} -->\n# {M}\n{M}", [("UTM004", 3)]),
        (MARKDOWN, f"---\ntitle: x\n---\n\nA\n<!-- {SAYS} -->\n{M}\n\n{M}", [("UTM004", 9)]),
        (MARKDOWN, f"<div>\n<!-- {SAYS} -->\n<p>{A}</p>\n<p>{A}</p>\n</div>", [("UTM004", 4)]),
        # Two comments above one block both cover it.
        (HTML, f"<!-- {SAYS} -->\n<!-- cta: ignore[AMZ007] old -->\n<p>{A}</p>", [("CFG001", 2)]),
        (MARKDOWN, f"<!-- cta: ignore[AMZ007] old -->\n<!-- {SAYS} -->\n{M}", [("CFG001", 1)]),
        # An end tag is no block.
        (HTML, f"<div>\n<p>{A}</p>\n<!-- {SAYS} -->\n</div><p>{A}</p>", [("UTM004", 2), ("CFG001", 3), ("UTM004", 4)]),
        # By name, in any case, several at once; a comment over several lines.
        (HTML, f"<!-- cta: ignore[unexpected-utm-value, utm001] x -->\n<p>{A}</p>", [("CFG001", 1)]),
        (HTML, f"<!--\n  {SAYS}\n-->\n<p>{A}</p>", []),
        # A link whose tag runs over several lines stands on each of them.
        (HTML, f'<a\n href="{ESCAPED}"\n>Shop</a> <!-- {SAYS} -->', []),
        # What is shown as code, or is text, says nothing.
        (MARKDOWN, f"{M}\n\n```html\n<!-- {SAYS} -->\n```\n", [("UTM004", 1)]),
        (MARKDOWN, f"{M} `<!-- {SAYS} -->`\n", [("UTM004", 1)]),
        (HTML, f"<p>{A}</p><script>x = '<!-- {SAYS} -->'</script>", [("UTM004", 1)]),
        (HTML, f"{{# {SAYS} #}}<p>{A}</p>", [("UTM004", 1)]),
        (HTML, f"<!-- CTA: the button -->\n<!-- cta: hero -->\n<p>{A}</p>", [("UTM004", 3)]),
    ],
)
def test_a_comment_covers_its_line_or_the_next_block(site, file, text, expected):
    assert found(site({file: text})) == expected


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("answers/quiet-kettle.jsx", "export default () => (\n<div>\n{/* %s */}\n<p>%s</p>\n</div>)"),
        ("answers/quiet-kettle.mdx", "{/* %s */}\n\n%s"),
        ("answers/quiet-kettle.njk", "{# %s #}\n<p>%s</p>"),
        ("answers/quiet-kettle.njk", "{#- %s -#}\n<p>%s</p>"),
        ("answers/quiet-kettle.html.erb", "<%%# %s %%>\n<p>%s</p>"),
        ("answers/quiet-kettle.html.erb", "<%%-- %s --%%>\n<p>%s</p>"),
        ("answers/quiet-kettle.liquid", "{%% comment %%} %s {%% endcomment %%}\n<p>%s</p>"),
        ("answers/quiet-kettle.vue", "<template>\n<!-- %s -->\n<p>%s</p>\n</template>"),
        ("answers/quiet-kettle.astro", "<!-- %s -->\n<p>%s</p>"),
    ],
)
def test_templates_have_comments_of_their_own(site, file, text):
    link = f'<a href="{FAULTY}">Shop</a>'
    report = site({file: text % (SAYS, link) + f"\n\n<!-- -->\n{link}\n" * file.endswith("njk")})
    assert [finding.code for finding in report.findings] == ["UTM004"] * file.endswith("njk")
    assert report.summary.suppressed == 1


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (HTML, f"<p>{A.replace('<a', '<a data-cta-ignore=%s')}</p>{A}" % '"UTM004 a partner"', [("UTM004", 1)]),
        (HTML, f"<div data-cta-ignore='UTM004, AMZ003 x'><p>{A}</p>\n{A}</div>\n{A}", [("CFG001", 1), ("UTM004", 3)]),
        (HTML, f'<p data-cta-ignore="UTM004 x">\n</p>{A}', [("CFG001", 1), ("UTM004", 2)]),
        (HTML, f'<!-- <p data-cta-ignore="UTM004 x"> --><p>{A}</p>', [("UTM004", 1)]),
        (HTML, f"<p data-cta-ignore>{A}</p>", [("CFG005", 1), ("UTM004", 1)]),
        (MARKDOWN, f'<div data-cta-ignore="UTM004 x">\n\n{M}\n\n</div>\n\n{M}', [("UTM004", 7)]),
        ("answers/quiet-kettle.jsx", f'() => <Card data-cta-ignore="UTM004 x" if={{a > b}}>{A}</Card>', []),
    ],
)
def test_an_attribute_covers_the_links_of_its_element(site, file, text, expected):
    assert sorted(found(site({file: text}))) == sorted(expected)


def test_a_finding_about_a_page_is_covered_anywhere_in_it(site):
    contract = '[[ctas]]\nname = "c"\nmatch = { kind = "amazon_product" }\non = ["answer"]\nmin_per_page = 1\n'
    report = site({HTML: "<p>No link.</p>\n<!-- cta: ignore[PAG001] sold out -->\n"}, contract)
    assert found(report) == []
    assert report.summary.suppressed == 1


def test_a_finding_about_the_site_is_covered_where_it_points(site):
    other = f"[b]({STORE}?{query(utm_content='tea')})"
    report = site(
        {MARKDOWN: f"[a]({STORE}?{query()}) <!-- cta: ignore[AMZ013] one ad group -->", "answers/tea.md": other}
    )
    assert (found(report), report.summary.suppressed) == ([], 1)


def test_a_rule_of_the_site_is_not_idle_where_not_all_was_read(site):
    site.write({MARKDOWN: f"[a]({STORE}?{query()}) <!-- cta: ignore[AMZ013] one ad group -->"})
    assert found(site.lint()) == [("CFG001", 1)]
    assert found(site.lint([MARKDOWN])) == []


def test_a_suppression_of_a_rule_that_was_not_selected_is_not_idle(site):
    assert found(site({HTML: f"<p>{A}</p><!-- {SAYS} -->"}, select=("CFG",))) == []
    assert found(site({HTML: f"<p>{A}</p><!-- {SAYS} -->"}, ignore=("UTM",))) == []
    assert found(site({HTML: "<p>Text</p><!-- cta: ignore[UTM004] x -->"}, ignore=("UTM",))) == []


@pytest.mark.parametrize(
    ("says", "message"),
    [
        ("ignore[UMT004] x", 'no rule is called "UMT004"; did you mean "UTM004"?'),
        ("ignore[] x", "it names no rule; write ignore[AMZ007] why"),
        ("ignore UTM004 x", "it names no rule; write ignore[AMZ007] why"),
        ("ignroe[UTM004] x", "it names no rule; write ignore[AMZ007] why"),
        ("ignore[CFG001] x", "CFG001 is about the run itself and cannot be suppressed"),
        ("ignore[UTM004] x until=2027-02-30", 'until="2027-02-30" is no date; write one like until=2027-01-31'),
        ("ignore[UTM004] x until=soon", 'until="soon" is no date; write one like until=2027-01-31'),
    ],
)
def test_what_cannot_be_understood_is_one_clear_line(site, says, message):
    report = site({HTML: f"<p>{A}</p> <!-- cta: {says} -->"}, select=("CFG",))
    assert [(finding.code, finding.message) for finding in report.findings] == [("CFG005", message)]


def test_a_finding_about_a_suppression_points_at_it(site):
    (finding,) = site({HTML: f"é <!-- cta: ignore[AMZ007] x -->\n<p>{A}</p>"}, select=("CFG", "AMZ007")).findings
    place = (finding.line, finding.column, finding.end_line, finding.end_column)
    assert (place, finding.page, finding.href) == ((1, 3, 1, 33), "/answers/quiet-kettle", None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # 30 days before the 31st of May is the 1st.
        ("2027-04-30", []),
        ("2027-05-01", [("CFG002", "info")]),
        ("2027-05-31", [("CFG002", "info")]),
        ("2027-06-01", [("CFG002", "error"), ("UTM004", "error")]),
    ],
)
@pytest.mark.parametrize("where", ["comment", "element", "contract"])
def test_an_end_is_judged_at_the_day_of_the_head_commit(site, where, day, expected):
    until = "mended in May until=2027-05-31"
    text, contract = f"<p>{A}</p>", ""
    if where == "comment":
        text = f"{text} <!-- cta: ignore[UTM004] {until} -->"
    elif where == "element":
        text = f'<div data-cta-ignore="UTM004 {until}">{text}</div>'
    else:
        contract = '[[lint.suppress]]\npaths = ["/answers/*"]\nrules = ["UTM004"]\nreason = "r"\nuntil = 2027-05-31\n'
    site.write({HTML: text}, contract)
    commit(site.root, day)
    report = site.lint()
    assert sorted((finding.code, finding.severity) for finding in report.findings) == expected
    assert report.notes == ()


@pytest.mark.parametrize("is_repository", [False, True])
def test_without_a_commit_nothing_is_expired_and_that_is_said(site, is_repository):
    site.write({HTML: f"<p>{A}</p> <!-- cta: ignore[UTM004] x until=2001-01-01 -->"})
    if is_repository:
        (site.root / ".git").mkdir()
    report = site.lint()
    assert found(report) == []
    assert report.notes == (
        "until= is judged at the date of the HEAD commit, and there is none: no suppression counts as expired",
    )


def test_an_end_is_judged_in_the_repository_that_holds_the_page(site):
    site.write({HTML: f"<p>{A}</p> <!-- cta: ignore[UTM004] x until=2027-05-31 -->"})
    commit(site.root, "2029-01-01")
    commit(site.root / "site", "2027-01-01")
    assert found(site.lint()) == []


SUPPRESS = '[[lint.suppress]]\npaths = ["{}"]\nrules = ["{}"]\nreason = "a partner asks for it"\n'


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("/answers/*", []),
        ("/answers/quiet-kettle", []),
        ("site/answers/*.html", []),
        ("/products/*", ["CFG001", "UTM004"]),
        ("answers/*", ["CFG001", "UTM004"]),
    ],
)
def test_the_contract_suppresses_by_path_on_the_site_or_by_file(site, glob, expected):
    report = site({HTML: f"<p>{A}</p>"}, SUPPRESS.format(glob, "UTM004"))
    assert sorted(finding.code for finding in report.findings) == expected


def test_an_idle_suppression_of_the_contract_is_found_at_its_line_of_a_whole_site(site):
    site.write({HTML: f"<p>{A}</p>"}, SUPPRESS.format("/answers/*", "UTM004") + SUPPRESS.format("/x", "UTM001"))
    lines = (site.root / "cta.toml").read_text().splitlines()
    second = [number for number, line in enumerate(lines, 1) if line == "[[lint.suppress]]"][1]
    (finding,) = site.lint().findings
    assert (finding.code, finding.file, finding.line) == ("CFG001", "cta.toml", second)
    assert found(site.lint([HTML])) == []


def test_a_rule_that_is_none_in_the_contract_is_named_with_its_line(site):
    site.write({HTML: A}, SUPPRESS.format("/x", "UTM400"))
    line = len((site.root / "cta.toml").read_text().splitlines()) - 3
    with pytest.raises(CtaError, match=rf'cta.toml:{line}: \[\[lint.suppress\]\]: no rule is called "UTM400"'):
        site.lint()


@pytest.mark.parametrize(
    ("authored", "expected"),
    [
        # The link is found in the author's file, and the copy of the comment in the page has nothing to do.
        (f"<!-- {SAYS} -->\n{M}\n", []),
        # The build made the URL, so that the link is found in the page only, and there the copy covers it.
        (f"<!-- {SAYS} -->\n[Shop](store)\n", []),
        (f"<!-- {SAYS} -->\nNothing.\n\n{M}\n", [("CFG001", 1), ("UTM004", 4)]),
    ],
)
def test_a_comment_that_a_build_copied_is_one_suppression(site, authored, expected):
    site.write({HTML: f"<!-- {SAYS} -->\n<p>{A}</p>"})
    toml = (site.root / "cta.toml").read_text()
    source = '"/answers/{slug}"\nsource = "src/{slug}.md"'
    (site.root / "cta.toml").write_text(toml.replace('"/answers/{slug}"', source, 1))
    (site.root / "src").mkdir()
    (site.root / "src" / "quiet-kettle.md").write_text(authored)
    assert found(site.lint()) == expected


def test_many_pages_read_in_several_processes_are_judged_as_one_run(site):
    # From 200 pages on, where processes can be forked. Each page has a link that is covered, every tenth an idle comment.
    pages = {
        f"answers/{n}.html": f"<p>{A}</p><!-- {SAYS} -->" + "<!-- cta: ignore[AMZ007] old -->" * (n % 10 == 0)
        for n in range(210)
    }
    contract = SUPPRESS.format("/answers/*", "UTM008") + SUPPRESS.format("/x", "UTM008")
    report = site(pages, contract, ignore=("AMZ013",))
    expected = [(f"/answers/{n}", "CFG001") for n in range(0, 210, 10)] + [("", "CFG001")]
    assert sorted((finding.page, finding.code) for finding in report.findings) == sorted(expected)
    # The value of another page is the second finding of each link.
    assert report.summary.suppressed == 2 * 210
