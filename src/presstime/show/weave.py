"""A statement as one plain sentence.

In: a statement, the index and the names so far. Out: a sentence: a quote after a colon, a that-clause, or, where the words cannot be
woven in, the outlet's own words as a quote of the outlet. The verb is the act's, the same for every speaker; a denial behind its
claim is "denied this".
Example: "He said the road is open" gives "Behl said that the road is open."; "strongly denied the claim", behind the claim, gives
"The ministry denied this, Coast Wire reported."
"""

from __future__ import annotations

import re

from presstime.records import Document, Span, Statement
from presstime.show.clauses import asks_for, clause_words, gapped, is_apart, is_turned, points_back
from presstime.show.material import Index, speaker_name
from presstime.show.naming import Names, the_name
from presstime.show.sentences import passage_around, sentence_spans
from presstime.show.wording import WORDS, ActWords, capital

__all__ = ["inner_quotes", "is_translation", "quoted", "stop", "the_name", "told_by", "weave", "whole_quote", "within"]

MAX_QUOTE_WORDS = 50
"""A longer quote gives its first sentences; the note has the whole."""
MAX_WHOLE_WORDS = 60
"""A sentence of the outlet's that is longer is not quoted whole."""
SHORT_TAIL = 3
"""Words a sentence goes on for after the content; so few belong to it ("brushed the charge aside")."""
_OWN = frozenset({"I", "we", "We", "our", "Our", "my", "My", "us", "me"})
_VERBS = frozenset({"also", "asked", "demanded", "denied", "gave", "lowered", "promised", "raised", "reported", "said", "warned"})
_OPENING, _CLOSING = '“"„«‟', '”"“»'
_DATELINE = re.compile(r"\A(?:(?:[A-Z][\w .,'’-]{1,60}?)?(?:\([^)]{1,60}\)\s*)?\s*(?:—|–|--|-)|\([^)]{1,60}\))\s+(?=[“\"A-Z])")
_GRAMMAR = WORDS.grammar


def stop(words: str) -> str:
    """The words with one full stop, unless they end a sentence already, within a quote or without."""
    words = words.rstrip()
    return words if re.search(r"[.!?…][”’\")]*\Z", words) else re.sub(r"[,;:]\Z", "", words) + "."


def inner_quotes(words: str) -> str:
    """The words with double quotation marks turned into single ones, for a quote within a quote."""
    words = words.replace("“", "‘").replace("”", "’").replace("„", "‚").replace("«", "‹").replace("»", "›")
    return re.sub(r'"', "’", re.sub(r'(?:(?<=\A)|(?<=[\s(\[—–]))"', "‘", words))


def quoted(words: str) -> str:
    """The words in quotation marks, their own doubled ones made single."""
    return f"“{inner_quotes(' '.join(words.split()))}”"


def within(sentence: str) -> str:
    """A sentence as it goes on behind other words: its article or common noun small again."""
    first = sentence.split()[0].lower().rstrip(",") if sentence.split() else ""
    small = first in _GRAMMAR.lower_starts or first in _GRAMMAR.common_groups or first == "according"
    second = sentence.split()[1] if len(sentence.split()) > 1 else ""
    if not small and second[:1].islower() and second not in _VERBS:  # a role before a name: "Human rights ombudsman Nerin Adavale"
        small = not first.endswith(_GRAMMAR.demonym_ends)
    return sentence[:1].lower() + sentence[1:] if small else sentence


def is_translation(document: Document) -> bool:
    """Whether a document says of itself that it is a translation: in its provenance, its byline, or its head or foot."""
    if any("translat" in one.field or "translat" in one.source for one in document.provenance):
        return True
    edges = [document.byline or "", *document.credits]
    edges += [document.text[part.start : part.end] for part in document.parts if part.kind in ("credit", "boilerplate", "deck")]
    return any(mark in one.casefold() for one in edges for mark in WORDS.translation.marks)


def told_by(index: Index, document: Document) -> str:
    """Who reports something in a document, with the verb: "The Velm Post reported"; "It was reported" where no outlet is named."""
    return f"{capital(the_name(index, document.outlet))} reported" if document.outlet else "It was reported"


def _reporter(index: Index, document: Document) -> str:
    """The same behind a comma: "the Velm Post reported", "according to the document note.txt"."""
    if document.outlet:
        return f"{the_name(index, document.outlet)} reported"
    return f"according to {the_name(index, document.name)}" if document.name else "it was reported"


