"""A statement as one plain sentence.

In: a statement and the index. Out: a sentence without its full stop's note: a quote after a colon, a that-clause, or, where the words
cannot be woven in, the outlet's own words as a quote of the outlet. The verb is the act's, the same for every speaker.
Example: "He said the road is open" gives "Tomas Behl said that the road is open."; "strongly denied the claim" gives
"Coast Wire reported that the ministry “strongly denied the claim”."
"""

from __future__ import annotations

import re

from presstime.records import Document, Statement
from presstime.show.material import Index, speaker_name
from presstime.show.sentences import sentence_around, sentence_spans
from presstime.show.wording import WORDS, capital

__all__ = ["inner_quotes", "quoted", "stop", "the_name", "told_by", "weave"]

MAX_QUOTE_WORDS = 70  # a longer quote gives its first sentences; the note has the whole
MAX_CLAUSE_WORDS = 60
SHORT_TAIL = 3  # words a sentence goes on for after the content; so few belong to it ("brushed the charge aside")
_OPENING, _CLOSING = '“"„«‟', '”"“»'
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’]*\s+[\"“‘]?[A-Z]")
_RELATIVE = re.compile(r"\b(?:which|whom|that|what)\s+(?:the\s+|an?\s+)?\Z", re.IGNORECASE)
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
    return f"“{inner_quotes(words.strip())}”"


def the_name(index: Index, name: str) -> str:
    """A name as it stands in a sentence: with "the" where the gathered documents mostly write it so."""
    if name[:4].lower() == "the ":
        return "the " + name[4:]
    if any(document.outlet is None and document.name == name for document in index.documents.values()):
        return f"the document {name.rpartition('/')[2]}"
    if name not in index.articles:
        index.articles[name] = _takes_the(index, name)
    return f"the {name}" if index.articles[name] else name


def _takes_the(index: Index, name: str) -> bool:
    found = index.actor_of_name.get(name)
    if found is not None and found.kind in ("government", "organisation") and re.match(r"[A-Z]\w+ (?:of|for) ", name):
        return True
    alone = rf"{re.escape(name)}(?!\w)(?!['’]s)(?!\s+[A-Z])"
    with_article, without = re.compile(rf"\b[Tt]he {alone}"), re.compile(rf"(?<!\b[Tt]he )(?<!\w){alone}")
    texts = [document.text for document in index.documents.values() if name in document.text]
    return sum(len(with_article.findall(text)) for text in texts) > sum(len(without.findall(text)) for text in texts)


def told_by(index: Index, document: Document) -> str:
    """Who reports something in a document, with the verb: "The Velm Post reported"; "It was reported" where no outlet is named."""
    return f"{capital(the_name(index, document.outlet))} reported" if document.outlet else "It was reported"


def _spoken(document: Document, statement: Statement) -> str:
    """The speaker's own words as one or more quotes. The comma before an attribution is the outlet's and goes with it."""
    quotes: list[str] = []
    for span in sorted(statement.content, key=lambda span: span.start):
        words = document.text[span.start : span.end].strip().lstrip(_OPENING).rstrip(_CLOSING).strip()
        if not words:
            continue
        if quotes and quotes[-1].endswith(",") and words[:1].islower():
            quotes[-1] = f"{quotes[-1]} {words}"
        else:
            quotes.append(words)
    held: list[str] = []
    left = MAX_QUOTE_WORDS
    for words in quotes:
        sentences = sentence_spans(words, 0, len(words))
        kept = 0
        for span in sentences:
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
    joined = [words.rstrip(",").rstrip() for words in held[:-1]] + [re.sub(r",\Z", "", held[-1])] if held else []
    return "; ".join(quoted(words) for words in joined)


def _balanced(words: str) -> bool:
    return words.count("“") == words.count("”") and words.count('"') % 2 == 0


def _clause(document: Document, statement: Statement) -> str | None:
    """The content as it can follow "that"; None where it is no clause, as far as its surroundings tell."""
    if len(statement.content) != 1:
        return None
    span, cue, text = statement.content[0], statement.cue, document.text
    words = text[span.start : span.end].strip().rstrip(",;:.").strip()
    first = re.match(r"[\w’'-]+", words)
    if not words or not _balanced(words) or _SENTENCE_BREAK.search(words) or len(words.split()) > MAX_CLAUSE_WORDS or cue is None:
        return None
    opening = first[0].lower() if first else ""
    if opening in _GRAMMAR.auxiliaries:
        return None
    if cue.end <= span.start:
        between = text[cue.end : span.start]
        said = text[cue.start : cue.end].lower()
        plain = len(between) <= MAX_CLAUSE_WORDS and not re.search(r"[.!?;“”\"]", between)
        with_that = plain and re.search(r"\bthat\b", between + said) is not None
        subject = re.match(r"(?:he|she|it|they|we|there) ([\w’']+) ", words)
        if subject is not None and subject[1] in _GRAMMAR.auxiliaries and said in _GRAMMAR.deny_cues and not between.strip():
            with_that = True
        dated = re.fullmatch(r"\s(?:on )?(\w+)\s", between)
        if dated is not None and dated[1].lower() in _GRAMMAR.days and said in _GRAMMAR.clausal_cues:
            between = " "
        if not with_that and (opening in _GRAMMAR.no_clause_starts or opening.endswith("ing")):
            return None
        if not with_that and (said not in _GRAMMAR.clausal_cues or (said != "according to" and between.strip() not in ("", ":", ","))):
            return None
    elif "according to" not in text[cue.start : cue.end].lower() and text[cue.start : cue.end].lower() not in _GRAMMAR.clausal_cues:
        return None
    return _lower_start(document, words)


