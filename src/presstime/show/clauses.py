"""What can follow "that": a statement's words as a clause of the record's own sentence.

In: a document, a statement of it and the index. Out: the clause, or None where the words are no clause that stands alone: a phrase
without its verb, words of the first person, a pronoun that points at nobody. A day named from the day of the paper gets its date.
Example: "The road was open today, Behl said" gives "the road was open today (3 March)".
"""

from __future__ import annotations

import re
from datetime import date

from presstime.records import Document, Span, Statement
from presstime.show.material import Index, speaker_name
from presstime.show.moments import day_words
from presstime.show.wording import WORDS

__all__ = ["asks_for", "clause_words", "gapped", "is_apart", "is_turned", "points_back"]

MAX_CLAUSE_WORDS = 60
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’]*\s+[\"“‘]?[A-Z]")
_RELATIVE = re.compile(r"\b(?:which|whom|that|what)\s+(?:the\s+|an?\s+)?\Z", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_GRAMMAR = WORDS.grammar
_MODALS = _GRAMMAR.expletive_verbs & _GRAMMAR.modals - {"is", "was", "has", "had"}


def clause_words(index: Index, document: Document, statement: Statement) -> str | None:
    """The content as it can follow "that"; None where it is no clause, as far as its surroundings tell."""
    if len(statement.content) != 1 or statement.cue is None:
        return None
    span, text = statement.content[0], document.text
    words = " ".join(text[span.start : span.end].split()).rstrip(",;:.").strip()
    balanced = words.count("“") == words.count("”") and words.count('"') % 2 == 0
    if not words or not balanced or _SENTENCE_BREAK.search(words) or len(words.split()) > MAX_CLAUSE_WORDS:
        return None
    if not _reads_on(text, statement, words) or _wrong_person(index, statement, words) or _cut_short(text, span):
        return None
    words = re.sub(r",([”\"])\Z", r"\1", words)  # a comma that the attribution wanted
    return re.sub(r'"([^"]*)"', r"“\1”", _dated(index, document, span, _lower_start(index, document, span.start, words)))


def _cut_short(text: str, span: Span) -> bool:
    """Whether the sentence goes on behind the content with what belongs to it: "stressed the need | to act"."""
    following = re.match(r"[ \t]+([a-z]+)\b", text[span.end : span.end + 20])
    return following is not None and following[1] in _GRAMMAR.run_on and not re.search(r"[,;:.!?”\"]\Z", text[span.start : span.end])


def asks_for(text: str, statement: Statement, clause: str) -> bool:
    """Whether a clause tells what should be done with a bare verb, behind a verb of asking."""
    cue = text[statement.cue.start : statement.cue.end].lower().split() if statement.cue else []
    if not any(word in _GRAMMAR.subjunctive_cues for word in cue):
        return False
    return not any(word.strip(",.;") in _GRAMMAR.modals for word in _QUOTED.sub(" ", clause).lower().split())


def is_turned(text: str, statement: Statement) -> bool:
    """Whether the words between verb and content, or just before the verb, turn the content round: "it was false that …"."""
    cue = statement.cue
    if cue is None or not statement.content:
        return False
    first = min(span.start for span in statement.content)
    region = text[cue.start : first] if cue.end <= first else text[cue.start : cue.end]
    before = re.search(r"[\w’']+\s+(?:[\w’']+\s+)?\Z", text[max(0, cue.start - 30) : cue.start])
    pieces = [piece.strip(',.;:“”"').lower() for piece in region.split()]
    early = [piece.lower() for piece in (before[0] if before else "").split()]
    if any(piece in _GRAMMAR.negators or piece.endswith(("n’t", "n't")) for piece in pieces):
        return True
    return any(piece in ("not", "never", "no", "nobody", "cannot") or piece.endswith(("n’t", "n't")) for piece in early)


def _reads_on(text: str, statement: Statement, words: str) -> bool:
    """Whether the content is a clause by its own beginning and by what stands between it and the verb."""
    span, cue = statement.content[0], statement.cue
    if cue is None:
        return False
    first = re.match(r"[\w’'-]+", words)
    opening = first[0].lower() if first else ""
    if opening in _GRAMMAR.auxiliaries:
        return False
    said = text[cue.start : cue.end].lower()
    if cue.end > span.start:
        return "according to" in said or said in _GRAMMAR.clausal_cues
    between = text[cue.end : span.start]
    plain = len(between) <= MAX_CLAUSE_WORDS and not re.search(r"[.!?;“”\"]", between)
    with_that = plain and re.search(r"\bthat\b", between + said) is not None
    subject = re.match(r"(?:he|she|it|they|we|there) ([\w’']+) ", words)
    if subject is not None and subject[1] in _GRAMMAR.auxiliaries and said in _GRAMMAR.deny_cues and not between.strip():
        with_that = True
    dated = re.fullmatch(r"\s(?:on )?(\w+)\s", between)
    if dated is not None and dated[1].lower() in _GRAMMAR.days and said in _GRAMMAR.clausal_cues:
        between = " "
    if with_that:
        return True
    if opening in _GRAMMAR.no_clause_starts or opening.endswith("ing"):
        return False
    return said in _GRAMMAR.clausal_cues and (said == "according to" or between.strip() in ("", ":", ","))


def _wrong_person(index: Index, statement: Statement, words: str) -> bool:
    """Whether a pronoun would point at the wrong one: "we" outside quotation marks, "he" where a body speaks."""
    bare = _QUOTED.sub(" ", words)
    spoken = [re.split("['’]", piece.strip(",.;:’'()"))[0] for piece in bare.split()]
    if any(piece.lower() in _GRAMMAR.first_person and piece != "US" for piece in spoken):
        return True
    pieces = [piece.lower() for piece in spoken]
    name = speaker_name(index, statement) or ""
    found = index.actor_of_member.get(statement.speaker.actor or "") if statement.speaker else None
    found = found or index.actor_of_name.get(name)
    opening, following = ([*pieces, "", ""])[:2]
    if opening in ("he", "she", "his", "her"):
        return found is not None and found.kind != "person"
    if opening in ("it", "its") and found is not None and found.kind == "person":
        third = pieces[2] if len(pieces) > 2 else ""
        acts = third in _GRAMMAR.willing or (following in _MODALS and third not in _GRAMMAR.empty_after_modal)
        return following not in _GRAMMAR.expletive_verbs or acts
    return opening in _GRAMMAR.pointing_subjects and following in _GRAMMAR.auxiliaries


def _lower_start(index: Index, document: Document, start: int, words: str) -> str:
    """The words with a small letter first, unless they begin with a name."""
    first = re.match(r"[^\W\d_]+", words)
    if first is None or not first[0][:1].isupper() or first[0] == "I" or (len(first[0]) > 1 and first[0].isupper()):
        return words
    lower = first[0].lower()
    small = lower in _GRAMMAR.lower_starts or lower in _GRAMMAR.common_groups
    small = small or re.search(rf"(?<!\w){re.escape(lower)}(?!\w)", document.text) is not None
    following = re.match(r"\s([a-z][\w’']*)", words[len(first[0]) :])
    if not small and following is not None and following[1] not in _GRAMMAR.modals:
        reading = index.readings[document.id]
        named = any(place.start == start for place in reading.places)
        named = named or any(span.start == start for one in reading.actors if one.kind != "group" for span in one.mentions)
        inside = re.search(rf"[a-z,]\s{re.escape(first[0])}(?!\w)", document.text)
        small = not named and inside is None and not lower.endswith(_GRAMMAR.demonym_ends)
    return words[:1].lower() + words[1:] if small else words


def _dated(index: Index, document: Document, span: Span, words: str) -> str:
    """The clause with the date behind a day that is named from the day of the paper; what stands in quotation marks is left alone."""
    for time in index.readings[document.id].times:
        if not (span.start <= time.start and time.end <= span.end):
            continue
        told = document.text[time.start : time.end]
        named = [word.strip(",.").lower() for word in told.split()]
        if not any(word in _GRAMMAR.today for word in named) or re.search(r"\d{1,2}\s+[A-Z]|[A-Z][a-z]+ \d{1,2}\b", told):
            continue
        day = re.match(r"\d{4}-\d{2}-\d{2}", time.value)
        at = words.find(told)
        if day is None or at < 0 or words.count(told) > 1 or any(m.start() <= at < m.end() for m in _QUOTED.finditer(words)):
            continue
        try:
            when = date.fromisoformat(day[0])
        except ValueError:
            continue
        end = at + len(told)
        words = f"{words[:end]} ({day_words(when)}){words[end:]}"
    return words


def points_back(phrase: str) -> bool:
    """Whether a phrase leans on what stood before it: it ends in a pronoun, or its object is one."""
    pieces = [piece.strip('“”"‘’,.;:()').lower() for piece in _QUOTED.sub(" ", phrase).split()]
    if not pieces:
        return False
    if pieces[-1] in _GRAMMAR.anaphors:
        return True
    return any(piece in ("it", "them", "him", "her", "this", "those", "these") for piece in pieces[1:4])


def is_apart(text: str, statement: Statement) -> bool:
    """Whether other words stand between the cue and the content, so that the two do not read on."""
    cue, content = statement.cue, statement.content
    if cue is None or not content:
        return False
    first = min(content, key=lambda span: span.start)
    return len(content) > 1 or first.start < cue.end or bool(re.search(r"[,;:“”\"]\s", text[cue.end : first.start]))


def gapped(text: str, statement: Statement, floor: int) -> bool:
    """Whether the verb's object stands before it, so that the words do not read alone ("which it calls a camp", "critics say is one")."""
    cue, speaker = statement.cue, statement.speaker
    if cue is None or speaker is None or not statement.content:
        return False
    first = min(statement.content, key=lambda span: span.start)
    word = re.match(r"[\w’']+", text[first.start : first.end])
    if not text[cue.end : first.start].strip() and word is not None and word[0].lower() in _GRAMMAR.finite:
        return True
    return _RELATIVE.search(text[floor : speaker.start]) is not None
