"""All I/O of a scan: one module per wire, each turning probes into answers or coded no-answers."""
