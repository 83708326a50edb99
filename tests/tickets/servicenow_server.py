"""A ServiceNow instance on loopback with one change request; it takes what the documents say and refuses the rest."""

import base64
import json
import ssl
from dataclasses import dataclass
from typing import Any

from tests.tickets.loopback_site import Asked, LoopbackSite, Reply

USER, PASSWORD = "svc-readiness", "pa:ss"
BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
SYS_ID = "9d385017c611228701d22104cc95c371"
_UNAUTHORISED = Reply(401, {"error": {"message": "User Not Authenticated", "detail": "Required to provide Auth"}})


@dataclass
class Stored:
    sys_id: str
    file_name: str
    content_type: str
    content: bytes


class ServiceNowServer(LoopbackSite):
    def __init__(self, *, extensions: str = "", max_size_mb: int = 1024, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls)
        self.stored: list[Stored] = []
        self.work_notes: list[str] = []
        self.shows_notes = True
        self.shows_properties = True
        self._properties = {
            "com.glide.attachment.max_size": str(max_size_mb),
            "glide.attachment.extensions": extensions,
        }

    def reply_to(self, asked: Asked) -> Reply:
        if asked.headers.get("Authorization") != BASIC:
            return _UNAUTHORISED
        if asked.headers.get("Accept") != "application/json":
            return Reply(406)
        match asked.method, asked.path:
            case "GET", "/api/now/table/change_request":
                # As a real one does: of a query that it cannot use it drops that part, and answers with any record.
                hit = asked.query["sysparm_query"] in ("number=CHG0012345", "number=CHG0000404")
                return Reply(200, {"result": [{"sys_id": SYS_ID, "number": "CHG0012345"}] if hit else []})
            case "GET", "/api/now/table/sys_properties" if self.shows_properties:
                rows = [{"name": name, "value": value} for name, value in self._properties.items() if value]
                return Reply(200, {"result": rows})
            case "GET", "/api/now/attachment":
                return Reply(200, {"result": list(map(self._shown, self.stored))})
            case "POST", "/api/now/attachment/file":
                return self._attach(asked)
            case "GET", path if path == f"/api/now/table/change_request/{SYS_ID}":
                return Reply(200, {"result": self._record(asked)})
            case "PATCH", path if path == f"/api/now/table/change_request/{SYS_ID}":
                self.work_notes.append(json.loads(asked.body)["work_notes"])
                return Reply(200, {"result": {"sys_id": SYS_ID, "work_notes": ""}})
        return Reply(403, {"error": {"message": "Operation Failed", "detail": "ACL Exception"}, "status": "failure"})

    def _attach(self, asked: Asked) -> Reply:
        query = asked.query
        if (query.get("table_name"), query.get("table_sys_id")) != ("change_request", SYS_ID):
            return Reply(400, {"error": {"message": "Failed to create the attachment"}})
        name = query.get("file_name", "")
        allowed = self._properties["glide.attachment.extensions"]
        if not name or " " in name or asked.headers.get_content_maintype() == "multipart":
            return Reply(400, {"error": {"message": "Invalid file"}})
        if allowed and name.rpartition(".")[2] not in allowed.split(","):
            return Reply(403, {"error": {"message": "File type is not allowed or does not match the content"}})
        if len(asked.body) > int(self._properties["com.glide.attachment.max_size"]) << 20:
            return Reply(413)
        made = Stored(f"{len(self.stored):032x}", name, asked.headers.get_content_type(), asked.body)
        self.stored.append(made)
        return Reply(201, {"result": self._shown(made)})

    def _shown(self, stored: Stored) -> dict[str, Any]:
        return {
            "sys_id": stored.sys_id,
            "file_name": stored.file_name,
            "size_bytes": str(len(stored.content)),
            "table_sys_id": SYS_ID,
            "download_link": f"{self.base}/api/now/attachment/{stored.sys_id}/file",
        }

    def _record(self, asked: Asked) -> dict[str, str]:
        shown = asked.query.get("sysparm_display_value") == "true"
        notes = "\n\n".join(
            f"2026-11-23 09:00:00 - Operator (Work notes)\n{each}" for each in reversed(self.work_notes)
        )
        record = {"number": "CHG0012345", "work_notes": notes if shown else ""}
        return record if self.shows_notes else {"number": "CHG0012345"}
