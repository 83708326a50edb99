"""The root authorities below which the cloud's certificates for SIP are issued, by SHA-1 thumbprint.

That of the cloud's federation service: Microsoft Teams Blog, 2022-03-09, government names included. The others are
published for Direct Routing, and hold for federation by inference. Thumbprints computed from the roots in certifi and
Debian's ca-certificates (read 2026-11-22).
"""

FEDERATION_ROOT = ("DF3C24F9BFD666761B268073FE06D1CC8D4F82A4", "DigiCert Global Root G2")

FURTHER_ROOTS = {
    "A8985D3A65E5E5C4B2D7D66D40C6DD2FB19C5436": "DigiCert Global Root CA",
    "7E04DE896A3E666D00E687D33FFAD93BE83D349E": "DigiCert Global Root G3",
    "17F3DE5E9F0F19E98EF61F32266E20C407AE30EE": "DigiCert TLS ECC P384 Root G5",
    "A78849DC5D7C758C8CDE399856B3AAD0B2A57135": "DigiCert TLS RSA4096 Root G5",
    "999A64C37FF47D9FAB95F14769891460EEC4C3C5": "Microsoft ECC Root Certificate Authority 2017",
    "73A5E64A3BFF8316FF0EDCCC618A906E4EAE4D74": "Microsoft RSA Root Certificate Authority 2017",
}
