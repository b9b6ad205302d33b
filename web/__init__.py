"""The Flask interface: pages a person reads. Everything it shows comes from kb.library."""
