"""The formatter of the page templates: `python -m tools.templates` writes them anew, `--check` says which differ.

It moves line breaks and indentation and nothing else, and only to where a browser does not see them
(docs/decisions/0019-a-formatter-of-our-own-for-templates.md). `text` is the whole of it: formatted(source) -> source.
"""
