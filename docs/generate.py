"""Write the pages under docs/look-up from what they describe: settings, commands, model cards, the API, formats.

python docs/generate.py            write
python docs/generate.py --check    say which pages are out of date, exit code 1
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOOK_UP = Path(__file__).resolve().parent / "look-up"
MADE = "<!-- Made by docs/generate.py; change the source, then run `make docs`. -->"


def settings_page() -> str:
    from pandok.settings import Settings

    lines = ["# Settings", "", MADE, ""]
    lines += ["From environment variables or a `pandok.env` file in the working folder; the environment wins.", ""]
    lines += ["`pandok settings` prints each value and where it came from.", ""]
    lines += ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default == "" else f"`{field.default}`"
        lines.append(f"| `PANDOK_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    from typer.main import get_command

    from pandok.cli.main import app

    lines = ["# Commands", "", MADE, ""]
    lines += ["Exit codes: 0 done, 1 something to look at (bad rows, a broken chain), 2 the input or the command is"]
    lines += ["wrong, 3 the operator has to act (model, store, missing part), 130 interrupted.", ""]
    for path, command in _leaves(get_command(app), "pandok"):
        lines += [f"## {path}", "", (command.help or "").strip(), ""]
        rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            lines += ["| parameter | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def _leaves(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, child in inner.items():
        yield from _leaves(child, f"{path} {name}")


def _parameter(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    name = " / ".join([*parameter.opts, *parameter.secondary_opts]) if is_option else parameter.name.upper()
    default = parameter.default
    is_plain = isinstance(default, (int, str)) and not isinstance(default, bool) and default != ""
    shown = f" Default: {default}." if is_option and is_plain else ""
    return f"| `{name}` | {getattr(parameter, 'help', '') or ''}{shown} |"


def models_page() -> str:
    from pandok.engines.encoders.model_store import SHIPPED, ModelStore, StoredModel

    lines = [
        "# Models",
        "",
        MADE,
        "",
        "Each model is loaded only when the sha256 of its files agrees with its card.",
        "",
    ]
    for stored in ModelStore(SHIPPED).cards():
        if not isinstance(stored, StoredModel):
            raise stored
        card = stored.card
        lines += [f"## {card.title}", "", f"- Task: {card.task}", f"- Licence: {card.licence}"]
        lines += [f"- Origin of the weights: {card.origin_of_weights}", f"- Training data: {card.training_data}"]
        if card.dimensions:
            lines.append(f"- Output: {', '.join(card.outputs)}, {card.dimensions} dimensions, {card.score_direction}")
        if card.notes:
            lines.append(f"- Notes: {card.notes}")
        lines += ["", "| file | bytes | sha256 |", "|---|---|---|"]
        lines += [f"| `{file.name}` | {file.bytes:,} | `{file.sha256}` |" for file in card.files]
        if card.scores:
            lines += ["", "| set | metric | value | 95 % | commit |", "|---|---|---|---|---|"]
            for score in card.scores:
                interval = f"{score.interval[0]:.3f}-{score.interval[1]:.3f}" if score.interval else ""
                lines.append(
                    f"| {score.data_set} | {score.metric} | {score.value:.3f} | {interval} | {score.commit[:12]} |"
                )
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def register_fields_page() -> str:
    from pandok.fields.register.importers import (
        csv_folder,
        designview_table,
        hague,
        kipris_xml,
        st86_xml,
        st96_xml,
        uspto_xml,
    )
    from pandok.fields.register.records import FACTS

    lines = ["# Register formats, field by field", "", MADE, ""]
    lines += ["Which element of which standard becomes which fact of the register. Names in their order of preference;"]
    lines += [
        "the first that has a text counts. What is named nowhere here is kept with the design under its own name,"
    ]
    lines += [
        "and the import says so (`fields_kept`, and the list of names). How to import: [do/import](../do/import.md).",
        "",
    ]
    lines += [
        "## register.csv",
        "",
        "Pandok's own table; a column of each name, and `design_id`, `view`, `path`.",
        "",
    ]
    lines += [
        "`" + "`, `".join(FACTS) + "`",
        "",
        f"Needed: {', '.join(f'`{name}`' for name in csv_folder.REQUIRED)}.",
        "",
    ]
    for module, facts, passed in (
        (st96_xml, st96_xml.NAMES.facts, st96_xml.NAMES.passed),
        (st86_xml, st86_xml.NAMES.facts, st86_xml.NAMES.passed),
        (kipris_xml, kipris_xml.FACTS, kipris_xml.PASSED),
        (uspto_xml, uspto_xml.FACTS, uspto_xml.PASSED),
        (designview_table, designview_table.FACTS, frozenset()),
    ):
        lines += [f"## {module.STANDARD}", "", "| fact | read from |", "|---|---|"]
        lines += [f"| `{fact}` | {', '.join(f'`{name}`' for name in names)} |" for fact, names in facts.items()]
        names = getattr(module, "NAMES", None)
        if names is not None:
            lines += [
                f"| holder | {', '.join(f'`{name}`' for name in names.holders)}: "
                f"{', '.join(f'`{name}`' for name in names.party_names)} |"
            ]
            lines += [f"| design's number | {', '.join(f'`{name}`' for name in names.design_number)} |"]
            lines += [
                f"| view | file {', '.join(f'`{name}`' for name in names.view_file)}; "
                f"name {', '.join(f'`{name}`' for name in names.view_name)} |"
            ]
        lines += [""]
        if passed:
            lines += [
                f"Not taken over (persons, other rights): {', '.join(f'`{name}`' for name in sorted(passed))}.",
                "",
            ]
        if module is st96_xml:
            lines += [
                f"Versions 1 to {st96_xml.LAST_VERSION} of the schemas; another one in `st96Version` is a finding.",
                "",
            ]
            lines += [
                "### Hague",
                "",
                f"`{hague.TRANSACTION}` with `HagueCurrent/HagueRegistration` and `{hague.HISTORY}`:",
            ]
            lines += [
                f"{', '.join(f'`{name}`' for name in hague.EVENTS)}, each for the designs in `AffectedDesign` and the"
            ]
            offices = ", ".join(f"`{name}`" for name in (*hague.NOTIFIED_BY, *hague.DESIGNATED))
            lines += [f"offices in {offices}. A registration"]
            lines += [
                f"that does not designate {hague.OFFICE} is no right here: status unknown, finding `hague.office`.",
                "",
            ]
    return "\n".join(lines).rstrip() + "\n"


def api_page() -> str:
    import atexit
    import os
    import tempfile

    home = tempfile.TemporaryDirectory(prefix="pandok-docs-")
    atexit.register(home.cleanup)
    os.environ["PANDOK_HOME"] = home.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "pandok.web.django_settings"
    import django

    django.setup()
    from pandok.web.api.app import DESCRIPTION, schema
    from pandok.web.api.describe import described_operations

    lines = ["# API", "", MADE, "", DESCRIPTION.strip(), ""]
    lines += ["How to use it: [Connect an agency's system](../do/connect-an-agency-system.md). `*`: needed.", ""]
    for name, operations in described_operations(schema()).items():
        lines += [f"## {name}", ""]
        for one in operations:
            lines += [f"### `{one.method} {one.path}`", "", f"{one.summary}. {' '.join(one.about.split())}".strip(), ""]
            if one.fields:
                lines += ["| name | where | type | |", "|---|---|---|---|"]
                lines += [
                    f"| `{part.name}`{' *' if part.required else ''} | {part.where} | {part.type} | {part.about} |"
                    for part in one.fields
                ]
                lines.append("")
            lines += [f"Answers `{one.answers}`." + (f" Sends `{one.sends}`." if one.sends else ""), ""]
    return "\n".join(lines).rstrip() + "\n"


def states_page() -> str:
    from pandok.common.declared import declared

    lines = ["# States", "", MADE, ""]
    lines += ["What moves, along which table, and who may lead it on. What is not in a table does not exist.", ""]
    for table in (one for field in declared() for one in field.states):
        lines += [f"## {table.title.en} · {table.title.ko}", "", "```mermaid", "stateDiagram-v2"]
        lines += [f"    [*] --> {next(iter(table.states)).value}"]
        lines += [f"    {start.value} --> {end.value}" for start, end in table.moves if start is not end]
        lines += [f"    {state.value} --> [*]" for state in table.states if table.ends_at(state)]
        lines += ["```", "", "| state | in words | leads to |", "|---|---|---|"]
        for state, words in table.states.items():
            ways = [
                f"`{end.value}` ({', '.join(sorted(table.by[mover].en.lower() for mover in movers))})"
                for (start, end), movers in table.moves.items()
                if start is state
            ]
            lines.append(f"| `{state.value}` | {words.en} · {words.ko} | {', '.join(ways) or 'the end'} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def glossary_page() -> str:
    from pandok.common.declared import rooms

    lines = ["# Glossary", "", MADE.replace("the source", "the `glossary.py` of the field"), ""]
    lines += ["The same words stand behind the underlined terms of the pages, and at `/glossary/` of every site.", ""]
    for place in rooms("glossary"):
        lines += [f"## {place.__doc__.strip().removesuffix('.')}", ""]
        lines += ["| term | Korean | meaning | standard |", "|---|---|---|---|"]
        lines += [
            f"| {term.words.en} | {term.words.ko} | {term.meaning.en} | {term.standard or '–'} |"
            for term in place.TERMS
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def observed_page() -> str:
    from pandok.fields.street.observed import OBSERVED
    from pandok.fields.street.reader_settings import ReaderSettings
    from pandok.fields.street.reader_table import TABLE
    from pandok.fields.street.readers_in_words import reader_words

    lines = ["# What poles observe", "", MADE, ""]
    lines += ["A reading names one of these properties with its unit; another unit, or a value outside the range, is"]
    lines += ["refused and counted. Readings of a kind that is not kept are read and forgotten: they are in no table"]
    lines += ["and no file. How poles send: [do/take-messages-of-poles](../do/take-messages-of-poles.md).", ""]
    lines += ["| property | unit | lowest | highest | meaning | Korean | kept |", "|---|---|---|---|---|---|---|"]
    lines += [
        f"| `{name}` | {one.unit} | {one.lowest:g} | {one.highest:g} | {one.words.en} | {one.words.ko} |"
        f" {'yes' if one.is_kept else 'no'} |"
        for name, one in OBSERVED.items()
    ]
    lines += ["", "## Readers", ""]
    lines += ["A pole has a reader where it measures one of its properties (all of them: *together*)."]
    lines += ["*Agreeing*: of several sensors, how many must say so; –: the reader takes in any number.", ""]
    lines += ["| reader | tells of | decides by | helped by | agreeing |", "|---|---|---|---|---|"]
    for row in TABLE:
        decides = ", ".join(f"`{of}`" for of in row.decides) + (" together" if row.together else "")
        helps = ", ".join(f"`{of}`" for of in row.helps) or "–"
        place = ", where the pole has latitude and longitude" if row.needs_place else ""
        lines.append(
            f"| `{row.reader}` | {reader_words(row.reader).en}{place} | {decides} | {helps} | {row.agreeing or '–'} |"
        )
    lines += ["", "## Settings of a place", "", "`pandok street reader-settings POLE --set NAME=VALUE`, as JSON.", ""]
    lines += ["| setting | usual | meaning |", "|---|---|---|"]
    for name, field in ReaderSettings.model_fields.items():
        usual = list(field.default) if isinstance(field.default, tuple) else field.default
        lines.append(f"| `{name}` | {'–' if usual is None else usual} | {field.description} |")
    return "\n".join(lines) + "\n"


VERDICTS = {"proven": "proven (입증)", "not_proven": "not proven (미입증)", "inferior": "inferior (열등)"}


def packs_page() -> str:
    """What stands in benchmarks/results/region_packs.json; never typed by hand."""
    from pandok.demo.packs.region_fields import FIELD_PACKS
    from pandok.demo.packs.table import SHIPPED

    told = json.loads((LOOK_UP.parents[1] / "benchmarks/results/region_packs.json").read_text(encoding="utf-8"))
    lines = ["# Problems of the regions' fields", "", MADE, ""]
    lines += ["Each field in which regional programmes are planned has a problem of the lab on public data: today's"]
    lines += [
        "practice as a simple rule, and a simple model that was fitted on the public part, carried through the lab"
    ]
    lines += ["and shown as it came out. No agency stated a margin; they are the author's, for demonstration."]
    lines += [
        "[How to build one](../do/build-a-fields-problem.md). Verdicts are those of the confirm part. A difference is"
    ]
    lines += ["model minus practice, of errors practice minus model, so that more is better. Measured at commit"]
    lines += [f"`{told['commit'][:12]}`.", ""]
    lines += ["The rule of `inspection-choice` was changed once after figures of its confirm part had been seen: with"]
    lines += [
        "one limit for all parts it opened 6.6 % of the consignments instead of 5. No model was changed after that."
    ]
    lines += [""]
    lines += ["| field | problem | practice | metric | model | practice | difference, 95 % interval | verdict |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    for one in FIELD_PACKS:
        problem, came = SHIPPED[one.pack_id].problem, told["packs"][one.pack_id]
        for place, end in enumerate(came["endpoints"]):
            line = f"{end['metric']}, {end['aim']}" + (f", margin {end['margin']}" if end["margin"] else "")
            first = [one.topic.words.en, f"`{one.pack_id}`", problem.practice.what.en] if place == 0 else ["", "", ""]
            verdict = VERDICTS.get(came["verdict"], came["verdict"]) if place == 0 else ""
            low, high = end["interval"]
            figures = [line, f"{end['model']:.3f}", f"{end['practice']:.3f}"]
            cells = [*first, *figures, f"{end['difference']:+.3f} [{low:+.3f}, {high:+.3f}]", verdict]
            lines.append(f"| {' | '.join(cells)} |")
    for one in FIELD_PACKS:
        problem, came = SHIPPED[one.pack_id].problem, told["packs"][one.pack_id]
        where = " and ".join(f"`PANDOK_SHARED/data/{name}`" for name in one.data) or "comes with Pandok"
        lines += ["", f"## {one.pack_id}", "", f"{problem.title.ko} · {problem.title.en}", ""]
        lines += [f"- Decision: {one.decides.en}", f"- Data: {problem.source}; {where}. From {one.address}"]
        lines += [f"- Licence: {problem.licence}", f"- Practice: {problem.practice.how.en}"]
        lines += [
            f"- Line: {problem.margin_reason.en}",
            f"- Plan ({came['cases']} cases in confirm): {problem.plan.en}",
        ]
        lines += [f"- What cannot be had: {one.lacks.en}"]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    return {
        "../glossary.md": glossary_page(),
        "states.md": states_page(),
        "settings.md": settings_page(),
        "commands.md": commands_page(),
        "models.md": models_page(),
        "api.md": api_page(),
        "register-formats.md": register_fields_page(),
        "observed-properties.md": observed_page(),
        "packs.md": packs_page(),
    }


def main() -> int:
    old = []
    for name, content in pages().items():
        path = LOOK_UP / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            old.append(name)
            if "--check" not in sys.argv:
                path.write_text(content, encoding="utf-8")
    print(" ".join(old) or "up to date")
    return int(bool(old) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
