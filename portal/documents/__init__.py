"""Documents that a thing of the portal carries, such as the statute of an organisation: a PDF with its kind, its language and
who sees it.

`Document` and `services.papers` know no owner. Whatever carries documents has a table of its own that joins both, says in its
policies who reads and writes them, and calls `papers` inside its transactions. Organisations do so
(`services.organisations`), and projects in their own feature.
"""
