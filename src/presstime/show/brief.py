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
    document_name,
    independent_at_most,
    index_material,
    outlets,
    speaker_name,
)
from presstime.show.moments import moment_words
from presstime.show.notes import Notes, escape
from presstime.show.rows import normal
from presstime.show.sentences import sentence_around, sentence_spans
from presstime.show.tolls import toll_headline, toll_sentences
from presstime.show.unfolding import past_event_sentences, past_toll_sentence, unfolding_sentences
from presstime.show.voices import content_words, statements_in_order
from presstime.show.weave import quoted, stop, the_name, weave
from presstime.show.wording import WORDS, capital, country_words, join_words, plural

__all__ = ["render_brief"]

MAX_DISPUTES = 6
MAX_CLAIMANTS = 3  # beside the first; the report has them all
MAX_ACTORS = 6
MAX_STATEMENTS_EACH = 3
MAX_REACTIONS = 12
MAX_REACTIONS_EACH = 3
MAX_SILENCES = 6
MAX_CALL_WORDS = 30  # longer words that call for an answer give their first sentence
FEWEST_WORDS = 4  # fewer, and equal words may still be two things; alone, they say too little to print
SAME_WORDS = 0.8  # of the shorter one's words; more in common and it is the same told again
FIGURE_SHARE = 0.4  # of a statement's characters; more than that and it is a figure with its verb


