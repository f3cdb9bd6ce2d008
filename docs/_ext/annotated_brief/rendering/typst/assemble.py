"""One tree from all documents of the table of contents.

Each document is resolved on its own, as for a site, so that links, lists and numbers are the same there and here; then
each takes the place of its entry in the table of contents.
"""

from __future__ import annotations

from collections.abc import Collection

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder


def assemble(builder: Builder, without: Collection[str] = ()) -> nodes.document:
    """Return the root document with all documents of its table of contents in it, but for those named in *without*."""
    root = str(builder.config.root_doc)
    return _with_contents(builder, root, {root, *without})


def _with_contents(builder: Builder, docname: str, placed: set[str]) -> nodes.document:
    """Return the resolved tree of *docname*; documents that are not *placed* yet replace their entries."""
    tree = builder.env.get_doctree(docname)
    builder.env.resolve_references(tree, docname, builder)
    builder.post_process_images(tree)
    for toctree in list(tree.findall(addnodes.toctree)):
        files: list[nodes.Node] = []
        for name in toctree["includefiles"]:
            if name not in placed:
                placed.add(name)
                inner = _with_contents(builder, name, placed)
                files.append(addnodes.start_of_file("", *inner.children, docname=name))
        holder = toctree.parent
        if isinstance(holder, nodes.compound) and len(holder.children) == 1:
            holder.replace_self(files)
        else:
            toctree.replace_self(files)
    return tree
