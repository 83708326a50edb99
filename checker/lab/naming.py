"""The names and addresses of the lab's deployment; the cloud's are the real ones."""

DOMAINS = ("contoso.com", "fabrikam.com")
FRONT_ENDS = ("fe01.contoso.com", "fe02.contoso.com")
POOL = "pool01.contoso.com"
EDGE = "edge01.contoso.com"
EDGE_POOL = "edgepool.contoso.com"
ADMIN_HOST = "admin01.contoso.com"
ACCESS_EDGE_ADDRESS = "203.0.113.10"  # RFC 5737
REVERSE_PROXY_ADDRESS = "203.0.113.20"
SIPFED = "sipfed.online.lync.com"
WEBDIR = "webdir.online.lync.com"
RETIRED_WEBDIR = "webdir0e.online.lync.com"  # shaped like the forests' own hosts, and serving nothing
LOGIN = "login.microsoftonline.com"
TENANT = "contoso.onmicrosoft.com"
TENANT_ID = "0c0ffee0-1111-4222-8333-444455556666"
CLIENT_ID = "c5eadb00-aaaa-4bbb-8ccc-ddddeeeeffff"  # of the application that csready signs in as
GRAPH = "graph.microsoft.com"
CONFIG_API = "api.interfaces.records.teams.microsoft.com"
CONFIG_AUDIENCE = "48ac35b8-9aa8-4d74-927d-1f4a14a0b239"
