"""The four public DNS records of a SIP domain that decide between servers and cloud, asked together."""

from checker.model.probes import DnsProbe, Vantage
from checker.readings.dns_records import address, federation_srv, srv


def public_records(domain: str) -> tuple[DnsProbe, DnsProbe, DnsProbe, DnsProbe]:
    """Of the federation SRV record, the client SRV record, sip, and lyncdiscover."""
    return (
        federation_srv(domain),
        srv(Vantage.DNS_EXTERNAL, f"_sip._tls.{domain}"),
        address(Vantage.DNS_EXTERNAL, f"sip.{domain}"),
        address(Vantage.DNS_EXTERNAL, f"lyncdiscover.{domain}"),
    )
