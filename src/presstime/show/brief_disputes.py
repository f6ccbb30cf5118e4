"""Claims beside their denials: a paragraph for each dispute, with both sides, and what was not answered.

In: a draft. Out: paragraphs. Each claim is told with everyone who makes it, then everyone who denies it; who claims and who denies
is what the record holds, not who is right.
Example: "The town council said that the gates were opened. The ministry denied this, Coast Wire reported."
"""

from __future__ import annotations

from presstime.findings import Dispute
from presstime.records import Statement
from presstime.show.anatomy import Paragraph, Sentence
from presstime.show.clauses import clause_words
from presstime.show.drafting import Draft
from presstime.show.material import Index, speaker_name
from presstime.show.moments import moment_words
from presstime.show.rows import normal
from presstime.show.sentences import passage_around
from presstime.show.voices import content_words
from presstime.show.weave import quoted, stop
from presstime.show.wording import capital, counted_words, join_words

__all__ = ["dispute_paragraphs", "disputes_left_out", "gathered_words", "parties"]

MAX_UNDENIED = 6
"""Disputes of which no denial was found. One with a denial is never left out: its claim may stand elsewhere."""
MAX_CLAIMANTS = 2
"""Beside the first in their own words; the others are named."""
MAX_DENIALS_EACH = 2
MANY_DISPUTES = 12
"""With more of them, everyone who denies has one sentence in each, so that all of them can be told."""
_FORM_ORDER = ("direct", "mixed", "indirect", "narrated")


def parties(index: Index) -> tuple[str, ...]:
    """Who claims or denies in a dispute that has both, in the order of the disputes."""
    found: dict[str, None] = {}
    for dispute in (one for one in _chosen(index) if one.denials):
        found.update(dict.fromkeys((*dispute.claimed_by, *dispute.denied_by)))
    return tuple(found)


def _claims(index: Index, dispute: Dispute) -> list[Statement]:
    claim = index.claims.get(dispute.claim)
    return [index.statements[one] for one in (claim.statements if claim else ()) if one in index.statements]


def _chosen(index: Index) -> list[Dispute]:
    """The disputes that are told, those with most denials and claimants first."""

    def weight(dispute: Dispute) -> tuple[object, ...]:
        return (not dispute.denials, -len(dispute.denied_by), -len(dispute.claimed_by), -len(dispute.denials))

    ordered = sorted(index.material.findings.disputes, key=weight)
    denied = sum(bool(dispute.denials) for dispute in ordered)
    return ordered[: max(denied, MAX_UNDENIED)]


def disputes_left_out(index: Index) -> int:
    """How many disputes, all without a denial, are left to the report."""
    return len(index.material.findings.disputes) - len(_chosen(index))


def gathered_words(index: Index, documents: int, as_of: str) -> str:
    """What a silence is worded as: "in the 14 documents gathered by 20:00, 3 March 2026"."""
    return f"in the {counted_words(documents, 'document')} gathered by {moment_words(as_of, index.material.time_zone)}"


def dispute_paragraphs(draft: Draft) -> list[Paragraph]:
    """A paragraph for each dispute."""
    found = []
    for dispute in _chosen(draft.index):
        lines = _dispute(draft, dispute)
        if lines:
            found.append(Paragraph(sentences=tuple(lines)))
    return found


def _dispute(draft: Draft, dispute: Dispute) -> list[Sentence]:
    index = draft.index
    claims = _claims(index, dispute)
    denials = [index.statements[one] for one in dispute.denials if one in index.statements]
    if not claims:
        return []
    lines: list[Sentence | None] = []
    within = [one for one in claims if _in_denial(index, one, denials) and not _reads_alone(index, one)]
    apart = [one for one in claims if one not in within]
    told = [line for line in (_claimants(draft, apart) if apart else []) if line is not None]
    lines.extend(told)
    lines.extend(_denials(draft, denials, beside=bool(told)))
    silent = [draft.names.told(name) for name in dispute.no_response]
    if not denials and not silent:
        silent = [""]
    for name in silent:
        whom = f" from {name}".rstrip(",") if name else ""
        words = f"No response{whom} to this was found {gathered_words(index, len(index.documents), index.material.as_of)}."
        lines.append(draft.note(words, claims[0].id, again=True))
    distinct = {line.text: line for line in lines if line is not None}  # two statements of one sentence are told once
    return list(distinct.values())


