"""What one sentence tells of a relationship's terms, as pairs of name and value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Kind

_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_CONVERSION = re.compile(
    r"\b(?:convert(?:s|ed|ing|ible)?|turn(?:s|ed)?|conversion|exchanged)\s(?:in)?to\s"
    r"((?:equity|shares?|(?:an\s)?(?:equity|ownership)\sstake|(?:preferred|common)\s(?:stock|shares))\b"
    r"(?:\s(?:at|in|upon|with|when|after|during|on|if)\s[^,;.]{3,90})?)",
    re.IGNORECASE,
)
_CONVERTIBLE = re.compile(
    r"\bconvertible\s(?:notes?|bonds?|debt|loans?|instruments?|securit\w+)\b|\b(?:a|the)\sconvertible\b",
    re.IGNORECASE,
)
_VALUATION_KEPT = re.compile(
    r"\bwithout\s(?:altering|changing|affecting|setting|fixing)\s[^,;.]{0,40}\bvaluation\b"
    r"|\bvaluation\b[^,;.]{0,25}\b(?:unchanged|unaltered|as it was|not (?:change|altered|affected))",
    re.IGNORECASE,
)
_STAKE_OPEN = re.compile(
    r"\bstake\b[^;.]{0,60}?\b((?:will\s(?:depend|be\scontingent)|depends|is\scontingent)\son\s[^,;.]{3,90})",
    re.IGNORECASE,
)
_VOTES = re.compile(
    r"\b(?:without\s(?:any\s)?(?:votes?|voting\srights)|non-voting|no\svoting\srights)\b",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"\b(?:(no|without\sa|not\s(?:get|receive|take|have)\sa)\s)?(?:board\sseat|seat\son\s(?:the|its|their)\s(?:[\w’']+\s)?board|board\sobserver)\b",
    re.IGNORECASE,
)
_REPAYABLE = re.compile(
    r"\b(?:ask\sfor\s(?:it|the\smoney|their\smoney)\sback|claw(?:ed)?\sback|repa(?:id|yable))\s((?:if|unless)\s[^;.]{5,120})",
    re.IGNORECASE,
)
_EXCLUSIVITY = re.compile(
    r"(\b(?:no\slonger|not)\s)?\b(non-exclusive|exclusive(?:ly)?)\b(?!\s(?:news|report\w*|interview\w*|on\b|access|to\s(?:reuters|cnbc)))",
    re.IGNORECASE,
)
_PREFERRED = re.compile(
    r"\b(preferred|primary|main)\s(?:cloud|training|manufacturing|distribution|launch|technology)?\s?(?:provider|partner)s?\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"\b({_NUMBER}|multi|several)[- ](year|month)\s(?:contract|deal|agreement|partnership|licen[cs]e|commitment|term)\b"
    rf"|\b(?:over|for|runs\sfor|term\sof)\s({_NUMBER})\s(years|months)\b|\b(?:runs?|valid|extended)\suntil\s(\d{{4}})\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    rf"\b((?:(?:up\sto|at\sleast|about|more\sthan|as\smuch\sas)\s)?{_NUMBER}\s(?:million\s|billion\s)?(?:[A-Z]{{2,4}}\s)?(?:gigawatts?|megawatts?|GW|MW|GPUs?|TPUs?|chips|processors|accelerators))\b"
    rf"|\b((?:up\sto\s)?{_NUMBER}\smillion\sof\sits\s[A-Z]{{2,4}}\schips)\b"
)
_STATUTE = re.compile(
    r"\b(?:[Ss]ection\s\d+(?:\(\w\))?|Articles?\s\d+(?:\sand\s\d+)?)\sof\sthe\s(?:[A-Z][\w’'-]*\s?){1,5}"
    r"|\b(?:[Uu]nder|on|violat\w+|infring\w+|br(?:oke|eak|eaking|eached?|eaching|each\sof))\s(?:the\s|[A-Z]\w+[’']s\s)?"
    r"((?:[A-Z][\w-]*\s)+(?:Act|Law|Regulation|Directive|Treaty)|GDPR|DMA|TFEU)\b"
)
_FIELD = re.compile(
    r"\b((?:EU\s|US\s|federal\s)?(?:antitrust|competition|consumer\sprotection|data\sprotection|privacy|copyright|securities))\s"
    r"(?:laws?|rules)\b"
    r"|\b(merger\scontrol)\b|\b(copyright|patent|trade\ssecrets?|trade\smarks?|breach\sof\scontract|defamation)\b(?=[^.]{0,40}\b(?:infring|claim|suit|sue|violat|misus|case)|\s(?:infringement|claims?|suit|case))",
    re.IGNORECASE,
)
_OPEN_WEIGHTS = re.compile(
    r"\b(does\snot\shave\s|without\s|no\s|not\s)?(?:with\s)?open[- ](?:weights?|weight|source)\b",
    re.IGNORECASE,
)
_MODEL_LICENCE = re.compile(
    r"\b(?:under|with)\s(?:the\s|an?\s)?((?:Apache(?:\sLicen[cs]e)?(?:\sversion)?\s2\.0|MIT|GPL\w*|Creative\sCommons\s?[\w-]*|CC\sBY[\w-]*|Llama\s[\w.\s]{0,6}(?:Community\s)?Licen[cs]e))\b",
    re.IGNORECASE,
)
_BELONGINGS = r"(?:employees|staff|team|talent|engineers|researchers|workforce|assets|technology|intellectual\sproperty|IP|patents)"
_SCOPE = re.compile(
    r"\b(?:acqui\w+|takeover|t(?:ake|ook|aken|aking)\sover|purchas\w+|buy(?:s|ing)?|bought|buyout)\s(?:of\s)?"
    rf"(?:((?:(?:nearly|almost)\sall|most|all|some|many|several|key|certain)?\s?(?:of\s)?(?:the|its)?\s?(?:[\w-]+\s)?{_BELONGINGS})"
    r"\s(?:of|behind|from|at)\b"
    rf"|(?:[A-Z][\w.-]*\s?){{1,4}}[’']s?\s((?:[\w-]+\s){{0,2}}{_BELONGINGS})\b)"
)
_POST = re.compile(
    r"\b(?:as|become|becomes|became|named|appointed|to\sbe)\s(?:its\s|the\s|their\s|new\s|a\s)*"
    r"((?:chief\s\w+(?:\s(?:and\s)?\w+)?\sofficer|chief\s(?:executive|scientist|technologist|economist)|C[EFTO]O|president|chair(?:man|woman|person)?|head\sof\s[^,;.]{2,40}|vice\spresident(?:\sof\s[^,;.]{2,30})?|general\scounsel|director|adviser|board\smember))\b",
    re.IGNORECASE,
)


def convertible(sentence: str) -> bool:
    """Whether the sentence calls what is put in a convertible."""
    return bool(_CONVERTIBLE.search(sentence))


def terms(sentence: str, kind: Kind) -> Iterator[tuple[str, str]]:
    """The terms that the sentence tells, for a relationship of the kind; names as in the contract."""
    match kind:
        case Kind.INVESTMENT:
            yield from _of_investment(sentence)
        case Kind.DISTRIBUTION | Kind.PARTNERSHIP:
            yield from _of_agreement(sentence)
        case Kind.SCRUTINY | Kind.LITIGATION:
            yield from _legal_basis(sentence)
        case Kind.RELEASE:
            yield from _of_release(sentence)
        case Kind.ACQUISITION:
            if match := _SCOPE.search(sentence):
                yield "scope", _plain(match[1] or match[2])
        case Kind.APPOINTMENT:
            if match := _POST.search(sentence):
                yield "post", _plain(match[1])


def _of_investment(sentence: str) -> Iterator[tuple[str, str]]:
    if match := _CONVERSION.search(sentence):
        yield "conversion", _plain(match[1])
    if _VALUATION_KEPT.search(sentence):
        yield "valuation_effect", "unchanged"
    if match := _STAKE_OPEN.search(sentence):
        yield "stake", _plain(match[1])
    if _VOTES.search(sentence):
        yield "votes", "none"
    if match := _BOARD.search(sentence):
        yield "board_seat", "none" if match[1] else "yes"
    if match := _REPAYABLE.search(sentence):
        yield "repayment", _plain(match[1])


def _of_agreement(sentence: str) -> Iterator[tuple[str, str]]:
    if match := _EXCLUSIVITY.search(sentence):
        exclusive = not match[1] and not match[2].lower().startswith("non")
        yield "exclusivity", "exclusive" if exclusive else "not exclusive"
    elif match := _PREFERRED.search(sentence):
        yield "exclusivity", f"{match[1].lower()}, not exclusive"
    if match := _DURATION.search(sentence):
        yield "duration", _duration(match)
    if match := _QUANTITY.search(sentence):
        yield "quantity", _plain(match[1] or match[2])


def _duration(match: re.Match[str]) -> str:
    if match[5]:
        return f"until {match[5]}"
    number = {"multi": "several"}.get(
        (match[1] or match[3]).lower(), (match[1] or match[3]).lower()
    )
    return f"{number} {(match[2] or match[4]).lower().rstrip('s')}s"


def _legal_basis(sentence: str) -> Iterator[tuple[str, str]]:
    if match := _STATUTE.search(sentence):
        yield "legal_basis", _plain(match[1] or match[0])
    elif match := _FIELD.search(sentence):
        yield "legal_basis", _plain(match[3] or match[2] or f"{match[1]} law")


def _of_release(sentence: str) -> Iterator[tuple[str, str]]:
    if match := _OPEN_WEIGHTS.search(sentence):
        yield "weights", "closed" if match[1] else "open"
    if match := _MODEL_LICENCE.search(sentence):
        yield "licence", _plain(match[1])


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" ,;.")