class _Writer:
    """Keeps what has been written, so that no words come twice."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.notes = Notes(index)
        self.words: list[frozenset[str]] = []
        self.keys: set[str] = set()
        self.sentences: set[str] = set()

    def note(self, words: str, *records: str, again: bool = False) -> str | None:
        """A sentence with its notes; None where there is no evidence, or it stands already (`again`: even then)."""
        key = normal(words)
        if key in self.sentences and not again:
            return None
        marks = self.notes.cite(*records)
        if not marks:
            return None
        self.sentences.add(key)
        return escape(words) + marks

    def statement(self, statement: Statement, *others: str, also: bool = False, again: bool = False) -> str | None:
        """A statement as a sentence, unless its words stand already (`again`: even then)."""
        content = content_words(self.index, statement)
        key = (speaker_name(self.index, statement) or "") + normal(content)
        if not again and (key in self.keys or self.told(content)):
            return None
        sentence = weave(self.index, statement, also=also)
        if sentence is None:
            return None
        written = self.note(sentence, statement.id, *others, again=again)
        if written:
            self.keys.add(key)
            self.words.append(_words(content))
        return written

    def told(self, content: str) -> bool:
        """Whether these words stand already, or nearly."""
        words = _words(content)
        long = [one for one in self.words if len(one) >= FEWEST_WORDS]
        return len(words) >= FEWEST_WORDS and any(len(words & one) >= SAME_WORDS * min(len(words), len(one)) for one in long)


def _words(content: str) -> frozenset[str]:
    return frozenset(word for one in content.split() if (word := normal(one)))


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
    lead: dict[str, list[str]] = {}
    for words, records in toll_sentences(index, past=False):
        if line := writer.note(words, *records):
            lead.setdefault(index.figures[records[0]].measure, []).append(line)
    sections: list[tuple[str | None, list[str]]] = [
        (None, [" ".join(lines) for lines in lead.values()]),
        ("Claims and denials", _disputes(writer)),
        ("What each side says", []),
        ("How it unfolded", _unfolding(writer)),
        ("Reactions", _reactions(writer)),
        ("No response found, or no comment", _silences(writer)),
        ("Background", [_background(writer)]),
    ]
    sections[2] = ("What each side says", _sides(writer))
    for name, body in sections:
        body = [paragraph for paragraph in body if paragraph]
        if body and name:
            paragraphs.append(f"## {name}")
        paragraphs.extend(body)
    if credits := _credits(writer):
        paragraphs.extend(["## Sources and credits", credits])
        paragraphs.extend(["## Notes", "\n".join(writer.notes.lines())])
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _unfolding(writer: _Writer) -> list[str]:
    """A paragraph for each event of the timeline, with its tellings."""
    entry_of = {one.event: entry.id for entry in writer.index.material.findings.timeline for one in entry.tellings}
    paragraphs: dict[str, list[str]] = {}
    told: list[frozenset[str]] = []
    for words, records in unfolding_sentences(writer.index):
        held = _words(words)
        if any(len(held & one) >= SAME_WORDS * min(len(held), len(one)) for one in told):
            continue
        if line := writer.note(words, *records):
            paragraphs.setdefault(entry_of[records[0]], []).append(line)
            told.append(held)
            writer.words.append(held)
    return [" ".join(lines) for lines in paragraphs.values()]


def _disputes(writer: _Writer) -> list[str]:
    index = writer.index
    ordered = sorted(index.material.findings.disputes, key=lambda dispute: (not dispute.denials, -len(dispute.denials)))
    # One with a denial is never left out: its claim may stand elsewhere.
    chosen = [dispute for number, dispute in enumerate(ordered) if dispute.denials or number < MAX_DISPUTES]
    return [" ".join(_dispute(writer, dispute)) for dispute in chosen]


def _dispute(writer: _Writer, dispute: Dispute) -> list[str]:
    index = writer.index
    claim = index.claims.get(dispute.claim)
    claims = [index.statements[one] for one in (claim.statements if claim else ()) if one in index.statements]
    denials = [index.statements[one] for one in dispute.denials if one in index.statements]
    if not claims:
        return []
    lines = []
    same = [one.id for one in claims[1:] if speaker_name(index, one) == speaker_name(index, claims[0])]
    words = _shortened(content_words(index, claims[0]))
    unwoven = f"A claim in a source's words: {quoted(words)}"
    if not _in_denial(index, claims[0], denials):
        lines.append(writer.statement(claims[0], *same[:2], again=True) or writer.note(stop(unwoven), claims[0].id, again=True) or "")
    others = dict.fromkeys(name for one in claims[1:] if (name := speaker_name(index, one)) and name not in dispute.claimed_by[:1])
    for name in list(others)[:MAX_CLAIMANTS]:
        given = [one for one in claims if speaker_name(index, one) == name]
        if normal(content_words(index, given[0])) == normal(content_words(index, claims[0])):
            lines.append(
                writer.note(f"The same words are given for {the_name(index, name)}.", *(one.id for one in given[:3]), again=True) or ""
            )
        else:
            lines.append(writer.statement(given[0], again=True) or "")
    seen: set[tuple[str | None, str]] = set()
    for denial in denials:
        key = (speaker_name(index, denial), normal(content_words(index, denial)))
        if key not in seen:
            seen.add(key)
            unwoven = f"{capital(the_name(index, key[0] or 'a speaker not told'))} {WORDS.act[denial.act].says}, in the words of the note."
            lines.append(writer.statement(denial, again=True) or writer.note(unwoven, denial.id, again=True) or "")
    silent = [actor_name(index, name) for name in dispute.no_response]
    if not denials and not silent:
        silent = [""]
    for name in silent:
        by = moment_words(index.material.as_of, index.material.time_zone)
        whom = f" from {the_name(index, name)}" if name else ""
        words = f"No response{whom} to this was found in the {plural(len(index.documents), 'document')} gathered by {by}."
        marks = writer.notes.cite(claims[0].id)
        lines.append(escape(words) + marks if marks else "")
    return [line for line in dict.fromkeys(lines) if line]  # two statements of one sentence are told once


def _in_denial(index: Index, claim: Statement, denials: list[Statement]) -> bool:
    """Whether a claim can be given only as the sentence of its own denial, which follows."""
    document = index.documents[index.document_of[claim.id]]
    text, woven = document.text, weave(index, claim)
    around = [sentence_around(document, one.content[0].start, one.content[-1].end) for one in (claim, *denials) if one.content]
    return (
        bool(claim.content)
        and woven is not None
        and around[0] in around[1:]
        and any(one.id == claim.reported_by for one in denials)
        and quoted(text[around[0].start : around[0].end]).rstrip(".”") in woven
    )


def _sides(writer: _Writer) -> list[str]:
    index = writer.index
    parties = _parties(index)
    reacting = {one.id for actors in _by_country(index).values() for statements in actors.values() for one in statements}
    counted = _counted(index)
    by_actor: dict[str, list[Statement]] = {}
    for statement in statements_in_order(index):
        name = speaker_name(index, statement)
        if name is not None and statement.id not in reacting | counted and _telling(index, statement):
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


def _telling(index: Index, statement: Statement) -> bool:
    """Whether a statement says enough to stand alone, and is its speaker's rather than what another says of them."""
    return statement.act != "no-comment" and statement.reported_by is None and len(content_words(index, statement).split()) >= FEWEST_WORDS


