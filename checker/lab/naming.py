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
GRAPH = "graph.microsoft.com"
CONFIG_API = "api.interfaces.records.teams.microsoft.com"
