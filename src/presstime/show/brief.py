"""The brief: a draft combined-sources story, every sentence with a note to its evidence.

In: `Material`. Out: `Brief`, and Markdown printed from it: headline, deck, dateline, lead with the tolls and who gave them, claims beside
denials, what each side says, how it unfolded, reactions, silences, background, images, credits, numbered notes. It is made by grammar
from the findings, says nothing that they do not hold, and leaves to the report what would make it too long, most consequential first.
Example: "According to the Ledovian Health Ministry, at least 12 people were killed in Velm.[^1]"
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec

from presstime.show.anatomy import Brief, Paragraph, Section, Sentence
from presstime.show.brief_disputes import dispute_paragraphs, disputes_left_out
from presstime.show.brief_silences import silence_paragraphs, silences_left_out
from presstime.show.brief_sources import background_paragraphs, image_paragraphs, images_left_out, source_paragraphs
from presstime.show.brief_voices import other_paragraphs, reaction_paragraphs, side_paragraphs
from presstime.show.drafting import Draft
from presstime.show.headline import dateline_words, deck_sentence, headline_sentence
from presstime.show.held_back import Held, find_held, hold_words
from presstime.show.material import Index, Material, independent_at_most, index_material, outlets
from presstime.show.moments import moment_words
from presstime.show.notes import escape, note_line
from presstime.show.tolls import toll_sentences, tolls_left_out
from presstime.show.unfolding import lead_event, unfolding_left_out, unfolding_paragraphs
from presstime.show.visible import NOTHING_RESTRICTED, Evidence, Restrictions, visible_material
from presstime.show.wording import capital, counted_words

__all__ = ["make_brief", "render_brief"]

_COMBINED = "Combined Sources"


def make_brief(material: Material, *, let_through: Collection[str] = (), restrictions: Restrictions = NOTHING_RESTRICTED) -> Brief:
    """The brief of a material. `let_through` are the ids of actors whose names a person has let be printed.

    In a draft, a name that is held back is marked; in a published brief it is left out, in quotes and headlines too.
    """
    index = index_material(visible_material(material, restrictions))
    return _made(index, _held_names(index, let_through))


def render_brief(
    material: Material,
    *,
    let_through: Collection[str] = (),
    restrictions: Restrictions = NOTHING_RESTRICTED,
    evidence: Evidence = "excerpt",
) -> str:
    """The brief as Markdown. With evidence "link" its notes give the way to a passage and not the words."""
    index = index_material(visible_material(material, restrictions))
    held = _held_names(index, let_through)
    published = material.findings.kind == "published"
    said = hold_words(held, published=published, marked=False, quoting=True)
    return _markdown(_made(index, held), index, said, quoting=evidence != "link")


def _held_names(index: Index, let_through: Collection[str]) -> tuple[Held, ...]:
    return find_held(index, {*let_through, *index.material.let_through})


def _made(index: Index, held_back: Collection[Held]) -> Brief:
    material = index.material
    published = material.findings.kind == "published"
    draft = Draft(index, {one.actor: one.instead for one in held_back} if published else None)
    headline, deck = headline_sentence(draft), deck_sentence(draft)
    lead = _lead(draft)
    disputes = dispute_paragraphs(draft)
    sides = side_paragraphs(draft)
    unfolding = unfolding_paragraphs(draft)
    others = _other_tolls(draft)
    reactions = reaction_paragraphs(draft)
    voices = other_paragraphs(draft)
    made = (
        Section(name=None, paragraphs=tuple(lead)),
        Section(name="Claims and denials", paragraphs=tuple(disputes), left_out=_left("claim", disputes_left_out(index))),
        Section(name="What each side says", paragraphs=tuple(sides)),
        Section(name="How it unfolded", paragraphs=tuple(unfolding), left_out=_left("event", unfolding_left_out(index))),
        Section(name="Other figures", paragraphs=tuple(others), left_out=_left("count", tolls_left_out(index))),
        Section(name="Reactions", paragraphs=tuple(reactions)),
        Section(name="Other voices", paragraphs=tuple(voices)),
        Section(
            name="No response found, or no comment",
            paragraphs=tuple(silence_paragraphs(draft)),
            left_out=_left("actor", silences_left_out(draft)),
        ),
        Section(name="Background", paragraphs=tuple(background_paragraphs(draft))),
        Section(name="Images", paragraphs=tuple(image_paragraphs(draft)), left_out=_left("image", images_left_out(index))),
        Section(name="Sources and credits", paragraphs=tuple(source_paragraphs(draft))),
    )
    held = hold_words(held_back, published=published)
    brief = Brief(
        title=held(material.title),
        headline=_held(headline, held) if headline else None,
        deck=_held(deck, held) if deck else None,
        dateline=dateline_words(index),
        as_of=_as_of(index),
        draft=_draft_words(material),
        sections=tuple(_section(section, held) for section in made if section.paragraphs),
        notes=draft.notes(),
    )
    return _renumbered(brief)


def _renumbered(brief: Brief) -> Brief:
    """The brief with its notes numbered as they come, and without those of sentences that were not taken."""
    order: dict[int, int] = {}

    def renumber(sentence: Sentence | None) -> Sentence | None:
        if sentence is None:
            return None
        notes = tuple(sorted(order.setdefault(number, len(order) + 1) for number in sentence.notes))
        return msgspec.structs.replace(sentence, notes=notes)

    headline, deck = renumber(brief.headline), renumber(brief.deck)
    replace = msgspec.structs.replace
    sections = tuple(
        replace(
            section,
            paragraphs=tuple(
                replace(paragraph, sentences=tuple(one for each in paragraph.sentences if (one := renumber(each)) is not None))
                for paragraph in section.paragraphs
            ),
        )
        for section in brief.sections
    )
    kept = sorted((replace(note, number=order[note.number]) for note in brief.notes if note.number in order), key=lambda note: note.number)
    return replace(brief, headline=headline, deck=deck, sections=sections, notes=tuple(kept))


def _lead(draft: Draft) -> list[Paragraph]:
    """What happened, and the tolls, a paragraph for each measure."""
    event = lead_event(draft)
    found = [Paragraph(sentences=(event,))] if event else []
    by_measure: dict[str, list[Sentence]] = {}
    for toll in toll_sentences(draft.index, draft.names, "main"):
        if (line := draft.note(toll.words, *toll.figures)) is not None:
            by_measure.setdefault(toll.measure, []).append(line)
    return found + [Paragraph(sentences=tuple(lines)) for lines in by_measure.values()]


def _other_tolls(draft: Draft) -> list[Paragraph]:
    """The counts that the lead has no room for, a paragraph for each measure."""
    by_measure: dict[str, list[Sentence]] = {}
    for toll in toll_sentences(draft.index, draft.names, "other"):
        if (line := draft.note(toll.words, *toll.figures)) is not None:
            by_measure.setdefault(toll.measure, []).append(line)
    return [Paragraph(sentences=tuple(lines)) for lines in by_measure.values()]


def _left(noun: str, count: int) -> str | None:
    return f"The report has {counted_words(count, f'more {noun}')}." if count else None


def _as_of(index: Index) -> str:
    material = index.material
    as_of = f"{moment_words(material.as_of, material.time_zone, style='on')}, {material.time_zone}"
    if not index.documents:
        return f"As of {as_of}. Nothing was gathered by then."
    counts = f"{counted_words(len(index.documents), 'document')} from {counted_words(len(outlets(material)), 'named outlet')}"
    return f"As of {as_of}. {capital(counts)}, at most {counted_words(independent_at_most(index), 'independent origin')}."


def _draft_words(material: Material) -> str:
    return (
        f"{'Published' if material.findings.kind == 'published' else 'Draft'}; made by presstime {material.presstime} from what was"
        " gathered. It says who says what and not who is right. A machine read the documents: follow each note before you print its"
        " sentence. Quotation marks within quotes are made single; nothing else in a quote is changed."
    )


# ---------------------------------------------------------------- what is held back


def _section(section: Section, held: Callable[[str], str]) -> Section:
    paragraphs = tuple(
        Paragraph(
            sentences=tuple(_held(one, held) for one in paragraph.sentences),
            label=held(paragraph.label) if paragraph.label else None,
            heading=paragraph.heading,
        )
        for paragraph in section.paragraphs
    )
    return Section(name=section.name, paragraphs=paragraphs, left_out=section.left_out)


def _held(sentence: Sentence, held: Callable[[str], str]) -> Sentence:
    return Sentence(text=held(sentence.text), notes=sentence.notes, records=sentence.records)


# ---------------------------------------------------------------- Markdown


def _marks(sentence: Sentence) -> str:
    return escape(sentence.text) + "".join(f"[^{number}]" for number in sentence.notes)


def _markdown(brief: Brief, index: Index, held: Callable[[str], str], *, quoting: bool) -> str:
    blocks = [f"# {_marks(brief.headline) if brief.headline else escape(brief.title)}"]
    if brief.deck is not None:
        blocks.append(f"**{_marks(brief.deck)}**")
    blocks += [f"*({brief.as_of})*", f"*{brief.draft}*"]
    dateline = f"{escape(brief.dateline)} ({_COMBINED}) — " if brief.dateline else f"({_COMBINED}) — "
    for section in brief.sections:
        if section.name:
            blocks.append(f"## {section.name}")
        for number, paragraph in enumerate(section.paragraphs):
            if paragraph.heading:
                blocks.append(f"### {escape(paragraph.heading)}")
            start = dateline if section.name is None and number == 0 else f"{escape(paragraph.label)}: " if paragraph.label else ""
            blocks.append(start + " ".join(_marks(one) for one in paragraph.sentences))
        if section.left_out:
            blocks.append(f"*{section.left_out}*")
    if brief.notes:
        blocks += ["## Notes", "\n".join(note_line(index, note, held, quoting=quoting) for note in brief.notes)]
    return "\n\n".join(blocks) + "\n"
