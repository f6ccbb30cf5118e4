"""The brief: a draft combined-sources story in Markdown, every sentence with a note to its evidence.

In: `Material`. Out: Markdown: headline, as-of line, lead with the tolls and who gave them, claims beside denials, what each side says,
how it unfolded, reactions, silences, background, credits, numbered notes. It says nothing that the findings do not hold, and leaves
out, most consequential first, what would make it too long; the report has everything.
Example: "At least 12 people were killed in Velm, according to the Ledovian Health Ministry.[^1]"
"""

from __future__ import annotations

from presstime.findings import Dispute
from presstime.records import ACTS, Statement
from presstime.show.material import (
    Index,
    Material,
    actor_name,
    independent_at_most,
    index_material,
    outlets,
    speaker_name,
)
from presstime.show.moments import moment_words
from presstime.show.notes import Notes, escape
from presstime.show.rows import normal
from presstime.show.tolls import toll_headline, toll_sentences
from presstime.show.unfolding import past_event_sentences, unfolding_sentences
from presstime.show.voices import content_words, statements_in_order
from presstime.show.weave import quoted, stop, the_name, weave
from presstime.show.wording import join_words, plural

__all__ = ["render_brief"]

MAX_DISPUTES = 6
MAX_ACTORS = 6
MAX_STATEMENTS_EACH = 3
MAX_REACTIONS = 12
MAX_REACTIONS_EACH = 3
MAX_SILENCES = 6
FIGURE_SHARE = 0.4  # of a statement's characters; more than that and it is a figure with its verb


