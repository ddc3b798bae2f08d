"""Template files: literal links with their places, computed ones as they stand, nothing out of comments and code."""

import pytest

from cta_analytics.pages import READERS, reader_of
from cta_analytics.pages.source import Source


def links(name: str, text: str):
    """What is linked: URL and text, `~` before a computed one; every span is checked against the file."""
    source = Source(text.encode(), name)
    document = READERS["template"].read(source)
    for anchor in document.anchors:
        span = anchor.span
        assert text[span.href_start : span.href_end] == anchor.raw
        assert text[span.start] in "<["
        data = text.encode()
        assert data[source.byte_offset(span.href_start) : source.byte_offset(span.href_end)] == anchor.raw.encode()
    return [("~" if anchor.is_computed else "") + anchor.href + " " + anchor.text for anchor in document.anchors]


@pytest.mark.parametrize(
    "name", ["a.mdx", "a.astro", "a.jsx", "a.tsx", "a.vue", "a.liquid", "a.njk", "a.html.erb", "A.HTML.ERB"]
)
def test_template_files_have_a_reader(name):
    assert reader_of(name) is READERS["template"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("x.jsx", '<a href="/x?a=1&amp;b=2">y</a>', ["/x?a=1&b=2 y"]),
        ("x.jsx", "<a href={'/x?a=1&amp;b'}>y</a>", ["/x?a=1&amp;b y"]),
        ("x.jsx", "<a href={`/x`}>y</a>", ["/x y"]),
        ("x.jsx", "<a href={`/x/${id}`}>y</a>", ["~{`/x/${id}`} y"]),
        ("x.jsx", "<a href={'/x\\u0026y'}>y</a>", ["~{'/x\\u0026y'} y"]),
        ("x.jsx", '<a\n  className="b"\n  href={url}>\n  y {z}\n</a>', ["~{url} y {z}"]),
        ("x.jsx", "<a href={on ? '/a' : '/b'}>y</a>", ["~{on ? '/a' : '/b'} y"]),
        ("x.jsx", "<a onClick={() => { if (a > b) { f({c: '\"'}) } }} href='/x'>it's</a>", ["/x it's"]),
        ("x.jsx", '<Link href="/x">don\'t</Link> <NavLink to="/y">y</NavLink>', ["/x don't", "/y y"]),
        ("x.jsx", '<Button href="/x">b</Button><Toggle to="/no"/><link rel="icon" href="/no"/>', ["/x b"]),
        ("x.jsx", '<Link rel="stylesheet" href="/no" /><link href="/no" />', []),
        ("x.jsx", '<a href="/x" aria-label="L" /> after', ["/x L"]),
        ("x.jsx", '<Card top={<a href="/in">n</a>}><a href="/x">y</a></Card>', ["/x y"]),
        ("x.jsx", '{/* <a href="/no"> */}<a href="/x">y</a>', ["/x y"]),
        ("x.tsx", 'const a = 1; // <a href="/no">\n/* <a href="/no"> */ <a href="/x">y</a>', ["/x y"]),
        ("x.tsx", 'const u = "https://a.com/"; <a href="/x">y</a>', ["/x y"]),
        ("x.tsx", 'useState<string>("x"); if (a<b && c>d) {} <a href="/x">y</a>', ["/x y"]),
        ("x.tsx", '<ul>{l.map((i) => <li><a href="/x">{i}</a></li>)}</ul>', ["/x {i}"]),
        ("x.tsx", '<><a href="/x">y</a>{" "}z</>', ["/x y"]),
        ("x.astro", '---\nconst a = "<a href=/no>";\n---\n<a {href}>y</a><a href=`/x`>z</a>', ["~{href} y", "/x z"]),
        ("x.astro", '<script>if (a<b) "<a href=/no>"</script><!-- <a href="/no"> --><a href="/x">y</a>', ["/x y"]),
        ("x.mdx", 'import A from "a"\nexport const b = "[no](/no)"\n\n[y](/x)', ["/x y"]),
        ("x.mdx", "export is a verb, [y](/x)", ["/x y"]),
        ("x.mdx", "Some text\nexport const is text, [y](/x)", ["/x y"]),
        ("x.mdx", '```\n\nimport x\n<a href="/no">\n```\n[y](/x)', ["/x y"]),
        ("x.mdx", "<Note>\n[y](/x)\n</Note>\n\n    [z](/z)", ["/x y", "/z z"]),
        ("x.mdx", '{/* [no](/no) */}\n\nA <Link href={"/x"}>y *z*</Link>, <a href={u}>v</a>.', ["/x y z", "~{u} v"]),
        ("x.mdx", '<Card\n  title="t"\n  href="/x" />\n\n[y](/y)', ["/x ", "/y y"]),
        ("x.mdx", "| a | b |\n|-|-|\n| é | <Link to='/x'>y</Link> |", ["/x y"]),
        ("x.liquid", '<a {% if a %}class="b"{% endif %} href="/x">{{ t }}</a>', ["/x {{ t }}"]),
        ("x.liquid", '<a href="{{ u | f: "q" }}">y</a>', ['~{{ u | f: "q" }} y']),
        (
            "x.liquid",
            '<a href="/x?tag={{ tag }}">y</a><a href={{ u }} rel=z>w</a>',
            ["~/x?tag={{ tag }} y", "~{{ u }} w"],
        ),
        ("x.liquid", '{%- comment -%}<a href="/no">{%- endcomment -%}<a href="/x">y</a>', ["/x y"]),
        ("x.liquid", '<form action="{{ p }}"></form><form action="/s"></form>', ["~{{ p }} ", "/s "]),
        ("x.njk", '{# <a href="/no"> #}{% if a < b %}<a href="/x">y</a>{% endif %}', ["/x y"]),
        ("x.html.erb", '<%# <a href="/no"> %><%-- <a href="/no"> --%><a href="/x">y <%= t %></a>', ["/x y <%= t %>"]),
        ("x.html.erb", '<% if a < b %><a href="<%= u %>">y</a><% end %>', ["~<%= u %> y"]),
        ("x.html.erb", '<%= link_to "Shop now", "/x?a=1&b=2", class: "c" %>', ["/x?a=1&b=2 Shop now"]),
        (
            "x.html.erb",
            "<%= link_to('y', '/x') -%> <%= link_to 'z', tea_path(t, a: 1) %>",
            ["/x y", "~tea_path(t, a: 1) z"],
        ),
        ("x.html.erb", '<%= link_to t(".shop, now"), "/x" %>', ['/x t(".shop, now")']),
        ("x.html.erb", '<%= link_to "y", "/x/#{slug}" %>', ['~"/x/#{slug}" y']),
        ("x.html.erb", '<%= link_to "/x" do %><% if a %>y<b>z</b><% end %><% end %> after', ["/x yz"]),
        ("x.html.erb", '<%= link_to "y <b>", "/x" %><% end %><%= link_to_if a, "no", "/no" %>', ["/x y b"]),
        ("x.vue", '<template><a :href="u">y</a><a v-bind:href="\'/x\'">z</a></template>', ["~u y", "/x z"]),
        ("x.vue", '<template><router-link to="/x">y</router-link></template><script>"<a href=/no>"</script>', ["/x y"]),
    ],
)
def test_links_of_templates(name, text, expected):
    assert links(name, text) == expected