def _parties(index: Index) -> frozenset[str]:
    """Who claims or denies in a dispute: they are the sides, and the others react."""
    return frozenset(name for dispute in index.material.findings.disputes for name in (*dispute.claimed_by, *dispute.denied_by))


def _by_country(index: Index) -> dict[str, dict[str, list[Statement]]]:
    """The reactions of those who are no party, by country and actor."""
    parties = _parties(index)
    groups: dict[str, dict[str, list[Statement]]] = {}
    for reaction in index.material.findings.reactions:
        actor = actor_name(index, reaction.actor)
        for one in reaction.statements:
            statement = index.statements.get(one)
            if statement is not None and actor not in parties and statement.act != "denial" and _telling(index, statement):
                groups.setdefault(country_words(reaction.country) or "", {}).setdefault(actor, []).append(statement)
    return groups


def _reactions(writer: _Writer) -> list[str]:
    index = writer.index
    groups = _by_country(index)
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
            if country:
                lines.extend(mine)
            else:
                paragraphs.append(" ".join(mine))
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
        woven = weave(index, because) if because.form == "narrated" else None
        if woven is not None:  # what is only told of has no words of its own to stand beside the silence
            gathered = f"{plural(silence.documents, 'document')} gathered by {by}"
            if line := writer.note(f"{woven} No response to this from {the_name(index, name)} was found in the {gathered}.", because.id):
                lines.append(line)
            continue
        caller = speaker_name(index, because)
        of = f" of {the_name(index, caller)}" if caller else ""
        called = _shortened(words).strip().strip('“”"').rstrip(",.;")
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


def _shortened(words: str) -> str:
    """Long words cut to their first sentence."""
    spans = sentence_spans(words, 0, len(words))
    return words[spans[0].start : spans[0].end] if spans and len(words.split()) > MAX_CALL_WORDS else words


def _background(writer: _Writer) -> str:
    index = writer.index
    told = [past_toll_sentence(index, *one) for one in toll_sentences(index, past=True)] + past_event_sentences(index)
    return " ".join(filter(None, (writer.note(words, *records) for words, records in told)))


def _credits(writer: _Writer) -> str:
    index = writer.index
    named: dict[str, str] = {}
    unnamed: dict[str, str] = {}
    credit: dict[str, str] = {}
    for document in index.documents.values():
        if document.outlet:
            named.setdefault(the_name(index, document.outlet), document.id)
        else:
            unnamed.setdefault(document_name(document), document.id)
        for name in document.credits:
            credit.setdefault(name, document.id)
    if not index.documents:
        return ""
    by = [f"documents by {join_words(list(named))}"] if named else []
    if unnamed:
        by.append(f"{plural(len(unnamed), 'document')} whose outlet is not named ({join_words(list(unnamed))})")
    marks = writer.notes.cite_documents(*named.values(), *unnamed.values())
    lines = [f"This draft was compiled from {escape(' and '.join(by))}.{marks}"]
    if credit:
        holders = tuple(dict.fromkeys(credit.values()))
        lines.append(f"The credits there name {escape(join_words(list(credit)))}.{writer.notes.cite_documents(*holders)}")
    return " ".join(lines)
