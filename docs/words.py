"""Compile the words of every language, and say which sentences for importers the further languages lack.

`make words` runs it. It needs msgfmt (Debian: gettext).
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "pandok"
DESK = SOURCE / "fields" / "counterfeit"
PAGES = (
    "parties/linked.html",
    "parties/link_check.html",
    "parties/link_closed.html",
    "parties/picture.html",
    "parties/refusal.html",
    "parties/parts/head.html",
    "parties/parts/words.html",
    "parties/parts/statement.html",
    "parties/parts/paper.html",
    "parties/parts/electronic.html",
    "parties/parts/languages.html",
)
"""What an importer sees, below the templates of the desk."""
MODULES = (
    DESK / "acts/notices/drafting.py",
    DESK / "acts/notices/notice_phrases.py",
    DESK / "acts/notices/mail.py",
    DESK / "acts/notices/pdf.py",
    DESK / "acts/notices/senders.py",
    DESK / "web/shown/notice_page.py",
    DESK / "outcomes.py",
    SOURCE / "common/languages.py",
)
"""Whose Texts stand in notices to importers, or on their page."""
_PLACE = re.compile(r"\{[a-z_]*\}")
_TAG = re.compile(r"""\{% translate (["'])((?:(?!\1).)+)\1""")
_BLOCK = re.compile(r"\{% blocktranslate[^%]*%\}(.*?)\{% (?:plural|endblocktranslate) %\}", re.DOTALL)


def needed() -> list[str]:
    """The English of every sentence that a notice to an importer, its page, paper and mail may hold."""
    found = [*_of_pages(), *_of_wordings(), *_of_law(), *_of_states()]
    for module in MODULES:
        found += _texts(module)
    found += ["Your statement", "Kind of paper", "File"]
    return list(dict.fromkeys(one for one in found if re.search("[A-Za-z]{2}", _PLACE.sub("", one))))


def entries(catalogue: Path) -> dict[str, str]:
    """What a .po file says, by its English."""
    joined = re.sub(r'"\n"', "", catalogue.read_text(encoding="utf-8"))
    pairs = re.findall(r'^msgid "(.*)"\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(.*)"$', joined, re.M)
    return {_plain(key): _plain(said) for key, said in pairs if key}


def missing(catalogue: Path) -> list[str]:
    said = {_PLACE.sub("{}", key) for key, value in entries(catalogue).items() if value}
    return [one for one in needed() if _PLACE.sub("{}", one) not in said]


def further() -> list[Path]:
    return sorted(SOURCE.glob("languages/*/LC_MESSAGES/django.po"))


def compiled(catalogue: Path) -> None:
    made = str(catalogue.with_suffix(".mo"))
    subprocess.run(["msgfmt", "--check-format", "-o", made, str(catalogue)], check=True)


def main() -> None:
    for catalogue in (SOURCE / "web/locale/ko/LC_MESSAGES/django.po", *further()):
        compiled(catalogue)
    total = len(needed())
    for catalogue in further():
        lacking = missing(catalogue)
        name = catalogue.parents[1].name
        sys.stdout.write(
            f"{name}: {total - len(lacking)} of {total} sentences for importers; {len(lacking)} stay English\n"
        )
        for one in lacking:
            sys.stdout.write(f"  {one}\n")


def _of_pages() -> Iterator[str]:
    for page in PAGES:
        text = (DESK / "web/templates/pandok" / page).read_text(encoding="utf-8")
        yield from (one for _, one in _TAG.findall(text))
        for block in _BLOCK.findall(text):
            yield re.sub(r"\{\{ *([a-z_]+) *\}\}", r"%(\1)s", block)


def _of_wordings() -> Iterator[str]:
    newest = max((DESK / "acts/notices/wording").glob("*.json"))
    for wording in json.loads(newest.read_text(encoding="utf-8")).values():
        if wording["to"] in ("importer", "any"):
            sections = wording.get("sections", [])
            texts = [wording["title"], wording["subject"], *wording["lead"]]
            for section in sections:
                texts += [section["title"], *section.get("paragraphs", []), *section.get("items", [])]
            yield from (one["en"] for one in texts)


def _of_law() -> Iterator[str]:
    for file in sorted((DESK / "law").glob("*.json")):
        law = json.loads(file.read_text(encoding="utf-8"))
        yield from (one["title"]["en"] for one in law["clocks"])
        yield from (one["en"] for one in law["appeal"])


def _of_states() -> Iterator[str]:
    """Words of states and turns, not what the officer is told to do."""
    for node in ast.walk(ast.parse((DESK / "states.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "words":
            yield from _english(node.value)
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "_TURNS":
            yield from _english(node)


def _texts(module: Path) -> Iterator[str]:
    yield from _english(ast.parse(module.read_text(encoding="utf-8")))


def _english(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
            for given in node.keywords:
                if given.arg == "en" and isinstance(given.value, ast.Constant):
                    yield str(given.value.value)
                elif given.arg == "en" and isinstance(given.value, ast.JoinedStr):
                    parts = (str(one.value) if isinstance(one, ast.Constant) else "{}" for one in given.value.values)
                    yield "".join(parts).replace("{}{}", "{}")


def _plain(quoted: str) -> str:
    return quoted.replace("\\n", "\n").replace('\\"', '"')


if __name__ == "__main__":
    main()
