"""JavaScript made short, for a source that keeps to the rules at its head: no comments and blanks, names of one letter.

No kept minifier in Python renames variables, and without that the snippet is half as long again; those that do need Node.
"""

from __future__ import annotations

import re
from collections import Counter
from string import ascii_letters

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*)|(?P<blank>\s+)|(?P<text>"[^"\n]*")|(?P<word>[A-Za-z_$][\w$]*)"""
    r"""|(?P<other>\.?[0-9][0-9a-z.]*|\.\.\.|\S)"""
)
_DECLARED = re.compile(r"\b(?:const|let) (\w+) =|\(([\w, ]*)\) =>")


def shorten(source: str) -> str:
    """The same script on one line; what `const`, `let` and the parameters of arrow functions declare is renamed."""
    found = [(one.lastgroup, one[0]) for one in _TOKEN.finditer(source)]
    code = "".join(text for group, text in found if group != "comment")
    tokens = [(group, text) for group, text in found if group not in {"comment", "blank"}]
    names = {name for one in _DECLARED.finditer(code) for name in re.findall(r"\w+", one[1] or one[2] or "")}
    # Behind a dot stands a property.
    is_name = [
        group == "word" and text in names and tokens[at - 1][1] != "." for at, (group, text) in enumerate(tokens)
    ]
    used = Counter(text for (_, text), renamed in zip(tokens, is_name, strict=True) if renamed)
    if len(used) > len(ascii_letters):
        raise ValueError("more names than letters")
    short = dict(zip((name for name, _ in used.most_common()), ascii_letters, strict=False))
    words = [short[text] if renamed else text for (_, text), renamed in zip(tokens, is_name, strict=True)]
    return _joined(_with_lists(words))


def _with_lists(words: list[str]) -> list[str]:
    """`let a=1;let b=2` as `let a=1,b=2`, and every `const` as `let`."""
    written: list[str] = []
    # Whether the statement at hand declares something, at each depth of brackets; and whether the one before it did.
    declares, did = [False], False
    for word in words:
        if word in {"const", "let"}:
            if did and written[-1] == ";":
                written[-1] = ","
            else:
                written.append("let")
            declares[-1] = True
            continue
        if word == ";":
            did, declares[-1] = declares[-1], False
        elif word in "([{":
            declares.append(False)
        elif word in ")]}":
            declares.pop()
        written.append(word)
    return written


def _joined(words: list[str]) -> str:
    text = ""
    for word in words:
        text += f" {word}" if re.match(r"[\w$]", word) and re.search(r"[\w$]$", text) else word
    return re.sub(r"\((\w)\)=>", r"\1=>", text.replace(";}", "}")).rstrip(";")
