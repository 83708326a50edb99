"""Which text is an error of Move-CsUser, and what it is recognised as.

What is no documented fault can be told for an error by its words only. They are few on purpose: a text without any of
them is not taken for a success, but for one of which nobody can say what it means.
"""

import re
from functools import lru_cache

from checker.explaining.normalising import Paste, collapsed, normalised, packed
from checker.explaining.recognising import hits, named_outright
from checker.reconciling.outcomes import MetError

_MOST_TEXT = 400  # characters of an error that are kept

_WORDS = (
    r"errors?|faults?|fail(?:ed|s|ure|ures)?|denied|refused|rejected|cannot|could not|unable to",
    r"fehler\w*|fehlgeschlagen\w*|gescheitert\w*|verweigert\w*",
    r"erreurs?|échec|échoué\w*|refusée?",
    r"errores|error|falló|fallo|fallido\w*|errore|errori|fallit\w*|fout(?:en)?|mislukt",
    r"ошибк\w*|сбой\w*|エラー|失敗|错误|錯誤|失败|오류|실패",
)
_ERROR = re.compile(rf"\b(?:{'|'.join(_WORDS[:-1])})\b|{_WORDS[-1]}|exception\b|ausnahme\b|\bmove-csuser ?:")
# "no errors", "ohne Fehler", "Errors: 0", and the parameters that a command was given
_NO_ERROR = re.compile(
    r"\b(?:no|not an?|0|zero|without(?: any)?|keine?|ohne|aucune?|sans|sin|nessun|senza|geen|zonder)\s+"
    r"(?:error|fault|failure|fehler|erreur|fallo|errore|fout)\w*"
    r"|\b(?:errors?|faults?|fail(?:ed|ures?)|fehler|erreurs?)(?:\s?count)?\s*[:=]\s*(?:0|no|none|null|false|n/a|-)(?!\w)"
    r"|-(?:error|warning)(?:action|variable)\b"
)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"|=]{1,64}@[\w.-]{1,200}")
_VARIES = re.compile(r"cn=[^,:)]{1,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")


def looks_like_an_error(text: str) -> bool:
    """By its words, in the languages that the servers speak most."""
    return _ERROR.search(_NO_ERROR.sub("", text.lower())) is not None


@lru_cache(maxsize=4096)
def errors_in(cells: tuple[str, ...]) -> tuple[MetError, ...]:
    """The errors of one move, each once: the documented ones, else the text itself where it looks like an error.

    ``cells`` hold the text of it, none of them empty.
    """
    text = " | ".join(cells)
    found = [hit.meanings for hit in hits(Paste("\n".join(cells)))]
    found += [outright for cell in cells if (outright := named_outright(cell)) and outright[0].fault]
    if found:
        distinct = {tuple(meaning.key for meaning in meanings): meanings for meanings in found}
        return tuple(MetError(meanings, shortened(text)) for meanings in distinct.values())
    return (MetError((), shortened(text)),) if looks_like_an_error(normalised(text)) else ()


def shortened(text: str) -> str:
    """On one line and bounded, otherwise as it was printed."""
    line = collapsed(text)
    return line if len(line) <= _MOST_TEXT else f"{line[: _MOST_TEXT - 3]}..."


def likeness(text: str) -> str:
    """What two prints of one error have in common: without the names, ids and numbers in it, however it is wrapped."""
    return packed(_VARIES.sub("", _ADDRESS.sub("", text.lower())))