def _bare_quotes(document: Document, statement: Statement) -> list[str]:
    """The speaker's own words, span by span, without marks; what goes on after an attribution is joined again."""
    quotes: list[str] = []
    for span in sorted(statement.content, key=lambda span: span.start):
        words = document.text[span.start : span.end].strip().lstrip(_OPENING).rstrip(_CLOSING).strip()
        if not words:
            continue
        if quotes and quotes[-1].endswith(",") and words[:1].islower():
            quotes[-1] = f"{quotes[-1]} {words}"
        else:
            quotes.append(words)
    return quotes


def _denying(quotes: list[str]) -> list[str]:
    """The quotes from the first sentence that says no, where they are too long to be told whole and do not begin with it."""
    if sum(len(words.split()) for words in quotes) <= MAX_QUOTE_WORDS:
        return quotes
    for number, words in enumerate(quotes):
        for span in sentence_spans(words, 0, len(words)):
            pieces = [piece.strip(',.;:“”"').lower() for piece in words[span.start : span.end].split()]
            if any(piece in _GRAMMAR.negators or piece.endswith(("n’t", "n't")) for piece in pieces):
                return [words[span.start :], *quotes[number + 1 :]]
    return quotes


def _spoken(document: Document, statement: Statement, *, denies: bool = False) -> str:
    """The speaker's own words as one or more quotes, of a long denial those that deny.

    The comma before an attribution is the outlet's and goes with it.
    """
    held: list[str] = []
    left = MAX_QUOTE_WORDS
    bare = _bare_quotes(document, statement)
    for words in _denying(bare) if denies else bare:
        kept = 0
        for span in sentence_spans(words, 0, len(words)):
            length = len(words[span.start : span.end].split())
            if (held or kept) and length > left:
                break
            left -= length
            kept = span.end
        if not kept:
            break
        held.append(words[:kept])
        if kept < len(words):
            break
    joined = [words.rstrip(",.").rstrip() for words in held[:-1]] + [re.sub(r",\Z", "", held[-1])] if held else []
    mark = " (translated)" if is_translation(document) else ""
    quotes = [quoted(words) + mark for words in joined]
    return f"{', '.join(quotes[:-1])}, and: {quotes[-1]}" if len(quotes) > 1 else "".join(quotes)


def whole_quote(document: Document, start: int, end: int, *, own: bool = False) -> tuple[str, Span] | None:
    """The outlet's sentence around some words as a quote; None where it would be too long, cut open, or lean on the one before.

    A dateline at its beginning is left off. With `own` it may hold words of the first person: its speaker stands in it.
    """
    around = passage_around(document, start, end)
    words = document.text[around.start : around.end]
    dateline = _DATELINE.match(words)
    if dateline is not None and around.start + dateline.end() <= start:
        around = Span(start=around.start + dateline.end(), end=around.end)
        words = document.text[around.start : around.end]
    first = re.match(r"[“\"‘(]*([\w’']+)", words)
    if first is None or len(words.split()) > MAX_WHOLE_WORDS or words.count("“") != words.count("”") or words.count('"') % 2:
        return None
    bare = re.sub(r"[“\"][^”\"]*[”\"]", " ", words)
    if not own and any(re.split("['’]", piece.strip(",.;:()"))[0] in _OWN for piece in bare.split()):
        return None  # someone's own words, whose marks stand elsewhere
    opening = first[1].lower()
    pointing = opening in _GRAMMAR.anaphors and not words.startswith(("“", '"'))
    if pointing or opening in ("and", "but", "or") or not first[1][:1].isalnum() or first[1][:1].islower():
        return None
    return quoted(words), around


def _starts_pointing(spoken: str) -> bool:
    """Whether a quote's first word points at what was said before it ("They sounded, in every street")."""
    words = [word.strip("“”‘’,.;:").lower() for word in spoken.split()[:2]]
    if not words or words[0] not in _GRAMMAR.anaphors:
        return False
    return words[0] not in ("there", "it", "this") or (len(words) > 1 and words[1] not in _GRAMMAR.expletive_verbs)


def _medium(statement: Statement) -> str:
    words = WORDS.medium.get(statement.medium or "")
    return f" {words}" if words else ""