class _Writer:
    """Keeps what has been written, so that no words come twice."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.notes = Notes(index)
        self.used: set[str] = set()
        self.keys: set[str] = set()
        self.sentences: set[str] = set()

    def note(self, words: str, *records: str) -> str | None:
        """A sentence with its notes; None where there is no evidence or it stands already."""
        marks = self.notes.cite(*records)
        key = normal(words)
        if not marks or key in self.sentences:
            return None
        self.sentences.add(key)
        return escape(words) + marks

    def statement(self, statement: Statement, *others: str, also: bool = False, again: bool = False) -> str | None:
        """A statement as a sentence, unless its words stand already (`again`: even then)."""
        words = normal(content_words(self.index, statement))
        key = (speaker_name(self.index, statement) or "") + words
        own = statement.form != "narrated"
        if not again and (
            key in self.keys or (own and words and any(words in one or (one in words and 2 * len(one) > len(words)) for one in self.used))
        ):
            return None
        sentence = weave(self.index, statement, also=also)
        if sentence is None:
            return None
        written = self.note(sentence, statement.id, *others)
        if written:
            self.keys.add(key)
            if own and words:
                self.used.add(words)
        return written


def render_brief(material: Material) -> str:
    """The brief as Markdown."""
    index = index_material(material)
    writer = _Writer(index)
    headline, evidence = toll_headline(index)
    title = f"# {escape(material.title)}"
    if headline:
        title += f": {escape(headline)}{writer.notes.cite(*evidence)}"
    as_of = f"{moment_words(material.as_of, material.time_zone, style='on')}, {material.time_zone}"
    counts = f"{plural(len(index.documents), 'document')} from {plural(len(outlets(material)), 'outlet')}"
    paragraphs = [
        title,
        f"*(Combined sources; as of {as_of}. {counts}, at most {plural(independent_at_most(index), 'independent origin')}.)*",
        f"*Draft made by presstime {material.presstime} from what was gathered. It says who says what and not who is right. A machine read"
        " the documents: follow each note before you print its sentence. Quotation marks within quotes are made single; nothing else in a"
        " quote is changed.*",
    ]
    lead = [line for words, records in toll_sentences(index, past=False) if (line := writer.note(words, *records))]
    sections: list[tuple[str | None, list[str]]] = [
        (None, [" ".join(lead)]),
        ("Claims and denials", _disputes(writer)),
        ("What each side says", []),
        ("How it unfolded", [_unfolding(writer)]),
        ("Reactions", _reactions(writer)),
        ("No response found", _silences(writer)),
        ("Background", [_background(writer)]),
    ]
    sections[2] = ("What each side says", _sides(writer))
    for name, body in sections:
        body = [paragraph for paragraph in body if paragraph]
        if body and name:
            paragraphs.append(f"## {name}")
        paragraphs.extend(body)
    paragraphs.extend(["## Sources and credits", _credits(writer)])
    paragraphs.extend(["## Notes", "\n".join(writer.notes.lines())])
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _unfolding(writer: _Writer) -> str:
    index = writer.index
    lines = []
    for words, records in unfolding_sentences(index):
        if line := writer.note(words, *records):
            lines.append(line)
            told = [statement for one in records if (statement := index.statements.get(index.events[one].statement or ""))]
            writer.used.update(normal(content_words(index, statement)) for statement in told)
    return " ".join(lines)


def _disputes(writer: _Writer) -> list[str]:
    index = writer.index
    ordered = sorted(index.material.findings.disputes, key=lambda dispute: (not dispute.denials, -len(dispute.denials)))
    return [" ".join(_dispute(writer, dispute)) for dispute in ordered[:MAX_DISPUTES]]


def _dispute(writer: _Writer, dispute: Dispute) -> list[str]:
    index = writer.index
    claim = index.claims.get(dispute.claim)
    claims = [index.statements[one] for one in (claim.statements if claim else ()) if one in index.statements]
    denials = [index.statements[one] for one in dispute.denials if one in index.statements]
    if not claims:
        return []
    lines = []
    same = [one.id for one in claims[1:] if speaker_name(index, one) == speaker_name(index, claims[0])]
    if first := writer.statement(claims[0], *same[:2], again=True):
        lines.append(first)
    others = dict.fromkeys(name for one in claims[1:] if (name := speaker_name(index, one)) and name not in dispute.claimed_by[:1])
    for name in others:
        given = [one.id for one in claims if speaker_name(index, one) == name]
        lines.append(writer.note(f"The same was said by {the_name(index, name)}.", *given) or "")
    seen: set[tuple[str | None, str]] = set()
    for denial in denials:
        key = (speaker_name(index, denial), normal(content_words(index, denial)))
        if key not in seen:
            seen.add(key)
            lines.append(writer.statement(denial) or "")
    silent = [actor_name(index, name) for name in dispute.no_response]
    if not denials and not silent:
        silent = [""]
    for name in silent:
        by = moment_words(index.material.as_of, index.material.time_zone)
        whom = f" from {the_name(index, name)}" if name else ""
        words = f"No response{whom} to this was found in the {plural(len(index.documents), 'document')} gathered by {by}."
        marks = writer.notes.cite(claims[0].id)
        lines.append(escape(words) + marks if marks else "")
    return [line for line in lines if line]


def _sides(writer: _Writer) -> list[str]:
    index = writer.index
    reacting = {one for reaction in index.material.findings.reactions for one in reaction.statements}
    counted = _counted(index)
    parties = [name for dispute in index.material.findings.disputes for name in (*dispute.claimed_by, *dispute.denied_by)]
    by_actor: dict[str, list[Statement]] = {}
    for statement in statements_in_order(index):
        name = speaker_name(index, statement)
        if name is not None and statement.id not in reacting | counted and statement.act != "no-comment":
            by_actor.setdefault(name, []).append(statement)
    order = sorted(by_actor, key=lambda name: (name not in parties, -len(by_actor[name]), name))
    paragraphs = []
    for name in order:
        ranked = sorted(by_actor[name], key=lambda one: (one.form == "narrated", ACTS.index(one.act)))
        lines: list[str] = []
        for statement in ranked:
            line = writer.statement(statement, also=bool(lines))
            if line:
                lines.append(line)
            if len(lines) == MAX_STATEMENTS_EACH:
                break
        if lines:
            paragraphs.append(" ".join(lines))
        if len(paragraphs) == MAX_ACTORS:
            break
    return paragraphs


def _counted(index: Index) -> set[str]:
    """The statements that say hardly more than a figure, which the lead has."""
    words: dict[str, int] = {}
    for figure in index.figures.values():
        if figure.statement:
            words[figure.statement] = words.get(figure.statement, 0) + len(figure.words)
    return {
        one
        for one, length in words.items()
        if one in index.statements and length > FIGURE_SHARE * len(content_words(index, index.statements[one]))
    }


def _reactions(writer: _Writer) -> list[str]:
    index = writer.index
    groups: dict[str, dict[str, list[Statement]]] = {}
    for reaction in index.material.findings.reactions:
        for one in reaction.statements:
            if one in index.statements and index.statements[one].act != "no-comment":
                actor = actor_name(index, reaction.actor)
                groups.setdefault(reaction.country or "", {}).setdefault(actor, []).append(index.statements[one])
    paragraphs, count = [], 0
    for country in sorted(groups, key=lambda country: (country == "", country)):
        lines: list[str] = []
        for statements in groups[country].values():
            if count == MAX_REACTIONS:
                break
            mine: list[str] = []
            for statement in sorted(statements, key=lambda one: ACTS.index(one.act)):
                if len(mine) < MAX_REACTIONS_EACH and (line := writer.statement(statement, also=bool(mine))):
                    mine.append(line)
            count += bool(mine)
            lines.extend(mine)
        paragraphs.append(" ".join(lines))
    return paragraphs


def _silences(writer: _Writer) -> list[str]:
    index = writer.index
    lines: list[str] = []
    seen: set[str] = set()
    for silence in index.material.findings.silences:
        name = actor_name(index, silence.actor)
        because = index.statements.get(silence.because)
        if because is None or name in seen or len(seen) == MAX_SILENCES:
            continue
        seen.add(name)
        by = moment_words(silence.as_of, index.material.time_zone)
        words = content_words(index, because)
        caller = speaker_name(index, because)
        of = f" of {the_name(index, caller)}" if caller else ""
        called = words.strip().strip('“”"').rstrip(",.;")
        sentence = (
            f"No response from {the_name(index, name)} was found in the {plural(silence.documents, 'document')} gathered by {by} to these"
            f" words{of}: {quoted(called)}"
        )
        if line := writer.note(stop(sentence), because.id):
            lines.append(line)
    quiet = [statement for statement in statements_in_order(index) if statement.act == "no-comment"]
    for statement in quiet:
        words = normal(content_words(index, statement)) + (speaker_name(index, statement) or "")
        if words not in seen and len(lines) < 2 * MAX_SILENCES:
            seen.add(words)
            sentence = weave(index, statement) or ""
            if sentence and (line := writer.note(sentence, statement.id)):
                lines.append(line)
    return [" ".join(lines)]


def _background(writer: _Writer) -> str:
    index = writer.index
    told = [*toll_sentences(index, past=True), *past_event_sentences(index)]
    return " ".join(filter(None, (writer.note(words, *records) for words, records in told)))


def _credits(writer: _Writer) -> str:
    index = writer.index
    first: dict[str, str] = {}
    credit: dict[str, str] = {}
    for document in index.documents.values():
        if document.outlet:
            first.setdefault(document.outlet, document.id)
        for name in document.credits:
            credit.setdefault(name, document.id)
    if not first:
        return ""
    names = [the_name(index, name) for name in first]
    lines = [
        f"This draft was compiled from documents published by {escape(join_words(names))}.{writer.notes.cite_documents(*first.values())}"
    ]
    if credit:
        holders = tuple(dict.fromkeys(credit.values()))
        lines.append(f"They credit {escape(join_words(list(credit)))}.{writer.notes.cite_documents(*holders)}")
    return " ".join(lines)
