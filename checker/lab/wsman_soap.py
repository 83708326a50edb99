"""The SOAP of WS-Management as a lab endpoint reads and writes it ([MS-WSMV]); what it carries is left to others."""

import re
from dataclasses import dataclass
from uuid import uuid4
from xml.etree import ElementTree
from xml.sax.saxutils import escape

NAMESPACES = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
    "x": "http://schemas.xmlsoap.org/ws/2004/09/transfer",
    "rsp": "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
    "cfg": "http://schemas.microsoft.com/wbem/wsman/1/config",
    "ps": "http://schemas.microsoft.com/powershell",
}
_DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"
_FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"
_TIMEOUT_S = 60.0  # MaxTimeoutms of WinRM's service
_ENVELOPE_SIZE = 150 * 1024  # MaxEnvelopeSizekb before Windows Server 2012
_DURATION = re.compile(r"PT([0-9.]+)S")


class WsmanFault(Exception):
    """``code`` as Windows numbers it, ``reason`` in its words, ``subcode`` as WS-Management names it."""

    def __init__(self, code: int, subcode: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.subcode = subcode
        self.reason = reason


@dataclass(frozen=True)
class Request:
    """One envelope. ``timeout_s``: how long the client lets an operation take; ``envelope_size`` bytes it will read."""

    action_uri: str
    message_id: str
    resource: str
    shell_id: str
    timeout_s: float
    envelope_size: int
    body: ElementTree.Element

    @property
    def action(self) -> str:
        """``Create``, ``Command``, ``Receive``, ..."""
        return self.action_uri.rpartition("/")[2]

    def find(self, path: str) -> ElementTree.Element:
        """What the body must hold; raises ValueError where it does not."""
        element = self.body.find(path, NAMESPACES)
        if element is None:
            raise ValueError(f"no {path} in the body")
        return element


def parse_request(envelope: bytes) -> Request:
    """Raises ValueError when it is no envelope with header and body."""
    try:
        root = ElementTree.fromstring(envelope)
    except ElementTree.ParseError as exc:
        raise ValueError(f"not XML: {exc}") from exc
    body = root.find("s:Body", NAMESPACES)
    if body is None:
        raise ValueError("no SOAP body")

    def header(path: str) -> str:
        return root.findtext(f"s:Header/{path}", "", NAMESPACES)

    duration = _DURATION.fullmatch(header("w:OperationTimeout"))
    return Request(
        action_uri=header("a:Action"),
        message_id=header("a:MessageID"),
        resource=header("w:ResourceURI"),
        shell_id=header("w:SelectorSet/w:Selector[@Name='ShellId']").upper(),
        timeout_s=float(duration[1]) if duration else _TIMEOUT_S,
        envelope_size=int(header("w:MaxEnvelopeSize") or _ENVELOPE_SIZE),
        body=body,
    )


def response(request: Request, body: str) -> bytes:
    return _envelope(f"{request.action_uri}Response", request.message_id, body)


def fault_response(request: Request, fault: WsmanFault) -> bytes:
    reason = escape(fault.reason)
    return _envelope(
        _FAULT_ACTION,
        request.message_id,
        f"<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:{fault.subcode}</s:Value></s:Subcode></s:Code>"
        f'<s:Reason><s:Text xml:lang="en-US">{reason}</s:Text></s:Reason><s:Detail><f:WSManFault xmlns:f="{_FAULT}" '
        f'Code="{fault.code}" Machine="localhost"><f:Message>{reason}</f:Message></f:WSManFault></s:Detail></s:Fault>',
    )


def _envelope(action_uri: str, relates_to: str, body: str) -> bytes:
    return (
        f"<s:Envelope {_DECLARATIONS}><s:Header><a:Action>{escape(action_uri)}</a:Action>"
        f"<a:MessageID>uuid:{str(uuid4()).upper()}</a:MessageID><a:RelatesTo>{escape(relates_to)}</a:RelatesTo>"
        f"</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()
