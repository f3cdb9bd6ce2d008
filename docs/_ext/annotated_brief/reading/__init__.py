"""From MyST, ``refs.bib`` and ``work.yml`` to records: the only package that parses."""