def test_a_page_of_mdx_keeps_its_lines():
    text = '---\ntitle: "T"\npermalink: /t\n---\r\nimport A from "a"\r\n\r\n# H\r\n\r\n'
    text += '\U0001f375 <Link\r\n\thref="/x">y</Link>\r\n'
    source = Source(text.encode(), "x.mdx")
    document = READERS["template"].read(source)
    (anchor,) = document.anchors
    assert (document.title, document.permalink, anchor.heading) == ("T", "/t", "H")
    assert source.position(anchor.span.start) == (9, 3)
    assert source.position(anchor.span.href_start) == (10, 8)


@pytest.mark.parametrize("name", ["x.mdx", "x.astro", "x.tsx", "x.vue", "x.liquid"])
@pytest.mark.parametrize(
    "unit",
    [
        "<a b={",
        "{",
        "}",
        "<a b='",
        "{{ ",
        "{% comment %}",
        "<% ",
        "</a>",
        "<A>",
        "<a href={x}>{",
        "/*",
        "// ",
        "{/* ",
        "`",
        '<%= link_to "/x" do %>',
        '<%= link_to "a", ',
    ],
)
def test_unclosed_pieces_of_templates_are_read(name, unit):
    for text in (unit * 4000, unit * 4000 + "}'>"):
        for anchor in READERS["template"].read(Source(text.encode(), name)).anchors:
            assert text[anchor.span.start] == "<"