def _reported(index: Index, document: Document, statement: Statement, names: Names, *, also: str, by: str | None, must: bool) -> str | None:
    """The outlet's own words about the act, as a quote of the outlet."""
    text, cue, speaker = document.text, statement.cue, statement.speaker
    spans = (*statement.content, *((cue,) if cue else ()))
    if not spans or speaker is None:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    around = passage_around(document, start, end)
    known = speaker_name(index, statement) or ""
    sentence = whole_quote(document, start, end, own=around.start <= speaker.start and speaker.end <= around.end)
    if document.outlet is not None and known == document.outlet:
        return f"{capital(the_name(index, known))} {WORDS.act[statement.act].says}: {sentence[0]}" if sentence else None
    phrase = None
    if cue is not None and speaker.end <= cue.start == start and not is_apart(text, statement):
        phrase = None if gapped(text, statement, around.start) else _phrase(text, statement, around)
    leaning = phrase is not None and points_back(phrase)
    if phrase is not None and not (leaning and sentence is not None) and (must or not leaning):
        also = "" if phrase.split()[0].lower() == "also" else also
        if by is not None:
            return f"According to {by}, {names.speaking(statement) or known} {also}{quoted(phrase)}".replace(",,", ",")
        name = names.speaking(statement) or known
        return f"{told_by(index, document)} that {name} {also}{quoted(phrase)}"
    if sentence is None:
        return None
    first = known.split()[-1].casefold() if known.split() else ""
    if first not in sentence[0].casefold() and not must:
        return None
    of = "" if first in sentence[0].casefold() else f" of {names.speaking(statement)}"
    return f"{told_by(index, document)}{of}: {sentence[0]}"


def _phrase(text: str, statement: Statement, around: Span) -> str | None:
    """The verb and what follows it, from the outlet's sentence: "has urged calm"."""
    cue, speaker = statement.cue, statement.speaker
    if cue is None or speaker is None:
        return None
    start, end = cue.start, max(span.end for span in (*statement.content, cue))
    gap = text[speaker.end : cue.start]
    joined = any(word.lower() in ("and", "or", "but", "then") for word in gap.split())
    if len(gap.split()) <= 4 and not joined and not re.search(r"[^\w\s’'-]", gap) and speaker.end >= around.start:
        start = _behind_when(text, speaker.end + len(gap) - len(gap.lstrip()), cue.start)
    else:
        start = _with_auxiliaries(text, start, around.start)
    if len(text[end : around.end].split()) <= SHORT_TAIL and not re.search(r"[“\"”A-Z]", text[end : around.end]):
        end = around.end
    phrase = re.sub(r",([”’\"])\Z", r"\1", text[start:end].strip().rstrip(",;:."))
    words = phrase.split()
    first = words[0].lower() if words else ""
    balanced = phrase.count("“") == phrase.count("”") and phrase.count('"') % 2 == 0
    if not phrase or first.endswith("ing") or first in _GRAMMAR.pronouns or not balanced or not first[:1].isalpha():
        return None
    return (
        None
        if len(words) > MAX_WHOLE_WORDS or (words[-1].lower() in ("and", "or", "that", "to", "of", "but") and len(words) > 2)
        else phrase
    )


def _behind_when(text: str, start: int, end: int) -> int:
    """Where the verb's own words begin, behind a day that stands before it: "on Tuesday | strongly condemned"."""
    match = re.match(r"(?:([a-z]+)\s+)?([A-Z]?[a-z]+)(?:\s+(?:morning|afternoon|evening|night))?\s+", text[start:end] + " ")
    if match is None or match[2].lower() not in _GRAMMAR.days or (match[1] and match[1] not in _GRAMMAR.when_words):
        return start
    return min(start + match.end(), end)


def _with_auxiliaries(text: str, start: int, floor: int) -> int:
    while match := re.search(r"([\w’']+)\s+\Z", text[floor:start]):
        if match[1].lower() not in _GRAMMAR.auxiliaries:
            break
        start = floor + match.start()
    return start


def _fitting(verbs: ActWords, words: str) -> ActWords:
    """The act's verbs, or a claim's where these are for words of what will be and there are none such."""
    pieces = [piece.strip(',.;:“”‘’"()').lower() for piece in words.split()]
    ahead = any(piece in _GRAMMAR.future or piece.endswith(("’ll", "'ll")) for piece in pieces)
    return WORDS.act["claim"] if verbs.ahead and not ahead else verbs


def _is_denial_cue(document: Document, statement: Statement) -> bool:
    cue = document.text[statement.cue.start : statement.cue.end].lower() if statement.cue else ""
    return any(word in _GRAMMAR.deny_cues for word in cue.split())


