"""Settings of the documentation build; everything else is in the extension."""

import os
from importlib import metadata

project = "Reaffirming balance, annotated"
author = "The annotated-brief contributors"
release = metadata.version("annotated-brief")
copyright = "2026, The annotated-brief contributors, CC BY 4.0"
language = "en"
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_title = "Reaffirming balance, annotated"

extensions = [
    "annotated_brief",
    "sphinx_design",
    "sphinx.ext.doctest",
]
exclude_patterns = ["_ext", "changes.d"]
primary_domain = "brief"
nitpicky = True

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
smartquotes = False

bibtex_bibfiles = ["../refs.bib"]
bibtex_default_style = "brief"
bibtex_reference_style = "brief"
bibtex_cite_id = "source-{key}"
bibtex_tooltips = False

brief_identifier = (
    "urn:uuid:97b5dddd-5097-4f8e-b4f2-7f62db5f30e0"  # never changes: feed readers and libraries know the edition by it
)

html_theme = "annotated-brief"
html_copy_source = False
html_show_sphinx = False
html_use_index = False
html_permalinks_icon = "#"

epub_basename = "reaffirming-balance"