def _claimants(draft: Draft, claims: list[Statement]) -> list[Sentence | None]:
    """The claim as the first makes it, then as others make it in other words; who repeats it is named."""
    index = draft.index
    by_actor: dict[str, list[Statement]] = {}
    for one in claims:
        found = draft.names.speaker(one)
        by_actor.setdefault(found.id if found else speaker_name(index, one) or "", []).append(one)
    lines: list[Sentence | None] = []
    rest: dict[str, list[Statement]] = {}
    words_told: set[str] = set()
    told_within: set[str] = set()
    for reference, given in by_actor.items():
        words = normal(content_words(index, given[0]))
        line = None
        if sum(one is not None for one in lines) <= MAX_CLAIMANTS and words not in words_told:
            own = [one for one in _best_first(given) if one.reported_by not in told_within]
            line = next((s for one in own if (s := _claim(draft, one, given)) is not None), None)
        if line is None and reference:
            rest[reference] = given
        else:
            lines.append(line)
            told_within.update(one.id for one in given)
        words_told.add(words)
    if not any(lines):
        first = claims[0]
        bare = content_words(index, first).strip(' “”"').rstrip(",;")
        unwoven = f"A claim reads, in a source’s words: {quoted(bare)}"
        return [draft.note(stop(unwoven), first.id, again=True)]
    if rest:
        names = join_words([draft.names.plain(one) for one in rest])
        lines.append(
            draft.note(f"Similar statements are reported from {names}.", *(given[0].id for given in rest.values()), again=True, most=6)
        )
    return lines


def _claim(draft: Draft, one: Statement, given: list[Statement]) -> Sentence | None:
    """A claim as a sentence. Its repetitions are evidence for it, and so is what reports it."""
    same = [other.id for other in given if other.id != one.id]
    return draft.statement(one, *same, again=True, must=True)


def _best_first(statements: list[Statement]) -> list[Statement]:
    """Own words before paraphrase, paraphrase before what is only told."""
    return sorted(statements, key=lambda one: (one.form == "narrated", one.reported_by is not None))


def _denials(draft: Draft, denials: list[Statement], *, beside: bool) -> list[Sentence | None]:
    """Everyone who denies, each once in own words and, where only told, as "denied this"."""
    index = draft.index
    by_actor: dict[str, list[Statement]] = {}
    for one in denials:
        found = draft.names.speaker(one)
        by_actor.setdefault(found.id if found else speaker_name(index, one) or "", []).append(one)
    lines: list[Sentence | None] = []
    most = MAX_DENIALS_EACH if len(index.material.findings.disputes) <= MANY_DISPUTES else 1
    for given in by_actor.values():
        mine: list[Sentence] = []
        seen: set[str] = set()
        for one in sorted(given, key=lambda each: _FORM_ORDER.index(each.form)):
            words = normal(content_words(index, one))
            if words in seen or (mine and one.form == "narrated") or len(mine) == most:
                continue
            seen.add(words)
            line = draft.statement(one, again=True, denies=beside, must=True, also=bool(mine))
            if line is not None:
                mine.append(line)
        if not mine:
            name = draft.names.speaking(given[0])
            whom = capital(name) if name else "A speaker who is not told"
            mine = [line] if (line := draft.note(f"{whom} denied this.", given[0].id, again=True)) is not None else []
        lines.extend(mine)
    return lines


def _reads_alone(index: Index, claim: Statement) -> bool:
    """Whether a claim told only within its denial is a clause of somebody named: "According to B, A said that …"."""
    named = claim.form in ("indirect", "mixed") and speaker_name(index, claim) is not None
    return named and clause_words(index, index.documents[index.document_of[claim.id]], claim) is not None


def _in_denial(index: Index, claim: Statement, denials: list[Statement]) -> bool:
    """Whether a claim stands only inside the words of its own denial, which follows and tells both."""
    if not claim.content:
        return False
    document = index.document_of[claim.id]
    start, end = claim.content[0].start, claim.content[-1].end
    for denial in denials:
        if index.document_of[denial.id] != document or not denial.content:
            continue
        first, last = denial.content[0].start, denial.content[-1].end
        inside = first <= start and end <= last
        if inside and (claim.reported_by == denial.id or passage_around(index.documents[document], first, last).start <= start):
            return True
    return False
