"""DCAT-AP 3 with what the passport and the approved list add to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, BNode, Literal, URIRef
from rdflib.term import Node

import ckan.plugins.toolkit as tk

from ckanext.dcat.profiles import EuropeanDCATAP3Profile
from ckanext.dcat.profiles.base import VCARD
from ckanext.roadmap.domain.region import region_of
from ckanext.roadmap.presentation import dcat_terms

MOST = 100
_IN_LANGUAGES = ("title_translated", "notes_translated")


class RoadmapProfile(EuropeanDCATAP3Profile):
    """Texts in four languages, frequency, coverage, contact, and the law that makes publishing a duty."""

    def graph_from_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> None:
        """Add to a dataset what the passport states and what it answers."""
        self._bind()
        told = {name: value for name, value in dataset_dict.items() if name not in _IN_LANGUAGES}
        # without any the plain text is told
        texts = {name: found for name in _IN_LANGUAGES if (found := _tagged(dataset_dict.get(name)))}
        super().graph_from_dataset(told | texts, dataset_ref)
        self._frequency(dataset_dict, dataset_ref)
        self._coverage(dataset_dict, dataset_ref)
        self._telephone(dataset_dict, dataset_ref)
        self._legislation(dataset_dict, dataset_ref)
        self._classes(dataset_ref)

    def graph_from_catalog(self, catalog_dict: dict[str, Any], catalog_ref: URIRef) -> None:
        """Add to the catalogue what the European shapes ask of it."""
        self._bind()
        super().graph_from_catalog(catalog_dict, catalog_ref)
        for homepage in list(self.g.objects(catalog_ref, FOAF.homepage)):
            self.g.add((homepage, RDF.type, FOAF.Document))
        for written in list(self.g.objects(catalog_ref, DCTERMS.language)):
            self.g.remove((catalog_ref, DCTERMS.language, written))
            language = dcat_terms.LANGUAGES.get(str(written))
            if language is not None:
                self.g.add((catalog_ref, DCTERMS.language, language))
                self.g.add((language, RDF.type, DCTERMS.LinguisticSystem))
        self._who(catalog_ref)

    def _who(self, ref: URIRef) -> None:
        """A catalogue without publisher and description names the portal."""
        title = self.g.value(ref, DCTERMS.title)
        if title is None:
            return
        if self.g.value(ref, DCTERMS.description) is None:
            self.g.add((ref, DCTERMS.description, title))
        if self.g.value(ref, DCTERMS.publisher) is None:
            agent = BNode()
            self.g.add((ref, DCTERMS.publisher, agent))
            self.g.add((agent, RDF.type, FOAF.Agent))
            self.g.add((agent, FOAF.name, title))

    def _bind(self) -> None:
        for prefix, namespace in (("dcatap", dcat_terms.DCATAP), ("eli", dcat_terms.ELI)):
            self.g.bind(prefix, namespace)

    def _frequency(self, dataset: dict[str, Any], ref: URIRef) -> None:
        """By the European list, in place of our own word."""
        if dataset.get("frequency") in dcat_terms.FREQUENCIES:
            self.g.remove((ref, DCTERMS.accrualPeriodicity, None))
            dcat_terms.frequency(self.g, ref, dataset["frequency"])

    def _coverage(self, dataset: dict[str, Any], ref: URIRef) -> None:
        """The region by its SOATO code; without one, the country."""
        code = str(dataset.get("region") or "")
        place = URIRef(f"urn:soato:{code}") if region_of(code) else dcat_terms.COUNTRY
        self.g.add((ref, DCTERMS.spatial, place))
        self.g.add((place, RDF.type, DCTERMS.Location))
        if region_of(code):
            self.g.add((place, DCTERMS.identifier, Literal(code)))
            self.g.add((place, SKOS.notation, Literal(code)))

    def _telephone(self, dataset: dict[str, Any], ref: URIRef) -> None:
        """Beside name and e-mail, which the European profile has told."""
        number = str(dataset.get("contact_phone") or "").strip()
        if not number:
            return
        contact = self.g.value(ref, DCAT.contactPoint)
        if contact is None:
            contact = BNode()
            self.g.add((ref, DCAT.contactPoint, contact))
            self.g.add((contact, RDF.type, VCARD.Organization))
        digits = "".join(letter for letter in number if letter.isdigit() or letter == "+")
        self.g.add((contact, VCARD.hasTelephone, URIRef(f"tel:{digits}")))

    def _classes(self, ref: URIRef) -> None:
        """Say of each node what the European shapes want it to be."""
        for contact in list(self.g.objects(ref, DCAT.contactPoint)):
            self.g.add((contact, RDF.type, VCARD.Kind))
        for file in list(self.g.objects(ref, DCAT.distribution)):
            for address in list(self.g.objects(file, DCAT.accessURL)):
                self.g.add((address, RDF.type, RDFS.Resource))
            self._named(file, DCAT.mediaType, dcat_terms.MEDIA_TYPES, DCTERMS.MediaType)
            self._named(file, DCTERMS["format"], dcat_terms.FILE_TYPES, DCTERMS.MediaTypeOrExtent)

    def _named(self, file: Node, predicate: URIRef, base: str, kind: URIRef) -> None:
        """A word for a kind of file in place of which the shapes want a thing."""
        for written in list(self.g.objects(file, predicate)):
            if isinstance(written, Literal):
                self.g.remove((file, predicate, written))
                thing = URIRef(base + quote(str(written), safe="/+.-"))
                self.g.add((file, predicate, thing))
                self.g.add((thing, RDF.type, kind))

    def _legislation(self, dataset: dict[str, Any], ref: URIRef) -> None:
        """The items of the approved list that the dataset answers."""
        asked = {"dataset": dataset["id"], "limit": MOST}
        try:
            found = tk.get_action("roadmap_publication_list")({"user": ""}, asked)["publications"]
        except (tk.ObjectNotFound, tk.NotAuthorized):
            return
        for link in found:
            item = link["obligation"]["item"]
            page = tk.url_for("roadmap_list.item", code=item["code"], qualified=True, locale="default")
            dcat_terms.legislation(
                self.g, ref, URIRef(page), item["code"], item["title"], item["legal_basis"]
            )


def _tagged(texts: Any) -> dict[str, str] | None:
    """A text by the tags of languages that RDF knows; CKAN writes `uz_Cyrl`."""
    if not isinstance(texts, Mapping):
        return None
    return {dcat_terms.TAGS[lang]: text for lang, text in texts.items() if lang in dcat_terms.TAGS and text}
