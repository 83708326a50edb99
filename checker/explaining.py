"""From a code, an id or a pasted error to the fault it is: the number decides, never the sentence.

The text of a numbered fault varies in typography, grammar and language; in every published rendering the number
stands in brackets behind an equals sign. Without that sign ``error: (407)``, an HTTP status, would become a fault.
"""

import re
import unicodedata
from dataclasses import dataclass

from checker.faults import FAULTS
from checker.model.faults import Fault

_LONGEST = 100_000  # characters of a paste that are looked at
_HOSTED = re.compile(r"hostedmigration.{0,120}?=\((\d{3})\)", re.IGNORECASE)
# The word for "error" as the published translations of fault 510 have it.
_ERROR = re.compile(r"(?:error|fehler|erreur|エラー|错误|錯誤)=\((\d{3})\)", re.IGNORECASE)
_DIRECT = re.compile(r"(?:error|fault|hms-)?\(?0*(\d{3})\)?", re.IGNORECASE)


@dataclass(frozen=True)
class Recognised:
    """``why_not`` is a sentence when nothing was recognised, else empty."""

    faults: tuple[Fault, ...]
    why_not: str = ""


def recognise(text: str) -> Recognised:
    """Every distinct fault, in the order of the text."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    by_id = {fault.id: fault for fault in FAULTS}
    if plain.lower() in by_id:
        return Recognised((by_id[plain.lower()],))
    # The console wraps lines in the middle of words, so white space means nothing.
    packed = re.sub(r"\s+", "", plain)
    direct = _DIRECT.fullmatch(packed)
    codes = [direct[1]] if direct else _HOSTED.findall(packed) or _ERROR.findall(packed)
    by_code = {fault.code: fault for fault in FAULTS if fault.code}
    found = tuple(by_code[code] for code in dict.fromkeys(codes) if code in by_code)
    if found:
        return Recognised(found)
    if codes:
        return Recognised((), f"{', '.join(dict.fromkeys(codes))}: not a documented hosted-migration fault")
    return Recognised((), "no code in brackets, as in Error=(510), and no fault's id: not documented")