def _denied(index: Index, document: Document, statement: Statement, names: Names) -> str | None:
    """A denial told by the outlet that only points to the claim before it, as "denied this"."""
    words = " ".join(document.text[span.start : span.end] for span in statement.content)
    known = names.speaking(statement)
    reporter = _reporter(index, document)
    if known is None:
        return None
    own = document.outlet is not None and the_name(index, document.outlet).casefold() == known.casefold()
    by = "" if own else f", {reporter}"
    first = words.split()[0].lower() if words.split() else ""
    if statement.act == "denial" and (not words or _only_points(words)):
        return f"{capital(known)} denied this{by}"
    if _is_denial_cue(document, statement) and first.endswith("ing"):
        return f"{capital(known)} denied {quoted(words.rstrip(',;:.'))}{by}"
    return None


def _only_points(words: str) -> bool:
    """Whether a denial's content names the claim and no more: "it", "the claims", "Karsa’s claims that the gates were opened"."""
    pieces = [re.sub(r"['’]s?\Z", "", piece).strip('“”"‘’,.;:').lower() for piece in words.split()]
    if len(pieces) <= 3 and any(piece in _GRAMMAR.anaphors for piece in pieces):
        return True
    head = next((n for n, piece in enumerate(pieces) if piece in ("that", "of", "by", "from", "as", "which")), len(pieces))
    return any(piece in _GRAMMAR.claim_nouns for piece in pieces[:head])


def weave(
    index: Index,
    statement: Statement,
    names: Names | None = None,
    *,
    also: bool = False,
    denies: bool = False,
    must: bool = False,
) -> str | None:
    """The statement as a sentence with its full stop; None where it has no speaker or no sentence can be made that stands alone.

    `denies` where the claim it denies stands before it; `must` takes words that lean on others rather than none.
    """
    known = speaker_name(index, statement)
    if known is None:
        return None
    if not known.split() or known.split()[-1].lower() in ("of", "and", "the", "for", "in", "or"):
        return None  # a name that was cut short
    leaning = known.split()[0].lower() in (_GRAMMAR.first_person | {"his", "her", "their", "its"})
    if (leaning and not must) or known.lower() in _GRAMMAR.nameless:
        return None
    names = names or Names(index)
    document = index.documents[index.document_of[statement.id]]
    if leaning:  # "his wife", "we": the source's own sentence says best who that is
        spans = (*statement.content, *((statement.cue,) if statement.cue else ()))
        whole = whole_quote(document, spans[0].start, spans[0].end, own=True) if spans else None
        return stop(f"{told_by(index, document)}: {whole[0]}") if whole else None
    verbs = WORDS.act[statement.act]
    more = "also " if also else ""
    reporter = index.statements.get(statement.reported_by) if statement.reported_by else None
    by = speaker_name(index, reporter) if reporter else None
    told = reporter is not None and by is not None and by != known

    def opened(words: str) -> str:
        before = f"According to {names.speaking(reporter)}, ".replace(",,", ",") if told and reporter is not None else ""
        name = names.speaking(statement) or the_name(index, known)
        return f"{before}{name} {more}{words}" if before else f"{capital(name)} {more}{words}"

    if statement.form == "direct":
        spoken = _spoken(document, statement, denies=denies)
        if not spoken or (_starts_pointing(spoken) and not denies and not must):
            return None
        verbs = _fitting(verbs, spoken)
        verb = f"denied this{_medium(statement)}, saying" if denies else f"{verbs.says}{_medium(statement)}"
        return stop(opened(f"{verb}{'' if spoken[1:2].islower() else ':'} {spoken}"))
    if denies and (denied := _denied(index, document, statement, names)) is not None and statement.form == "narrated":
        return stop(denied)
    if statement.form in ("indirect", "mixed") and statement.act != "no-comment":
        clause = clause_words(index, document, statement)
        turned = is_turned(document.text, statement)
        if clause is not None and turned and (statement.act != "denial" or _is_denial_cue(document, statement)):
            clause = None  # "did not say that …": only the source's own words will do
        if clause is not None:
            if turned or _is_denial_cue(document, statement):
                return stop(opened(f"denied that {clause}"))
            verbs = _fitting(verbs, clause)
            that = verbs.asks if asks_for(document.text, statement, clause) else verbs.that
            if denies:
                that = f"denied this{_medium(statement)}, saying that"
            elif statement.medium and _medium(statement):
                that = f"{verbs.says}{_medium(statement)} that"
            return stop(opened(f"{that} {clause}"))
    if denies and (denied := _denied(index, document, statement, names)) is not None:
        return stop(denied)
    sentence = _reported(
        index, document, statement, names, also=more, by=names.speaking(reporter) if told and reporter else None, must=must
    )
    return stop(sentence) if sentence else None