def _lower_start(document: Document, words: str) -> str:
    first = re.match(r"[^\W\d_]+", words)
    if first is None or not first[0][:1].isupper() or first[0] == "I" or (len(first[0]) > 1 and first[0].isupper()):
        return words
    lower = first[0].lower()
    common = lower in _GRAMMAR.lower_starts or re.search(rf"(?<!\w){re.escape(lower)}(?!\w)", document.text)
    return words[:1].lower() + words[1:] if common else words


def _reported(index: Index, document: Document, statement: Statement, name: str, *, whole_sentence: bool = False) -> str | None:
    """The outlet's own words about the act, as a quote of the outlet."""
    text, cue, speaker = document.text, statement.cue, statement.speaker
    spans = (*statement.content, *((cue,) if cue else ()))
    if not spans or speaker is None:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    around = sentence_around(document, start, end)
    whole = text[around.start : around.end]
    if len(whole.split()) > 2 * MAX_CLAUSE_WORDS:
        return None
    if document.outlet is not None and speaker_name(index, statement) == document.outlet:
        return f"{capital(name)} {WORDS.act[statement.act].says}: {quoted(whole)}"
    gapped = _gapped(text, statement, around.start)
    if not whole_sentence and cue is not None and speaker.end <= cue.start == start and not _apart(text, statement) and not gapped:
        gap = text[speaker.end : cue.start]
        if len(gap.split()) <= 4 and not re.search(r"[^\w\s’'-]", gap) and speaker.end >= around.start:
            start = speaker.end + len(gap) - len(gap.lstrip())
        else:
            start = _with_auxiliaries(text, start, around.start)
        if len(text[end : around.end].split()) <= SHORT_TAIL and not re.search(r"[“\"”A-Z]", text[end : around.end]):
            end = around.end
        phrase = re.sub(r",([”’\"])\Z", r"\1", text[start:end].strip().rstrip(",;:."))
        first = phrase.split()[0].lower() if phrase else ""
        if phrase and not first.endswith("ing") and first not in _GRAMMAR.pronouns and _balanced(phrase) and first[:1].isalpha():
            return f"{told_by(index, document)} that {name} {quoted(phrase)}"
    of = "" if name.split()[-1].casefold() in whole.casefold() else f" of {name}"
    return f"{told_by(index, document)}{of}: {quoted(whole)}"


def _apart(text: str, statement: Statement) -> bool:
    """Whether other words stand between the cue and the content, so that the two do not read on."""
    cue, content = statement.cue, statement.content
    if cue is None or not content:
        return False
    first = min(content, key=lambda span: span.start)
    return len(content) > 1 or first.start < cue.end or bool(re.search(r"[,;:“”\"]\s", text[cue.end : first.start]))


def _gapped(text: str, statement: Statement, floor: int) -> bool:
    """Whether the verb's object stands before it, so that the words do not read alone ("which it calls a camp", "critics say is one")."""
    cue, speaker = statement.cue, statement.speaker
    if cue is None or speaker is None or not statement.content:
        return False
    first = min(statement.content, key=lambda span: span.start)
    word = re.match(r"[\w’']+", text[first.start : first.end])
    if not text[cue.end : first.start].strip() and word is not None and word[0].lower() in _GRAMMAR.finite:
        return True
    return _RELATIVE.search(text[floor : speaker.start]) is not None


def _with_auxiliaries(text: str, start: int, floor: int) -> int:
    while match := re.search(r"([\w’']+)\s+\Z", text[floor:start]):
        if match[1].lower() not in _GRAMMAR.auxiliaries:
            break
        start = floor + match.start()
    return start


def weave(index: Index, statement: Statement, *, also: bool = False) -> str | None:
    """The statement as a sentence with its full stop; None where it has no speaker or is too long to print."""
    known = speaker_name(index, statement)
    if known is None:
        return None
    document = index.documents[index.document_of[statement.id]]
    name = the_name(index, known)
    verbs = WORDS.act[statement.act]
    more = "also " if also else ""
    sentence: str | None = None
    if statement.form == "direct":
        spoken = _spoken(document, statement)
        sentence = f"{capital(name)} {more}{verbs.says}: {spoken}" if spoken else None
    elif statement.form in ("indirect", "mixed") and statement.act != "no-comment":
        clause = _clause(document, statement)
        cue = document.text[statement.cue.start : statement.cue.end].lower() if statement.cue else ""
        if clause is not None:
            that = "denied that" if any(word in _GRAMMAR.deny_cues for word in cue.split()) else verbs.that
            sentence = f"{capital(name)} {more}{that} {clause}"
    reporter = index.statements.get(statement.reported_by) if statement.reported_by else None
    by = speaker_name(index, reporter) if reporter else None
    told = by is not None and by != known
    if sentence is None:
        sentence = _reported(index, document, statement, name, whole_sentence=told)
    elif by is not None and told:
        sentence = f"According to {the_name(index, by)}, {the_start(sentence, name)}"
    return stop(sentence) if sentence else None


def the_start(sentence: str, name: str) -> str:
    """A sentence to follow a comma: its name as it stands within a sentence."""
    return name + sentence[len(name) :] if sentence.startswith(capital(name)) else sentence[:1].lower() + sentence[1:]
