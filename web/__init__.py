"""The Flask interface: pages a person reads. Everything it shows comes from `kb.library`.

Where to look: `app` puts the parts together, `params` turns an address into a search state and back,
`search` and `documents` are the pages, `reading` shapes a document's text for the eye, `marking`
cuts text at its marks, `facets` and `advice` prepare what stands around the results, `errors` and
`security` see to every answer, `commands` is `kb serve`.

The rules of this package:

* Every page works without JavaScript; the address holds the whole state.
* Nothing is fetched from outside, and no answer leaves without the headers of `security`.
* Text is escaped by Jinja, piece by piece; marks go around escaped pieces, never into text.
* No page shows a path of the server: sources are shown by file name, originals fetched by id.
* Text a user sees is Vietnamese and wrapped in gettext; translations/ holds the other languages.
"""
