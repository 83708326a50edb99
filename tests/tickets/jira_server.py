"""A Jira on loopback, Cloud or Data Center, with one issue; it takes what the documents say and refuses the rest."""

import base64
import json
import re
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

from tests.tickets.loopback_site import Asked, LoopbackSite, Reply

USER, TOKEN = "operator@contoso.com", "s3cret-token"
BASIC = "Basic " + base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()
_XSRF = Reply(403, b"XSRF check failed")
_NO_ISSUE = Reply(404, {"errorMessages": ["Issue does not exist or you do not have permission to see it."]})


@dataclass
class Comment:
    id: str
    body: Any
    properties: dict[str, Any] = field(default_factory=dict)
    versions: int = 1


@dataclass
class Attachment:
    id: str
    filename: str
    mime: str
    content: bytes


class JiraServer(LoopbackSite):
    """`version` is that of the REST interface: 3 on Cloud, 2 on Data Center."""

    def __init__(
        self, version: int, *, upload_limit: int = 10 << 20, public: bool = False, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(tls)
        self.attachments: list[Attachment] = []
        self.comments: list[Comment] = []
        self.upload_limit: int = upload_limit
        self.real_limit: int | None = None  # of a proxy in front, which nobody states
        self.enabled = True
        self._is_cloud = version == 3
        self._api = f"/rest/api/{version}"
        self._issue = f"{self._api}/issue/MIG-42"
        self._public = public

    def reply_to(self, asked: Asked) -> Reply:
        authorization = asked.headers.get("Authorization")
        signed_in = authorization == BASIC or (not self._is_cloud and authorization == f"Bearer {TOKEN}")
        if authorization and not signed_in:
            return Reply(401, {"errorMessages": ["You are not authenticated."]})
        if asked.path == "/rest/api/2/serverInfo":
            return Reply(200, {"deploymentType": "Cloud" if self._is_cloud else "Server", "version": "9.12.2"})
        if not signed_in and not (self._public and asked.method == "GET"):
            return _NO_ISSUE if asked.path.startswith(self._issue) else Reply(401)
        if asked.headers.get("Accept") != "application/json":
            return Reply(406)
        place = asked.path.removeprefix(self._api)
        match asked.method, place:
            case "GET", "/myself":
                return Reply(200, {"emailAddress": USER}) if signed_in else Reply(401)
            case "GET", "/attachment/meta":
                return Reply(200, {"enabled": self.enabled, "uploadLimit": self.upload_limit})
            case "GET", "/issue/MIG-42":
                return Reply(200, {"key": "MIG-42", "fields": {"attachment": list(map(self._shown, self.attachments))}})
            case "POST", "/issue/MIG-42/attachments":
                return self._attach(asked)
            case "GET", "/issue/MIG-42/comment":
                return self._comments(asked)
            case "POST", "/issue/MIG-42/comment":
                return self._comment(asked)
            case "POST", "/comment/list" if self._is_cloud:
                return self._properties(asked)
        if found := re.fullmatch(r"/issue/MIG-42/comment/(\d+)", place):
            return self._update(asked, found[1])
        if self._is_cloud and (found := re.fullmatch(r"/comment/(\d+)/properties/(.+)", place)):
            return self._set_property(asked, found[1], unquote(found[2]))
        return _NO_ISSUE

    def comment_with_property(self, marker: str) -> Comment:
        return next(each for each in self.comments if each.properties.get("csready", {}).get("marker") == marker)

    def _attach(self, asked: Asked) -> Reply:
        if asked.headers.get("X-Atlassian-Token") != "no-check":
            return _XSRF
        form = message_from_bytes(
            f"Content-Type: {asked.headers['Content-Type']}\r\n\r\n".encode() + asked.body,
            EmailMessage,
            policy=policy.HTTP,
        )
        stored = []
        for part in form.iter_parts():
            name = part.get_param("name", header="Content-Disposition")
            content = part.get_payload(decode=True)
            if name != "file" or "Content-Type" not in part or not isinstance(content, bytes):
                return Reply(400, {"errorMessages": [f"part {name} is not taken"]})
            if len(content) > min(self.upload_limit, self.real_limit or self.upload_limit):
                return Reply(413, b"<html>Request Entity Too Large</html>")
            stored.append(Attachment(self._next_id(), part.get_filename() or "", part.get_content_type(), content))
            self.attachments += stored
        return Reply(200, list(map(self._shown, stored))) if stored else Reply(400)

    def _shown(self, attachment: Attachment) -> dict[str, Any]:
        return {
            "id": attachment.id,
            "filename": attachment.filename,
            "mimeType": attachment.mime,
            "size": len(attachment.content),
            "content": f"{self.base}/secure/attachment/{attachment.id}/{attachment.filename}",
        }

    def _comments(self, asked: Asked) -> Reply:
        start = int(asked.query.get("startAt", "0"))
        most = min(int(asked.query.get("maxResults", "50")), 100)
        page = [{"id": each.id, "body": each.body} for each in self.comments[start : start + most]]
        return Reply(200, {"comments": page, "startAt": start, "maxResults": most, "total": len(self.comments)})

    def _comment(self, asked: Asked) -> Reply:
        said = json.loads(asked.body)
        if refused := self._refused(said):
            return refused
        given = said.get("properties", []) if self._is_cloud else []
        made = Comment(self._next_id(), said["body"], {each["key"]: each["value"] for each in given})
        self.comments.append(made)
        return Reply(201, {"id": made.id, "body": made.body})

    def _update(self, asked: Asked, id_: str) -> Reply:
        said = json.loads(asked.body)
        found = next((each for each in self.comments if each.id == id_), None)
        if asked.method != "PUT" or found is None:
            return Reply(404, {"errorMessages": [f"Can not find a comment for the id: {id_}."]})
        if refused := self._refused(said):
            return refused
        found.body = said["body"]
        found.versions += 1
        return Reply(200, {"id": found.id, "body": found.body})

    def _refused(self, said: Any) -> Reply | None:
        body = said.get("body")
        if self._is_cloud:
            is_document = isinstance(body, dict) and (body.get("type"), body.get("version")) == ("doc", 1)
            return None if is_document else Reply(400, {"errors": {"comment": "Comment body is not valid!"}})
        if not isinstance(body, str) or not body:
            return Reply(400, {"errors": {"comment": "Comment body can not be empty!"}})
        return Reply(400, {"errors": {"comment": "is too long"}}) if len(body) > 32_767 else None

    def _properties(self, asked: Asked) -> Reply:
        wanted = set(map(str, json.loads(asked.body)["ids"]))
        assert asked.query == {"expand": "properties"}
        values = [
            {"id": each.id, "properties": [{"key": key, "value": value} for key, value in each.properties.items()]}
            for each in self.comments
            if each.id in wanted
        ]
        return Reply(200, {"values": values, "isLast": True})

    def _set_property(self, asked: Asked, id_: str, key: str) -> Reply:
        found = next((each for each in self.comments if each.id == id_), None)
        if asked.method != "PUT" or found is None:
            return Reply(404)
        is_new = key not in found.properties
        found.properties[key] = json.loads(asked.body)
        return Reply(201 if is_new else 200)

    def _next_id(self) -> str:
        return str(10_000 + len(self.attachments) + len(self.comments))
